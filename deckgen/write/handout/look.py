"""The style sheet of a handout: what all handouts share, then the kinds of blocks in it, then the theme."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from deckgen.model.deck import Deck
from deckgen.model.paper import Paper
from deckgen.model.theme import Theme
from deckgen.model.words import Words, words
from deckgen.write.handout.runs import css_name

HERE = Path(__file__).parent


def style_sheet(deck: Deck, theme: Theme, paper: Paper, own: Iterable[str], columns: int = 1) -> str:
    """Inks of the theme and its colours on screen (`--screen-bg` ...), what all handouts share, `own`, the look;
    what differs in several `columns`."""
    inks = theme.on_paper().colours
    return "\n".join(
        [
            f":root{{{paper.css()};{';'.join(f'--{css_name(r)}:{ink}' for r, ink in inks.items())}}}",
            f":root{{{';'.join(f'--screen-{css_name(r)}:{colour}' for r, colour in theme.colours.items())}}}",
            f":root{{--leader:url('{leader(paper, inks['rule'])}')}}",
            f':root{{--of:"{page_of(words(deck.language))}"}}',
            *(f".ink-{css_name(role)}{{color:var(--{css_name(role)})}}" for role in inks if role.startswith("code_")),
            (HERE / "article.css").read_text("utf-8"),
            *own,
            (HERE / "look.css").read_text("utf-8"),
            theme.css,
            (HERE / "columns.css").read_text("utf-8") if columns > 1 else "",
            (HERE / "right.css").read_text("utf-8") if deck.print.sections == "right" else "",
        ]
    )


def leader(paper: Paper, colour: str) -> str:
    """The address of a picture of a dotted line that is long enough for a line of the contents.

    A dotted border is drawn dot by dot, and took longer than all else on the cover.
    """
    return "data:image/svg+xml," + quote(
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{paper.full_mm:.2f}mm' height='0.75pt'>"
        f"<line x1='100%' y1='50%' x2='0' y2='50%' stroke='{colour}' stroke-width='0.75pt' stroke-linecap='round'"
        " stroke-dasharray='0 1.5pt'/></svg>",
        safe="/:=",
    )


def page_of(said: Words) -> str:
    """What stands between the page's number and the number of pages; style sheets know it as `--of`."""
    return said.say("{page} of {pages}", page="", pages="")
