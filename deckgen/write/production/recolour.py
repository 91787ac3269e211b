"""Turn every colour of a PDF from RGB into inks: in content, gradients and pictures."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.write.production.inks import Inks

Instruction = pikepdf.ContentStreamInstruction
SETS_RGB = {"rg": "k", "RG": "K"}
SETS_SPACE = {"cs": "k", "CS": "K"}
SETS_COLOUR = {"sc": "k", "scn": "k", "SC": "K", "SCN": "K"}
OTHERS = {"g": "k", "k": "k", "G": "K", "K": "K"}
RGB_SPACES = {"/DeviceRGB", "/CalRGB", "/Lab"}


class Unprintable(Exception):
    """Something has colours that can't be turned into inks; the text says what."""


class Recolour:
    """Recolours what hangs on pages, each object once."""

    def __init__(self, pdf: pikepdf.Pdf, inks: Inks) -> None:
        self._pdf, self._inks = pdf, inks
        self._done: set[tuple[int, int]] = set()

    def page(self, page: pikepdf.Page) -> None:
        """Errors: `Unprintable`."""
        resources = page.obj.get(Name.Resources, Dictionary())
        page.obj.Contents = self._pdf.make_stream(self.content(page, resources))
        self.group(page.obj)
        self.resources(resources)

    def content(self, source: Any, resources: pikepdf.Object) -> bytes:
        """A content stream in inks. Colour spaces of RGB are looked up in the resources."""
        spaces = resources.get(Name.ColorSpace, Dictionary())
        own: dict[str, bool] = {"k": False, "K": False}  # whether the current colour space is one of RGB
        saved: list[dict[str, bool]] = []
        found = []
        for instruction in pikepdf.parse_content_stream(source):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "INLINE IMAGE":
                raise Unprintable("a picture inside of text")
            if operator == "q":
                saved.append(dict(own))
            elif operator == "Q" and saved:
                own = saved.pop()
            elif operator in SETS_RGB:
                instruction = self.set_inks(operands, SETS_RGB[operator])
                own[SETS_RGB[operator]] = False
            elif operator in SETS_SPACE:
                name = str(operands[0])
                own[SETS_SPACE[operator]] = is_rgb(spaces.get(name, Name(name)))
                if own[SETS_SPACE[operator]]:
                    instruction = self.set_inks((0, 0, 0), SETS_SPACE[operator])
            elif own.get(SETS_COLOUR.get(operator, "")):
                instruction = self.set_inks(operands, SETS_COLOUR[operator])
            elif operator in OTHERS:
                own[OTHERS[operator]] = False
            found.append(instruction)
        return pikepdf.unparse_content_stream(found)

    def set_inks(self, values: Iterable[Any], operator: str) -> Instruction:
        return Instruction(list(self.inks(values)), pikepdf.Operator(operator))

    def inks(self, values: Iterable[Any]) -> tuple[float, ...]:
        red, green, blue = (min(255, max(0, round(float(value) * 255))) for value in values)
        return self._inks.of((red, green, blue))

    def resources(self, resources: pikepdf.Object) -> None:
        if self.seen(resources):
            return
        for item in values(resources, "/XObject"):
            self.image(item) if item.get(Name.Subtype) == Name.Image else self.form(item, resources)
        for item in values(resources, "/Pattern"):
            self.pattern(item, resources)
        for item in values(resources, "/Shading"):
            self.shading(item)
        for item in values(resources, "/ExtGState"):
            mask = item.get(Name.SMask)
            if isinstance(mask, Dictionary):
                self.form(mask.G, resources)
        for item in values(resources, "/Font"):
            if item.get(Name.Subtype) == Name.Type3:
                self.letters(item, resources)
        spaces = resources.get(Name.ColorSpace, Dictionary())
        for name in [name for name, space in spaces.items() if is_rgb(space)]:
            del spaces[name]

    def seen(self, item: pikepdf.Object) -> bool:
        if not item.is_indirect:
            return False
        before = item.objgen in self._done
        self._done.add(item.objgen)
        return before

    def form(self, form: pikepdf.Object, outer: pikepdf.Object) -> None:
        if self.seen(form):
            return
        own = form.get(Name.Resources, outer)
        form.write(self.content(form, own))
        self.group(form)
        self.resources(own)

    def group(self, owner: pikepdf.Object) -> None:
        """Blend transparent colours as inks."""
        if Name.Group in owner and is_rgb(owner.Group.get(Name.CS)):
            owner.Group.CS = Name.DeviceCMYK

    def letters(self, font: pikepdf.Object, outer: pikepdf.Object) -> None:
        if not self.seen(font):
            own = font.get(Name.Resources, outer)
            for glyph in font.CharProcs.values():
                glyph.write(self.content(glyph, own))
            self.resources(own)

    def pattern(self, pattern: pikepdf.Object, outer: pikepdf.Object) -> None:
        if Name.Shading in pattern:
            self.shading(pattern.Shading)
        else:
            self.form(pattern, outer)

    def shading(self, shading: pikepdf.Object) -> None:
        if self.seen(shading) or not is_rgb(shading.get(Name.ColorSpace)):
            return
        if Name.Function not in shading or isinstance(shading.Function, Array):
            raise Unprintable("a gradient over a mesh")
        self.function(shading.Function)
        shading.ColorSpace = Name.DeviceCMYK
        if Name.Background in shading:
            shading.Background = Array(self.inks(shading.Background))

    def function(self, function: pikepdf.Object) -> None:
        """From numbers to inks in place of numbers to RGB (ISO 32000-1, 7.10)."""
        if self.seen(function):
            return
        kind = int(function.FunctionType)
        if kind == 3:
            for part in function.Functions:
                self.function(part)
        elif kind == 2:
            for name, default in ((Name.C0, [0, 0, 0]), (Name.C1, [1, 1, 1])):
                function[name] = Array(self.inks(function.get(name, default)))
        elif kind == 0 and int(function.BitsPerSample) == 8:
            samples = function.read_bytes()
            function.write(
                b"".join(
                    bytes(round(ink * 255) for ink in self.inks(value / 255 for value in samples[i : i + 3]))
                    for i in range(0, len(samples) - 2, 3)
                )
            )
        else:
            raise Unprintable("a gradient of an unknown kind")
        if Name.Range in function:
            function.Range = Array([0, 1] * 4)
        if Name.Decode in function:
            del function[Name.Decode]

    def image(self, image: pikepdf.Object) -> None:
        if self.seen(image) or not is_rgb(image.get(Name.ColorSpace)):
            return
        assert isinstance(image, pikepdf.Stream)
        made = self._inks.picture(pikepdf.PdfImage(image).as_pil_image())
        for name in (Name.DecodeParms, Name.Decode, Name.Intent):
            if name in image:
                del image[name]
        image.write(zlib.compress(made.tobytes(), 6), filter=Name.FlateDecode)
        image.ColorSpace, image.BitsPerComponent = Name.DeviceCMYK, 8


def values(resources: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    for _, item in resources.get(kind, Dictionary()).items():
        yield item


def is_rgb(space: Any) -> bool:
    """Whether a colour space is of the screen; ISO 32000-1, 8.6."""
    if isinstance(space, Array):
        if space[0] == Name.ICCBased:
            return int(space[1].N) == 3
        if space[0] in (Name.Indexed, Name.Pattern) and len(space) > 1:
            return is_rgb(space[1])
        return str(space[0]) in RGB_SPACES
    return str(space) in RGB_SPACES
