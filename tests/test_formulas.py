"""Formulas: how LaTeX is read and refused, set on slides and in print, and found again in both files."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from time import process_time
from xml.etree import ElementTree

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.check.agree import check_deck, check_handout
from deckgen.check.comparable import characters, comparable, formula
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import letters, read_deck_text
from deckgen.model.drawing import Equation, TextBox, every_shape
from deckgen.model.text import Run, plain
from deckgen.typeset.formula import missing_characters, outline
from deckgen.typeset.latex import read_latex
from deckgen.typeset.linear import linear
from deckgen.write.pptx.omml import Ink, omml
from tests.judges import package_check
from tests.judges.package_check import find, values
from tests.opened import opened
from tests.pairs import Outcome, outcome, prepared
from tests.test_omml import FORMULAS, NAMESPACES

THEMES = ("paper", "night")
LAW = r"S(n) = \frac{1}{(1 - p) + \frac{p}{n}}"


def talk(body: str, title: str = "Title", handout: str = "") -> str:
    more = f"    handout: |\n      {handout}\n" if handout else ""
    return f"deckgen: 1\ntitle: Talk\nslides:\n  - id: it\n    title: {title}\n{more}    body:\n{body}"


def equation(latex: str, *where: str, more: str = "") -> str:
    symbols = "          where:\n" + "".join(f"            - {pair}\n" for pair in where) if where else ""
    return talk(f"      - equation:\n          latex: {latex}\n{symbols}{more}")


def bullet(text: str) -> str:
    return talk(f"      - bullets:\n          - {text}\n")


def made(source: str, theme: str = "") -> Outcome:
    found = outcome(source, theme=theme)
    assert found.talk, found.found
    assert found.problems == ()
    return found


def told(source: str) -> list[tuple[int, int, str]]:
    """Line, column and words of all that is wrong with a source."""
    return [(problem.span.line, problem.span.column, problem.message) for problem in prepared(source)[1]]


@pytest.mark.parametrize(
    ("latex", "at", "message"),
    [
        (r"a + \foo", r"\foo", r"unknown command \foo"),
        (r"a + \frac{1}{2", "{2", "{ has no end"),
        (r"a + b}", "}", "} has no { before it"),
        (r"x = \left( y", r"\left", r"\left has no end"),
        (r"x = y \right)", r"\right", r"\right has no \left before it"),
        (r"\newcommand{\R}{x} \R", r"\newcommand", r"\newcommand: formulas can't define commands"),
        (r"x \def\y{z}", r"\def", r"\def: formulas can't define commands"),
        (r"\color{red} x", r"\color", r"\color: a formula has the colour of the text around it"),
        (r"x \tag{1}", r"\tag", r"\tag: equations are numbered by themselves"),
        (r"\href{https://a.example}{x}", r"\href", r"\href: a formula can't hold a link"),
        (r"\begin{foo} x \end{foo}", r"\begin", "unknown environment 'foo'"),
        (r"\begin{matrix} a \end{pmatrix}", r"\end{pm", r"\end{pmatrix} has no \begin{pmatrix} before it"),
        (r"\begin{array}{c|c} a & b \end{array}", r"\begin", "tables in formulas have no rules"),
        (r"a & b", "&", "& stands outside of a matrix or aligned lines"),
        (r"a \\ b", r"\\", r"\\ can't break a line here"),
        (r"50 % of", "%", "% can't stand in a formula"),
        (r"x^", "^", "nothing is written after ^ or _"),
        (r"\text{a $b$}", "$", r"$ can't stand in the words of \text"),
        (r"\frac{1}", r"\frac", "a command lacks what it applies to"),
        (r"x + 猫", "猫", "the maths font has no '猫'"),
    ],
)
def test_broken_latex_is_an_error_at_its_place(latex: str, at: str, message: str) -> None:
    quoted = f"      - equation:\n          latex: |-\n            {latex}\n"
    [(row, column, words)] = told(talk(quoted))
    assert words == message
    assert (row, column) == (9, 13 + latex.index(at))


def test_a_fault_on_the_second_line_is_told_there() -> None:
    source = talk("      - equation: |\n          a = b\n          + \\foo\n")
    assert told(source) == [(9, 13, r"unknown command \foo")]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("costs $5 and $10", ["costs $5 and $10"]),
        ("US$5, or 6$ each", ["US$5, or 6$ each"]),
        (r"a price of \$x\$", ["a price of $x$"]),
        ("is $ x $ maths", ["is $ x $ maths"]),
    ],
)
def test_prices_stay_text(text: str, runs: list[str]) -> None:
    found, problems = prepared(bullet(text))
    assert found, problems
    [box] = [s for s in found.show.pages[-1].drawing.shapes if isinstance(s, TextBox) and s.placeholder == "body"]
    assert [run.text for run in box.paragraphs[0].text] == runs
    assert not any(run.math for run in box.paragraphs[0].text)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        (r"is $\foo$", 17, r"unknown command \foo"),
        ("is $$x$$ here", 16, "a formula between $$ can't stand in a line of text"),
        ("x^$a$^", 15, "a formula can't be raised, lowered or part of a link"),
        ('"see [a $x$](https://a.example)"', 21, "a formula can't be raised, lowered or part of a link"),
    ],
)
def test_a_wrong_formula_in_text_is_an_error_at_its_place(text: str, column: int, message: str) -> None:
    assert told(bullet(text)) == [(8, column, message)]


@pytest.mark.parametrize("theme", THEMES)
def test_a_formula_stands_in_both_files(theme: str) -> None:
    made(equation(LAW, "S(n): how much faster", "p: share of $p_1$", more="          caption: A law.\n"), theme)


def test_the_deck_has_powerpoints_own_formula_and_a_drawing_for_others() -> None:
    found = made(equation(LAW))
    slide = opened(found.deck).slide(2)
    [alternate] = find(slide, "//mc:AlternateContent")
    [choice] = find(alternate, "mc:Choice/p:sp")
    [fallback] = find(alternate, "mc:Fallback/p:sp")
    assert values(choice, ".//m:oMathPara/m:oMath//m:t/text()") != []
    assert find(choice, ".//m:f//m:f")
    assert values(fallback, ".//a:custGeom/@*") == [] and find(fallback, ".//a:custGeom")
    for path in ("//p:cNvPr/@id", "//p:cNvPr/@name", "//p:cNvPr/@descr"):
        assert values(choice, f".{path}") == values(fallback, f".{path}")
    assert values(choice, ".//p:cNvPr/@descr") == [LAW]


def test_formulas_in_text_are_native_too() -> None:
    found = made(bullet("A tree of depth $d$ has $2^d$ leaves"))
    slide = opened(found.deck).slide(2)
    [paragraph] = find(slide, "//mc:Choice//a:p[.//m:oMath]")
    assert values(paragraph, "a:r/a:t/text()|.//m:t/text()") == ["A tree of depth ", "d", " has ", "2", "d", " leaves"]
    assert values(slide, "//mc:Fallback//a:t/text()") == ["A tree of depth ", "d", " has ", "2", "d", " leaves"]


def test_symbols_stand_in_a_native_table() -> None:
    slide = opened(made(equation(LAW, "S(n): speed", "p: share")).deck).slide(2)
    assert len(find(slide, "//mc:Choice//a:tbl//m:oMath")) == 2
    assert values(slide, "//mc:Choice//a:tbl//a:t/text()") == ["speed", "share"]


def test_notes_tell_formulas_in_latex() -> None:
    found = outcome(talk("      - bullets: [A]\n    notes: Say $2^d$ aloud.\n"), deck_alone=True)
    assert found.problems == ()
    assert "Say 2^d aloud." in read_deck_text(found.deck)[-1].notes


def test_print_names_formulas_and_says_their_latex() -> None:
    found = made(talk(f"      - equation: {LAW}\n", handout="A value $x_1$ in text."))
    with pikepdf.open(io.BytesIO(found.handout)) as pdf:
        items = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        assert sorted(str(item.Alt) for item in items if item.get("/S") == "/Formula") == sorted([LAW, "x_1"])
        assert "Equation" in read_pdf_text(found.handout).text


def test_print_formulas_take_the_colour_of_their_text() -> None:
    found = made(talk("      - paragraph: Text\n", handout="Black $x$.\n\n      # Heading with $y$"))
    assert found.talk
    ink = found.talk.theme.on_paper().colours["text"]
    wanted = " ".join(f"{int(ink[i : i + 2], 16) / 255:.2f}" for i in (1, 3, 5))
    with pikepdf.open(io.BytesIO(found.handout)) as pdf:
        content = b"".join(
            page.Contents.read_bytes()
            if not isinstance(page.Contents, pikepdf.Array)
            else b"".join(part.read_bytes() for part in page.Contents)
            for page in pdf.pages
        )
    filled = [match.groups() for match in re.finditer(rb"(\S+) (\S+) (\S+) rg\n\[\] 0 d\n0 J\n0 j\n4 M\n", content)]
    assert {" ".join(f"{float(value):.2f}" for value in colour) for colour in filled} == {wanted}


def test_a_lost_formula_is_found_out() -> None:
    found = made(bullet("A tree has $2^d$ leaves"))
    assert found.talk
    talk_ = found.talk
    changed = rewritten(found.deck, lambda data: data.replace(b"<m:t>2</m:t>", b"<m:t>3</m:t>"))
    [problem] = check_deck(talk_.deck, talk_.show, read_deck_text(changed))
    assert "2^d" in problem.message and problem.span.line == 8
    text = read_pdf_text(found.handout)
    [problem] = check_handout(talk_.deck, replace(text, text=re.sub("\ue000.*?\ue001", "", text.text)))
    assert "2^d" in problem.message


def rewritten(deck: bytes, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name.startswith("ppt/slides/slide") else data)
    return out.getvalue()


def formula_on(source: str, theme: str = "paper") -> Equation:
    found, problems = prepared(source, theme=theme)
    assert found, problems
    [formula] = [s for s in every_shape(found.show.pages[-1].drawing.shapes) if isinstance(s, Equation)]
    return formula


@pytest.mark.parametrize("theme", THEMES)
def test_a_wide_formula_gets_smaller_and_then_is_an_error(theme: str) -> None:
    sizes = []
    for count in range(1, 40, 3):
        source = equation(" + ".join(f"x_{{{i}}}" for i in range(count)))
        found, problems = prepared(source, theme=theme)
        if found is None:
            [problem] = problems
            assert re.search(r"the formula is \d+ (pt|ems) wide", problem.message)
            break
        formula = formula_on(source, theme)
        assert formula.box.right <= formula.room.right + 1
        sizes.append(formula.size_pt)
    else:
        pytest.fail("no width is too much")
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1] >= 30


def test_a_formula_too_high_for_its_line_is_an_error() -> None:
    [(line, column, message)] = told(bullet(r"so $\frac{\frac{a}{b}}{\frac{c}{d}}$ it is"))
    assert (line, column) == (8, 16)
    assert re.match(r"the formula is \d+ pt high, but a line of the text on slide 2 has \d", message)


def test_a_formula_is_never_broken() -> None:
    long = "x_1 + x_2 + x_3 + x_4"
    found, _ = prepared(bullet(f"{'word ' * 14} ${long}$ and {'word ' * 14}"))
    assert found
    texts = [s for s in found.show.pages[-1].drawing.shapes if isinstance(s, TextBox)]
    lines = [line for box in texts for paragraph in box.paragraphs for line in paragraph.lines]
    assert [run.text for line in lines for run in line.text if run.math] == [long]


def test_a_formula_wider_than_its_line_is_an_error() -> None:
    wide = "+".join(f"x_{{{i}}}" for i in range(40))
    assert [message for _, _, message in told(bullet(f"so ${wide}$"))] == [
        "the formula is wider than the text on slide 2, and can't be broken"
    ]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("x_1^2", "x12"),
        (r"\frac{a+b}{c}", "(a + b)/c"),
        (r"\sqrt{x}", "√x"),
        (r"n \log_2 n", "n log2 n"),
        (r"a \le b", "a ≤ b"),
        (r"\text{if } x", "if x"),
    ],
)
def test_formulas_as_text(latex: str, text: str) -> None:
    assert plain(linear(Run(latex, math=True))) == text


@pytest.mark.parametrize("latex", FORMULAS)
def test_every_formula_has_an_outline(latex: str) -> None:
    for display in (True, False):
        assert read_latex(latex, display).fault is None
        drawn = outline(latex, display)
        assert drawn.width > 0 and drawn.height > 0 and drawn.path
    assert missing_characters(latex) == ""


HOSTILE = [
    r"\frac{1}{" * 38 + "x" + "}" * 38,
    r"\left(" * 38 + "x" + r"\right)" * 38,
    r"\begin{matrix}" * 38 + r"\end{matrix}" * 38,
    r"\hat" * 390 + "x",
    "{" * 1990,
    "a" + "'" * 1900,
    "a+" * 990 + "b",
    r"\frac{1}{1+" * 6 + "x" + "}" * 6,
    "_" * 1990,
    "\\" * 1990,
    "x" * 100_000,
]


@pytest.mark.parametrize("latex", HOSTILE)
def test_hostile_latex_costs_little(latex: str) -> None:
    started = process_time()
    if read_latex(latex, True).fault is None:
        outline(latex, True)
    assert process_time() - started < 8


TOKENS = sorted({token for latex in FORMULAS for token in re.findall(r"\\[a-zA-Z]+|\\.|.", latex)})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=14).map("".join))
def test_any_tokens_are_set_or_refused(latex: str) -> None:
    found = read_latex(latex, True)
    if found.fault:
        assert 0 <= found.fault.offset <= len(latex)
        return
    assert outline(latex, True).height >= 0
    markup = omml(found.tree, Ink("", "")).replace("<m:oMath>", f"<m:oMath {NAMESPACES}>", 1)
    assert comparable(formula(letters(ElementTree.fromstring(markup)))) == comparable(formula(characters(latex)))


def test_beside_other_blocks_an_equation_takes_what_room_there_is() -> None:
    source = talk(
        "      - columns:\n          - body:\n              - equation:\n                  latex: E = mc^2\n"
        "                  where: [c: speed of light]\n          - body: [Words]\n"
    )
    formula = formula_on(source)
    assert formula.room.height == pytest.approx(formula.box.height, abs=6)
    found, _ = prepared(source)
    assert found
    left, right = (
        [shape.box for shape in found.show.pages[-1].drawing.shapes if f"/1/{column}/" in shape.key]
        for column in (1, 2)
    )
    assert max(box.right for box in left) <= min(box.x for box in right)


def test_a_markdown_body_may_hold_an_equation() -> None:
    source = (
        "deckgen: 1\ntitle: T\nslides:\n  - title: One\n    body: |\n      Words:\n\n      $$\n      x = 1\n      $$\n"
    )
    assert formula_on(source).latex == "x = 1"
    assert made(source).problems == ()


@pytest.mark.parametrize("theme", [*THEMES, "signal"])
def test_names_of_sections_may_hold_formulas_wherever_themes_show_them(theme: str) -> None:
    source = (
        "deckgen: 1\ntitle: Of $x^2$\nslides:\n  - section: The $\\beta$ part\n    summary: On $\\gamma$\n"
        "  - title: One $a$\n    reveal: by-block\n    body:\n      - paragraph: Words $b$\n      - equation: c = 1\n"
        "    takeaway: So $d$\n"
    )
    assert package_check.findings(made(source, theme).deck) == []
