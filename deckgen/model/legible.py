"""How small the text of a drawing is."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.model.drawing import AnyShape, AutoShape, Chart, Table, TextBox, every_shape


def least_size(shapes: Iterable[AnyShape]) -> float:
    """The size of the smallest text in points; endless if there is none."""
    sizes = [float("inf")]
    for shape in every_shape(shapes):
        match shape:
            case Chart():
                sizes.append(least_size(shape.shapes))
            case Table():
                cells = (cell for row in shape.rows for cell in row.cells)
                sizes += [paragraph.style.size_pt for cell in cells for paragraph in cell.paragraphs]
            case TextBox():
                sizes += [paragraph.style.size_pt for paragraph in shape.paragraphs if paragraph.text]
            case AutoShape():
                sizes += [paragraph.style.size_pt for paragraph in shape.text if paragraph.text]
    return min(sizes)
