"""Native tables, and the theme's own table style."""

from __future__ import annotations

from deckgen.model.drawing import Cell, Stroke, Table
from deckgen.model.setting import Style
from deckgen.model.theme import Theme
from deckgen.units import emu
from deckgen.write.pptx.geometry import fill, outline
from deckgen.write.pptx.ids import guid
from deckgen.write.pptx.markup import DECLARATION, DRAWING, attributes
from deckgen.write.pptx.text import Links, Look, Pen, paragraph_element

HEADER, FIRST_COLUMN = "cell_head", "cell_first"
"""The theme's styles for the first row and column."""


def style_id(theme: Theme) -> str:
    return guid(f"theme/{theme.name}/table")


def table_markup(table: Table, pen: Pen, links: Links) -> str:
    """`a:tbl`. Cells tell only what the table style does not."""
    parts = attributes(
        firstRow=1 if table.header else None,
        firstCol=1 if table.first_column else None,
        lastRow=1 if table.last_row else None,
        rtl=1 if table.right_to_left else None,
    )
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in table.columns_pt)
    rows = "".join(
        f'<a:tr h="{emu(row.height_pt)}">'
        + "".join(cell_markup(table, r, c, pen, links) for c in range(len(row.cells)))
        + "</a:tr>"
        for r, row in enumerate(table.rows)
    )
    properties = f"<a:tblPr{parts}><a:tableStyleId>{style_id(pen.theme)}</a:tableStyleId></a:tblPr>"
    return f"<a:tbl>{properties}<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"


def cell_markup(table: Table, row: int, column: int, pen: Pen, links: Links) -> str:
    cell = table.rows[row].cells[column]
    given = Look(cell_style(table, row, column, pen.theme))
    paragraphs = "".join(paragraph_element(p, given, pen, links) for p in cell.paragraphs)
    if not paragraphs:
        paragraphs = f"<a:p><a:endParaRPr{attributes(lang=pen.language)}/></a:p>"
    sides = f'marL="{emu(cell.inset_left_pt)}" marR="{emu(cell.inset_right_pt)}" marT="0" marB="0"'
    top, bottom = edge(table, row, column), edge(table, row + 1, column)
    edges = f"{outline(None, pen, 'a:lnL')}{outline(None, pen, 'a:lnR')}"
    edges += f"{outline(top, pen, 'a:lnT')}{outline(bottom, pen, 'a:lnB')}"
    return (
        f"<a:tc{spans(table, row, column)}><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</a:txBody>"
        f'<a:tcPr {sides} anchor="ctr">{edges}{fill(cell.fill, pen)}</a:tcPr></a:tc>'
    )


def spans(table: Table, row: int, column: int) -> str:
    """How many columns and rows a cell takes; a covered cell tells from which sides (ECMA-376 21.1.3.16)."""
    cell = table.rows[row].cells[column]
    if not cell.covered:
        return attributes(
            rowSpan=cell.rows if cell.rows > 1 else None, gridSpan=cell.columns if cell.columns > 1 else None
        )
    level, upright = covering(table, row, column)
    return attributes(hMerge=1 if level else None, vMerge=1 if upright else None)


def covering(table: Table, row: int, column: int) -> tuple[int, int]:
    """How many columns to the left and rows above the cell stands that covers this one."""
    for up in range(row + 1):
        for left in range(column + 1):
            cell = table.rows[row - up].cells[column - left]
            if not cell.covered and cell.columns > left and cell.rows > up:
                return left, up
    raise ValueError(f"no cell covers row {row}, column {column}")


def edge(table: Table, row: int, column: int) -> Stroke | None:
    """The line above a row. Both cells that meet at it have to say the same, or programs differ in which they draw."""

    def cell(at: int) -> Cell | None:
        return table.rows[at].cells[column] if 0 <= at < len(table.rows) else None

    above, below = cell(row - 1), cell(row)
    return (below.top if below else None) or (above.bottom if above else None)


def cell_style(table: Table, row: int, column: int, theme: Theme) -> Style:
    """What the table style gives to a cell. It has no sizes or leading: cells always tell them."""
    if table.header and row == 0:
        header = theme.style(HEADER)
        return Style("sans", 0, 0, colour=header.colour, bold=header.bold)
    if table.last_row and row == len(table.rows) - 1:
        return Style("sans", 0, 0, bold=True)
    return Style("sans", 0, 0, bold=table.first_column and column == 0 and theme.style(FIRST_COLUMN).bold)


def table_styles_part(pen: Pen) -> str:
    """`tableStyles.xml`: the theme's style, which is also what PowerPoint gives to a new table."""
    theme, style = pen.theme, style_id(pen.theme)
    look, head = theme.tables, theme.style(HEADER)
    sides = "".join(
        border(side, stroke, pen)
        for side, stroke in (
            ("left", None), ("right", None), ("top", look.top), ("bottom", look.bottom), ("insideH", look.rows),
            ("insideV", None),
        )
    )  # fmt: skip
    whole = text_style(pen, "text") + (f"<a:tcStyle><a:tcBdr>{sides}</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle>")
    # A colour of the first column would win over the header's.
    first_column = f"<a:tcTxStyle{weight(theme.style(FIRST_COLUMN))}/><a:tcStyle><a:tcBdr/></a:tcStyle>"
    totals = f'<a:tcTxStyle b="on"/><a:tcStyle><a:tcBdr>{border("top", look.under_header, pen)}</a:tcBdr></a:tcStyle>'
    ground = f"<a:fill>{pen.fill(look.header_fill)}</a:fill>" if look.header_fill else ""
    header = text_style(pen, head.colour, weight(head)) + (
        f"<a:tcStyle><a:tcBdr>{border('bottom', look.under_header, pen)}</a:tcBdr>{ground}</a:tcStyle>"
    )
    return (
        f'{DECLARATION}<a:tblStyleLst xmlns:a="{DRAWING}" def="{style}">'
        f"<a:tblStyle{attributes(styleId=style, styleName=pen.theme.name.title())}><a:wholeTbl>{whole}</a:wholeTbl>"
        f"<a:firstCol>{first_column}</a:firstCol><a:lastRow>{totals}</a:lastRow><a:firstRow>{header}</a:firstRow></a:tblStyle></a:tblStyleLst>"
    )


def weight(style: Style) -> str:
    return ' b="on"' if style.bold else ""


def text_style(pen: Pen, colour: str, weight: str = "") -> str:
    return f'<a:tcTxStyle{weight}><a:fontRef idx="minor"/>{pen.colours[colour]}</a:tcTxStyle>'


def border(side: str, stroke: Stroke | None, pen: Pen) -> str:
    return f"<a:{side}>{outline(stroke, pen)}</a:{side}>"
