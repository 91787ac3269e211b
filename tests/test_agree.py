"""The check bites: break a template, a drawing or a writer, and the lost words are named with their place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import deckgen.write.handout.html
import deckgen.write.pptx.deck
from deckgen.blocks.bullets import Bullets
from deckgen.blocks.comparison import Comparison
from deckgen.blocks.layers import Layers
from deckgen.blocks.table import Table
from deckgen.cli import cli
from deckgen.diagnostics import Span
from deckgen.model.deck import Deck, Slide
from deckgen.model.drawing import AnyShape, AutoShape, TextBox
from deckgen.model.text import Paragraph, Text
from deckgen.typeset.sheet import Sheet
from deckgen.typeset.slides import typeset
from deckgen.write.handout import plan
from deckgen.write.handout.runs import TextSetter
from tests.pairs import outcome
from tests.strategies import as_yaml

SOURCE = """\
deckgen: 1
title: A small talk
date: 2026-11-24
author: Ann Example
slides:
  - section: Beginnings
    summary: Where all things start
    notes: Wait until everybody sits.
  - title: Two lists
    bullets:
      - Outer words: [Inner words, Further words]
      - Last words
    takeaway: Take these words home
    notes: |
      Nobody in the room may read **these words** aloud.
    handout: |
      The paper has a sentence of its own^[With a note under it.] for those who read.
  - title: A table
    table:
      header: [Kind, Amount]
      rows: [[Apples, Seven], [Pears, Eleven]]
      caption: Fruit in baskets
  - title: A comparison
    comparison:
      left: {title: Sunny side, items: [Warm and bright, Dry], best_for: Holidays}
      right: {title: Shady side, items: [Cool and dark, Damp]}
  - title: A diagram
    layers:
      stacks:
        - {title: Building, layers: [Roof tiles, Cellar vault]}
      caption: Seen from outside
  - title: Both ways
    body:
      - paragraph: Stands in either of the outputs.
      - {paragraph: Shown on the wall and not on paper., only: deck}
      - {paragraph: Printed on paper and not on the wall., only: handout}
"""
Break = Callable[[pytest.MonkeyPatch, Path], None]


def place(words: str) -> Span:
    """Where words stand in the source."""
    for number, line in enumerate(SOURCE.split("\n"), start=1):
        if words in line:
            return Span("talk.yaml", number, line.index(words) + 1)
    raise AssertionError(words)


def template(cls: type, old: str, new: str) -> Break:
    """A block's HTML with a part replaced."""

    def break_it(patch: pytest.MonkeyPatch, _: Path) -> None:
        html: str = cls.HTML  # type: ignore[attr-defined]
        assert old in html
        patch.setattr(cls, "HTML", html.replace(old, new))

    return break_it


