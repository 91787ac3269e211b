"""Runs as HTML: neighbours that look the same share their elements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby

from markupsafe import Markup, escape

from deckgen.model.languages import right_to_left, tagged
from deckgen.model.text import Run, Term, Text, plain
from deckgen.model.words import NO_BREAK, words
from deckgen.typeset.bidi import directions
from deckgen.typeset.blanks import lines, pieces
from deckgen.typeset.fonts import Faces
from deckgen.write.handout.formulas import picture

SCHEMES = ("https:", "http:", "mailto:")
UNITS = (
    "% ‰ € $ £ ° °C °F B kB KB MB GB TB PB KiB MiB GiB TiB kbit Mbit Gbit ns µs ms s min h d nm µm mm cm m km g kg t l "
    "ml mW W kW MW GW Wh kWh MWh V kV mA A Hz kHz MHz GHz K px pt em dpi fps ppm"
)
UNIT = re.compile(rf"(\d) ({'|'.join(map(re.escape, UNITS.split()))})(?![\w'’])")
"""A number and its unit with a space between them."""
LINE_MM = 8
"""From line to line, where somebody is to write."""
RULE = "linear-gradient(var(--muted)) 0 calc({}mm - 0.4pt) / 100% 0.4pt no-repeat"
SCRIPTS = {"sub": "sub", "super": "sup"}


@dataclass
class TextSetter:
    """Sets texts one after the other; numbers their footnotes and holds them until the writer has a place for them.

    Links to an id that is none of `targets`, and those of unknown schemes, become plain text.
    """

    targets: frozenset[str] = frozenset()
    language: str = "en"
    faces: Faces | None = None
    """What blanks are measured with; without them a text has none."""
    measure_em: float = 32
    """How long a line of text is."""
    answers: bool = False
    """Whether blanks show what belongs on them."""
    held: bool = False
    """Whether notes wait for more than their block."""
    count: int = 0
    waiting: list[Markup] = field(default_factory=list)
    marked: list[tuple[str, Term]] = field(default_factory=list)
    """The terms of the index so far, each with the id of its place."""

    def runs(self, text: Text) -> Markup:
        """A text as inline HTML."""
        parts: list[str] = []
        for link, linked in groupby(text, key=lambda run: self.href(run.link)):
            inner = "".join(self.look(run) for run in joined(tuple(linked)))
            parts.append(f'<a href="{escape(link)}">{inner}</a>' if link else inner)
        inner = "".join(parts)
        own = plain(tuple(run for run in text if run.refer != "page"))
        if right_to_left(self.language) and directions(own) == {"L"}:
            inner = f'<span dir="ltr">{inner}</span>'
        return Markup(inner)

    def display(self, text: Text) -> Markup:
        """A text of one formula, as it stands alone."""
        return picture(plain(text), display=True)

    def prose(self, text: Text) -> Markup:
        """A paragraph as inline HTML; numbers keep their units."""
        return self.runs(bound(text))

    def notes(self) -> Markup:
        """The footnotes whose marks have been set since the last call."""
        found = Markup("").join(self.waiting)
        self.waiting.clear()
        return found

    def href(self, link: str) -> str:
        """The address of a link in the handout; empty if there is no such place."""
        if link.startswith("#"):
            return f"#at-{link[1:]}" if link[1:] in self.targets else ""
        return link if link.lower().startswith(SCHEMES) else ""

    def look(self, run: Run) -> str:
        """A run in the elements that its look asks for, and the mark of its footnote."""
        if run.blank:
            return self.blank(run) + (self.mark(run.note) if run.note else "")
        if run.math:
            return picture(run.text, display=False) + (self.mark(run.note) if run.note else "")
        html = self.words(run)
        if run.terms:
            place = f"term-{len(self.marked)}"
            self.marked += [(place, term) for term in run.terms]
            html = f'<span id="{place}">{html}</span>'
        for name in (SCRIPTS.get(run.script), run.italic and "em", run.bold and "strong"):
            if name:
                html = f"<{name}>{html}</{name}>"
        return html + self.mark(run.note) if run.note else html

    def words(self, run: Run) -> str:
        if run.refer == "page":
            return f'<span data-page="at-{run.link[1:]}">{escape(run.text)}</span>'
        if run.colour:
            return inked(run)
        return f"<code>{escape(run.text)}</code>" if run.code else self.spoken(run.text)

    def blank(self, run: Run) -> str:
        """A rule in one or more pieces; lines may end between them. The instructor's copy has the same, with words."""
        assert self.faces
        return "".join(
            f'<span class="blank" style="width:{piece.width_em:.2f}em"{self.said() if i == 0 else ""}>'
            f"{self.answer(piece.text)}</span>"
            for i, piece in enumerate(pieces(run, self.faces))
        )

    def lines(self, text: Text) -> Markup:
        """A blank that is a paragraph of its own: lines to write on."""
        assert self.faces
        count = lines(text[0], self.faces, self.measure_em)
        rules = ",".join(RULE.format(i * LINE_MM) for i in range(1, count + 1))
        look = f"height:{count * LINE_MM}mm;background:{rules}"
        return Markup(f'<p class="lines" style="{look}"{self.said()}>{self.answer(text[0].answer)}</p>')

    def answer(self, text: Text) -> Markup:
        return self.runs(text) if self.answers and text else Markup(NO_BREAK)

    def said(self) -> Markup:
        """What is said of a blank to whom can't see it."""
        return Markup("") if self.answers else Markup(' data-said="{}"').format(words(self.language).say("blank"))

    def spoken(self, text: str) -> str:
        """A text with the languages of the stretches that are not in the deck's."""
        return "".join(
            str(escape(part)) if language == self.language else f'<span lang="{language}">{escape(part)}</span>'
            for part, language in tagged(text, self.language)
        )

    def mark(self, note: Text) -> str:
        self.count += 1
        number = self.count
        self.waiting.append(Markup('<div class="note"><b>{}</b>\u2002{}</div>').format(number, self.prose(note)))
        return f'<span class="mark">{number}</span>'


def tokens(line: Text) -> Markup:
    """A line of a listing: one element for each stretch of a colour."""
    return Markup("".join(inked(run) for run in line))


def inked(run: Run) -> str:
    """The run's text in its colour."""
    if not run.colour or not run.text.strip():
        return str(escape(run.text))
    return f'<span class="ink-{escape(css_name(run.colour))}">{escape(run.text)}</span>'


def css_name(role: str) -> str:
    """A colour role as it is called in style sheets."""
    return role.replace("_", "-")


def joined(text: Text) -> list[Run]:
    """Neighbours of one look as one run; a footnote ends its run."""
    runs: list[Run] = []
    for run in text:
        if (
            runs
            and not (run.blank or run.terms or runs[-1].note)
            and replace(runs[-1], text=run.text, note=run.note) == run
        ):
            run = replace(run, text=runs.pop().text + run.text)
        runs.append(run)
    return runs


def bound(text: Text) -> Text:
    """The text with a no-break space between a number and its unit."""
    return tuple(
        run if run.code or run.math else replace(run, text=UNIT.sub(rf"\1{NO_BREAK}\2", run.text)) for run in text
    )
