"""Tables: numbers by their points, merged cells, groups, totals, notes, files, in PowerPoint and print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale

from deckgen.model.deck import Deck, Slide
from deckgen.model.drawing import Table, TextBox
from deckgen.model.figures import decimal_of, parted
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page, Show
from deckgen.model.text import label, plain
from deckgen.write.handout.html import block_html
from tests.pages_builders import findings, poppler
from tests.pairs import outcome
from tests.talks import problems_of, slide_xml, source, talk

HEAD = "- title: T\n  table:\n"
DATA = b'city,2022,2023\nBerlin,"1,024.5",7\n"Rome, Italy",98.25,12\n'


def rows(*lines: str, keys: str = "") -> str:
    return HEAD + keys + "    rows:\n" + "".join(f"      - {line}\n" for line in lines)


def tables(show: Show) -> list[Table]:
    return [shape for page in show.pages for shape in page.drawing.shapes if isinstance(shape, Table)]


def said(table: Table) -> list[list[str]]:
    return [[" ".join(plain(p.text) for p in cell.paragraphs) for cell in row.cells] for row in table.rows]


def html(deck: Deck) -> str:
    slide = deck.slides[0]
    assert isinstance(slide, Slide)
    return "".join(block_html(block, deck) for block in slide.body)


def texts(page: Page) -> list[str]:
    boxes = (shape for shape in page.drawing.shapes if isinstance(shape, TextBox))
    return [plain(paragraph.text) for box in boxes for paragraph in box.paragraphs]


def test_numbers_stand_with_their_points_in_a_line() -> None:
    _, show = talk(rows("[a, 1.5 ms]", "[b, '1,024.25']", "[c, 7 ms]", "[d, –]"))
    [table] = tables(show)
    column = [row.cells[1] for row in table.rows]
    assert {p.align for cell in column for p in cell.paragraphs} == {"right"}

    def point(paragraph: SetParagraph, inset: float) -> float:
        width = paragraph.lines[0].width_pt
        whole = plain(parted(paragraph.text, ".")[0])
        [_, show] = talk(rows(f"[x, {whole!r}]"))
        alone = tables(show)[0].rows[0].cells[1].paragraphs[0].lines[0].width_pt
        return width + inset - alone

    points = [point(cell.paragraphs[0], cell.inset_right_pt) for cell in column[:3]]
    assert max(points) - min(points) < 0.01
    assert column[0].inset_right_pt < column[2].inset_right_pt + 100


@pytest.mark.parametrize(
    ("words", "language", "symbol"),
    [
        (["1.5", "12"], "en", "."),
        (["1,5", "1.024"], "de", ","),
        (["1.5", "2.25"], "de", "."),
        (["+4 %", "\u22123.5 %", "n/a", ""], "en", "."),
        (["€ 5", "12 kB/s"], "en", "."),
        (["1979", "v2"], "en", ""),
        (["12:30", "3"], "en", ""),
        (["", "–"], "en", ""),
        (["3-5", "4"], "en", ""),
    ],
)
def test_columns_of_numbers_are_known(words: list[str], language: str, symbol: str) -> None:
    assert decimal_of([label(word) for word in words], Locale.parse(language)) == symbol


def test_alignment_can_be_given() -> None:
    deck, show = talk(rows("[a, b, 3]", keys="    align: [right, center, left]\n    header_column: false\n"))
    assert [cell.paragraphs[0].align for cell in tables(show)[0].rows[0].cells] == ["right", "center", "left"]
    assert '<td class="right">a</td><td class="center">b</td><td>3</td>' in html(deck)


def test_widths_can_be_given() -> None:
    deck, show = talk(rows("[a, b]", keys="    widths: [1, 3]\n"))
    one, three = tables(show)[0].columns_pt
    assert three == pytest.approx(3 * one)
    assert '<col style="width:25.00%" /><col style="width:75.00%" />' in html(deck)


def test_merged_cells_are_native_and_tagged() -> None:
    deck, show = talk(rows("[{text: A, rows: 2}, {text: B, columns: 2}]", "[c, d]", keys="    header: [x, y, z]\n"))
    [xml] = slide_xml(deck, show)
    cells = re.findall(r"<a:tc(.*?)>(?:.*?)</a:tc>", xml)
    assert cells[3:] == [' rowSpan="2"', ' gridSpan="2"', ' hMerge="1"', ' vMerge="1"', "", ""]
    assert '<th scope="rowgroup" rowspan="2">A</th><td colspan="2">B</td></tr><tr><td>c</td><td>d</td>' in html(deck)


def test_header_rows_may_be_several() -> None:
    deck, show = talk(rows("[a, 1, 2]", keys="    header: [['', {text: Both, columns: 2}], [What, X, Y]]\n"))
    assert said(tables(show)[0])[:2] == [["", "Both", ""], ["What", "X", "Y"]]
    assert '<th scope="colgroup" colspan="2">Both</th></tr><tr><th scope="col">What</th>' in html(deck)


def test_groups_and_totals() -> None:
    deck, show = talk(rows("group: One", "[a, 1]", "group: Two", "[b, 2]", "total: [Sum, 3]"))
    [xml] = slide_xml(deck, show)
    assert 'lastRow="1"' in xml
    total = tables(show)[0].rows[-1]
    assert all(p.style.bold for cell in total.cells for p in cell.paragraphs)
    assert html(deck).count("<tbody>") == 3
    assert '<tr class="group"><th scope="rowgroup" colspan="2">Two</th></tr>' in html(deck)
    assert '<tr class="total"><th scope="row">Sum</th>' in html(deck)


def test_a_row_can_be_marked() -> None:
    deck, show = talk(rows("[a, 1]", "[b, 2]", keys="    highlight_row: 2\n"))
    assert [[cell.fill for cell in row.cells] for row in tables(show)[0].rows] == [["", ""], ["accent_soft"] * 2]
    assert '<tr class="hot"><th scope="row">b</th>' in html(deck)


def test_notes_stand_under_the_table() -> None:
    deck, show = talk(rows("[a, {text: 12, note: Estimated}]", "[b, {text: 3, note: Of *two*}]"))
    assert said(tables(show)[0]) == [["a", "12a"], ["b", "3b"]]
    assert texts(show.pages[1])[1:3] == ["a Estimated", "b Of two"]
    assert "<p><b>a</b> Estimated</p>" in html(deck)


def many(count: int) -> list[str]:
    return [f"[Row {i}, {i}]" for i in range(count)]


def test_a_long_table_is_divided_before_a_group_where_the_parts_are_about_even() -> None:
    _, show = talk(rows("group: First", *many(4), "group: Second", *many(5)))
    first, second = map(said, tables(show))
    assert [row[0] for row in first] == ["First", *(f"Row {i}" for i in range(4))]
    assert [row[0] for row in second] == ["Second", *(f"Row {i}" for i in range(5))]


def test_a_long_table_goes_on_with_its_header_and_group() -> None:
    lines = ["group: First", *many(12), "group: Second", *many(9), "total: [Sum, 1]"]
    _, show = talk(rows(*lines, keys="    header: [What, Value]\n    highlight_row: 14\n"))
    parts = tables(show)
    assert len(parts) > 2
    assert all(said(part)[0] == ["What", "Value"] for part in parts)
    assert all(said(part)[1][0] in ("First", "Second") for part in parts)
    assert {part.columns_pt for part in parts} == {parts[0].columns_pt}
    body = [row for part in parts for row in said(part)[1:] if row[0] not in ("First", "Second")]
    assert body == [*([f"Row {i}", f"{i}"] for i in range(12)), *([f"Row {i}", f"{i}"] for i in range(9)), ["Sum", "1"]]
    assert said(parts[-1])[-2][0].startswith("Row"), "totals don't stand alone"
    hot = [said(part)[r] for part in parts for r, row in enumerate(part.rows) if row.cells[0].fill]
    assert hot == [["Second", ""]]


def test_a_merged_cell_is_never_divided() -> None:
    lines = [line for i in range(6) for line in (f"[{{text: G{i}, rows: 5}}, 1]", "[2]", "[3]", "[4]", "[5]")]
    _, show = talk(rows(*lines))
    for part in tables(show):
        assert len(part.rows) % 5 == 0
        assert part.rows[0].cells[0].rows == 5


def test_a_part_of_short_rows_keeps_all_columns() -> None:
    _, show = talk(rows("[a, b, c]", *[f"[Row {i}]" for i in range(20)]))
    assert len(tables(show)) > 1
    assert {len(row.cells) for part in tables(show) for row in part.rows} == {3}


def test_notes_keep_their_letters_where_a_table_is_split() -> None:
    lines = [f"[Row {i}, {{text: x, note: Note {i}}}]" for i in range(20)]
    deck, show = talk(rows(*lines))
    marked = [row[1] for part in tables(show) for row in said(part)]
    assert marked == [f"x{letter}" for letter in "abcdefghijklmnopqrst"]
    assert "<b>t</b> Note 19" in html(deck)


def test_rows_come_from_a_file() -> None:
    keys = "    file: d.csv\n    columns: [city, {name: '2023', head: Now}]\n    rows: [{total: [Sum, 19]}]\n"
    deck, show = talk(HEAD + keys, {"d.csv": DATA})
    assert said(tables(show)[0]) == [["city", "Now"], ["Berlin", "7"], ["Rome, Italy", "12"], ["Sum", "19"]]
    assert "1,024.5" not in html(deck)


@pytest.mark.parametrize(
    ("keys", "place", "words"),
    [
        ("    file: d.csv\n    columns: [town]\n", "talk.yaml:8:17", "d.csv has no column 'town'"),
        ("    file: broken.csv\n", "broken.csv:2:1", "this row has 1 field, and the first row has 2"),
        ("    columns: [a]\n    rows: [[b]]\n", "talk.yaml:7:17", "`columns` names columns of a file"),
        (
            "    rows: [[a, b]]\n    widths: [1]\n",
            "talk.yaml:7:7",
            "`widths` lists 1, but the table has 2 columns",
        ),
        ("    rows: [[{text: a, rows: 3}, b], [c]]\n", "talk.yaml:7:15", "the cell takes 3 rows, and the table has 2"),
        (
            "    rows: [[a, {text: b, rows: 2}], [{text: c, columns: 2}]]\n",
            "talk.yaml:7:40",
            "row 2 would lie over a cell",
        ),
        ("    rows: [[{text: a, rows: 2}, b], {group: G}]\n", "talk.yaml:7:39", "row 2 would lie over a cell"),
        (
            "    rows: [[a]]\n    highlight_row: 2\n",
            "talk.yaml:7:7",
            "`highlight_row` names row 2, but the table has 1",
        ),
        ("    header: [a]\n    rows: [[b, c]]\n", "talk.yaml:8:14", "row 1 has 2 cells, but the header has 1"),
        ("    rows: []\n", "talk.yaml:7:7", "the table has no cells"),
        ("    rows: [{cells: [a], group: b}]\n", "talk.yaml:7:14", "a row has either cells, or a group's heading"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(keys: str, place: str, words: str) -> None:
    found = problems_of(HEAD + keys, {"d.csv": DATA, "broken.csv": b"a,b\n1\n"})
    assert [(str(d.span), d.message[: len(words)]) for d in found] == [(place, words)]
    assert found[0].hint


def test_a_table_too_wide_tells_which_column_asks_for_most() -> None:
    words = ", ".join(f"Throughput{i}" for i in range(11))
    [found] = problems_of(rows(f"[{words}, Extraordinarily]"))
    assert "12 columns are" in found.message and "column 12 can't hold the word 'Extraordinarily'" in found.message
    assert found.hint.startswith("leave out column 12")


def test_the_handout_of_all_this_is_accessible(tmp_path: Path) -> None:
    slides = [
        rows("[{text: A, rows: 2}, {text: B, columns: 2}]", "[c, d]", keys="    header: [x, y, z]\n"),
        rows("group: One", "[a, 1.5]", "group: Two", "[b, {text: 2, note: N}]", "total: [Sum, 3]"),
        rows(*many(60), keys="    header: [What, Value]\n"),
        "- title: W\n  body:\n    - definitions: [{A: B}, {C: D}]\n    - callout: E\n    - columns: [[F], [G]]",
    ]
    made = outcome(source("\n".join(slide.replace("title: T", f"title: T{i}") for i, slide in enumerate(slides))))
    assert not made.found and not made.problems
    assert list(findings(made.handout, tmp_path)) == []


def test_no_page_divides_merged_cells() -> None:
    lines = [line for i in range(14) for line in (f"[{{text: G{i}, rows: 5}}, v1]", *(f"[v{n}]" for n in range(2, 6)))]
    made = outcome(source(rows(*lines, keys="    header: [What, Value]\n")))
    pages = poppler("pdftotext", made.handout, "-layout").split("\f")
    values = [re.findall(r"\bv(\d)\b", page) for page in pages]
    assert sum(1 for found in values if found) > 1
    assert sum(len(found) for found in values) == 70
    for found in values:
        assert found == ["1", "2", "3", "4", "5"] * (len(found) // 5)
    assert all("Value" in page for page, found in zip(pages, values, strict=True) if found), "the header is repeated"


def test_numbers_stay_whole_where_writing_runs_from_right_to_left() -> None:
    made = outcome(source(rows("[a, '1,024.5']", "[b, '3.25']"), language="he"))
    assert made.handout and not made.found and not made.problems
