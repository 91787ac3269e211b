"""Decks as other programs make them, for the import."""

from __future__ import annotations

import io
import itertools
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from tests.pictures import picture

A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
DGM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
TITLE, CONTENT, SECTION, TWO, COMPARISON, TITLE_ONLY, BLANK = 0, 1, 2, 3, 4, 5, 6
"""The layouts of python-pptx's template."""


def saved(deck: Any) -> bytes:
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def slide(deck: Any, layout: int, title: str = "") -> Any:
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    if title:
        made.shapes.title.text = title
    return made


def fill(frame: Any, *lines: str | tuple[int, str]) -> None:
    """Lines of text, each with its level."""
    for number, line in enumerate(lines):
        level, text = line if isinstance(line, tuple) else (0, line)
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = text, level


def text_deck() -> Any:
    deck = Presentation()
    deck.core_properties.author, deck.core_properties.title = "Ann Other", "Ignored"
    first = slide(deck, TITLE, "Soil & water")
    fill(first.placeholders[1].text_frame, "A talk", "14 March 2025", "Ann Other")
    body = slide(deck, CONTENT, "Signs mean\vthemselves: *a*, `b`, $x$, {{c}}")
    fill(body.placeholders[1].text_frame, "One", (1, "below"), (2, "deeper"), "Two_three_", "[a](b) &amp; <c>")
    body.notes_slide.notes_text_frame.text = "# Say this\n1. not a list\nand that"
    looks = slide(deck, CONTENT, "Looks")
    paragraph = looks.placeholders[1].text_frame.paragraphs[0]
    for text, key in (("bold", "bold"), (" and ", ""), ("italic ", "italic"), ("code", "code"), (" a link", "link")):
        run = paragraph.add_run()
        run.text = text
        if key == "code":
            run.font.name = "Consolas"
        elif key == "link":
            run.hyperlink.address = "https://example.org/a_(b)"
        elif key:
            setattr(run.font, key, True)
    slide(deck, SECTION, "Second part").placeholders[1].text = "What comes next"
    two = slide(deck, TWO, "Side by side")
    fill(two.placeholders[1].text_frame, "left", "links")
    fill(two.placeholders[2].text_frame, "right", "rechts")
    versus = slide(deck, COMPARISON, "One against the other")
    for index, lines in ((1, ["Plough"]), (2, ["deep", "fast"]), (3, ["Harrow"]), (4, ["shallow", "gentle"])):
        fill(versus.placeholders[index].text_frame, *lines)
    free = slide(deck, TITLE_ONLY, "Free text")
    for top, text in ((4, "below"), (2, "above")):
        free.shapes.add_textbox(Inches(1), Inches(top), Inches(4), Inches(1)).text_frame.text = text
    hidden = slide(deck, CONTENT, "In reserve")
    hidden._element.set("show", "0")
    numbered = hidden.placeholders[1].text_frame
    fill(numbered, "third", "fourth")
    for paragraph in numbered.paragraphs:
        etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{A}}}buAutoNum", type="arabicPeriod", startAt="3")
    slide(deck, TITLE_ONLY, "Thank you")
    return deck


def things_deck() -> Any:
    deck = Presentation()
    table = slide(deck, TITLE_ONLY, "A table").shapes.add_table(3, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 1).merge(table.cell(1, 2))
    numbers = CategoryChartData()
    numbers.categories = ["North", "South"]
    numbers.add_series("2023", (1.5, None))
    numbers.add_series("2024", (3, 4))
    for kind in (XL_CHART_TYPE.COLUMN_STACKED, XL_CHART_TYPE.LINE, XL_CHART_TYPE.RADAR, XL_CHART_TYPE.BAR_CLUSTERED):
        shapes = slide(deck, TITLE_ONLY, f"Chart {kind.name}").shapes
        shapes.add_chart(kind, Inches(1), Inches(2), Inches(6), Inches(4), numbers)
    points = XyChartData()
    series = points.add_series("Measured")
    series.add_data_point(1, 2)
    series.add_data_point(2.5, -4)
    slide(deck, TITLE_ONLY, "Points").shapes.add_chart(
        XL_CHART_TYPE.XY_SCATTER, Inches(1), Inches(2), Inches(6), Inches(4), points
    )
    shown = slide(deck, CONTENT, "A picture beside text")
    shown.placeholders[1].text = "What it shows"
    image = shown.shapes.add_picture(io.BytesIO(picture("PNG", 400, 300)), Inches(7), Inches(2), Inches(2))
    image._element.nvPicPr.cNvPr.set("descr", "A hill")
    image.crop_left = 0.25
    drawn = slide(deck, TITLE_ONLY, "Boxes and arrows").shapes
    boxes = [drawn.add_shape(1, Inches(1 + 3 * i), Inches(3), Inches(2), Inches(1)) for i in range(3)]
    for box, words in zip(boxes, ("Seed", "Plant: green", "Harvest"), strict=True):
        box.text_frame.text = words
    for one, other in itertools.pairwise(boxes):
        arrow = drawn.add_connector(1, 0, 0, 0, 0)
        arrow.begin_connect(one, 3)
        arrow.end_connect(other, 1)
    group = slide(deck, TITLE_ONLY, "A group").shapes.add_group_shape()
    for words in ("inner", "other"):
        group.shapes.add_textbox(Inches(1), Inches(2), Inches(2), Inches(1)).text_frame.text = words
    coloured = slide(deck, CONTENT, "On a colour")
    coloured.placeholders[1].text = "words"
    coloured.background.fill.solid()
    coloured.background.fill.fore_color.rgb = RGBColor(1, 2, 3)
    with_section(deck, "The end", 3)
    return deck


