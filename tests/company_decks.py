"""Decks as companies have them: what python-pptx can't make is put in as PowerPoint stores it."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PROG_ID
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches, Pt

from tests.foreign_decks import BLANK, CONTENT, TITLE_ONLY, TWO, fill, slide, smart_art
from tests.pictures import picture

NAMES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
    "am3d": "http://schemas.microsoft.com/office/drawing/2017/model3d",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "p188": "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
    "cdr": "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
}
FILM = Path(__file__).parent.parent / "source/media/hills.mp4"
EMF = bytes.fromhex("010000006c000000") + bytes(32) + b" EMF" + bytes(64)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60"/></svg>'


def xml(text: str) -> Any:
    """An element whose prefixes are those of `NAMES`."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    root = etree.fromstring(f"<all {spaces}>{text}</all>")
    return root[0]


def append(own: Any, text: str) -> None:
    own.shapes._spTree.append(xml(text))


def part(own: Any, name: str, kind: str, content: str, data: bytes) -> str:
    """A part that a slide, layout or chart leads to; the id of the relationship."""
    made = Part(PackURI(name), content, own.part.package, data)
    return str(own.part.relate_to(made, kind))


def box(number: int, name: str, text: str, extra: str = "", kind: str = "<p:cNvSpPr/>") -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{extra}</p:cNvPr>{kind}<p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="900000" y="{number * 90000}"/><a:ext cx="3000000" cy="400000"/></a:xfrm>'
        f'<a:prstGeom prst="rect"/></p:spPr><p:txBody><a:bodyPr/><a:p>{text}</a:p></p:txBody></p:sp>'
    )


def run(text: str, look: str = "", inside: str = "") -> str:
    return f"<a:r><a:rPr{look}>{inside}</a:rPr><a:t>{text}</a:t></a:r>"


def image(own: Any, **how: Any) -> Any:
    return own.shapes.add_picture(io.BytesIO(picture("PNG", 640, 400)), Inches(5), Inches(2), Inches(3), **how)


def masters() -> Any:
    """Text, a mark and a notice that stand on master and layout; empty placeholders; a title made of a box."""
    deck = Presentation()
    append(deck.slide_master, box(90, "Notice", run("Internal use only")))
    append(deck.slide_layouts[CONTENT], box(91, "Brand", run("Acme Works")))
    one = slide(deck, CONTENT, "A slide with a notice")
    one.placeholders[1].text = "Text"
    two = slide(deck, BLANK)
    title = two.shapes.add_textbox(Inches(0.5), Inches(0.3), Inches(8), Inches(1))
    title.text_frame.text = "A title in a text box"
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(36)
    fill(two.shapes.add_textbox(Inches(0.5), Inches(2), Inches(8), Inches(3)).text_frame, "• typed bullet", "– a dash")
    slide(deck, TWO, "Empty places")
    return deck


def reviewed() -> Any:
    """Comments of both kinds, hidden slides, sections without slides, custom shows."""
    deck = Presentation()
    one = slide(deck, CONTENT, "Reviewed")
    one.placeholders[1].text = "Text"
    comments = (
        f'<p:cmLst xmlns:p="{NAMES["p"]}"><p:cm authorId="0" idx="1"><p:pos x="10" y="10"/>'
        "<p:text>Please check the quarter</p:text></p:cm></p:cmLst>"
    )
    kind = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
    part(one, "/ppt/comments/comment1.xml", RELATIONSHIP_TYPE.COMMENTS, kind, comments.encode())
    two = slide(deck, TITLE_ONLY, "Reviewed again")
    threaded = (
        f'<p188:cmLst xmlns:p188="{NAMES["p188"]}" xmlns:a="{NAMES["a"]}"><p188:cm id="{{1}}" authorId="{{2}}">'
        "<p188:txBody><a:p><a:r><a:t>Numbers are stale</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"
    )
    modern = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
    part(two, "/ppt/comments/modern1.xml", modern, "application/vnd.ms-powerpoint.comments+xml", threaded.encode())
    slide(deck, TITLE_ONLY, "Nobody sees this")._element.set("show", "0")
    show = '<p:custShowLst><p:custShow name="Board version" id="0"><p:sldLst/></p:custShow></p:custShowLst>'
    deck.part._element.append(xml(show))
    return deck


