"""Decks and drawings for tests: real fonts, the theme `paper`, one slide of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from deckgen.blocks.agenda import Agenda
from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.closing import Closing
from deckgen.blocks.code import Code
from deckgen.blocks.comparison import Comparison, Side
from deckgen.blocks.layers import Layer, Layers, Stack
from deckgen.blocks.quote import Quote
from deckgen.blocks.statement import Statement
from deckgen.blocks.table import Table
from deckgen.model.block import FlowLine
from deckgen.model.deck import Deck, Entry, Section, Slide
from deckgen.model.drawing import AnyShape, Drawing, TextBox
from deckgen.model.manifest import manifest_of
from deckgen.model.show import Page, Show
from deckgen.model.tabular import row_of
from deckgen.model.text import Paragraph, Run, Text, label
from deckgen.model.theme import Theme
from deckgen.read.theme import read_theme
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.flow import set_lines
from deckgen.typeset.fonts import Faces
from deckgen.typeset.sheet import Sheet
from deckgen.typeset.slides import typeset
from deckgen.world import MemoryWorld
from deckgen.write.pptx.deck import write_deck

STAMP = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NOTES = (
    Paragraph((Run("Ask "), Run("who", bold=True), Run(" runs "), Run("docker", code=True), Run(" at "),
               Run("home", link="https://example.org/a b"), Run(" or "), Run("here", link="#rows"))),
    Paragraph(label("First"), marker="bullet"),
    Paragraph(label("Nested"), level=1, marker="bullet"),
    Paragraph(label("Step"), marker="number", number=1, first=1),
)  # fmt: skip


@cache
def paper() -> Theme:
    theme, problems = read_theme(MemoryWorld(), "paper")
    assert theme and not problems
    return theme


@cache
def faces() -> Faces:
    return Faces(paper(), default_folder())


def sheet(layout: str = "content", key: str = "slide/1") -> Sheet:
    return Sheet(theme=paper(), faces=faces(), layout=layout, key=key, box=paper().body)


def one_page(*shapes: AnyShape, layout: str = "content", page_id: str = "slide") -> Page:
    """A page with these shapes."""
    drawing = Drawing(paper().page, shapes)
    return Page(
        id=page_id,
        source_id=page_id,
        number=1,
        label="1",
        section=0,
        title=label("A title"),
        layout=layout,
        drawing=drawing,
    )


def deck_of(*slides: Entry, **keys: object) -> Deck:
    """A deck with a title, and the keys given."""
    return replace(Deck(deckgen=1, title=label("A talk"), slides=slides), **keys)  # type: ignore[arg-type]


def written(deck: Deck, show: Show | None = None) -> bytes:
    """The deck as a file; typeset, unless its pages are given."""
    return write_deck(deck, show or typeset(deck, paper(), faces()), paper(), manifest_of(deck, "deck"), STAMP)


def every_kind() -> Deck:
    """A talk with one slide of every kind, links both ways, and notes."""
    return deck_of(
        Slide(title=label("What to see"), id="agenda", body=(Agenda(),)),
        Section(section=label("Containers & more"), summary=label("One kernel"), id="containers", notes=NOTES),
        Slide(title=label("Containers share the kernel"), id="points", body=(bullets(),), notes=NOTES,
              takeaway=label("Small")),
        Slide(title=label("Two ways"), id="ways", body=(comparison(),)),
        Slide(title=label("The same questions, two different answers"), id="rows", body=(table(),)),
        Section(section=label("Practice"), id="practice"),
        Slide(title=label("Two stacks"), id="stacks", body=(layers(),)),
        Slide(title=label("A recipe"), id="recipe", body=(code(),)),
        Slide(id="words", body=(Quote(text=label("Build, ship and run any app, anywhere"), source=label("Docker")),)),
        Slide(id="choice", body=(Statement(text=label("Choose by the requirements of the application")),)),
        Slide(title=label("Thank you"), id="end", body=(closing(),)),
        title=label("Understanding Docker"), subtitle=label("Machines and containers"), author=label("Ann Example"),
        event=label("Tech talk"), date="2026-11-24", notes=NOTES,
    )  # fmt: skip


def bullets() -> Bullets:
    words = (Run("Light", bold=True), Run(" images "), Run("FROM scratch", code=True))
    linked = (Run("See "), Run("the rows", link="#rows"), Run(" or "), Run("docs", link="https://docs.docker.com/"))
    science = (Run("H"), Run("2", script="sub"), Run("O and x"), Run("2", script="super"))
    return Bullets(items=(Item(text=words, items=(label("Nested item"),)), Item(text=linked), Item(text=science)))


def comparison() -> Comparison:
    return Comparison(
        left=Side(title=label("Virtual machine"), items=(label("Runs on a hypervisor"),), best_for=label("Legacy")),
        right=Side(title=label("Container"), items=(label("Runs on the host"),), best_for=label("Services")),
    )


def table() -> Table:
    return Table(
        header=(row_of((), label("Machine"), label("Container")),),
        rows=(
            row_of(label("Kernel"), label("One each"), label("Shared")),
            row_of(label("Start"), label("Slow"), label("Fast")),
        ),
        highlight=3,
        caption=label("What one kernel saves"),
    )


def layers() -> Layers:
    machine = (Layer(text=label("App"), copies=3), Layer(text=label("Guest OS"), copies=3, hot=True))
    host = (Layer(text=label("App"), copies=3), Layer(text=label("Host OS"), hot=True))
    return Layers(
        stacks=(Stack(title=label("VM"), layers=machine), Stack(title=label("Box"), layers=host)), alt="Two stacks"
    )


def code() -> Code:
    return Code(text='FROM python\n\n  CMD ["python"]  # <run>', language="docker", highlight=("3",))


def closing() -> Closing:
    return Closing(message=label("Questions?"), contact=(label("ann@example.org"),), link=(label("docs.docker.com"),))


def body_box(lines: Sequence[tuple[Text, int]]) -> TextBox:
    """The body frame of a content slide, filled with paragraphs at the given list levels."""
    on = sheet()
    frame = on.frame("body")
    return TextBox(
        key="slide/body",
        box=frame.box,
        paragraphs=set_lines([FlowLine(*line) for line in lines], on),
        placeholder="body",
    )
