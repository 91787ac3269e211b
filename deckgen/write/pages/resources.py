"""What the content of a PDF refers to by name: fonts, images and graphics states, each once for the document."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
from pikepdf import Dictionary, Name

from deckgen.model.asset import Image
from deckgen.write.pages.fonts import FontBook
from deckgen.write.pages.images import embed


class Resources:
    """Collects what content uses while it is drawn; of images, content tells itself which."""

    def __init__(self) -> None:
        self.fonts = FontBook()
        self._opacities: set[int] = set()

    def opacity(self, share: float) -> str:
        """The name of the graphics state that fills with this opacity."""
        percent = round(share * 100)
        self._opacities.add(percent)
        return f"/Fill{percent}"

    def add(self, other: Resources) -> None:
        """Refer to what other content refers to, too."""
        self.fonts.add(other.fonts)
        self._opacities |= other._opacities

    def embedded(self, pdf: pikepdf.Pdf, images: Mapping[str, Image]) -> pikepdf.Object:
        """The resource dictionary of all content drawn with these, and of its images by their names.

        Call it when everything is drawn.
        """
        found = Dictionary(Font=self.fonts.embedded(pdf))
        if images:
            found.XObject = Dictionary({name: embed(pdf, image) for name, image in sorted(images.items())})
        if self._opacities:
            states = {f"/Fill{p}": Dictionary(Type=Name.ExtGState, ca=p / 100) for p in sorted(self._opacities)}
            found.ExtGState = Dictionary(states)
        return pdf.make_indirect(found)
