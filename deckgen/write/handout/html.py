"""Deck and show as one HTML page for WeasyPrint (Jinja2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any, ClassVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from deckgen.blocks import kind_of
from deckgen.blocks.references import References, at_the_end
from deckgen.frozen import frozen
from deckgen.model.block import Block
from deckgen.model.changes import Change
from deckgen.model.dates import in_words
from deckgen.model.deck import Deck, Section
from deckgen.model.index import index, indexed
from deckgen.model.languages import right_to_left
from deckgen.model.paper import COLUMN_MM, PAPERS, Paper
from deckgen.model.references import for_handout
from deckgen.model.show import Show
from deckgen.model.text import Text, label, plain
from deckgen.model.theme import Theme
from deckgen.model.words import Words, words
from deckgen.typeset.fonts import Faces
from deckgen.units import PT_PER_MM
from deckgen.write.handout import plan
from deckgen.write.handout.job import NEXT_RIGHT, Job, Look
from deckgen.write.handout.look import style_sheet
from deckgen.write.handout.mirror import mirrored
from deckgen.write.handout.news import marks, news
from deckgen.write.handout.placeholders import blank, code_of, figure, signature_size
from deckgen.write.handout.runs import TextSetter, tokens
from deckgen.write.handout.strips import bands, column_mm, width_needs
from deckgen.write.handout.typefaces import Typefaces, typefaces

HERE = Path(__file__).parent
LIST_OF_WORKS = "-references"
"""The place of the list of works at the end; no id of a slide begins so."""


def layout_job(
    deck: Deck,
    show: Show,
    theme: Theme,
    faces: Faces,
    stamp: datetime,
    changes: tuple[Change, ...] = (),
    answers: bool = False,
    columns: int = 1,
) -> Job:
    """All that has to be laid out. `changes` are told behind the cover.

    With `answers` it is the instructor's copy. The text has one or two `columns`.
    """
    found = article(deck, show, theme, faces, changes, answers, columns)
    look = Look(found.css, found.fonts.rules(), tuple(found.fonts.files().items()))
    pieces, end = (found.cover, *found.parts), to_right(deck)
    ends = [*[f"{end}{END}"] * (len(pieces) - 1), END]
    cover, *parts = (f"{found.head('')}{piece}{last}" for piece, last in zip(pieces, ends, strict=True))
    insert = f"{found.head('')}{found.insert}{END}" if found.insert else ""
    scale = PAPERS[deck.paper].scale
    return Job(cover, tuple(parts), look, stamp, scale, insert)


def handout_html(deck: Deck, show: Show, theme: Theme, faces: Faces) -> str:
    """The whole handout as one HTML document. It refers to no file but the theme's own fonts, by `file:` address."""
    found = article(deck, show, theme, faces)
    rules = found.fonts.rules()
    # A style sheet never ends the element that it stands in.
    return "".join((found.head(Markup(f"{rules}\n{found.css}".replace("</", "<\\/"))), found.cover, *found.parts, END))


END = "</body>\n</html>\n"


def to_right(deck: Deck) -> str:
    """What makes the next piece begin a right page, where the source asks for that."""
    return f'<div id="{NEXT_RIGHT}"></div>' if deck.print.sections == "right" else ""


@frozen
class Article:
    """The handout as HTML, in the pieces that are laid out apart."""

    head: Callable[[str], str]
    """All before the first element of the body, with a style sheet in it."""
    fonts: Typefaces
    css: str
    cover: str
    parts: tuple[str, ...]
    """Chapters; each part begins a page."""
    insert: str = ""
    """What has changed; empty if that is not told."""


def article(
    deck: Deck,
    show: Show,
    theme: Theme,
    faces: Faces,
    changes: tuple[Change, ...] = (),
    answers: bool = False,
    columns: int = 1,
) -> Article:
    deck = for_handout(deck, show.labels, {})
    outline = plan.outline(deck, show)
    paper = PAPERS[deck.paper]
    setter = TextSetter(frozenset(anchors(outline)), deck.language, faces, measure_em(paper, columns), answers)
    names = {
        "deck": deck,
        "right_to_left": right_to_left(deck.language),
        "outline": outline,
        "sections": sum(1 for chapter in outline.chapters if chapter.section and not chapter.appendix),
        "contents": contents(outline, bool(at_the_end(deck)), indexed(deck), words(deck.language)),
        "notes": setter.notes,
        "references": at_the_end(deck),
        "printed": plan.printed,
        "picture": blank(theme.page),
        "figure": partial(figure, show=show),
        "signature": signature_size(show),
        "code": code_of(deck),
        "news": news(changes, setter.targets, words(deck.language)),
        "marks": marks(changes, words(deck.language)),
        "copy": words(deck.language).say("Instructor’s copy") if answers else "",
    }
    templates = environment(deck, setter)
    pieces: Any = templates.get_template("article.html.j2").make_module(names)
    head: Any = templates.get_template("head.html.j2").make_module(names)
    cover = pieces.cover()  # Footnotes are numbered in the order in which the pieces are made.
    chapter = partial(columned, pieces, setter, width_needs(show, paper)) if columns > 1 else pieces.chapter
    parts = ["".join(map(chapter, chapters)) for chapters in plan.parts_of(outline)]
    parts[-1:] = ["".join((*parts[-1:], pieces.end()))]
    marked = [*setter.marked, *plan.drawn_terms(outline)]
    if marked:
        parts[-1:] = ["".join((*parts[-1:], pieces.index(index(marked, deck.language))))]
    insert = str(pieces.insert()) if changes else ""
    fonts = typefaces((cover, insert, *parts, head.head("")), theme, faces)
    css = fonts.named(style_sheet(deck, theme, paper, kinds_css(deck, outline), columns))
    css = mirrored(css) if right_to_left(deck.language) else css
    return Article(head.head, fonts, css, cover, tuple(parts), insert)


