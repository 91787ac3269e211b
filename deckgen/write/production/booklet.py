"""Pages two and two on sheets of twice their size, to be folded or cut (imposition)."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from deckgen.model.production import Print
from deckgen.units import PT_PER_MM
from deckgen.write.handout.stamp import saved
from deckgen.write.production.edges import edges, number
from deckgen.write.production.metadata import claim, for_paper
from deckgen.write.production.order import Leaf, Side, sides


def booklet(pdf: bytes, wanted: Print, right_to_left: bool = False) -> tuple[bytes, int]:
    """The handout's pages on sheets, and the number of their sides; PDF/A-3b if the handout is PDF/A.

    Sides are labelled `1a` (front), `1b` (back), `2a` ... A sheet is as high as the first page, and
    twice as wide. Where text runs from right to left, the fold is at the right of the first page.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for_paper(document)
        first = edges(document.pages[0].trimbox)
        size = (first.right - first.left, first.top - first.bottom)
        forms = [as_form(document, page, size) for page in document.pages]
        ordered = sides(len(forms), wanted.binding, wanted.signature, wanted.cover)
        if right_to_left:
            ordered = tuple(side._replace(left=side.right, right=side.left) for side in ordered)
        while len(document.pages):
            del document.pages[-1]
        creep = wanted.paper_mm * PT_PER_MM if wanted.binding == "saddle" else 0.0
        for side in ordered:
            add_side(document, side, forms, size, creep * side.depth)
        document.Root.PageLabels = labels([side.label for side in ordered])
        is_archive = Name.OutputIntents in document.Root
        claim(document, {"pdfaid:part": "3", "pdfaid:conformance": "B"} if is_archive else {})
        return saved(document), len(ordered)


def as_form(document: pikepdf.Pdf, page: pikepdf.Page, size: tuple[float, float]) -> pikepdf.Object:
    """A page as a form that shows its TrimBox from the origin; one of another size is made to fit, in the middle."""
    box = edges(page.trimbox)
    width, height = box.right - box.left, box.top - box.bottom
    scale = min(size[0] / width, size[1] / height)
    x, y = (size[0] - scale * width) / 2, (size[1] - scale * height) / 2
    form = document.make_indirect(page.as_form_xobject())
    form.BBox = Array([number(corner) for corner in box])
    matrix = (scale, 0, 0, scale, x - scale * box.left, y - scale * box.bottom)
    form.Matrix = Array([number(value) for value in matrix])
    return form


def add_side(
    document: pikepdf.Pdf, side: Side, forms: Sequence[pikepdf.Object], size: tuple[float, float], creep: float
) -> None:
    """A side of a sheet. Both pages move toward the fold by `creep` points, and each is cut off at the fold."""
    width, height = size
    places: list[tuple[Leaf, float, float]] = [(side.left, 0, creep), (side.right, width, width - creep)]
    x_objects, operators = Dictionary(), []
    for half, (leaf, left, x) in enumerate(places):
        if leaf is not None:
            x_objects[f"/P{half}"] = forms[leaf]
            clip = f"{left:.3f} 0 {width:.3f} {height:.3f} re W n"
            operators.append(f"q {clip} 1 0 0 1 {x:.3f} 0 cm /P{half} Do Q")
    sheet = Array([0, 0, round(2 * width, 3), round(height, 3)])
    page = Dictionary(
        Type=Name.Page,
        MediaBox=sheet,
        TrimBox=sheet,
        Resources=Dictionary(XObject=x_objects),
        Contents=document.make_stream("\n".join(operators).encode("ascii")),
    )
    document.pages.append(pikepdf.Page(document.make_indirect(page)))


def labels(names: Sequence[str]) -> Dictionary:
    """A label of its own for each page (ISO 32000-1, 12.4.2)."""
    nums: list[object] = []
    for i, name in enumerate(names):
        nums += [i, Dictionary(P=String(name))]
    return Dictionary(Nums=Array(nums))
