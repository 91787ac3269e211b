"""Have pictures pixels enough for a print shop?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import hypot
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.diagnostics import Diagnostic, Span, warning

SHARP_PPI = 300
"""Pixels to the inch that offset print shows."""
LEAST_PPI = 250
"""Below this, shops ask back."""


class Placed(NamedTuple):
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
    coarsest: dict[str, tuple[Placed, int]] = {}
    seen = Seen()
    for number, page in enumerate(pdf.pages, start=1):
        for placed in seen.on(page, page.obj.get(Name.Resources, Dictionary())):
            file = files.get(placed.name[2:18], "")
            shown = f"the picture {file}" if file else f"a picture of {placed.width:,} × {placed.height:,} pixels"
            if shown not in coarsest or placed.ppi < coarsest[shown][0].ppi:
                coarsest[shown] = placed, number
    for shown, (placed, number) in sorted(coarsest.items()):
        if placed.ppi < LEAST_PPI:
            ppi, more = round(placed.ppi), SHARP_PPI / placed.ppi
            message = f"{shown} is printed with {ppi} pixels to the inch on page {number}, and {SHARP_PPI} are sharp"
            hint = f"use one of {placed.width * more:,.0f} × {placed.height * more:,.0f} pixels, or print it smaller"
            yield warning(at, message, hint, "resolution")


class Seen:
    """Finds the pictures of pages; each form is read once."""

    def __init__(self) -> None:
        self._forms: dict[tuple[int, int], tuple[Placed, ...]] = {}

    def on(self, source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object) -> Iterator[Placed]:
        """The pictures that content shows."""
        stack = [pikepdf.Matrix()]
        things = resources.get(Name.XObject, Dictionary())
        for instruction in pikepdf.parse_content_stream(source, "q Q cm Do"):
            operator = str(instruction.operator)
            if operator == "q":
                stack.append(stack[-1])
            elif operator == "Q" and len(stack) > 1:
                stack.pop()
            elif operator == "cm":
                stack[-1] = pikepdf.Matrix(*map(float, instruction.operands)) @ stack[-1]
            elif operator == "Do" and (thing := things.get(name := str(instruction.operands[0]))) is not None:
                if thing.get(Name.Subtype) == Name.Image:
                    yield Placed(name, int(thing.Width), int(thing.Height), stack[-1])
                else:
                    for placed in self.form(thing, resources):
                        yield placed._replace(matrix=placed.matrix @ stack[-1])

    def form(self, form: pikepdf.Object, outer: pikepdf.Object) -> tuple[Placed, ...]:
        """The pictures in a form, on the plane that it is shown on."""
        if form.objgen not in self._forms:
            self._forms[form.objgen] = ()  # a form that shows itself shows nothing
            own = pikepdf.Matrix(form.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0])))
            found = self.on(form, form.get(Name.Resources, outer))
            self._forms[form.objgen] = tuple(placed._replace(matrix=placed.matrix @ own) for placed in found)
        return self._forms[form.objgen]
