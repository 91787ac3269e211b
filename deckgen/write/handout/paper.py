"""The papers that the handout is laid out for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
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

    def css(self) -> str:
        """The paper as custom properties, for the structure's and the theme's style sheets."""
        return (
            f"--paper:{self.name};--page-left:{self.left_mm}mm;--page-right:{self.right_mm}mm;"
            f"--page-width:{self.width_mm}mm;--page-height:{self.height_mm}mm;--air:{self.air};--display:{self.display}"
        )


PAPERS = {
    "A4": Paper("A4", 68, 24, 210, 297, 1),
    "Letter": Paper("letter", 71, 26.9, 215.9, 279.4, 0.66),
    "A5": Paper("174.118mm 247.059mm", 61, 12, 174.118, 247.059, 0.35, 0.72, 0.85),
}
