"""The handout: what stands in it, where, and what does not."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import page as validator
import pikepdf
import pytest
from weasyprint import HTML

from deckgen.blocks.agenda import Agenda
from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.code import Code
from deckgen.blocks.heading import Heading
from deckgen.blocks.layers import Layer, Layers, Stack
from deckgen.blocks.numbered import Numbered
from deckgen.blocks.paragraph import Paragraph
from deckgen.blocks.quote import Quote
from deckgen.blocks.table import Table
from deckgen.check.agree import check_handout
from deckgen.check.pdf_text import MANIFEST_NAME, PdfText, read_pdf_text
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.manifest import from_json, manifest_of
from deckgen.model.tabular import row_of
from deckgen.model.text import Paragraph as Said
from deckgen.model.text import Run, label
from deckgen.model.words import NO_BREAK
from deckgen.typeset.slides import typeset
from deckgen.write.handout import carried, render
from deckgen.write.handout.finish import boxes
from deckgen.write.handout.html import handout_html
from deckgen.write.handout.runs import TextSetter, bound, tokens
from deckgen.write.handout.setting import FontFetcher
from deckgen.write.handout.typefaces import typefaces
from tests.builders import STAMP, deck_of, every_kind, faces, paper

SENTENCE = "Most of the work goes into the cases that were left out of the first plan. "


def html_of(deck: Deck) -> str:
    return handout_html(deck, typeset(deck, paper(), faces()), paper(), faces())


def body_of(deck: Deck) -> str:
    """The HTML without its style sheet."""
    return html_of(deck).partition("</style>")[2]


@cache
def pdf_of(deck: Deck) -> bytes:
    show = typeset(deck, paper(), faces())
    return render.write_handout(deck, show, paper(), faces(), manifest_of(deck), STAMP)


def text_of(deck: Deck) -> str:
    return " ".join(read(deck).text.split())


@cache
def read(deck: Deck) -> PdfText:
    return read_pdf_text(pdf_of(deck))


def prose(text: str, note: str = "") -> Paragraph:
    return Paragraph(text=(Run(text, note=label(note)),))


def points(*texts: str) -> Bullets:
    return Bullets(items=tuple(Item(text=label(text)) for text in texts))


def stacks() -> Layers:
    return Layers(stacks=(Stack(layers=(Layer(text=label("App")), Layer(text=label("Host")))),), caption=label("Look"))


def test_every_kind_is_whole_in_the_handout_and_in_no_other_place() -> None:
    deck = every_kind()
    assert check_handout(deck, read(deck)) == ()


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_it_is_accessible_and_lasting(profile: str, tmp_path: Path) -> None:
    file = tmp_path / "handout.pdf"
    file.write_bytes(pdf_of(every_kind()))
    assert not validator.validate_pdf(str(file), profile=profile).failures


def test_speaker_notes_never_appear() -> None:
    said = (Said(label("Whispered words")),)
    deck = deck_of(
        Section(section=label("One"), id="one", notes=said),
        Slide(title=label("Two"), id="two", body=(points("a"),), notes=said),
        notes=said,
    )
    assert "Whispered" not in html_of(deck)


def test_what_only_the_deck_has_is_left_out_and_what_only_the_handout_has_is_set() -> None:
    deck = deck_of(
        Slide(title=label("Both"), id="both", body=(points("inside"), replace(points("gone"), only="deck"))),
        Slide(title=label("Shown"), id="shown", body=(points("there"),), only="deck"),
        Slide(title=label("Printed"), id="printed", body=(points("here"),), only="handout"),
    )
    text = text_of(deck)
    assert "inside" in text and "here" in text
    assert not {"gone", "there"} & set(text.split())
    assert text.index("Slide 2") < text.index("inside") < text.index("Printed", text.index("inside"))
    assert "Slide 3" not in text


def test_text_is_never_markup() -> None:
    hostile = "<script>x</script> &amp; \"'"
    deck = deck_of(
        Section(section=label(hostile), summary=label(hostile), id="s"),
        Slide(title=label(hostile), id="a", body=(points(hostile),), handout=(prose(hostile, hostile),)),
        Slide(title=label("Code"), id="c", body=(Code(text=hostile, caption=label(hostile)),)),
        title=label(hostile),
        author=label(hostile),
    )
    assert "<script" not in body_of(deck)
    assert text_of(deck).count("<script>x</script> &amp;") >= 8


@pytest.mark.parametrize(("name", "size"), [("A4", (595.28, 841.89)), ("Letter", (612, 792)), ("A5", (419.53, 595.28))])
def test_paper(name: str, size: tuple[float, float]) -> None:
    with pikepdf.open(io.BytesIO(pdf_of(replace(every_kind(), paper=name)))) as pdf:  # type: ignore[arg-type]
        for page in pdf.pages:
            assert [float(side) for side in page.mediabox[2:]] == pytest.approx(size, abs=0.01)


def test_the_contents_name_sections_slides_and_pages() -> None:
    deck = deck_of(
        Slide(title=label("What comes"), id="agenda", body=(Agenda(),)),
        Section(section=label("Alpha"), summary=label("the first"), id="alpha"),
        Slide(title=label("In alpha"), id="in-alpha", body=(points("x"),), handout=(prose(SENTENCE * 12),) * 4),
        Section(section=label("Beta"), id="beta"),
        Slide(title=label("In beta"), id="in-beta", body=(points("x"),)),
    )
    assert "What comes 1Alphaslides 3–42 the first 2Betaslides 5–63" in text_of(deck)
    with pikepdf.open(io.BytesIO(pdf_of(deck))) as pdf:
        assert len(pdf.pages) == 3


def test_a_talk_without_sections_lists_its_slides() -> None:
    deck = deck_of(Slide(title=label("Alone"), id="a", body=(points("x"),)))
    assert "Contents Aloneslide 22" in text_of(deck)


def test_figures_tables_and_listings_are_numbered_by_themselves() -> None:
    table = Table(rows=(row_of(label("a"), label("b")),), caption=label("Rows"))
    deck = deck_of(
        Slide(title=label("A"), id="a", body=(stacks(),)),
        Slide(title=label("B"), id="b", body=(table,)),
        Slide(title=label("C"), id="c", body=(Code(text="x = 1", caption=label("One line")),)),
        Slide(title=label("D"), id="d", body=(stacks(),)),
        Slide(title=label("E"), id="e", body=(table,), only="handout"),
    )
    text = text_of(deck)
    for caption in (
        "Figure 1. Look. Slide 2.",
        "Table 1. Rows. Slide 3.",
        "Listing 1. One line. Slide 4.",
        "Figure 2. Look. Slide 5.",
    ):
        assert caption in text
    assert "Table 2. Rows a" in text
    assert len(read(deck).figures) == 2


def test_footnotes_are_numbered_and_stand_before_their_paragraph() -> None:
    deck = deck_of(
        Slide(
            title=label("Notes"),
            id="n",
            body=(points("x"),),
            handout=(prose("First.", "One note"), prose("Second.", "Another note")),
        )
    )
    assert "1 One note First.1 2 Another note Second.2" in text_of(deck)


def test_a_quote_without_a_title_is_printed_once_and_is_its_own_bookmark() -> None:
    deck = deck_of(Section(section=label("S"), id="s"), Slide(id="q", body=(Quote(text=label("Walls, not machines")),)))
    assert text_of(deck).count("Walls, not machines") == 1
    with pikepdf.open(io.BytesIO(pdf_of(deck))) as pdf, pdf.open_outline() as outline:
        chapter = outline.root[-1]
        assert (chapter.title, " ".join(chapter.children[0].title.split())) == ("S", "Walls, not machines")


def test_headings_lists_and_headers_are_tagged() -> None:
    table = Table(header=(row_of((), label("Up")),), rows=(row_of(label("Row"), label("cell")),))
    steps = Numbered(items=(Item(text=label("one"), items=(label("under"),)),))
    deck = deck_of(
        Slide(title=label("T"), id="t", body=(table,), handout=(Heading(text=label("Under")), steps)),
    )
    with pikepdf.open(io.BytesIO(pdf_of(deck))) as pdf:
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/StructElem"]
        tags = {str(element.S) for element in elements}
        scopes = sorted(str(element.A.Scope) for element in elements if element.S == "/TH")
        figures = [str(element.Alt) for element in elements if element.S == "/Figure"]
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Lbl", "/LBody", "/Table"} <= tags
    assert scopes == ["/Column", "/Row"]
    assert figures == ["Slide 2: T"]


def test_the_same_arguments_give_the_same_bytes_with_the_manifest_in_them() -> None:
    deck = every_kind()
    again = render.write_handout(deck, typeset(deck, paper(), faces()), paper(), faces(), manifest_of(deck), STAMP)
    assert again == pdf_of(deck)
    found = from_json(read(deck).manifest or b"")
    assert found and replace(found, pages={}, prints=()) == manifest_of(deck)
    assert set(found.pages) == {"title", *(entry.id for entry in deck.slides)} and len(found.prints) == read(deck).pages
    assert carried.MANIFEST_NAME == MANIFEST_NAME


def test_margin_items_keep_apart_and_on_their_page() -> None:
    """Tiny slides, and paragraphs with long notes, side by side and over page ends."""
    tiny = [Slide(title=label(f"Tiny {i}"), id=f"t{i}", body=(stacks(),)) for i in range(6)]
    notes = tuple(prose(SENTENCE * (i % 3 + 1), SENTENCE * 2) for i in range(25))
    deck = deck_of(
        Section(section=label("Small"), id="s"), *tiny, Slide(title=label("Big"), id="b", body=(), handout=notes)
    )
    fetcher = FontFetcher(typefaces((), paper(), faces()).files())
    document = HTML(string=html_of(deck), url_fetcher=fetcher).render()
    found = 0
    for sheet in document.pages:
        column = [
            (box.border_box_y(), box.border_box_y() + box.border_height())
            for box in boxes(sheet._page_box)
            if box.style["float"] == "left"
        ]
        column.sort()
        found += len(column)
        assert all(upper[1] <= lower[0] for upper, lower in pairwise(column))
        assert all(bottom <= sheet.height - 25 / 25.4 * 96 + 12 for _, bottom in column)
    assert found >= 6 + 6 + 25


def test_a_code_longer_than_a_page_runs_on_and_loses_no_line() -> None:
    deck = deck_of(Slide(title=label("Long"), id="l", body=(Code(text="\n".join(f"line_{i}" for i in range(90))),)))
    text = text_of(deck)
    assert all(f"line_{i}" in text for i in range(90))


def test_only_fonts_of_the_theme_are_fetched() -> None:
    fetcher = FontFetcher({})
    for address in ("https://example.org/x.css", "file:///etc/passwd", "ftp://example.org/x"):
        with pytest.raises(ValueError, match="not one of"):
            fetcher.fetch(address)


def test_links_lead_to_places_in_the_handout_or_become_text() -> None:
    setter = TextSetter(frozenset({"there"}))
    assert setter.runs((Run("a", link="#there"),)) == '<a href="#at-there">a</a>'
    assert setter.runs((Run("a", link="#gone"), Run("b", link="javascript:x"))) == "ab"
    assert setter.runs((Run("a", link="https://x.org/?a&b", bold=True),)) == (
        '<a href="https://x.org/?a&amp;b"><strong>a</strong></a>'
    )


def test_neighbours_of_one_look_share_an_element() -> None:
    assert TextSetter().runs((Run("a", bold=True), Run("b", bold=True), Run("c"))) == "<strong>ab</strong>c"
    assert tokens((Run("def ", code=True, colour="code_keyword"), Run("f", code=True))) == (
        '<span class="ink-code-keyword">def </span>f'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes 64 GB, or 5 %.", f"It takes 64{NO_BREAK}GB, or 5{NO_BREAK}%."),
        ("4 guests, 2026 March", "4 guests, 2026 March"),
        ("in 2 months", "in 2 months"),
    ],
)
def test_numbers_keep_their_units(text: str, expected: str) -> None:
    assert bound(label(text)) == label(expected)


def test_a_style_sheet_cannot_end_its_element() -> None:
    deck = every_kind()
    theme = replace(paper(), css="</style><b>")
    assert "</style><b>" not in handout_html(deck, typeset(deck, paper(), faces()), theme, faces())


def test_no_font_of_the_machine_takes_the_place_of_the_themes() -> None:
    html = handout_html(every_kind(), typeset(every_kind(), paper(), faces()), paper(), faces())
    own = set(re.findall(r'@font-face\{font-family:"([^"]+)"', html))
    assert own and all(name.startswith("deckgen ") for name in own)
    used = set(re.findall(r'"(deckgen [^"]+)"', html))
    assert used == own
