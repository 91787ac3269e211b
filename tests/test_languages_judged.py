"""LibreOffice breaks text in other scripts into as many lines as we promise, with the families that we name."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.model.deck import Deck
from deckgen.model.drawing import Drawing, TextBox
from deckgen.model.manifest import manifest_of
from deckgen.model.show import Page, Show
from deckgen.model.text import label
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.fonts import Faces
from deckgen.typeset.mirror import mirrored_show, mirrored_theme
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box
from deckgen.write.pptx.deck import write_deck
from tests.builders import STAMP, paper
from tests.judges.libreoffice import Word, to_pdf, without_autofit, words_of
from tests.test_languages import WORDS

WIDTHS = (150, 260, 370)


def sheet_of(language: str) -> Sheet:
    theme = paper()
    faces = Faces(theme, default_folder(), language)
    return Sheet(theme=theme, faces=faces, layout="agenda", key="x", box=theme.body, language=language)


def boxes_of(language: str) -> tuple[TextBox, ...]:
    """The sentences of a language in boxes of several widths, one under the other."""
    sheet = sheet_of(language)
    text = label(" ".join(WORDS[language][1:]) if language not in ("zh", "ja") else "".join(WORDS[language][1:]))
    return tuple(
        TextBox(key=f"x/{i}", box=Box(40, 20 + 175 * i, width, 170), paragraphs=(sheet.set(text, "body", width),))
        for i, width in enumerate(WIDTHS)
    )


def lines_in(box: Box, words: list[Word]) -> int:
    """How many lines the words in a box stand on."""
    middles = sorted(w.box.y + w.box.height / 2 for w in words if box.y <= w.box.y + w.box.height / 2 < box.bottom)
    return sum(1 for i, y in enumerate(middles) if i == 0 or y - middles[i - 1] > 10)


@pytest.mark.parametrize("language", sorted(WORDS))
def test_libreoffice_needs_as_many_lines(language: str, tmp_path: Path) -> None:
    boxes = boxes_of(language)
    page = Page(
        id="p1", source_id="p1", number=1, label="1", section=0, title=(), layout="agenda",
        drawing=Drawing(paper().page, boxes),
    )  # fmt: skip
    show, theme = Show((page,)), paper()
    if language in ("ar", "he"):
        show, theme = mirrored_show(show), mirrored_theme(theme)
    deck = Deck(deckgen=1, title=label("T"), language=language, slides=())
    (tmp_path / "deck.pptx").write_bytes(write_deck(deck, show, theme, manifest_of(deck), STAMP))
    without_autofit(tmp_path / "deck.pptx", tmp_path / "judged.pptx")
    [words] = words_of(to_pdf(tmp_path / "judged.pptx", theme, tmp_path, language))
    for box in boxes:
        [paragraph] = box.paragraphs
        least = len(paragraph.lines) - (language == "ko")  # LibreOffice divides Korean words, which saves a line
        assert least <= lines_in(box.box, words) <= paragraph.safe_lines, language
