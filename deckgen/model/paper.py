"""The sizes of paper that handouts are printed on."""

from __future__ import annotations

from dataclasses import replace

from deckgen.frozen import frozen


@frozen
class Paper:
    """A page size in millimetres. The margin column is 42 mm wide, and the measure 118 mm, on A5 less."""

    name: str
    left_mm: float
    right_mm: float
    width_mm: float
    height_mm: float
    air: float
    """The white space of the cover, beside A4's."""
    display: float = 1
    """The size of the cover's title, beside A4's."""
    scale: float = 1
    """How large the page is printed: lengths before this are those that it is laid out with."""

    @property
    def full_mm(self) -> float:
        """How wide text and margin column are together."""
        return self.width_mm - self.left_mm - self.right_mm + COLUMN_MM

    @property
    def text_height_mm(self) -> float:
        return self.height_mm - TOP_MM - BOTTOM_MM

    def turned(self) -> Paper:
        """The paper on its long side."""
        size = f"{self.height_mm}mm {self.width_mm}mm"
        return replace(self, name=size, width_mm=self.height_mm, height_mm=self.width_mm)

    def css(self) -> str:
        """The paper as custom properties, for the structure's and the theme's style sheets."""
        return (
            f"--paper:{self.name};--page-left:{self.left_mm}mm;"
            f"--page-right:{self.right_mm}mm;--page-width:{self.width_mm}mm;--page-height:{self.height_mm}mm;"
            f"--full:{round(self.full_mm, 2)}mm;--paper-air:{self.air};--display:{self.display}"
        )


COLUMN_MM, TOP_MM, BOTTOM_MM = 50, 24, 25
"""The margin column with the gap to the text; the margins above and below."""
PAPERS = {
    "A4": Paper("A4", 68, 24, 210, 297, 1),
    "Letter": Paper("letter", 71, 26.9, 215.9, 279.4, 0.66),
    "A5": Paper("174.118mm 247.059mm", 61, 12, 174.118, 247.059, 0.35, 0.72, 0.85),
}
