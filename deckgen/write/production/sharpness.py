"""Have pictures pixels enough for a print shop?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import hypot
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.diagnostics import Diagnostic, Span, warning
from deckgen.write.production.planes import placed

SHARP_PPI = 300
"""Pixels to the inch that offset print shows."""
LEAST_PPI = 250
"""Below this, shops ask back."""


class Shown(NamedTuple):
    """A picture on paper."""

    name: str
    """Its resource: the file's digest is a part of it (see `write/pages/images.py`)."""
    width: int
    height: int
    matrix: pikepdf.Matrix
    """From the unit square to the page."""

    @property
    def ppi(self) -> float:
        """Pixels to the inch, along the side where there are fewer."""
        across, along = hypot(self.matrix.a, self.matrix.b), hypot(self.matrix.c, self.matrix.d)
        return 72 * min(self.width / max(across, 1e-6), self.height / max(along, 1e-6))


def check_sharpness(pdf: pikepdf.Pdf, files: Mapping[str, str], at: Span) -> Iterator[Diagnostic]:
    """A warning for each picture with too few pixels, where it is largest. `files`: the names of pictures by the first
    16 digits of their digests."""
    coarsest: dict[str, tuple[Shown, int]] = {}
    seen = Seen()
    for number, page in enumerate(pdf.pages, start=1):
        for picture in seen.on(page, page.obj.get(Name.Resources, Dictionary())):
            file = files.get(picture.name[2:18], "")
            called = f"the picture {file}" if file else f"a picture of {picture.width:,} × {picture.height:,} pixels"
            if called not in coarsest or picture.ppi < coarsest[called][0].ppi:
                coarsest[called] = picture, number
    for called, (picture, number) in sorted(coarsest.items()):
        if picture.ppi < LEAST_PPI:
            ppi, more = round(picture.ppi), SHARP_PPI / picture.ppi
            message = f"{called} is printed with {ppi} pixels to the inch on page {number}, and {SHARP_PPI} are sharp"
            hint = f"use one of {picture.width * more:,.0f} × {picture.height * more:,.0f} pixels, or print it smaller"
            yield warning(at, message, hint, "resolution")


class Seen:
    """Finds the pictures of pages; each form is read once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[int, int], tuple[Shown, ...]] = {}

    def on(self, source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> Iterator[Shown]:
        """The pictures that content shows."""
        things = resources.get(Name.XObject, Dictionary())
        for instruction, plane in placed(source, operators="q Q cm Do"):
            name = str(instruction.operands[0]) if str(instruction.operator) == "Do" else ""
            thing = things.get(name) if name else None
            if thing is not None and thing.get(Name.Subtype) == Name.Image:
                yield Shown(name, int(thing.Width), int(thing.Height), plane)
            elif thing is not None:
                yield from (shown._replace(matrix=shown.matrix @ plane) for shown in self.form(thing, resources))

    def form(self, form: pikepdf.Object, outer: pikepdf.Object) -> tuple[Shown, ...]:
        """The pictures in a form, on the plane that it is shown on."""
        if form.objgen not in self._forms:
            self._forms[form.objgen] = ()  # a form that shows itself shows nothing
            own = pikepdf.Matrix(form.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
            found = self.on(form, form.get(Name.Resources, outer))
            self._forms[form.objgen] = tuple(shown._replace(matrix=shown.matrix @ own) for shown in found)
        return self._forms[form.objgen]
