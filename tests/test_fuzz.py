"""Any source gives a deck or diagnostics, never an exception, and every place lies in the file."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.diagnostics import has_errors
from deckgen.model.block import runs
from deckgen.read.deck import read_deck
from deckgen.read.theme import read_theme
from deckgen.report import as_text
from deckgen.world import MemoryWorld

ROOT = Path(__file__).parent.parent
TALK = (ROOT / "source" / "understanding-docker.yaml").read_text(encoding="utf-8")
THEME = (ROOT / "themes" / "paper" / "theme.yaml").read_text(encoding="utf-8")
SIGNS = r"""- ' " | > &a *a !x [ ] { } # ** ` ^[ [^1] ~~ \\ <<: ? 1. title: bullets: % 漢"""
SIGNS = r"""- ' " | > &a *a !x [ ] { } # ** ` ^[ [^1] ~~ \\ <<: ? 1. title: bullets: % 漢"""
SCRAPS = st.sampled_from([*SIGNS.split(), "\t", "\n", ": ", "- ", "---\n", "\u2028", "\x07", "\u0301", "\r\n", "  "])


@st.composite
def mutated(draw: st.DrawFn, good: str) -> str:
    """A good text with some stretches replaced by scraps, by others, or by nothing."""
    text = good
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        text = text[:start] + draw(st.one_of(SCRAPS, st.text(max_size=5), st.just(text[end : end + 40]))) + text[end:]
    return text


def check_places(text: str, data: bytes) -> None:
    deck, diagnostics = read_deck(MemoryWorld({"talk.yaml": data}), "talk.yaml")
    assert (deck is None) == has_errors(diagnostics)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    places = [d.span for d in diagnostics] + [run.span for run in (runs(deck.slides) if deck else ())]
    for span in places:
        assert span.line <= len(lines)
        assert span.line == 0 or 1 <= span.column <= len(lines[span.line - 1]) + 1
    assert as_text(diagnostics, lambda _: text).count("\n") >= len(diagnostics)


@settings(max_examples=150, deadline=None)
@given(mutated(TALK))
def test_mutated_sources(text: str) -> None:
    check_places(text, text.encode("utf-8", "replace"))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    check_places(data.decode("utf-8", "replace"), data)


@settings(deadline=None)
@given(st.text(st.sampled_from("ab:-[]{}'\"|>&*!#%@`,? \n\t"), max_size=60))
def test_any_signs(text: str) -> None:
    check_places(text, text.encode())
    start = "deckgen: 1\ntitle: T\nslides:\n  - title: A\n    body:\n      - "
    check_places(start + text, (start + text).encode())


@settings(max_examples=50, deadline=None)
@given(mutated(THEME))
def test_mutated_themes(text: str) -> None:
    files = {"themes/paper/theme.yaml": text.encode("utf-8", "replace"), "themes/paper/handout.css": b""}
    theme, diagnostics = read_theme(MemoryWorld(files), "paper")
    assert (theme is None) == has_errors(diagnostics)
