"""Blanks to fill in, and the instructor's copy that shows what belongs on them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.build import Options, build
from deckgen.check.agree import check_handout
from deckgen.check.blanks import check_answers
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.styles import check_style
from deckgen.check.verify import manifest_in
from deckgen.diagnostics import Diagnostic
from deckgen.model.block import runs
from deckgen.model.changes import changes
from deckgen.model.text import Run, plain
from deckgen.styles import style_class
from deckgen.typeset.blanks import BY_HAND, LEAST_EM, MOST_LINES, UNTOLD_EM, UNTOLD_LINES, lines, pieces
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.builders import faces
from tests.pages_builders import findings, poppler
from tests.pairs import outcome, prepared
from tests.test_styles import THEMES, pages, pdf_of, talk_of

LONG = "It starts no system of its own, since it is a process of the host, which takes some milliseconds to start. "
TALK = f"""\
deckgen: 1
title: Exercises
abstract: |
  Blanks are {{{{blank: everywhere}}}} in print.
slides:
  - section: Basics
    handout: A chapter may have {{{{blank}}}}, too.
  - title: Containers share the kernel
    bullets: [One point, Two points]
    handout: |
      A container shares the {{{{blank: zirconium}}}} of its host, and one types
      {{{{blank: `docker ps --all`}}}}; its size is {{{{blank: $x^2 + \\frac{{a}}{{b}}$}}}}.
      It starts {{{{blank: in the time that a single ordinary process needs, since nothing has to boot}}}}.

      {{{{blank: {LONG * 3}}}}}

      - in a list {{{{blank: quicksilver}}}}

      | one | two |
      |-----|-----|
      | a   | {{{{blank: palladium}}}} |
