"""Drawings stamped into a handout: valid, in place, and findable."""

from __future__ import annotations

import io
from itertools import count
from pathlib import Path

import pikepdf
import pytest

from deckgen.write.handout.stamp import ENDS_IN_CR, saved, written
from deckgen.write.pages.forms import Picture
from tests.builders import paper
from tests.pages_builders import EMPTY, diagram, findings, handout, poppler, sheet, slide, words

BODY = f"""
<h1>Containers</h1><p>Before <a href="https://example.org">a link</a> and <a href="#end">another</a>.</p>
<table><thead><tr><th>Head</th><th>Other</th></tr></thead>
<tbody><tr><th scope=row>Row</th><td>cell</td></tr></tbody></table>
<p><img id="picture-one" src="{EMPTY}" alt="Picture of slide 1" style="border:3pt solid #00f"></p>
<figure><img id="figure-one/2" src="{EMPTY}" alt="Two boxes side by side"><figcaption>Figure 1</figcaption></figure>
<div id=signature style="width:30mm;height:10mm"></div><p id=end>After</p>"""


def pictures() -> dict[str, Picture]:
    title = sheet().fill("title", words("Only on the slide"))
    return {
        "picture-one": Picture(slide(title), paper(), "content"),
        "figure-one/2": Picture(diagram(), paper().on_paper()),
        "signature": Picture(diagram(), paper().on_paper()),
    }


@pytest.fixture(scope="module")
def made() -> bytes:
    return handout(BODY, pictures(), manifest=b'{"slides": []}')


def test_it_is_pdf_ua_1_and_pdf_a_3a(made: bytes, tmp_path: Path) -> None:
    assert list(findings(made, tmp_path)) == []


def test_many_stamped_handouts_are_valid(tmp_path: Path) -> None:
    for i in range(8):
        assert list(findings(handout(f"{BODY}<p>{'word ' * i * 40}</p>", pictures()), tmp_path)) == []


def test_a_link_over_a_whole_line_is_valid(tmp_path: Path) -> None:
    line = '<a href="#end" style="display:block"><span>Name</span> <b>page <i>1</i></b></a>'
    assert list(findings(handout(f"<h1 id=end>A</h1><p>{line}</p>", {}), tmp_path)) == []


def test_a_picture_has_no_text_of_its_own(made: bytes) -> None:
    assert "Only on the slide" not in poppler("pdftotext", made)


def test_a_figures_words_can_be_found(made: bytes) -> None:
    text = poppler("pdftotext", made)
    assert "Hypervisor" in text and "Docker Engine" in text
    assert text.count("Hypervisor") == 1, "the signature is decoration"


def test_a_figures_words_are_content_of_its_element(made: bytes) -> None:
    tree = poppler("pdfinfo", made, "-struct-text")
    before = tree[: tree.index("Caption")]
    assert "Hypervisor" in before[before.rindex("Figure") :]


def test_drawings_stand_in_their_places(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        names = set(pdf.pages[0].obj.Resources.XObject.keys())
        figure = pdf.Root.StructTreeRoot.K[0]
        boxes = [[float(corner) for corner in element.A.BBox] for element in figures(figure)]
        height = float(pdf.pages[0].obj.MediaBox[3])
    assert {"/Picture1", "/Figure1", "/Signature1"} <= names
    assert len(boxes) == 2
    assert all(0 < bottom < top < height for _, bottom, _, top in boxes)


def figures(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The `Figure` elements under an element of the structure tree."""
    if not isinstance(element, pikepdf.Dictionary):
        return []
    own: list[pikepdf.Object] = [element] if element.get("/S") == "/Figure" else []
    kids = element.get("/K", pikepdf.Array())
    return own + [found for kid in kids for found in figures(kid)] if isinstance(kids, pikepdf.Array) else own


def test_the_files_say_what_they_were_built_from(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        file = pdf.attachments["deckgen-manifest.json"]
        assert file.get_file().read_bytes() == b'{"slides": []}'
        assert pdf.Root.AF[0].AFRelationship == "/Data"
        with pdf.open_metadata() as metadata:
            assert metadata["{https://deckgen.example/ns/1/}manifest"] == "deckgen <1> & more"
    assert b"deckgen &lt;1&gt; &amp; more" in made


def test_all_forms_share_their_fonts(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        forms = pdf.pages[0].obj.Resources.XObject
        shared = {forms[name].Resources.objgen for name in ("/Picture1", "/Figure1", "/Signature1")}
    assert len(shared) == 1


def test_a_figure_needs_an_image_to_stand_in_for_it() -> None:
    with pytest.raises(LookupError, match="no figure"):
        handout('<h1>A</h1><div id="figure-one/2" style="height:9mm"></div>', pictures())


def test_the_same_handout_gives_the_same_bytes(made: bytes) -> None:
    assert handout(BODY, pictures(), manifest=b'{"slides": []}') == made


def test_a_stream_of_objects_does_not_end_in_a_line_end() -> None:
    for number in count():
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.Root.Numbers = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(N=number + n)) for n in range(300)])
            if ENDS_IN_CR in written(pdf, pikepdf.ObjectStreamMode.generate, ""):
                data = saved(pdf)
                break
    assert ENDS_IN_CR not in data and b"/ObjStm" in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [int(item.N) for item in pdf.Root.Numbers] == [number + n for n in range(300)]