def more_deck() -> Any:
    """What python-pptx has no words for, as PowerPoint stores it."""
    deck = Presentation()
    first = slide(deck, TITLE_ONLY, "What moves")
    effect = f'<p:transition xmlns:p="{P}" advTm="2000"><p:push dir="l"/></p:transition>'
    click = '<p:par><p:cTn id="1" presetClass="entr" presetID="1"/></p:par>'
    build = '<p:bldLst><p:bldP spid="2" grpId="0" build="p"/></p:bldLst>'
    timing = f'<p:timing xmlns:p="{P}"><p:tnLst>{click}</p:tnLst>{build}</p:timing>'
    first._element.append(etree.fromstring(effect))
    first.shapes.add_movie(io.BytesIO(b"no video"), Inches(1), Inches(2), Inches(3), Inches(2), mime_type="video/mp4")
    second = slide(deck, CONTENT, "A formula")
    second._element.append(etree.fromstring(timing))
    fraction = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>π</m:t></m:r></m:e><m:sup><m:r><m:t>n+1</m:t></m:r></m:sup></m:sSup>"
    maths = f'<a14:m xmlns:a14="{A14}" xmlns:m="{M}"><m:oMath>{{}}</m:oMath></a14:m>'
    text = second.placeholders[1].text_frame
    fill(text, "", "with ")
    text.paragraphs[0]._p.append(etree.fromstring(maths.format(f"<m:r><m:t>x≤</m:t></m:r>{fraction}")))
    text.paragraphs[1]._p.append(etree.fromstring(maths.format(power)))
    jump = text.add_paragraph().add_run()
    jump.text = "see there"
    relation = second.part.relate_to(first.part, RELATIONSHIP_TYPE.SLIDE)
    target = etree.SubElement(jump._r.get_or_add_rPr(), f"{{{A}}}hlinkClick", action="ppaction://hlinksldjump")
    target.set(f"{{{R}}}id", relation)
    notes = second.notes_slide.notes_text_frame
    fill(notes, "First", "one", "two")
    for paragraph in notes.paragraphs[1:]:
        etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{A}}}buChar", char="•")
    third = slide(deck, TITLE_ONLY, "On a picture")
    _, relation = third.part.get_or_add_image_part(io.BytesIO(picture("PNG", 1600, 900)))
    ground = f'<p:bg xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}"><p:bgPr><a:blipFill><a:blip r:embed="{relation}"/>'
    ground += "<a:stretch><a:fillRect/></a:stretch></a:blipFill><a:effectLst/></p:bgPr></p:bg>"
    third._element.cSld.insert(0, etree.fromstring(ground))
    third.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1)).text_frame.text = "words"
    smart_art(slide(deck, TITLE_ONLY, "Drawn by PowerPoint"))
    return deck


def smart_art(own: Any) -> None:
    words = {"1": "Sow", "2": "wheat", "3": "Reap"}
    points = "".join(
        f'<d:pt modelId="{n}"><d:t><a:p><a:r><a:t>{word}</a:t></a:r></a:p></d:t></d:pt>' for n, word in words.items()
    )
    links = "".join(
        f'<d:cxn modelId="9{number}" srcId="{one}" destId="{other}" srcOrd="{order}"/>'
        for number, (one, other, order) in enumerate([("0", "3", 1), ("0", "1", 0), ("1", "2", 0)])
    )
    data = f'<d:dataModel xmlns:d="{DGM}" xmlns:a="{A}"><d:ptLst><d:pt modelId="0" type="doc"/>{points}</d:ptLst>'
    data += f"<d:cxnLst>{links}</d:cxnLst></d:dataModel>"
    name = PackURI("/ppt/diagrams/data1.xml")
    part = Part(name, "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml", own.part.package)
    part._blob = data.encode()
    relation = own.part.relate_to(part, RELATIONSHIP_TYPE.DIAGRAM_DATA)
    frame = (
        f'<p:graphicFrame xmlns:p="{P}" xmlns:a="{A}"><p:nvGraphicFramePr><p:cNvPr id="9" name="Diagram"/>'
        '<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="2000000"/>'
        f'<a:ext cx="5000000" cy="2000000"/></p:xfrm><a:graphic><a:graphicData uri="{DGM}"><d:relIds xmlns:d="{DGM}"'
        f' xmlns:r="{R}" r:dm="{relation}"/></a:graphicData></a:graphic></p:graphicFrame>'
    )
    own.shapes._spTree.append(etree.fromstring(frame))


def with_section(deck: Any, name: str, count: int) -> None:
    """Sections as PowerPoint stores them: the last slides in one of this name."""
    ids = [node.get("id") for node in deck.slides._sldIdLst]
    lists = [
        "".join(f'<p14:sldId id="{one}"/>' for one in some) for some in (ids[:-count], ids[-count:])
    ]  # fmt: skip
    sections = "".join(
        f'<p14:section name="{title}" id="{{{number}}}"><p14:sldIdLst>{own}</p14:sldIdLst></p14:section>'
        for number, (title, own) in enumerate(zip(("Begin", name), lists, strict=True))
    )
    root = deck.part._element
    found = root.find("{http://schemas.openxmlformats.org/presentationml/2006/main}extLst")
    found = root if found is None else found
    found.append(etree.fromstring(f'<p14:sectionLst xmlns:p14="{P14}">{sections}</p14:sectionLst>'))
