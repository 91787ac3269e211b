"""Small slides and handouts for the tests of PDF pages, and Poppler to judge them."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import page
import pikepdf
from weasyprint import HTML

from deckgen.model.deck import Deck
from deckgen.model.drawing import AnyShape, AutoShape, Cell, Drawing, Group, Row, Stroke, Table
from deckgen.model.show import Page, Show
from deckgen.model.text import Run, Text
from deckgen.typeset.sheet import Sheet
from deckgen.units import Box, Point
from deckgen.write.handout.carried import MANIFEST_NAME, attach, identify
from deckgen.write.handout.finish import finisher
from deckgen.write.handout.layout import places_in
from deckgen.write.handout.stamp import saved, stamp
from deckgen.write.pages.forms import Picture, add_forms, draw
from tests.builders import faces, paper

STAMP = datetime(2026, 1, 1, tzinfo=UTC)
EMPTY = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'/%3E"


def words(text: str, **look: Any) -> Text:
    return (Run(text, **look),)


def sheet(layout: str = "content") -> Sheet:
    return Sheet(paper(), faces(), layout, "slide", paper().body)


def slide(*shapes: AnyShape) -> Drawing:
    return Drawing(paper().page, shapes)


def show_of(*slides: tuple[str, Text, Drawing]) -> Show:
    """A show of (id, title, drawing) with layout `content`; the second slide opens a section."""
    return Show(
        tuple(
            Page(
                id=name,
                source_id=name,
                number=i,
                label=str(i),
                section=int(i > 1),
                title=title,
                layout="content",
                drawing=drawing,
            )
            for i, (name, title, drawing) in enumerate(slides, start=1)
        )
    )


DECK = Deck(deckgen=1, title=words("Understanding Docker"), author=words("Presenter Näme"), slides=())


def diagram() -> Drawing:
    """Two boxes, off the origin: a figure is drawn where its block stands on the slide."""
    names = ("Hypervisor", "Docker Engine")
    boxes = tuple(
        AutoShape(
            key=f"box/{i}",
            box=Box(268 + i * 150, 200, 140, 47),
            fill="accent",
            stroke=Stroke("text", 1),
            text=(sheet().set(words(name, colour="on_accent"), "label_bold", 140, align="center"),),
        )
        for i, name in enumerate(names)
    )
    return slide(Group(key="boxes", alt="Two boxes", shapes=boxes))


def table() -> Table:
    def cell(text: str) -> Cell:
        return Cell((sheet().set(words(text), "cell", 100),), top=Stroke("text", 2.25), bottom=Stroke("rule", 0.75))

    rows = tuple(Row(36, (cell(f"Left {i}"), cell(f"Right {i}"))) for i in (1, 2))
    return Table(key="table", at=Point(300, 200), columns_pt=(120, 120), rows=rows)


def handout(body: str, pictures: Mapping[str, Picture], css: str = "", manifest: bytes = b"{}") -> bytes:
    """A handout as the product makes it: laid out, finished, stamped."""
    files = faces()
    fonts = "".join(
        f"@font-face{{font-family:Body;font-weight:{weight};src:url({files.face('sans', bold).file.as_uri()})}}"
        for weight, bold in (("normal", False), ("bold", True))
    )
    source = (
        f"<!doctype html><html lang=en><head><title>Handout</title><style>{fonts}"
        "@page{size:A4;margin:24mm 24mm 25mm 68mm;@top-left{content:'Running head';font:8pt Body}}"
        "body{font:11pt/15pt Body} img{display:block;width:60mm;height:33.75mm;image-rendering:crisp-edges}"
        f"{css}</style></head><body>{body}</body></html>"
    )
    document = HTML(string=source).render()
    made = document.write_pdf(pdf_variant="pdf/a-3a", finisher=finisher(document))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        places = places_in(document)
        widths_pt = {place.name: place.rect.right - place.rect.left for place in places}
        stamp(pdf, places, add_forms(pdf, draw(pictures, files), widths_pt))
        attach(pdf, MANIFEST_NAME, manifest, STAMP)
        identify(pdf, "deckgen <1> & more")
        return saved(pdf)


def poppler(tool: str, pdf: bytes, *options: str) -> str:
    """What a tool of Poppler prints about a PDF."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = [tool, *options, file.name, *(["-"] if tool == "pdftotext" else [])]
        return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()


def findings(pdf: bytes, folder: Path) -> Iterator[str]:
    """What a validator finds against PDF/UA-1 and PDF/A-3a."""
    file = folder / "judged.pdf"
    file.write_bytes(pdf)
    for profile in ("ua1", "3a"):
        for failure in page.validate_pdf(str(file), profile=profile).failures:
            yield f"{profile}: {failure.rule_id}: {failure.message}"