def article(old: str, new: str) -> Break:
    """The handout's own template with a part replaced."""

    def break_it(patch: pytest.MonkeyPatch, folder: Path) -> None:
        copy = folder / "templates"
        shutil.copytree(deckgen.write.handout.html.HERE, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        text = (copy / "article.html.j2").read_text(encoding="utf-8")
        assert old in text
        (copy / "article.html.j2").write_text(text.replace(old, new), encoding="utf-8")
        patch.setattr(deckgen.write.handout.html, "HERE", copy)

    return break_it


def without_one_side(patch: pytest.MonkeyPatch, _: Path) -> None:
    draw = Comparison.draw_side

    def one_side(self: Comparison, name: str, *rest: Any) -> list[AnyShape]:
        return draw(self, name, *rest) if name == "left" else []

    patch.setattr(Comparison, "draw_side", one_side)


def without_labels(patch: pytest.MonkeyPatch, _: Path) -> None:
    draw = Layers.draw_layer

    def bare(self: Layers, *arguments: Any) -> AutoShape:
        return replace(draw(self, *arguments), text=())

    patch.setattr(Layers, "draw_layer", bare)


def empty_frame(name: str) -> Break:
    def break_it(patch: pytest.MonkeyPatch, _: Path) -> None:
        fill = Sheet.fill

        def filled(self: Sheet, frame: str, *texts: Text) -> TextBox:
            box = fill(self, frame, *texts)
            return replace(box, paragraphs=()) if frame == name else box

        patch.setattr(Sheet, "fill", filled)

    return break_it


def backwards(patch: pytest.MonkeyPatch, _: Path) -> None:
    lines = Bullets.flow_lines
    patch.setattr(Bullets, "flow_lines", lambda self: lines(self)[::-1])


def without_marks(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(TextSetter, "mark", lambda self, note: "")


def without_notes(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(deckgen.write.pptx.deck, "notes_by_source", lambda deck: {})


def print_as_notes(patch: pytest.MonkeyPatch, _: Path) -> None:
    def noted(deck: Deck) -> dict[str, tuple[Paragraph, ...]]:
        slides = [entry for entry in deck.slides if isinstance(entry, Slide)]
        printed = {s.id: tuple(Paragraph(block.text) for block in s.handout) for s in slides}  # type: ignore[attr-defined]
        return {entry.id: (*entry.notes, *printed.get(entry.id, ())) for entry in deck.slides}

    patch.setattr(deckgen.write.pptx.deck, "notes_by_source", noted)


def typeset_otherwise(change: Callable[[Slide], Slide]) -> Break:
    """The deck shows its slides otherwise than the source has them."""

    def break_it(patch: pytest.MonkeyPatch, _: Path) -> None:
        def typeset_changed(deck: Deck, *rest: Any) -> Any:
            changed = [change(entry) if isinstance(entry, Slide) else entry for entry in deck.slides]
            return typeset(replace(deck, slides=tuple(changed)), *rest)

        patch.setattr("deckgen.typeset.named.typeset", typeset_changed)

    return break_it


def everything_printed(patch: pytest.MonkeyPatch, _: Path) -> None:
    items = plan.items

    def all_items(slide: Slide, *rest: Any) -> Any:
        return items(replace(slide, body=tuple(replace(block, only="both") for block in slide.body)), *rest)

    patch.setattr(plan, "items", all_items)


DECK, HANDOUT = "slide '{}' of the deck", "the handout's text at '{}'"
LOST: dict[str, tuple[Break, str, str]] = {
    "a list without its inner items": (
        template(Bullets, "{%- if item.items %}", "{%- if false %}"), "Inner words", HANDOUT.format("two-lists")),
    "a list in its picture only": (
        template(Bullets, Bullets.HTML, ""), "Outer words", HANDOUT.format("two-lists")),
    "a table without a cell": (
        template(Table, "{{ it.text | runs }}", "{{ it.text | runs if it.tag == 'th' }}"), "Seven",
        HANDOUT.format("a-table")),
    "a table without its header": (
        template(Table, "{%- if table.head %}", "{%- if false %}"), "Kind", HANDOUT.format("a-table")),
    "cells in another order": (
        template(Table, "in row.cells", "in (row.cells | reverse if row.cells[0].scope == 'row' else row.cells)"),
        "Seven",
        HANDOUT.format("a-table")),
    "an empty comparison": (
        template(Comparison, "{{ side.title | runs }}", ""), "Sunny side", HANDOUT.format("a-comparison")),
    "no captions": (
        article("{{ item.block.caption_text() | prose }}", ""), "Fruit in baskets", HANDOUT.format("a-table")),
    "no take-aways in print": (
        article("{{ entry.source.takeaway | prose }}", ""), "Take these words home", HANDOUT.format("two-lists")),
    "no titles in print": (
        article("{{ entry.title | prose }}", "Title"), "Two lists", HANDOUT.format("two-lists")),
    "no author": (
        article("{{ deck.author | runs }}", ""), "Ann Example", HANDOUT.format("title")),
    "no summaries": (
        article('<p class="standfirst">{{ chapter.section.summary | runs }}</p>', ""), "Where all things start",
        HANDOUT.format("beginnings")),
    "no print text": (
        article("{{ prose(entry.source.handout) }}\n{{ body(entry) }}", "{{ body(entry) }}"),
        "The paper has a sentence", HANDOUT.format("two-lists")),
    "no footnotes": (without_marks, "With a note under it.", HANDOUT.format("two-lists")),
    "a comparison of one side": (without_one_side, "Shady side", DECK.format("a-comparison")),
    "no labels in a diagram": (without_labels, "Roof tiles", DECK.format("a-diagram")),
    "no labels in a figure": (without_labels, "Roof tiles", "the figure of 'a-diagram' in the handout"),
    "an empty frame": (empty_frame("takeaway"), "Take these words home", DECK.format("two-lists")),
    "no titles on slides": (empty_frame("title"), "A comparison", DECK.format("a-comparison")),
    "a list backwards": (backwards, "Inner words", DECK.format("two-lists")),
    "no notes": (without_notes, "Nobody in the room", "the notes of slide 'two-lists'"),
}  # fmt: skip
LEAKED: dict[str, tuple[Break, str, str]] = {
    "notes in print": (
        article(
            "{{ notes() }}", "{% for p in entry.source.notes %}<p>{{ p.text | runs }}</p>{% endfor %}{{ notes() }}"),
        "Nobody in the room", "the handout"),
    "print text in the notes": (print_as_notes, "The paper has", DECK.format("two-lists")),
    "print text on the slide": (
        typeset_otherwise(lambda slide: replace(slide, body=(*slide.handout, *slide.body))), "The paper has",
        DECK.format("two-lists")),
    "notes on the slide": (
        typeset_otherwise(lambda slide: replace(slide, takeaway=slide.notes[0].text if slide.notes else ())),
        "Nobody in the room", DECK.format("two-lists")),
    "on the wall, what is for paper": (
        typeset_otherwise(lambda s: replace(s, body=tuple(replace(block, only="both") for block in s.body))),
        "Printed on paper", DECK.format("both-ways")),
    "on paper, what is for the wall": (everything_printed, "Shown on the wall", "the handout"),
}  # fmt: skip


def test_the_sound_build_lacks_nothing() -> None:
    made = outcome(SOURCE)
    assert made.talk
    assert (made.found, made.problems) == ((), ())


@pytest.mark.parametrize("name", LOST)
def test_lost_words_are_named_with_their_place(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    break_it, words, where = LOST[name]
    break_it(monkeypatch, tmp_path)
    problems = outcome(SOURCE, deck_alone="the handout" not in where).problems
    told = [d for d in problems if words in d.message and d.message.endswith(f" is missing in {where}")]
    assert told and told[0].span == place(words), problems
    assert all(d.severity == "error" for d in problems)


@pytest.mark.parametrize("name", LEAKED)
def test_words_of_another_channel_are_named(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    break_it, words, where = LEAKED[name]
    break_it(monkeypatch, tmp_path)
    problems = outcome(SOURCE, deck_alone="the handout" not in where).problems
    told = [d for d in problems if words in d.message and f"stands in {where}: " in d.message]
    assert told and told[0].span == place(words), problems


def test_the_command_fails_and_leaves_the_old_pair(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "talk.yaml").write_text(SOURCE)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["build"]).exit_code == 0
    old = {file.name: file.read_bytes() for file in Path("build").iterdir()}
    LOST["a list without its inner items"][0](monkeypatch, tmp_path)
    (tmp_path / "source" / "talk.yaml").write_text(SOURCE.replace("Last words", "Other words"))
    result = CliRunner().invoke(cli, ["build"])
    line, column = place("Inner words")[1:]
    assert result.exit_code == 1
    assert f"source/talk.yaml:{line}:{column}: error: the text 'Inner words' is missing in" in result.stderr
    assert {file.name: file.read_bytes() for file in Path("build").iterdir()} == old


@pytest.mark.parametrize(
    "words",
    ["A small talk", "Where all things start", "November 24, 2026", "Outer words", "Best for Holidays"],
)
def test_words_that_stand_there_anyway_are_no_leak(words: str) -> None:
    """Print text and notes may say what any page shows: titles, section names, the date."""
    said = SOURCE.replace("Wait until everybody sits.", words).replace(
        "The paper has a sentence", f"{words}\n\n      It"
    )
    made = outcome(said)
    assert made.talk
    assert made.problems == ()


REPEATING = {
    "one title for all": [{"title": "All", "bullets": ["A"]}, {"title": "All", "handout": "B"}, {"section": "All"}],
    "a title that is the talk's": [{"section": "Talk"}, {"title": "Talk", "bullets": ["Talk"], "handout": "# Talk"}],
    "a slide called like the contents": [{"title": "Contents", "bullets": ["a"]}, {"title": "C", "handout": "a"}],
    "statements alone": [{"statement": "a"}, {"statement": "a"}, {"statement": "talk"}],
    "a statement before all titles": [{"statement": "a"}, {"title": "a", "bullets": ["b"]}],
    "two titles, one in print": [{"title": "a", "only": "deck", "handout": "x"}, {"title": "a", "bullets": ["b"]}],
    "an agenda after other slides": [
        {"title": "All", "bullets": ["a"]}, {"title": "All", "agenda": None, "handout": "Printed"},
        {"title": "All", "bullets": ["c"]}, {"section": "All"}, {"title": "Again", "agenda": None, "handout": "More"},
    ],
    "several figures": [
        {"title": title, "layers": {"stacks": [{"layers": [title, "Ground"]}]}} for title in ("Roof", "Ground", "Roof")
    ],
    "marks and letters of several runs": [{"title": "e**\u0301**", "bullets": ["\ufb01**n**e \u00bd a\u00ad**b**"]}],
}  # fmt: skip


@pytest.mark.parametrize("name", REPEATING)
def test_words_that_repeat_are_told_apart(name: str) -> None:
    made = outcome(as_yaml({"deckgen": 1, "title": "Talk", "slides": REPEATING[name]}))
    assert made.talk, made.found
    assert made.problems == ()


def test_a_link_to_a_slide_of_the_other_output_is_warned_of() -> None:
    printed = {"title": "On paper", "id": "paper", "only": "handout", "handout": "See [the wall](#wall)."}
    shown = {"title": "On the wall", "id": "wall", "only": "deck", "bullets": ["See [the paper](#paper)."]}
    made = outcome(as_yaml({"deckgen": 1, "title": "Talk", "slides": [printed, shown]}))
    assert [(d.severity, d.message, d.hint) for d in made.found] == [
        (
            "warning",
            "this link leads to a slide or page that the deck alone has",
            "in the handout its words stay plain text",
        ),
        (
            "warning",
            "this link leads to a slide or page that the handout alone has",
            "in the deck its words stay plain text",
        ),
    ]
    assert made.problems == ()
