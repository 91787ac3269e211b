"""The words that deckgen itself adds to a handout. One place, so that they can be translated."""

from __future__ import annotations

from deckgen.model.block import Block

NO_BREAK = "\u00a0"
EN_DASH = "\u2013"

CONTENTS = "Contents"
CAPTIONS = {"figure": "Figure", "table": "Table", "listing": "Listing"}
"""`Block.NUMBERED` -> the word before the number."""
OF = " of "
"""What stands between the page's number and the number of pages; style sheets know it as `--of`."""


def slides(first: int, last: int) -> str:
    """`Slide 6` or `Slides 6–7`."""
    return f"Slide{NO_BREAK}{first}" if first == last else f"Slides{NO_BREAK}{first}{EN_DASH}{last}"


def caption(block: Block, number: int) -> str:
    """`Figure 1.`"""
    return f"{CAPTIONS[block.NUMBERED]}{NO_BREAK}{number}."


def picture(number: int, title: str) -> str:
    """What a person who can't see a slide's picture has to know: all that it says stands in the text beside it."""
    return f"Slide {number}: {title}" if title else f"Slide {number}"
