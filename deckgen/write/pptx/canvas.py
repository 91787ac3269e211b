"""What the shapes of one slide or layout are written with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Protocol

from deckgen.frozen import frozen
from deckgen.model.asset import Clip, Image
from deckgen.model.drawing import AnyShape, AutoShape, Chart, Shape, every_shape
from deckgen.write.pptx.markup import identity
from deckgen.write.pptx.placeholders import Slot
from deckgen.write.pptx.text import Links, Pen
from deckgen.write.pptx.transitions import shared_name


class ShapeIds:
    """The numbers of a slide's shapes, from 2 on; number 1 is the slide's own. They are unique on the slide only.

    Raises ValueError if two shapes have one key: they would get one number, and PowerPoint would repair the file.
    """

    def __init__(self, shapes: Iterable[AnyShape] = ()) -> None:
        all_shapes = list(every_shape(shapes))
        if twice := [key for key, count in Counter(shape.key for shape in all_shapes).items() if count > 1]:
            raise ValueError(f"two shapes of a slide have the key {twice[0]!r}")
        self.geometries = {shape.key: shape.geometry for shape in all_shapes if isinstance(shape, AutoShape)}
        self._numbers: dict[str, int] = {}

    def of(self, key: str) -> int:
        """The number of the shape with this key, whether it is written already or will be."""
        return self._numbers.setdefault(key, len(self._numbers) + 2)


class Media(Protocol):
    def relation(self, image: Image) -> str:
        """The id of the slide's relationship with a picture."""

    def clip(self, clip: Clip) -> tuple[str, str]:
        """The ids of its relationships with a video or sound: as PowerPoint 2007 knows it, and as later ones do."""


class NoMedia:
    """For layouts and masters, whose marks are no pictures."""

    def relation(self, image: Image) -> str:
        raise ValueError(f"a layout can't show the picture {image.name}")

    def clip(self, clip: Clip) -> tuple[str, str]:
        raise ValueError(f"a layout can't play {clip.name}")


class Charts(Protocol):
    def relation(self, chart: Chart, pen: Pen) -> str:
        """The id of the slide's relationship with a chart."""


class NoCharts:
    """For layouts and masters, whose marks are no charts."""

    def relation(self, chart: Chart, pen: Pen) -> str:
        raise ValueError(f"a layout can't show the chart {chart.key}")


@frozen
class Canvas:
    """What the shapes of one slide or layout are written with."""

    pen: Pen
    links: Links
    ids: ShapeIds
    slots: Mapping[str, Slot]
    """The placeholders of the slide's layout."""
    media: Media
    charts: Charts
    properties: str = "<p:nvPr/>"
    """`p:nvPr` of a shape that fills no placeholder."""
    morphs: bool = False
    """The slide stands on one side of a morph, which finds shapes by their names."""

    def identity(self, shape: Shape, name: str = "", click: str = "") -> str:
        name = shared_name(shape.key) if self.morphs else name or shape.key
        return identity(self.ids.of(shape.key), name, shape.key, shape.alt, shape.decorative, click)
