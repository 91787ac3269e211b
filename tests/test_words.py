"""What deckgen says itself: in many languages, with nothing missing, numbers and dates as each language writes them."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from deckgen.model.dates import in_words
from deckgen.model.languages import right_to_left
from deckgen.model.numbers import format_number
from deckgen.model.words import CATALOGUES, NO_BREAK, NUMBERED, words

PACKAGE = Path(__file__).parents[1] / "deckgen"
TAGS = sorted(folder.name for folder in CATALOGUES.iterdir())
SAID = re.compile(r'\.say\(\s*"((?:[^"\\]|\\.)+)"')
COUNTED = re.compile(r'\.count\(\s*"((?:[^"\\]|\\.)+)",\s*"((?:[^"\\]|\\.)+)"')


def catalogue(tag: str) -> Catalog:
    with (CATALOGUES / tag / "LC_MESSAGES" / "deckgen.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def messages(tag: str) -> dict[str | tuple[str, ...], tuple[str, ...]]:
    """Each message of a catalogue, one with plural forms as both its English forms -> its translation's forms."""
    return {
        message.id if isinstance(message.id, str) else tuple(message.id): (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        for message in catalogue(tag)
        if message.id
    }


def said() -> set[str | tuple[str, str]]:
    """The messages that code and templates say."""
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    found: set[str | tuple[str, str]] = set(NUMBERED.values())
    found |= {message for text in texts for message in SAID.findall(text)}
    return found | {(one, many) for text in texts for one, many in COUNTED.findall(text)}


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name}


def test_there_are_catalogues_for_many_languages() -> None:
    assert {"ar", "cs", "da", "de", "es", "fr", "he", "hi", "it", "ja", "ko", "nl", "pl", "pt", "sv", "zh"} <= set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_is_complete_and_its_placeholders_match(tag: str) -> None:
    found = messages(tag)
    assert said() - set(found) == set()
    for id_, forms in found.items():
        assert all(forms), f"{id_} has no words"
        assert not [form for form in forms if form != form.strip()]
        wanted = placeholders(id_ if isinstance(id_, str) else id_[-1])
        for form in forms:
            assert wanted - placeholders(form) <= {"count"}, f"{form!r} leaves out what {id_!r} tells"
            assert placeholders(form) <= wanted, f"{form!r} asks for more than {id_!r} gives"


@pytest.mark.parametrize("tag", TAGS)
def test_a_catalogue_has_the_plural_forms_of_its_language(tag: str) -> None:
    found = catalogue(tag)
    assert str(found.locale) == tag
    assert (found.num_plurals, found.plural_expr) == (get_plural(tag).num_plurals, get_plural(tag).plural_expr)
    plurals = [forms for id_, forms in messages(tag).items() if isinstance(id_, tuple)]
    assert plurals and all(len(forms) == found.num_plurals for forms in plurals)


@pytest.mark.parametrize("tag", TAGS)
def test_every_language_says_where_a_page_stands(tag: str) -> None:
    page = words(tag.replace("_", "-")).say("{page} of {pages}", page=3, pages=12)
    assert page.startswith("3") and page.endswith("12"), "style sheets set only what stands between the numbers"


@pytest.mark.parametrize(
    ("language", "figure", "range_", "layers"),
    [
        ("en", "Figure 3", "Slides 6–7", "2 layers, from top to bottom: A and B"),
        ("en-GB", "Figure 3", "Slides 6–7", "2 layers, from top to bottom: A and B"),
        ("de", "Abbildung 3", "Folien 6–7", "2 Schichten, von oben nach unten: A und B"),
        ("pl", "Rysunek 3", "Slajdy 6–7", "2 warstwy, od góry do dołu: A i B"),
        ("ru-RU", "Рисунок 3", "Слайды 6–7", "2 слоя, сверху вниз: A и B"),
        ("zh-TW", "圖 3", "投影片 6–7", "由上到下共 2 層\uff1aA和B"),
        ("zh-CN", "图 3", "幻灯片 6–7", "从上到下共 2 层\uff1aA和B"),
        ("no", "Figur 3", "Lysbilder 6–7", "2 lag, ovenfra og ned: A og B"),
        ("xx", "Figure 3", "Slides 6–7", "2 layers, from top to bottom: A and B"),
    ],
)
def test_words_are_those_of_the_language(language: str, figure: str, range_: str, layers: str) -> None:
    found = words(language)
    told = found.count(
        "{count} layer, from top to bottom: {layers}",
        "{count} layers, from top to bottom: {layers}",
        2,
        layers=found.listed(["A", "B"]),
    )
    seen = (found.numbered("figure", 3), found.slides(6, 7), told)
    assert tuple(text.replace(NO_BREAK, " ") for text in seen) == (figure, range_, layers)


def test_a_number_stays_with_its_word() -> None:
    assert words("de").numbered("table", 4) == f"Tabelle{NO_BREAK}4"
    assert words("en").slides_within(6, 6) == f"slide{NO_BREAK}6"
    assert words("de").slides_within(6, 6) == f"Folie{NO_BREAK}6", "nouns keep their capital letter"


def test_what_is_filled_in_is_not_read_as_a_message() -> None:
    assert words("en").picture(2, "{number} and {x}") == "Slide 2: {number} and {x}"


@pytest.mark.parametrize(
    ("value", "pattern", "language", "text"),
    [
        (1234.5, "#,##0.0", "en", "1,234.5"),
        (1234.5, "#,##0.0", "de", "1.234,5"),
        (1234.5, "#,##0.0", "fr", "1\u202f234,5"),
        (0.125, "0.0 %", "de", "12,5 %"),
        (1234567, "#,##0", "hi", "1,234,567"),
        (1234567, "", "hi", "12,34,567"),
        (3.14159, "", "sv", "3,142"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value: float, pattern: str, language: str, text: str) -> None:
    assert format_number(value, pattern, language) == text


def test_dates_are_written_as_the_language_writes_them() -> None:
    assert in_words("2026-11-24", "de") == "24. November 2026"
    assert in_words("2026-11-24", "ja") == "2026年11月24日"
    assert in_words("2026-11-24", "ar") == "24 نوفمبر 2026"


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    assert {tag for tag in (*TAGS, "en", "fa", "ur", "ar-EG") if right_to_left(tag)} == {
        "ar",
        "he",
        "fa",
        "ur",
        "ar-EG",
    }


def test_a_catalogue_is_named_after_a_locale() -> None:
    assert [tag for tag in TAGS if str(Locale.parse(tag)) != tag] == []
