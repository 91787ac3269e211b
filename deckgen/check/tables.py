"""Do tables fit: their rows the slide, their cells the rows, their words the columns?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deckgen.diagnostics import Diagnostic, Span, error
from deckgen.model.drawing import Cell, Table, TextBox
from deckgen.model.setting import SetParagraph
from deckgen.model.show import Page
from deckgen.model.text import plain
from deckgen.model.theme import Theme
from deckgen.typeset.columns import LONGEST_WORD
from deckgen.units import Box

ROUNDING_PT = 0.01
Place = Callable[[tuple[SetParagraph, ...], Page], Span]


def check_table(table: Table, page: Page, theme: Theme, place: Place) -> Iterator[Diagnostic]:
    """The cells in their rows, and the table in the body, above the text that stands under it."""
    bottom = theme.body.bottom if table.box.y >= theme.body.y else theme.page.height - theme.body.y / 3
    bottom = min([bottom, *(box.y for box in boxes_under(table, page))])
    paragraphs = tuple(p for row in table.rows for cell in row.cells for p in cell.paragraphs)
    if problem := too_narrow(table, page, place):
        yield problem
        return
    if table.box.bottom > bottom + ROUNDING_PT:
        room = sum(1 for i in range(len(table.rows)) if rows_end(table, i) <= bottom + ROUNDING_PT)
        yield error(
            place(paragraphs, page),
            f"the table needs {rows(len(table.rows))}, but slide {page.label} has room for {room}",
            "leave out rows, or divide the slide in two",
        )
    for r, row in enumerate(table.rows):
        for cell in row.cells:
            height = sum(other.height_pt for other in table.rows[r : r + cell.rows])
            if sum(p.safe_height_pt for p in cell.paragraphs) > height + ROUNDING_PT:
                needed = sum(p.safe_lines for p in cell.paragraphs)
                room = int(height // cell.paragraphs[0].style.leading_pt)
                lines = f"{needed} line{'' if needed == 1 else 's'}"
                message = f"the cell needs {lines}, but its row on slide {page.label} has room for {room}"
                yield error(place(cell.paragraphs, page), message, "shorten the text of the cell")


def rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"


def too_narrow(table: Table, page: Page, place: Place) -> Diagnostic | None:
    """An error if columns are so narrow that words had to be divided: it names the column that asks for most."""
    excess: dict[int, tuple[float, str, SetParagraph]] = {}
    for row in table.rows:
        for c, cell in enumerate(row.cells):
            for paragraph, word, width in divided(cell):
                over = width + cell.inset_left_pt + cell.inset_right_pt - table.columns_pt[c]
                if over > excess.get(c, (0.0,))[0]:
                    excess[c] = (over, word, paragraph)
    if not excess:
        return None
    column = max(excess, key=lambda c: excess[c][0])
    over, word, paragraph = excess[column]
    total = sum(found[0] for found in excess.values())
    return error(
        place((paragraph,), page),
        f"the table's {len(table.columns_pt)} columns are {total:.0f} pt wider than slide {page.label} has room for: "
        f"column {column + 1} can't hold the word {word!r}",
        f"leave out column {column + 1}, shorten the word, or write shorter words in other columns",
    )


def divided(cell: Cell) -> Iterator[tuple[SetParagraph, str, float]]:
    """The words of a cell that the ends of lines divide although they are short, and their widths in points."""
    if cell.columns > 1:
        return
    for paragraph in cell.paragraphs:
        texts = [plain(line.text) for line in paragraph.lines]
        whole, at = plain(paragraph.text), 0
        for text, line in zip(texts, paragraph.lines, strict=True):
            at = whole.find(text, at) + len(text)
            if not (text[-1:].isalnum() and whole[at : at + 1].isalnum() and whole[at] < "\u2e80"):
                continue
            start = max(whole.rfind(sign, 0, at) for sign in " \u00a0\u202f-/–—") + 1
            word = whole[start:].split(None, 1)[0]
            if len(word) <= LONGEST_WORD:
                yield paragraph, word, line.width_pt * len(word) / max(1, len(text) - text.rfind(" ") - 1)


def boxes_under(table: Table, page: Page) -> Iterator[Box]:
    """The boxes of texts that begin lower than a table and stand in its column."""
    for shape in page.drawing.shapes:
        if isinstance(shape, TextBox) and shape.box.y > table.box.y and shape.paragraphs:
            beside = shape.box.x >= table.box.right or table.box.x >= shape.box.right
            if not beside:
                yield shape.box


def rows_end(table: Table, index: int) -> float:
    return table.box.y + sum(row.height_pt for row in table.rows[: index + 1])