def drawings() -> Any:
    """SmartArt, groups in groups with a table, WordArt, text that is turned, shapes with links, hidden shapes."""
    deck = Presentation()
    smart_art(slide(deck, TITLE_ONLY, "Drawn by PowerPoint"))
    own = slide(deck, TITLE_ONLY, "Groups in groups")
    outer = own.shapes.add_group_shape()
    inner = outer.shapes.add_group_shape()
    inner.shapes.add_textbox(Inches(1), Inches(2), Inches(2), Inches(1)).text_frame.text = "innermost words"
    outer.shapes.add_shape(5, Inches(4), Inches(2), Inches(2), Inches(1)).text_frame.text = "a rounded one"
    table = own.shapes.add_table(2, 2, Inches(1), Inches(4), Inches(4), Inches(1))._element
    outer._element.append(table)
    next(table.iter(f"{{{NAMES['a']}}}tc")).txBody[2].append(xml(run("cell in group")))
    art = slide(deck, TITLE_ONLY, "WordArt")
    append(art, box(7, "WordArt", run("Warped words"), kind='<p:cNvSpPr txBox="1"/>').replace(
        "<a:bodyPr/>", '<a:bodyPr><a:prstTxWarp prst="textWave1"><a:avLst/></a:prstTxWarp></a:bodyPr>'))  # fmt: skip
    turned = art.shapes.add_textbox(Inches(1), Inches(3), Inches(1), Inches(3))
    turned.rotation, turned.text_frame.text = 270, "upright words"
    linked = slide(deck, TITLE_ONLY, "Shapes with links")
    shape = linked.shapes.add_shape(1, Inches(1), Inches(2), Inches(2), Inches(1))
    shape.text_frame.text, shape.click_action.hyperlink.address = "A button", "https://example.org/button"
    jump = linked.shapes.add_shape(1, Inches(4), Inches(2), Inches(2), Inches(1))
    jump.text_frame.text, jump.click_action.target_slide = "Back to the art", art
    append(linked, box(60, "Next", "", '<a:hlinkClick r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/>'))
    append(linked, box(61, "Secret", run("Hidden words")).replace('name="Secret"', 'name="Secret" hidden="1"'))
    return deck


def embedded() -> Any:
    """Objects of other programs, video, sound, a 3D model, ink, controls."""
    deck = Presentation()
    own = slide(deck, TITLE_ONLY, "An embedded workbook")
    own.shapes.add_ole_object(io.BytesIO(b"PK no workbook"), PROG_ID.XLSX, Inches(1), Inches(2), Inches(3), Inches(2))
    film = slide(deck, TITLE_ONLY, "A film and a sound")
    film.shapes.add_movie(str(FILM), Inches(1), Inches(2), Inches(3), Inches(2), mime_type="video/mp4")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(1600))
    film.shapes.add_movie(
        io.BytesIO(buffer.getvalue()), Inches(5), Inches(2), Inches(3), Inches(2), mime_type="video/x-msvideo"
    )
    model = slide(deck, TITLE_ONLY, "A model and ink")
    model.part.get_or_add_image_part(io.BytesIO(picture("PNG", 300, 300)))
    _, relation = model.part.get_or_add_image_part(io.BytesIO(picture("PNG", 300, 300)))
    pic = (
        '<p:pic><p:nvPicPr><p:cNvPr id="7" name="3D Model 6" descr="A gear in three dimensions"/><p:cNvPicPr/><p:nvPr/>'
        f'</p:nvPicPr><p:blipFill><a:blip r:embed="{relation}"/><a:stretch/></p:blipFill><p:spPr/></p:pic>'
    )
    frame = (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="7" name="3D Model 6" descr="A gear in three dimensions"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData><am3d:model3d/>"
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )
    append(model, f'<mc:AlternateContent><mc:Choice Requires="am3d">{frame}</mc:Choice>'
                  f"<mc:Fallback>{pic}</mc:Fallback></mc:AlternateContent>")  # fmt: skip
    append(model, '<mc:AlternateContent><mc:Choice Requires="p14"><p:contentPart r:id="rId77"><p14:nvContentPartPr>'
                  '<p14:cNvPr id="20" name="Ink 19" descr="Circle around the gear"/></p14:nvContentPartPr>'
                  "</p:contentPart></mc:Choice></mc:AlternateContent>")  # fmt: skip
    return deck


