"""Code from files: the lines that are asked for, with their own numbers, in PowerPoint and print."""

from __future__ import annotations

import textwrap
from time import perf_counter

import pytest

from deckgen.blocks.code import Code
from deckgen.model.deck import Slide
from deckgen.model.drawing import TextBox
from deckgen.model.show import Page
from deckgen.model.text import plain
from deckgen.typeset.highlight import language_of
from deckgen.write.handout.html import block_html
from tests.pages_builders import poppler
from tests.pairs import outcome
from tests.talks import problems_of, slide_xml, source, talk

APP = textwrap.dedent(
    '''\
    import time


    class Clock:
        # deckgen: begin methods
        def now(self):
            """The time,
            in seconds."""
            # deckgen: begin inner
            return time.time()
            # deckgen: end inner
        # deckgen: end methods

        def zone(self):
            return "UTC"
    '''
)
LANGUAGES = {
    "src/app.py": "python", "x.h": "c", "a/Dockerfile": "docker", "Makefile": "make", ".bashrc": "bash", "x.rb": "ruby",
    "notes.zzz": "text", "none": "text",
}  # fmt: skip
FILES = {"src/app.py": APP.encode(), "src/long.py": "\n".join(f"n{i} = {i}" for i in range(1, 401)).encode()}


def code(keys: str) -> str:
    return f"- title: T\n  code: {{{keys}}}"


def box(page: Page, name: str) -> list[str]:
    found = (shape for shape in page.drawing.shapes if isinstance(shape, TextBox) and shape.key.endswith(name))
    return [plain(paragraph.text) for shape in found for paragraph in shape.paragraphs]


def test_lines_of_a_file_keep_their_numbers() -> None:
    deck, show = talk(code("file: src/app.py, lines: 14-15, highlight: ['15']"), FILES)
    assert box(show.pages[1], "/code") == ["def zone(self):", '    return "UTC"']
    assert box(show.pages[1], "/numbers") == ["14", "15"]
    slide = deck.slides[0]
    assert isinstance(slide, Slide)
    html = block_html(slide.body[0], deck)
    assert '<span class="line hot"><i>15</i>' in html and 'class="ink-code-keyword">return' in html


def test_a_marked_part_stands_without_marks_and_without_the_indent_that_all_share() -> None:
    _, show = talk(code("file: src/app.py, part: methods"), FILES)
    assert box(show.pages[1], "/code") == [
        "def now(self):", '    """The time,', '    in seconds."""', "    return time.time()",
    ]  # fmt: skip
    assert box(show.pages[1], "/numbers") == ["6", "7", "8", "10"]


def test_code_is_coloured_as_a_whole_before_it_is_cut() -> None:
    deck, _ = talk(code("file: src/app.py, lines: '8'"), FILES)
    slide = deck.slides[0]
    assert isinstance(slide, Slide) and isinstance(slide.body[0], Code)
    [(_, line)] = slide.body[0].numbered_lines
    assert {run.colour for run in line} == {"code_string"}, "the line is inside of a text that begins before it"
    assert (line[0].span.file, line[0].span.line) == ("src/app.py", 8)


def test_numbers_can_be_left_out() -> None:
    deck, show = talk(code("text: 'a = 1', numbers: false"))
    assert box(show.pages[1], "/numbers") == []
    slide = deck.slides[0]
    assert isinstance(slide, Slide) and "<i>" not in block_html(slide.body[0], deck)


@pytest.mark.parametrize(
    ("keys", "message", "hint"),
    [
        ("file: src/app.py, part: method", "src/app.py has no part 'method'", "its parts are: methods, inner"),
        ("file: src/long.py, part: x", "src/long.py has no part 'x'", "a comment 'deckgen: begin NAME' begins a part"),
        (
            "file: src/app.py, lines: 10-99",
            "`lines` names '10-99', but the code has lines 1 to 15",
            'write lines as "6"',
        ),
        ("file: src/app.py, lines: x", "`lines` names 'x', but the code has lines 1 to 15", 'write lines as "6"'),
        ("file: src/app.py, lines: 2-3", "the lines to show are empty", ""),
        (
            "file: src/app.py, part: inner, highlight: ['3']",
            "`highlight` names '3', but the code has lines 10 to 10",
            "",
        ),
        ("file: src/ap.py", "there is no file src/ap.py", "did you mean src/app.py?"),
        ("file: src/app.py, text: a", "the code stands here and in a file", "write `text` or `file`, not both"),
        ("language: python", "there is no code here", "write it under `text`, or name its `file`"),
        ("file: ../x.py", "the path '../x.py' leads out of the project's folder", ""),
    ],
)
def test_what_is_not_there_is_told(keys: str, message: str, hint: str) -> None:
    [found] = problems_of(code(keys), FILES)
    assert found.message == message
    assert found.hint.startswith(hint)
    assert found.span.file == "talk.yaml" and found.span.line > 1


