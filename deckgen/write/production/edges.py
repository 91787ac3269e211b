"""Colour that touches the edge of a page runs on over it, so that no white line shows where paper is cut or shifted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.write.production.planes import placed

NEAR_PT = 0.5
"""A shape this near to the edge is meant to reach it."""
DEPTH = 8


class Edges(NamedTuple):
    """Left, bottom, right and top, in points of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, by: Edges) -> Edges:
        return Edges(self.left - by.left, self.bottom - by.bottom, self.right + by.right, self.top + by.top)


def edges(box: Iterable[Any]) -> Edges:
    return Edges(*(float(corner) for corner in box))


def run_on(pdf: pikepdf.Pdf, page: pikepdf.Page, by: Edges) -> None:
    """Let all that touches the page's TrimBox reach `by` over it, each side on its own. Boxes stay as they are."""
    trim = edges(page.trimbox)
    page.obj.Resources = page.obj.get(Name.Resources, Dictionary())
    operators = Runner(pdf, trim, trim.grown(by)).content(page, page.obj.Resources, pikepdf.Matrix())
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))


class Runner:
    """Writes content anew, with rectangles, pictures and forms that end at `trim` ending at `far`."""

    def __init__(self, pdf: pikepdf.Pdf, trim: Edges, far: Edges) -> None:
        self._pdf, self._trim, self._far = pdf, trim, far

    def content(
        self, source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, matrix: pikepdf.Matrix, depth: int = 0
    ) -> list[pikepdf.ContentStreamInstruction]:
        """The instructions of a page or form. Only shapes that stand upright are looked at."""
        found: list[pikepdf.ContentStreamInstruction] = []
        for instruction, plane in placed(source, matrix):
            operator = str(instruction.operator)
            if operator == "Do" and is_upright(plane):
                found += self.shown(instruction, resources, plane, depth)
            elif operator == "re" and is_upright(plane):
                found.append(self.rectangle(instruction, plane))
            else:
                found.append(instruction)
        return found

    def rectangle(
        self, instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage, matrix: pikepdf.Matrix
    ) -> pikepdf.ContentStreamInstruction:
        x, y, width, height = (float(value) for value in instruction.operands)
        box = self.reaching(transformed(matrix, Edges(x, y, x + width, y + height)))
        left, bottom, right, top = transformed(matrix.inverse(), box)
        values = [number(value) for value in (left, bottom, right - left, top - bottom)]
        return pikepdf.ContentStreamInstruction(values, pikepdf.Operator("re"))

    def reaching(self, box: Edges) -> Edges:
        """The box, its sides that touch the trim moved out."""
        return Edges(
            self._far.left if box.left <= self._trim.left + NEAR_PT else box.left,
            self._far.bottom if box.bottom <= self._trim.bottom + NEAR_PT else box.bottom,
            self._far.right if box.right >= self._trim.right - NEAR_PT else box.right,
            self._far.top if box.top >= self._trim.top - NEAR_PT else box.top,
        )

    def shown(
        self,
        instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage,
        resources: pikepdf.Object,
        matrix: pikepdf.Matrix,
        depth: int,
    ) -> list[pikepdf.ContentStreamInstruction]:
        """What shows an image or a form: at the edge an image is stretched, and a form's own content runs on."""
        name = str(instruction.operands[0])
        thing = resources.get(Name.XObject, Dictionary()).get(name)
        same = [pikepdf.ContentStreamInstruction([Name(name)], pikepdf.Operator("Do"))]
        if thing is None or depth > DEPTH:
            return same
        if thing.get(Name.Subtype) == Name.Image:
            box = transformed(matrix, Edges(0, 0, 1, 1))
            if (reached := self.reaching(box)) == box:
                return same
            return wrapped(transformed(matrix.inverse(), reached), same)
        inner = pikepdf.Matrix(thing.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0]))) @ matrix
        box = transformed(inner, edges(thing.BBox))
        if not is_upright(inner) or (reached := self.reaching(box)) == box:
            return same
        return [self.grown_form(thing, transformed(inner.inverse(), reached), resources, inner, depth)]

    def grown_form(
        self, form: pikepdf.Object, box: Edges, resources: pikepdf.Object, matrix: pikepdf.Matrix, depth: int
    ) -> pikepdf.ContentStreamInstruction:
        """A copy of a form with another BBox, under a name of its own."""
        own = form.get(Name.Resources, resources)
        data = pikepdf.unparse_content_stream(self.content(form, own, matrix, depth + 1))
        entries = {key: form[key] for key in form.keys() if key not in ("/Length", "/Filter", "/DecodeParms")}  # noqa: SIM118
        copy = self._pdf.make_stream(data, Dictionary(entries))
        copy.BBox = Array([number(corner) for corner in box])
        name = f"/E{len(resources.XObject.keys())}"
        resources.XObject[name] = copy
        return pikepdf.ContentStreamInstruction([Name(name)], pikepdf.Operator("Do"))


def wrapped(unit: Edges, inner: list[pikepdf.ContentStreamInstruction]) -> list[pikepdf.ContentStreamInstruction]:
    """What fills the unit square, made to fill another box of the same plane."""
    values = (unit.right - unit.left, 0, 0, unit.top - unit.bottom, unit.left, unit.bottom)
    return [
        pikepdf.ContentStreamInstruction([], pikepdf.Operator("q")),
        pikepdf.ContentStreamInstruction([number(value) for value in values], pikepdf.Operator("cm")),
        *inner,
        pikepdf.ContentStreamInstruction([], pikepdf.Operator("Q")),
    ]


def is_upright(matrix: pikepdf.Matrix) -> bool:
    return abs(matrix.b) < 1e-9 and abs(matrix.c) < 1e-9 and bool(matrix.a and matrix.d)


def transformed(matrix: pikepdf.Matrix, box: Edges) -> Edges:
    """A box under an upright matrix."""
    xs = sorted((matrix.a * box.left + matrix.e, matrix.a * box.right + matrix.e))
    ys = sorted((matrix.d * box.bottom + matrix.f, matrix.d * box.top + matrix.f))
    return Edges(xs[0], ys[0], xs[1], ys[1])


def number(value: float) -> float:
    return round(value, 4)