def numbers() -> Any:
    """A combination with a second axis, titles, notes drawn into a chart, stock, error bars."""
    deck = Presentation()
    data = CategoryChartData()
    data.categories = ["Spring", "Summer", "Autumn"]
    data.add_series("Revenue", (12, 15, 9))
    data.add_series("Margin", (0.2, 0.25, 0.1))
    own = slide(deck, TITLE_ONLY, "Two axes")
    chart = own.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(2), Inches(6), Inches(4), data).chart
    chart.has_title, chart.chart_title.text_frame.text = True, "Revenue against margin"
    chart.value_axis.has_title = True
    chart.value_axis.axis_title.text_frame.text = "Million euros"
    area = chart._chartSpace.chart.plotArea
    bars = area[1] if area[0].tag.endswith("layout") else area[0]
    series = bars.findall(f"{{{NAMES['c']}}}ser")[1]
    line = xml('<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/><c:marker val="1"/>'
               '<c:axId val="5001"/><c:axId val="5002"/></c:lineChart>')  # fmt: skip
    line.insert(2, series)
    for node in series.findall(f"{{{NAMES['c']}}}invertIfNegative"):
        series.remove(node)
    bars.addnext(line)
    axis = ('<c:{0}><c:axId val="{1}"/><c:scaling/><c:delete val="{3}"/><c:axPos val="r"/>{4}<c:crossAx val="{2}"/>'
            "</c:{0}>")  # fmt: skip
    title = f"<c:title><c:tx><c:rich><a:bodyPr/><a:p>{run('Share of profit')}</a:p></c:rich></c:tx></c:title>"
    area.append(xml(axis.format("valAx", 5002, 5001, 0, title)))
    area.append(xml(axis.format("catAx", 5001, 5002, 1, "")))
    drawn = (
        f'<c:userShapes xmlns:c="{NAMES["c"]}" xmlns:cdr="{NAMES["cdr"]}" xmlns:a="{NAMES["a"]}"><cdr:relSizeAnchor>'
        "<cdr:sp><cdr:txBody><a:bodyPr/><a:p><a:r><a:t>Crisis begins here</a:t></a:r></a:p></cdr:txBody></cdr:sp>"
        "</cdr:relSizeAnchor></c:userShapes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartUserShapes"
    content = "application/vnd.openxmlformats-officedocument.drawingml.chartshapes+xml"
    relation = part(chart, "/ppt/drawings/drawing1.xml", kind, content, drawn.encode())
    chart._chartSpace.append(xml(f'<c:userShapes r:id="{relation}"/>'))
    table = slide(deck, TITLE_ONLY, "A table with merged cells").shapes.add_table(
        4, 4, Inches(1), Inches(2), Inches(8), Inches(3)).table  # fmt: skip
    for row in range(4):
        for column in range(4):
            table.cell(row, column).text = f"cell{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 3))
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(2, 2).merge(table.cell(3, 3))
    fill(table.cell(1, 1).text_frame, "point one", "point two")
    return deck


def texts() -> Any:
    """Deep lists, tabs, looks that Markdown lacks, fields, right to left, columns, formulas with what LaTeX lacks."""
    deck = Presentation()
    own = slide(deck, CONTENT, "Deep")
    fill(own.placeholders[1].text_frame, "one", (1, "two"), (2, "three"), (3, "four"), (4, "five"), "one again")
    looks = slide(deck, CONTENT, "Looks")
    fill(looks.placeholders[1].text_frame, "")
    first = looks.placeholders[1].text_frame.paragraphs[0]._p
    for text, look in (("struck", ' strike="sngStrike"'), (" under", ' u="sng"'), (" caps", ' cap="all"'), ("x", ""),
                       ("2", ' baseline="30000"'), (" spaced out", ' spc="600"')):  # fmt: skip
        first.append(xml(run(text, look)))
    first.append(xml(run(" marked", "", '<a:highlight><a:srgbClr val="FFFF00"/></a:highlight>')))
    first.append(xml('<a:fld id="{1}" type="datetime1"><a:rPr lang="en-US"/><a:t>30.11.2026</a:t></a:fld>'))
    hover = '<a:hlinkMouseOver r:id="" action="ppaction://hlinkshowjump?jump=lastslide"/>'
    first.append(xml(run(" hover words", "", hover)))
    hebrew = slide(deck, CONTENT, "שלום עולם")
    fill(hebrew.placeholders[1].text_frame, "טקסט מימין לשמאל", "عربي")
    for paragraph in hebrew.placeholders[1].text_frame.paragraphs:
        paragraph._p.get_or_add_pPr().set("rtl", "1")
    maths = slide(deck, CONTENT, "Formulas")
    fill(maths.placeholders[1].text_frame, "before ")
    matrix = "<m:m><m:mr><m:e><m:r><m:t>a</m:t></m:r></m:e><m:e><m:r><m:t>b</m:t></m:r></m:e></m:mr></m:m>"
    border = "<m:borderBox><m:e><m:r><m:t>&#x1D467;</m:t></m:r></m:e></m:borderBox>"
    formula = f"<a14:m><m:oMath>{matrix}{border}</m:oMath></a14:m>"
    maths.placeholders[1].text_frame.paragraphs[0]._p.append(xml(formula))
    notes = maths.notes_slide.notes_text_frame
    notes.text = "Say this"
    notes.paragraphs[0]._p.append(xml(run(" loudly", ' b="1"')))
    notes.paragraphs[0]._p.append(xml(run(" struck", ' strike="sngStrike"')))
    return deck


def pictures() -> Any:
    """Cut, turned, recoloured; as a fill; EMF; SVG with its PNG; linked; in a placeholder; decorative."""
    deck = Presentation()
    own = slide(deck, TITLE_ONLY, "Cut and turned")
    cut = image(own)
    cut.crop_left, cut.rotation = 0.2, 30
    cut._element.nvPicPr.cNvPr.set("descr", "A hill at noon")
    recoloured = image(slide(deck, TITLE_ONLY, "Recoloured"))
    blip = recoloured._element.blipFill.blip
    blip.append(xml('<a:duotone><a:srgbClr val="000000"/><a:srgbClr val="FF0000"/></a:duotone>'))
    filled = slide(deck, TITLE_ONLY, "A fill")
    _, relation = filled.part.get_or_add_image_part(io.BytesIO(picture("PNG", 500, 300)))
    shape = filled.shapes.add_shape(9, Inches(1), Inches(2), Inches(3), Inches(3))
    shape.text_frame.text = "words over it"
    shape._element.spPr.insert(2, xml(f'<a:blipFill><a:blip r:embed="{relation}"/><a:stretch/></a:blipFill>'))
    drawn = slide(deck, TITLE_ONLY, "A drawing of Windows")
    relation = part(drawn, "/ppt/media/drawing.emf", RELATIONSHIP_TYPE.IMAGE, "image/x-emf", EMF)
    frame = ('<p:pic><p:nvPicPr><p:cNvPr id="7" name="Drawing" descr="A plan of the plant"/><p:cNvPicPr/><p:nvPr/>'
             '</p:nvPicPr><p:blipFill><a:blip r:{}="{}"/><a:stretch/></p:blipFill><p:spPr/></p:pic>')  # fmt: skip
    append(drawn, frame.format("embed", relation))
    vector = slide(deck, TITLE_ONLY, "A drawing in SVG")
    svg = part(vector, "/ppt/media/drawing.svg", RELATIONSHIP_TYPE.IMAGE, "image/svg+xml", SVG)
    shown = image(vector)
    shown._element.nvPicPr.cNvPr.set("descr", "A box")
    name = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
    shown._element.blipFill.blip.append(xml(
        f'<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><x:svgBlip xmlns:x="{name}" r:embed="{svg}"/>'
        "</a:ext></a:extLst>"))  # fmt: skip
    linked = slide(deck, TITLE_ONLY, "Somewhere else")
    relation = linked.part.relate_to("file:///C:/plans/plan.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    append(linked, frame.format("link", relation).replace("A plan of the plant", "A plan elsewhere"))
    return deck


DECKS: tuple[Callable[[], Any], ...] = (masters, reviewed, drawings, embedded, numbers, texts, pictures)