def test_a_line_that_is_too_wide_is_told_at_its_place_in_the_file() -> None:
    files = {"a.py": b"x = 1\n" * 6 + b"y = " + b"1 + " * 40 + b"2\n"}
    [found] = problems_of(code("file: a.py, lines: 6-7"), files)
    assert str(found.span) == "a.py:7:1"
    assert found.message.startswith("line 7 of the code needs 165 characters, but slide 2 has room for")


@pytest.mark.parametrize(
    ("slide", "place"),
    [
        ("- title: T\n  code: |\n    x = 1\n    WIDE\n", "talk.yaml:8:7"),
        ("- title: T\n  code:\n    first_line: 40\n    text: |\n      x = 1\n\n      WIDE\n", "talk.yaml:11:9"),
        ("- title: T\n  body: |\n    ```python\n    x = 1\n    WIDE\n    ```\n", "talk.yaml:9:7"),
        ('- title: T\n  code: "x = 1\\nWIDE"\n', "talk.yaml:6:11"),
    ],
)
def test_a_line_that_is_too_wide_is_told_at_its_place_in_the_source(slide: str, place: str) -> None:
    """Where lines of the source are lines of the code; else at the code."""
    found = [d for d in problems_of(slide.replace("WIDE", "y = " + "1 + " * 40 + "2")) if "characters" in d.message]
    assert [str(d.span) for d in found] == [place]


def test_a_long_listing_goes_on_with_its_own_numbers() -> None:
    start = perf_counter()
    _, show = talk(code("file: src/long.py, highlight: ['399']"), FILES)
    assert perf_counter() - start < 6
    pages = show.pages[1:]
    assert [n for page in pages for n in box(page, "/numbers")] == [str(n) for n in range(1, 401)]
    assert [line for page in pages for line in box(page, "/code")] == [f"n{n} = {n}" for n in range(1, 401)]


def test_code_is_text_with_its_indentation_in_powerpoint() -> None:
    deck, show = talk(code("file: src/app.py, part: methods"), FILES)
    [xml] = slide_xml(deck, show)
    assert "<p:pic>" not in xml
    assert "<a:t>    </a:t>" in xml or "<a:t>    " in xml


def test_code_copies_out_of_the_handout_as_code() -> None:
    text = "def f(x):\n    if x:\n        return 1\n\n    return 0"
    listing = textwrap.indent(text, "      ")
    made = outcome(source(f"- title: T\n  code:\n    language: python\n    numbers: false\n    text: |\n{listing}"))
    assert made.handout
    lines = poppler("pdftotext", made.handout, "-layout").split("\n")
    at = next(i for i, line in enumerate(lines) if "def f(x):" in line)
    edge = lines[at].index("def")
    block = [line[edge:].rstrip() for line in lines[at : at + 8]]
    assert "\n".join(line for line in block if line)[: len(text)] == text.replace("\n\n", "\n")


def test_a_line_that_fits_its_slide_is_not_broken_in_print() -> None:
    line = "value = one_function(of_another(argument), keyword=12345) + offset"
    made = outcome(source(f"- title: T\n  code:\n    language: python\n    text: |\n      {line}\n"))
    assert len(line) == 66 and made.handout
    assert line in poppler("pdftotext", made.handout, "-layout")


def test_differences_are_coloured() -> None:
    deck, _ = talk("- title: T\n  code:\n    language: diff\n    text: |\n      - old\n      + new")
    slide = deck.slides[0]
    assert isinstance(slide, Slide) and isinstance(slide.body[0], Code)
    assert [line[0].colour for _, line in slide.body[0].numbered_lines] == ["code_number", "code_string"]


@pytest.mark.parametrize(("name", "language"), LANGUAGES.items())
def test_the_name_of_a_file_tells_its_language(name: str, language: str) -> None:
    assert language_of(name) == language
