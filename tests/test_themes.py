"""What holds for every theme: each kind of block draws in it, and both outputs say what the talk says."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pptx
import pytest

from deckgen.blocks import block_class, kinds
from deckgen.build import Options, build
from deckgen.check.fit import check_fit
from deckgen.model.drawing import AutoShape, Group, TextBox
from deckgen.model.text import label, plain
from deckgen.model.theme import Theme
from deckgen.read.deck import read_deck
from deckgen.read.theme import read_theme
from deckgen.talk import prepare
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.fonts import Faces
from deckgen.typeset.furniture import Standing, furniture
from deckgen.typeset.sheet import Sheet
from deckgen.typeset.signature import signature
from deckgen.typeset.slides import typeset
from deckgen.units import Box
from deckgen.world import DiskWorld, MemoryWorld, packaged_themes
from deckgen.write.pptx.colour import colour_markup
from deckgen.write.pptx.template import template
from deckgen.write.pptx.text import Pen
from tests.command import deckgen
from tests.judges import schema_check
from tests.judges.package_check import find, values
from tests.opened import Opened, opened
from tests.test_cases import FILES, source

FOLDER = packaged_themes()
THEMES = MemoryWorld().themes()
DRAWN = sorted(kind for kind in kinds() if not block_class(kind).PRINT_ONLY)


def test_there_are_three_themes() -> None:
    assert THEMES == ("night", "paper", "signal")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", DRAWN)
def test_every_kind_draws_in_every_theme(kind: str, theme: str) -> None:
    world = MemoryWorld({"case.yaml": source(kind).encode(), **FILES}, default_folder())
    made = build(world, "case.yaml", Options(theme=theme, only="deck", slides_pdf=True))
    assert made.diagnostics == ()
    assert [output.suffix for output in made.outputs] == [".pptx", "-slides.pdf"]


def template_of(name: str) -> Opened:
    theme = theme_named(name)
    return opened(template_bytes(theme))


def theme_named(name: str) -> Theme:
    theme, problems = read_theme(MemoryWorld(), name)
    assert theme, problems
    return theme


def template_bytes(theme: Theme) -> bytes:
    return template(Pen(theme, colour_markup(theme), "en"), Standing(label("A talk"), total=9))


@pytest.mark.parametrize("theme", THEMES)
def test_colours_and_fonts_stand_in_the_theme_alone(theme: str) -> None:
    package, mono = template_of(theme), theme_named(theme).fonts["mono"].family
    parts = [package.root(name) for name in package.named("ppt/") if "/theme/" not in name]
    assert [colour for part in parts for colour in values(part, "//a:srgbClr/@val")] == []
    named = {font for part in parts for font in values(part, "//a:latin/@typeface|//a:buFont/@typeface")}
    assert named == {"+mj-lt", "+mn-lt", mono}


def test_a_dark_theme_maps_ground_and_text_the_other_way_but_prints_on_white() -> None:
    package = template_of("night")
    master = find(package.root("ppt/slideMasters/slideMaster1.xml"), "//p:clrMap")[0]
    assert [master.get(name) for name in ("bg1", "tx1", "bg2", "tx2")] == ["dk1", "lt1", "dk2", "lt2"]
    slots = package.root("ppt/theme/theme1.xml")
    assert values(slots, "//a:dk1/a:srgbClr/@val|//a:lt1/a:srgbClr/@val") == ["0E1318", "EAEFF4"]
    for part in ("ppt/notesMasters/notesMaster1.xml", "ppt/handoutMasters/handoutMaster1.xml"):
        printed = find(package.root(part), "//p:clrMap")[0]
        assert (printed.get("bg1"), printed.get("tx1")) == ("lt1", "dk1")
    assert values(package.root("ppt/theme/theme2.xml"), "//a:lt1/a:srgbClr/@val") == ["FFFFFF"]


def test_a_layout_may_have_a_ground_of_its_own_with_links_that_show_on_it() -> None:
    package = template_of("signal")
    title = package.root("ppt/slideLayouts/slideLayout1.xml")
    assert values(title, "//p:bg//a:schemeClr/@val") == ["accent1"]
    assert values(title, "//a:overrideClrMapping/@hlink") == ["lt1"]
    bullets = next(
        root
        for root in (package.root(name) for name in package.named("ppt/slideLayouts/"))
        if values(root, "p:cSld/@name") == ["Title and Content"]
    )
    assert find(bullets, "//p:bg") == [] and find(bullets, "//a:masterClrMapping")
    assert values(bullets, "//a:lvl1pPr/a:buSzPct/@val")[:1] == ["62000"]
    assert values(bullets, "//a:lvl1pPr/a:buFont/@typeface")[:1] == ["JetBrains Mono"]


@pytest.mark.parametrize("theme", THEMES)
def test_a_speaker_with_a_long_role_has_room_on_the_title_slide(theme: str) -> None:
    head = "deckgen: 1\ntitle: A talk\nauthor: Dana Whitfield\nrole: Head of Sales, Northwind Tools and Services GmbH\n"
    event = "event: Autumn meeting of the regional advisory board\ndate: 2027-01-19\n"
    deck, found = read_deck(MemoryWorld({"talk.yaml": f"{head}{event}slides:\n  - title: One\n".encode()}), "talk.yaml")
    assert deck and not found
    look = theme_named(theme)
    assert not list(check_fit(typeset(deck, look, Faces(look, default_folder())), look))


@pytest.mark.parametrize("theme", THEMES)
def test_the_template_suits_the_schema(theme: str, tmp_path: Path) -> None:
    file = tmp_path / "template.pptx"
    file.write_bytes(template_bytes(theme_named(theme)))
    assert schema_check.findings(file) == []


def texts_of(theme: str, slide: int) -> dict[str, str]:
    """What the placeholders of a slide of the talk say, by the names of their frames."""
    world = DiskWorld(FOLDER.parent, default_folder())
    made = build(world, "source/understanding-docker.yaml", Options(theme=theme, only="deck"))
    shapes = pptx.Presentation(io.BytesIO(made.outputs[0].data)).slides[slide - 1].placeholders
    return {shape.name.rpartition("/")[2].rstrip(")"): shape.text_frame.text for shape in shapes}


def test_every_theme_says_where_a_slide_stands_in_its_own_way() -> None:
    night, paper, signal = (texts_of(theme, 11) for theme in THEMES)
    assert (night["kicker"], night["footer"], night["slide_number"]) == (
        "03  scalability", "understanding-docker", "11 / 17",
    )  # fmt: skip
    assert (paper["section_number"], paper["section_name"], paper["footer"]) == (
        "3",
        "Scalability",
        "Understanding Docker",
    )
    assert signal["footer"].split("      ") == ["Architecture", "Portability", "Scalability", "Security", "Choosing"]
    assert (paper["slide_number"], signal["slide_number"]) == ("11", "11")


def test_the_strip_of_sections_and_the_band_of_the_conclusion_are_drawn() -> None:
    talk, _ = prepare(DiskWorld(FOLDER.parent, default_folder()), "source/understanding-docker.yaml", "night")
    assert talk
    [page] = [page for page in talk.show.pages if page.id == "scaling"]
    [strip] = [shape for shape in page.drawing.shapes if shape.key == "scaling/progress"]
    assert isinstance(strip, Group) and strip.decorative
    colours = [shape.fill for shape in strip.shapes if isinstance(shape, AutoShape)]
    assert colours == ["rule_strong", "rule_strong", "accent", "rule", "rule"]
    [bar] = [shape for shape in page.drawing.shapes if shape.key == "scaling/takeaway/mark-1"]
    assert isinstance(bar, AutoShape) and bar.fill == "accent"
    [other] = [page for page in talk.show.pages if page.id == "container"]
    assert not [shape for shape in other.drawing.shapes if "takeaway" in shape.key]


def test_the_signature_has_a_cell_for_each_letter_or_a_bar_for_each_word() -> None:
    night, signal = theme_named("night").layouts["title"].signature, theme_named("signal").layouts["closing"].signature
    assert night and signal
    cells = signature(night, label("Go on"), label("now"), "mark")
    assert cells and [shape.fill for shape in cells.shapes if isinstance(shape, AutoShape)] == [
        "surface2", "rule_strong", "accent", "accent", "surface2", "rule_strong", "surface2",
    ]  # fmt: skip
    bars = signature(signal, label("One two three four five"), (), "mark")
    assert bars and len(bars.shapes) == signal.max_words == 4
    assert [round(shape.box.right, 2) for shape in bars.shapes] == [round(signal.x, 2)] * 4
    assert [shape.fill for shape in bars.shapes if isinstance(shape, AutoShape)] == ["mark_on_accent"] * 3 + ["accent2"]
    assert signature(signal, (), (), "mark") is None


def test_too_many_sections_for_the_footer_leave_the_current_one_alone() -> None:
    names = tuple(label(f"A section with a long name, number {i}") for i in range(1, 8))
    sheet = Sheet(
        theme_named("signal"), Faces(theme_named("signal"), default_folder()), "content", "s", Box(0, 0, 1, 1)
    )
    [footer, _] = furniture(Standing(label("Talk"), names, 2, "2", names[1]), sheet)
    assert plain(footer.paragraphs[0].text) == "A section with a long name, number 2"
    [footer, _] = furniture(Standing(label("Talk")), sheet)
    assert plain(footer.paragraphs[0].text) == "Talk"


def test_the_command_lists_the_themes_and_draws_a_talk_in_each(tmp_path: Path) -> None:
    done = deckgen("themes", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line.split("  ")[0].strip() for line in done.stdout.splitlines()[:3]] == ["night", "paper", "signal"]
    sheet = tmp_path / "build" / "themes.pdf"
    words = subprocess.run(["pdftotext", str(sheet), "-"], capture_output=True, text=True, check=True).stdout
    pages = words.split("\f")[:-1]
    assert [page.splitlines()[0] for page in pages] == ["night", "paper", "signal"]
    assert all("is to be left alone." in page for page in pages)


def test_the_command_draws_ones_own_talk_and_tells_what_is_wrong_with_ones_own_theme(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text("deckgen: 1\ntitle: Mine\nslides:\n  - title: One\n    bullets: [a]\n")
    broken = (FOLDER / "paper" / "theme.yaml").read_text(encoding="utf-8").replace('muted: "#685F55"', "muted: grey", 1)
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    (tmp_path / "themes" / "mine" / "theme.yaml").write_text(broken, encoding="utf-8")
    (tmp_path / "themes" / "mine" / "handout.css").write_text("")
    done = deckgen("themes", "talk.yaml", "--out", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "themes/mine/theme.yaml:" in done.stderr and "'grey' is no colour" in done.stderr
    assert "mine" not in done.stdout and "signal" in done.stdout
    with pikepdf.open(tmp_path / "out" / "themes.pdf") as pdf:
        assert len(pdf.pages) == 3


def test_rows_of_the_signature_keep_clear_of_a_long_title() -> None:
    source = "deckgen: 1\ntitle: {}\nsubtitle: one two three four five six\nslides:\n  - title: One\n    bullets: [a]\n"
    rows = {}
    for title in ("Short", "A title that is long enough to be set in two lines at this size"):
        world = MemoryWorld({"talk.yaml": source.format(title).encode()}, default_folder())
        talk, _ = prepare(world, "talk.yaml", "night")
        assert talk
        [mark] = [shape for shape in talk.show.pages[0].drawing.shapes if shape.key == "title/signature"]
        [text] = [shape for shape in talk.show.pages[0].drawing.shapes if shape.key == "title/title"]
        assert isinstance(mark, Group) and isinstance(text, TextBox)
        assert mark.box.bottom <= text.box.bottom - text.height_pt
        rows[title] = len({shape.box.y for shape in mark.shapes})
    assert list(rows.values()) == [7, 6]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("layout", ["content", "dense", "picture_right"])
def test_paragraphs_lists_and_callouts_of_a_slide_are_of_one_size(theme: str, layout: str) -> None:
    slide = f"  - title: One\n    layout: {layout}\n    body: [Words, {{bullets: [Words]}}, {{callout: Words}}]\n"
    source = f"deckgen: 1\ntitle: T\nslides:\n{slide}"
    talk, _ = prepare(MemoryWorld({"talk.yaml": source.encode()}, default_folder()), "talk.yaml", theme)
    assert talk
    texts = [s for s in talk.show.pages[1].drawing.shapes if isinstance(s, TextBox)]
    running = [p for s in texts for p in s.paragraphs if plain(p.text).startswith("Words")]
    assert len(running) == 3
    assert len({(p.style.size_pt, p.style.leading_pt) for p in running}) == 1
