"""Handouts of other styles than the article as HTML: the template of the style, filled with its sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from deckgen.blocks import kind_of
from deckgen.model.changes import Change
from deckgen.model.deck import Deck
from deckgen.model.languages import right_to_left
from deckgen.model.paper import PAPERS, Paper
from deckgen.model.schedule import told
from deckgen.model.show import Show
from deckgen.model.style import Style
from deckgen.model.theme import Theme
from deckgen.model.words import words
from deckgen.typeset.fonts import Faces
from deckgen.write.handout.html import END, environment, layout_job
from deckgen.write.handout.job import Job, Look
from deckgen.write.handout.look import style_sheet
from deckgen.write.handout.mirror import mirrored
from deckgen.write.handout.news import marks
from deckgen.write.handout.placeholders import blank
from deckgen.write.handout.plan import MOST_PARTS, SIZE_OF_PART
from deckgen.write.handout.runs import TextSetter
from deckgen.write.handout.typefaces import typefaces


def job_of(
    style: Style,
    deck: Deck,
    show: Show,
    theme: Theme,
    faces: Faces,
    stamp: datetime,
    changes: tuple[Change, ...] = (),
) -> Job:
    """All that has to be laid out for a handout of a style.

    The article tells `changes`; other styles have a bar beside slides that are new or edited.
    """
    if not style.HTML:
        return layout_job(deck, show, theme, faces, stamp, changes, style.ANSWERS, style.text_columns)
    paper = style.paper(PAPERS[deck.paper])
    turned = right_to_left(deck.language)
    setter = TextSetter(frozenset(page.id for page in show.pages), deck.language)
    setter.held = True
    found = environment(deck, setter)
    found.filters["minutes"] = partial(told, language=deck.language)
    lines = RuledPaper(paper, turned, theme.on_paper().colours["rule"])
    found.filters["ruled"] = lines.class_of
    found.globals |= {"picture": blank(theme.page), "blank": blank, "notes": setter.notes}
    found.globals |= {"deck": deck, "right_to_left": turned, "marks": marks(changes, words(deck.language))}
    names = {"deck": deck, "right_to_left": turned, "copy": ""}
    head: Any = found.get_template("head.html.j2").make_module(names)
    template = found.from_string(style.HTML)
    parts = [template.render(sheets=sheets) for sheets in divided(style.sheets(deck, show, paper))]
    fonts = typefaces((*parts, head.head("")), theme, faces)
    kinds = [css for _, css in sorted({kind_of(block): block.CSS for _, block in style.blocks(deck)}.items()) if css]
    own = f":root{{{';'.join(f'--{name}:{value}' for name, value in style.properties(show, paper).items())}}}"
    css = fonts.named(style_sheet(deck, theme, paper, [*kinds, own, style.CSS, lines.css()]))
    return Job(
        "",
        tuple(f"{head.head('')}{part}{END}" for part in parts),
        Look(mirrored(css) if turned else css, fonts.rules(), tuple(fonts.files().items())),
        stamp,
        paper.scale,
    )


class RuledPaper:
    """Classes for pages with lines on the text area: a picture is much quicker than a box for each line."""

    def __init__(self, paper: Paper, turned: bool, colour: str) -> None:
        self._paper, self._turned, self._colour = paper, turned, colour
        self._pictures: dict[str, str] = {}

    def class_of(self, rules: Iterable[tuple[float, float, float]], look: str) -> str:
        """The class of a page with these lines, solid or `dotted`."""
        return self._pictures.setdefault(self._picture(rules, look), f"ruled-{len(self._pictures) + 1}")

    def css(self) -> str:
        return "".join(f".{name}{{background-image:url('{picture}')}}\n" for picture, name in self._pictures.items())

    def _picture(self, rules: Iterable[tuple[float, float, float]], look: str) -> str:
        pen = (
            "stroke-width='0.4' stroke-linecap='round' stroke-dasharray='0 5'"
            if look == "dotted"
            else "stroke-width='0.13'"
        )
        width, height = round(self._paper.full_mm, 2), round(self._paper.text_height_mm, 2)
        placed = [(width - right, width - left, y) if self._turned else (left, right, y) for left, right, y in rules]
        lines = "".join(f"M{left:.2f} {y:.2f}H{right:.2f}" for left, right, y in placed)
        svg = (
            f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}mm' height='{height}mm'"
            f" viewBox='0 0 {width} {height}'><path d='{lines}' fill='none' stroke='{self._colour}' {pen}/></svg>"
        )
        return "data:image/svg+xml," + quote(svg, safe="/:=")


def divided(sheets: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The sheets in parts of the same size, which can be laid out beside each other."""
    count = max(1, min(MOST_PARTS, len(sheets) // SIZE_OF_PART))
    for first, end in pairwise([i * len(sheets) // count for i in range(count + 1)]):
        yield sheets[first:end]
