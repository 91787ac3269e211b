"""Lines as LibreOffice breaks them, with autofit off, are the lines that we computed; nothing leaves its box."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deckgen.model.drawing import Drawing, TextBox
from deckgen.model.show import Page, Show
from deckgen.model.text import Run, Text
from deckgen.talk import Talk, prepare
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box
from deckgen.world import DiskWorld
from deckgen.write.pptx.deck import write_deck
from tests.judges.libreoffice import Word, to_pdf, without_autofit, words_of
from tests.judges.lines import compare, differences

ROOT = Path(__file__).parent.parent
STAMP = datetime(2026, 1, 1, tzinfo=UTC)
VOCABULARY = [
    "a",
    "the",
    "and",
    "of",
    "in",
    "kernel",
    "container",
    "virtual",
    "machine",
    "image",
    "isolation",
    "hypervisor",
    "scalability",
    "network",
    "process",
    "namespaces",
    "x86-64",
    "cloud-native",
    "user-space",
    "well-known",
    "state-of-the-art",
    "Docker",
    "Kubernetes",
    "AVATAR",
    "“quoted”",
    "it’s",
    "(bracketed)",
    "3.12",
    "100%",
    "I/O",
    "and/or",
    "e.g.",
    "Wörter",
    "naïve",
    "façade",
    "résumé",
    "—",
    "overhead;",
    "resources,",
    "agility:",
    "portability.",
]
STYLES = (
    "list1",
    "list2",
    "body",
    "dense",
    "side",
    "cell",
    "cell_small",
    "lede",
    "title",
    "label",
    "takeaway",
    "heading",
)
BOXES = 240
PER_PAGE = 4


@pytest.fixture(scope="module")
def talk() -> Talk:
    found, _ = prepare(DiskWorld(ROOT, default_folder()), "source/understanding-docker.yaml")
    assert found
    return found


def drawn(talk: Talk, show: Show, folder: Path) -> list[list[Word]]:
    """The words of each slide as LibreOffice places them."""
    deck = folder / "deck.pptx"
    deck.write_bytes(write_deck(talk.deck, show, talk.theme, talk.manifest, STAMP))
    without_autofit(deck, folder / "judged.pptx")
    return words_of(to_pdf(folder / "judged.pptx", talk.theme, folder))


def test_the_talk_breaks_as_computed(talk: Talk, tmp_path: Path) -> None:
    pages = drawn(talk, talk.show, tmp_path)
    assert len(pages) == len(talk.show.pages)
    wrong = [
        found
        for page, words in zip(talk.show.pages, pages, strict=True)
        for found in differences(page, words, talk.theme)
    ]
    assert not wrong


def test_generated_boxes_break_as_computed(talk: Talk, tmp_path: Path) -> None:
    chance = random.Random(7)
    sheet = Sheet(theme=talk.theme, faces=talk.faces, layout="agenda", key="x", box=talk.theme.body)
    boxes = [generated(i, chance, sheet) for i in range(BOXES)]
    groups = [boxes[i : i + PER_PAGE] for i in range(0, BOXES, PER_PAGE)]
    pages = tuple(
        Page(id=f"p{i}", source_id=f"p{i}", number=i, label=str(i), section=0, title=(), layout="agenda",
             drawing=Drawing(talk.theme.page, tuple(group)))
        for i, group in enumerate(groups, start=1)
    )  # fmt: skip
    drawn_pages = drawn(talk, Show(pages), tmp_path)
    wrong = []
    for group, words in zip(groups, drawn_pages, strict=True):
        wrong += [found for box in group if (found := compare(box.box, box.paragraphs, words))]
    assert not wrong, f"{len(wrong)} of {BOXES}: {wrong[:8]}"


def generated(number: int, chance: random.Random, sheet: Sheet) -> TextBox:
    """A text box in its quarter of the slide, with text that fits it."""
    style = sheet.theme.style(chance.choice(STYLES))
    quarter = number % PER_PAGE
    box = Box(20 + quarter % 2 * 470, 15 + quarter // 2 * 265, chance.uniform(120, 440), 250)
    most = int(box.height / style.leading_pt)
    text: Text = ()
    for _ in range(chance.randint(1, 6)):
        longer = (*text, *stretch(chance))
        if sheet.set(longer, style, box.width).safe_lines > most:
            break
        text = longer
    paragraph = sheet.set(text or (Run("x"),), style, box.width)
    return TextBox(key=f"x/{number}", box=box, paragraphs=(paragraph,))


def stretch(chance: random.Random) -> Text:
    words = " ".join(chance.choice(VOCABULARY) for _ in range(chance.randint(1, 9)))
    look = chance.random()
    return (Run(f"{words} ", bold=look < 0.15, italic=0.15 <= look < 0.3, code=0.3 <= look < 0.36),)