def columned(pieces: Any, setter: TextSetter, needs: Callable[[plan.Item], bool], chapter: plan.Chapter) -> str:
    """A chapter in bands of one or two columns; in two, footnotes wait for the end of their strip."""
    found = [pieces.begin(chapter)]
    for band in bands(chapter, needs):
        setter.held = not band.wide
        found.append(pieces.band(band))
    setter.held = False
    return "".join((*found, "</section>\n"))


def block_html(block: Block, deck: Deck, faces: Faces | None = None) -> str:
    """A block of the deck as the handout sets it; empty for a figure, which is drawn."""
    setter = TextSetter(frozenset(entry.id for entry in deck.slides), deck.language, faces)
    return str(block_filter(environment(deck, setter), deck, setter)(block))


class Templates(Environment):
    """Compiles each template once in a process: a talk that is watched is set again and again."""

    compiled: ClassVar[dict[tuple[Any, ...], CodeType]] = {}

    def compile(self, source: Any, name: Any = None, filename: Any = None, *options: Any) -> Any:
        key = (source, name, filename, *options)
        if key not in self.compiled:
            self.compiled[key] = super().compile(source, name, filename, *options)
        return self.compiled[key]


def environment(deck: Deck, setter: TextSetter) -> Environment:
    """What the templates of the handout and of the block kinds may use. All text is escaped."""
    found = Templates(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.globals["words"] = words(deck.language)
    found.filters |= {
        "runs": setter.runs,
        "prose": setter.prose,
        "display": setter.display,
        "lines": setter.lines,
        "tokens": tokens,
        "plain": plain,
        "in_words": partial(in_words, language=deck.language),
        "html": block_filter(found, deck, setter),
    }
    return found


def block_filter(environment: Environment, deck: Deck, setter: TextSetter) -> Callable[[Block], Markup]:
    """The filter that sets a block by the template of its kind, with its footnotes before it, level with its top."""
    sections = [
        (entry.section, entry.summary) for entry in deck.slides if isinstance(entry, Section) and not entry.appendix
    ]
    templates: dict[type[Block], Template] = {}

    def html(block: Block) -> Markup:
        kind = type(block)
        if kind not in templates:
            templates[kind] = environment.from_string(kind.HTML)
        markup = templates[kind].render(block=block, sections=sections)
        return Markup(markup) if setter.held else setter.notes() + Markup(markup)

    return html


def anchors(outline: plan.Outline) -> Iterator[str]:
    """The ids that links can lead to."""
    if outline.agenda:
        yield outline.agenda.source.id
    for chapter in outline.chapters:
        if chapter.section:
            yield chapter.section.id
        for entry in chapter.entries:
            yield entry.source.id
            yield from (item.anchor for item in entry.items if item.anchor)


def measure_em(paper: Paper, columns: int) -> float:
    """How long a line of text is; the type of themes is about 10 pt."""
    return (column_mm(paper) if columns > 1 else paper.full_mm - COLUMN_MM) * PT_PER_MM / 10


@frozen
class Line:
    """A line of the contents."""

    number: str
    target: str
    name: Text
    summary: Text
    slides: str
    appendix: bool = False
    under: bool = False
    """It belongs to the section before it."""


def contents(outline: plan.Outline, listed: bool, indexed: bool, said: Words) -> tuple[Line, ...]:
    """The sections with their slides; the slides of a talk that has no sections; list of works and index at the end.

    Pages that only the handout has stand under their sections.
    """
    last = (Line("", LIST_OF_WORKS, label(said.say("References")), (), ""),) if listed else ()
    divided = any(chapter.section for chapter in outline.chapters)
    lines = (line for chapter in outline.chapters for line in chapter_lines(chapter, divided, said))
    index = (Line("", "-index", label(said.say("Index")), (), ""),) if indexed else ()
    return (*lines, *last, *index)


def chapter_lines(chapter: plan.Chapter, divided: bool, said: Words) -> Iterator[Line]:
    """The lines of a chapter; in a talk that is `divided` into sections, slides have none."""
    if section := chapter.section:
        slides = shown(*chapter.slides, said)
        yield Line(chapter.label, section.id, section.section, section.summary, slides, chapter.appendix)
    for entry in chapter.entries:
        if entry.name and (entry.alone or not divided):
            slides = slide_label(entry, said)
            yield Line("", entry.source.id, entry.name, (), slides, chapter.appendix, chapter.section is not None)


def shown(first: str, last: str, said: Words) -> str:
    return said.slides_within(first, last) if first else ""


def slide_label(entry: plan.Entry, said: Words) -> str:
    return shown(entry.pages[0].label, entry.pages[-1].label, said) if entry.pages else ""


def kinds_css(deck: Deck, outline: plan.Outline) -> list[str]:
    """The style sheets of the kinds of block in the handout."""
    kinds = {kind_of(block): type(block).CSS for block in blocks(deck, outline)}
    kinds |= {"references": References.CSS} if at_the_end(deck) else {}
    return [css for _, css in sorted(kinds.items()) if css]


def blocks(deck: Deck, outline: plan.Outline) -> Iterator[Block]:
    """All blocks of the handout."""
    yield from deck.abstract
    for chapter in outline.chapters:
        yield from chapter.section.handout if chapter.section else ()
        for entry in chapter.entries:
            yield from entry.source.handout
            for item in entry.items:
                yield from (item.block, *item.block.inner())
