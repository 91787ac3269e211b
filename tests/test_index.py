"""The index: terms that are marked in the text, their order, and the pages that it names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.model.block import runs
from deckgen.model.collation import head, sort_key
from deckgen.model.text import Run, plain
from deckgen.write.handout.job import listed
from tests.pages_builders import findings, poppler
from tests.pairs import Outcome, outcome, prepared
from tests.test_styles import THEMES, pages

FILLER = "Words that fill a page, so that the terms stand on several of them. " * 45
TALK = f"""\
deckgen: 1
title: An index
slides:
  - section: Basics
    handout: A ((kernel)) is shared. ((Élan)), ((Zebra)) and ((zoo)).
  - title: Containers share the ((kernel))
    bullets: ["((One)) point", Two points]
    notes: Plain (words).
    handout: |
      A container (((kernel, of the host))) has **bold ((namespaces))** and ((`docker`)).

      {FILLER}

      A ((kernel)) on the second page. {FILLER}

      A ((kernel)) on the third page. {FILLER}
  - section: More
    handout: |
      {FILLER} {FILLER}

      Another ((Kernel)), and ((images)).
"""


@cache
def made(theme: str = "") -> Outcome:
    return outcome(TALK, theme=theme)


@pytest.mark.parametrize("theme", THEMES)
def test_the_index_names_the_pages_on_which_terms_stand(theme: str, tmp_path: Path) -> None:
    found = made(theme)
    assert not found.problems and list(findings(found.handout, tmp_path)) == []
    *text, last = pages(found.handout)
    own = [*text, last.rpartition(" Index ")[0]]
    here = [number for number, page in enumerate(own, start=1) if "kernel" in page.lower()]
    assert here[:2] == [2, 3] and len(here) > 2
    for name in ("docker 2", "Élan 2", "images", "of the host 2", "namespaces 2", "Zebra 2"):
        assert name in last, last
    assert f"kernel {joined(here)} " in last
    read = " ".join(poppler("pdftotext", found.handout, "-raw").split("\f")[-2].split())
    order = [read.index(f" {name} ") for name in ("docker", "Élan", "kernel", "namespaces", "One", "Zebra", "zoo")]
    assert order == sorted(order)
    assert "Index" in text[0]


def joined(numbers: list[int]) -> str:
    """Pages as an index has them."""
    firsts = [n for n in numbers if n - 1 not in numbers]
    lasts = [n for n in numbers if n + 1 not in numbers]
    return ", ".join(f"{a}–{b}" if b > a else f"{a}" for a, b in zip(firsts, lasts, strict=True))


def test_terms_are_plain_text_in_the_deck() -> None:
    talk = made().talk
    assert talk
    titles = ["".join(run.text for run in page.title) for page in talk.show.pages]
    assert "Containers share the kernel" in titles


def handout(text: str) -> list[Run]:
    talk, found = prepared(f"deckgen: 1\ntitle: T\nslides:\n  - title: One\n    handout: |\n      {text}\n")
    assert talk, found
    return list(runs(talk.deck.slides[0].handout))


@pytest.mark.parametrize(
    "text",
    ["f((x))", "((1))", r"\((none))", "((x > 0))", "(( spaced ))", "((a)b)", "((a))b", "`((code))`", "((a+b)*(c))"],
)
def test_what_is_no_term_stays_text(text: str) -> None:
    found = handout(f"a {text} b")
    assert not any(run.terms for run in found)
    assert plain(tuple(found)) == f"a {text} b".replace("\\", "").replace("`", "")


@pytest.mark.parametrize(
    ("text", "shown", "terms"),
    [
        ("A ((term)) here.", "A term here.", ["term"]),
        ("A (((main, sub))) here.", "A here.", ["main/sub"]),
        ("A word(((main))).", "A word(((main))).", []),
        ("A (((main)))", "A", ["main"]),
        ("(((main))) A", "A", ["main"]),
        ("A *((two words))*, (((x)))", "A two words,", ["two words", "x"]),
    ],
)
def test_terms(text: str, shown: str, terms: list[str]) -> None:
    found = handout(text)
    assert plain(tuple(found)).strip() == shown
    assert ["/".join(map(plain, term)) for run in found for term in run.terms] == terms


def test_no_terms_in_notes() -> None:
    source = "deckgen: 1\ntitle: T\nslides:\n  - title: One\n    bullets: [a]\n    notes: A ((term)).\n"
    [found] = outcome(source).found
    assert found.message == "a term for the index can't stand in notes" and (found.span.line, found.span.column) == (
        6,
        14,
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Äpfel Apfelbaum élan Elfe zoo"),
        ("sv", "Apa Zebra Ål Ärta Öl"),
        ("da", "Zebra Æble Øl Ål"),
        ("de", "Ähre Ast Straße Strauch"),
        ("cs", "cena čas hora chata jaro"),
        ("tr", "cam çam \u0131s\u0131 iz"),
        ("es", "nube ñu oro"),
    ],
)
def test_the_order_of_words(language: str, words: str) -> None:
    wanted = words.split()
    if language == "cs":
        wanted = [word for word in wanted if word != "chata"]  # the letter ch is not told apart
    assert sorted(reversed(wanted), key=lambda word: sort_key(word, language)) == wanted


def test_letters_over_entries() -> None:
    assert [head(word, "de") for word in ("Äpfel", "2 Wege", "ß", "-x")] == ["A", "", "S", "X"]
    assert [head("Ärta", "sv"), head("iz", "tr"), head("漢字", "ja"), head("ядро", "ru")] == ["Ä", "İ", "", "Я"]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60))
def test_pages_are_named_once_and_joined(numbers: list[int]) -> None:
    places = {f"t{i}": page for i, page in enumerate(numbers)}
    told = listed(list(places), places)
    text = "".join(part.partition(">")[2] or part for part in told.replace("</a>", "").split("<a "))
    found: list[int] = []
    for part in text.split(", "):
        first, _, last = part.partition("–")
        found += range(int(first), int(last or first) + 1)
    assert found == sorted(set(numbers))


def test_the_number_of_an_appendix_is_a_letter_in_heads_of_pages() -> None:
    source = "deckgen: 1\ntitle: T\nslides:\n  - section: More\n    appendix: true\n  - title: One\n    bullets: [a]\n"
    found = poppler("pdftotext", outcome(source, theme="night").handout, "-layout")
    assert re.search(r"\ba +more\b", found)
