"""What the content of a PDF refers to by name: fonts, pictures and graphics states, each once for the document."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name

from deckgen.write.pages.fonts import FontBook
from deckgen.write.pages.images import ImageBook


class Resources:
    """Collects what content uses while it is drawn."""

    def __init__(self) -> None:
        self.fonts = FontBook()
        self.images = ImageBook()
        self._opacities: set[int] = set()

    def opacity(self, share: float) -> str:
        """The name of the graphics state that fills with this opacity."""
        percent = round(share * 100)
        self._opacities.add(percent)
        return f"/Fill{percent}"

    def embedded(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The resource dictionary of all content drawn with these. Call it when everything is drawn."""
        found = Dictionary(Font=self.fonts.embedded(pdf))
        if images := self.images.embedded(pdf):
            found.XObject = images
        if self._opacities:
            states = {f"/Fill{p}": Dictionary(Type=Name.ExtGState, ca=p / 100) for p in sorted(self._opacities)}
            found.ExtGState = Dictionary(states)
        return pdf.make_indirect(found)