"""
ANSWERS = ("everywhere", "zirconium", "docker ps --all", "nothing has to boot", "of the host, which", "quicksilver",
           "palladium")  # fmt: skip


@cache
def copies(theme: str = "", source: str = TALK) -> tuple[bytes, bytes]:
    """The student's and the instructor's copy."""
    talk = talk_of(source, theme)
    return pdf_of(talk, style_class("article")()), pdf_of(talk, style_class("instructor")())


def handout(text: str) -> str:
    body = "".join(f"      {line}\n" for line in text.split("\n"))
    return f"deckgen: 1\ntitle: T\nslides:\n  - title: One\n    handout: |\n{body}"


def told(found: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{problem.span.line}:{problem.span.column} {problem.message}" for problem in found]


@pytest.mark.parametrize("theme", THEMES)
def test_answers_stand_in_the_instructors_copy_alone(theme: str, tmp_path: Path) -> None:
    student, instructor = copies(theme)
    assert list(findings(student, tmp_path)) == list(findings(instructor, tmp_path)) == []
    shown, full = (" ".join(pages(pdf)) for pdf in (student, instructor))
    assert [answer for answer in ANSWERS if answer in shown] == []
    assert [answer for answer in ANSWERS if answer not in full] == []
    assert "Instructor’s copy" in full and "Instructor" not in shown


def test_no_byte_of_the_students_files_tells_an_answer() -> None:
    made = build(MemoryWorld({"talk.yaml": TALK.encode()}, default_folder()), "talk.yaml", Options())
    assert [output.suffix for output in made.outputs] == [".pptx", "-handout.pdf"]
    for output in made.outputs:
        assert not isinstance(found := manifest_in("it", output.data), str)
        assert "zirconium" not in json.dumps([found.to_json().decode(), found.title])
    with pikepdf.open(io.BytesIO(made.outputs[1].data)) as pdf:
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert not any(b"zirconium" in data for data in (*streams, str(pdf.docinfo).encode()))


@pytest.mark.parametrize("theme", THEMES)
def test_both_copies_have_the_same_lines_on_the_same_pages(theme: str) -> None:
    exercise = (
        "  - title: Exercise {i}\n    handout: |\n      Number {i} has the answer {{{{blank: {short}}}}} and "
        "some more text behind it, so that lines end in many places. {{{{blank: {long}}}}}\n"
    )
    source = TALK + "".join(
        exercise.format(i=i, short="word " * (i * 3 % 23), long="long " * (i % 7)) for i in range(1, 30)
    )
    student, instructor = copies(theme, source)
    assert len(pages(student)) == len(pages(instructor)) > 3
    for one, other in zip(places(student), places(instructor), strict=True):
        assert one == pytest.approx(other, abs=0.01)


def places(pdf: bytes) -> list[list[float]]:
    """Where Poppler sees the words that both copies have: page, left edge, top, by page and word."""
    both = {"Exercise", "Number", "answer", "places.", "text", "container", "size", "types"}
    found = []
    for number, page in enumerate(poppler("pdftotext", pdf, "-bbox").split("<page")[1:]):
        for word in page.split("<word ")[1:]:
            place, _, rest = word.partition(">")
            if (text := rest.partition("<")[0]) in both:
                left, top = map(float, place.split('"')[1:4:2])
                found.append((number, text, top, left))
    return [[number, left, top] for number, _, top, left in sorted(found)]


def test_a_screen_reader_is_told_of_each_blank() -> None:
    text = read_pdf_text(copies()[0]).text
    assert "Blanks are blank" in text and text.count("blank") == 9
    german = TALK.replace("title: Exercises", "title: Exercises\nlanguage: de")
    assert read_pdf_text(copies("", german)[0]).text.count("Lücke") == 9


def test_an_answer_in_the_wrong_copy_or_missing_is_told() -> None:
    talk, (student, instructor) = talk_of(TALK), copies()
    for style, pdf in (("article", student), ("instructor", instructor)):
        assert check_style(style_class(style)(), talk.deck, talk.show, read_pdf_text(pdf)) == ()
    assert "text of another channel stands in the handout: 'Blanks are'" in [
        problem.message for problem in check_handout(talk.deck, read_pdf_text(instructor))
    ]
    found = check_handout(talk.deck, read_pdf_text(student), answers=True)
    assert "the text 'everywhere' is missing in the handout's text at 'title'" in [p.message for p in found]
    text = read_pdf_text(student)
    leaking = replace(text, manifest=b"A container shares the zirconium of its host, and one types")
    assert check_handout(talk.deck, leaking) == ()  # all of the text tells, not a part of it
    section = replace(text, manifest=b"Blanks are everywhere in print.")
    assert [p.message for p in check_handout(talk.deck, section)] == [
        "text of another channel stands in the handout: 'Blanks are'"
    ]


@pytest.mark.parametrize(
    ("language", "said", "answer"),
    [("he", "מקום ריק", "מתחילה בזמן שתהליך רגיל צריך"), ("ja", "空欄", "普通のプロセスと同じ時間で起動する")],
)
def test_other_scripts_and_print_only_pages(language: str, said: str, answer: str, tmp_path: Path) -> None:
    source = (
        f"deckgen: 1\ntitle: A\nlanguage: {language}\nslides:\n  - title: B\n    bullets: [a]\n"
        f"  - id: c\n    page: |\n      # C\n\n      (1) {{{{blank: {answer}}}}}.\n"
    )
    student, instructor = copies("", source)
    talk = talk_of(source)
    assert list(findings(student, tmp_path)) == list(findings(instructor, tmp_path)) == []
    assert said in read_pdf_text(student).text
    assert answer[:2] not in read_pdf_text(student).text
    for name, pdf in (("article", student), ("instructor", instructor)):
        assert check_style(style_class(name)(), talk.deck, talk.show, read_pdf_text(pdf)) == ()


def test_a_new_answer_is_a_change_whose_words_are_not_told() -> None:
    old, new = talk_of(TALK), talk_of(TALK.replace("zirconium", "tantalum"))
    [change] = changes(old.manifest, new.manifest)
    assert change.kinds == ("edited",) and change.edits == ()


def test_a_copy_without_blanks_gets_a_warning() -> None:
    plain_talk = "deckgen: 1\ntitle: T\nhandout: [article, instructor]\nslides:\n  - title: One\n    bullets: [a]\n"
    talk = talk_of(plain_talk)
    [found] = check_answers(talk.deck, talk.deck.handout)
    assert found.severity == "warning" and found.span.line == 3
    with_blank = talk_of(plain_talk + "    handout: '{{blank}}'\n")
    assert list(check_answers(with_blank.deck, with_blank.deck.handout)) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\{{blank: x}}", "{{blank: x}}"),
        ("a {{ word }} b", "a {{ word }} b"),
        ("{{blankets}}", "{{blankets}}"),
        ("`{{blank: x}}`", "{{blank: x}}"),
    ],
)
def test_what_is_no_blank_stays_text(text: str, wanted: str) -> None:
    talk, found = prepared(handout(text))
    assert talk, found
    assert "".join(run.text for block in talk.deck.slides[0].handout for run in block.shown()) == wanted


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("{{blank: a } b}}", "a } b"),
        ("{{ blank : `}}` }}", "}}"),
        (r"{{blank: $\frac{a}{{b}}$}}", r"\frac{a}{{b}}"),
        ("{{blank: two\nlines}}", "two lines"),
        ("{{blank: US$5}}", "US$5"),
        ("{{blank:}}", ""),
    ],
)
def test_the_answer(written: str, answer: str) -> None:
    talk, found = prepared(handout(f"word {written} word"))
    assert talk, found
    [blank] = [run for run in runs(talk.deck.slides[0].handout) if run.blank]
    assert plain(blank.answer) == answer


def test_where_a_blank_can_stand_and_what_can_stand_in_it() -> None:
    source = """\
deckgen: 1
title: "A {{blank: x}}"
slides:
  - title: One
    bullets:
      - "{{blank: x}}"
    notes: "{{blank: x}}"
    handout: |
      A {{blank: [link](https://example.org)}} and {{blank: a^[note]}}.

      Open {{blank: secret
      words
"""
    assert told(outcome(source).found) == [
        "2:11 a blank can't stand here",
        "6:10 a blank can't stand here",
        "7:13 a blank can't stand here",
        "9:9 an answer can't have links, citations or blanks",
        "9:62 a footnote can't stand here",
        "11:12 this blank has no end",
    ]
    [found] = outcome(handout("No glyph {{blank: \ue123}}")).found
    assert "U+E123" in found.message


@settings(deadline=None)
@given(st.lists(st.text("abcdefghij ", min_size=1, max_size=60).map(str.strip).filter(bool), min_size=1, max_size=8))
def test_a_blank_has_room_for_its_answer(words: list[str]) -> None:
    answer = " ".join(" ".join(words).split())
    found = pieces(Run("____", blank=True, answer=(Run(answer),)), faces())
    printed = faces().face("sans").advance(answer)
    whole = sum(piece.width_em for piece in found)
    assert whole >= max(LEAST_EM, printed * BY_HAND) and abs(whole - round(whole)) < 1e-6
    assert "".join(plain(piece.text) for piece in found) == answer
    assert all(piece.width_em <= 10 for piece in found)


def test_widths_and_lines() -> None:
    assert sum(piece.width_em for piece in pieces(Run("____", blank=True), faces())) == UNTOLD_EM
    assert sum(piece.width_em for piece in pieces(Run("____", blank=True, answer=(Run("a"),)), faces())) == LEAST_EM
    assert lines(Run("____", blank=True), faces(), 30) == UNTOLD_LINES
    assert lines(Run("____", blank=True, answer=(Run("a"),)), faces(), 30) == 1
    assert lines(Run("____", blank=True, answer=(Run("word " * 1000),)), faces(), 30) == MOST_LINES
