"""The handout for a print shop, as Poppler, qpdf and pikepdf see it."""

from __future__ import annotations

import base64
import io
import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from deckgen.check.pdf_text import read_manifest
from deckgen.diagnostics import NOWHERE, Diagnostic, Span
from deckgen.model.production import Press
from deckgen.read.theme import read_theme
from deckgen.units import PT_PER_MM
from deckgen.world import MemoryWorld
from deckgen.write.pages.forms import Picture as Drawn
from deckgen.write.production import inks as shop_inks
from deckgen.write.production import press as shop
from deckgen.write.production.inks import BLACK, BUILT_IN, Inks, rgb
from tests.builders import STAMP, paper
from tests.judges.inks import separations
from tests.pages_builders import EMPTY, diagram, handout, poppler

GRADIENT = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='60' height='20'><defs><linearGradient id='g' "
    "gradientUnits='userSpaceOnUse' x1='0' y1='0' x2='60' y2='0'><stop offset='0' stop-color='%23f00'/>"
    "<stop offset='.5' stop-color='%23ff0'/><stop offset='1' stop-color='%230000ff'/></linearGradient></defs>"
    "<rect width='60' height='20' fill='url(%23g)' opacity='.5'/></svg>"
)


def dots() -> str:
    """A picture of many colours, as an address."""
    data = io.BytesIO()
    Image.frombytes("RGB", (40, 40), bytes(i * 7 % 256 for i in range(4800))).save(data, "PNG")
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode()


BODY = f"""
<div style="position:absolute;left:-500pt;top:-75pt;width:2000pt;height:60pt;background:#A5301C"></div>
<h1 style="color:#221D18">Head</h1><p><a href="https://example.org">A link</a></p>
<p style="color:#685F55">Muted</p><div style="width:80mm;height:20mm;background:rgba(29,90,102,.4)"></div>
<p><img id="figure-one" src="{EMPTY}" alt="Boxes"></p><p><img src="{GRADIENT}" alt="Colours"></p>
<p><img src="{dots()}" alt="Dots"></p>"""


@cache
def made() -> bytes:
    pdf, problems = shop.press(handout(BODY, {"figure-one": Drawn(diagram(), paper())}), paper(), STAMP, NOWHERE)
    assert [problem.code for problem in problems] == ["resolution"], "the dots are coarse"
    return pdf


def plates(pdf: bytes, folder: Path, dpi: int = 72) -> Image.Image:
    """The first page as Poppler separates it, with all paper around it."""
    (folder / "press.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-jpegcmyk", "-singlefile", "-r", str(dpi), "press.pdf", "page"],
        cwd=folder,
        check=True,
    )
    return Image.open(folder / "page.jpg")


def test_no_colour_of_the_screen_is_left(tmp_path: Path) -> None:
    (tmp_path / "press.pdf").write_bytes(made())
    command = ["qpdf", "--qdf", "--object-streams=disable", "--normalize-content=n", "press.pdf", "-"]
    plain = subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.PIPE).stdout
    assert re.search(rb"\s[kK]\s", plain), "the test sees operators of colour"
    assert not re.findall(rb"[\d.]+ [\d.]+ [\d.]+ (?:rg|RG|scn|SCN|sc|SC)\s", plain)
    for name in (b"/DeviceRGB", b"/CalRGB", b"/Lab", b"/N 3"):
        assert name not in plain
    assert subprocess.run(["qpdf", "--check", "press.pdf"], cwd=tmp_path, capture_output=True).returncode == 0


def test_pictures_are_in_four_colours() -> None:
    listed = [line.split() for line in poppler("pdfimages", made(), "-list").splitlines()[2:]]
    assert listed and {line[5] for line in listed if line[2] == "image"} == {"cmyk"}


def test_the_boxes_are_exact() -> None:
    boxes = dict(re.findall(r"(\w+Box): +([-\d. ]+)", poppler("pdfinfo", made(), "-box")))
    trim, bleed, media = ([float(v) for v in boxes[f"{name}Box"].split()] for name in ("Trim", "Bleed", "Media"))
    assert trim == [0, 0, 595.28, 841.89]
    for found, mm in ((bleed, 3), (media, 10)):
        grown = [-mm * PT_PER_MM, -mm * PT_PER_MM, trim[2] + mm * PT_PER_MM, trim[3] + mm * PT_PER_MM]
        assert found == pytest.approx(grown, abs=0.01)


def test_colour_runs_over_the_trim_and_no_further(tmp_path: Path) -> None:
    sheet = plates(made(), tmp_path)
    margin, bleed = 10 * PT_PER_MM, 3 * PT_PER_MM
    panel = margin + 30
    assert sum(sheet.getpixel((int(margin - bleed) + 2, int(panel)))) > 200  # type: ignore[arg-type]
    assert sum(sheet.getpixel((int(sheet.width - margin + bleed) - 2, int(panel)))) > 200  # type: ignore[arg-type]
    assert sum(sheet.getpixel((int(margin - bleed) - 2, int(panel)))) < 20  # type: ignore[arg-type]


def test_crop_marks_point_at_the_trim_on_all_plates(tmp_path: Path) -> None:
    sheet = plates(made(), tmp_path, 600)
    points = 600 / 72
    across = sheet.crop((0, round(3 * PT_PER_MM * points), round(60 * points), round(3 * PT_PER_MM * points) + 1))
    columns = [x for x in range(across.width) if min(across.getpixel((x, 0))) > 60]  # type: ignore[arg-type]
    assert columns, "a mark on all four plates"
    assert sum(columns) / len(columns) / points == pytest.approx(10 * PT_PER_MM, abs=0.15)


def test_text_is_black_alone_and_greys_are_tints_of_it() -> None:
    inks = Inks(paper())
    assert inks.of(rgb(paper().on_paper().colours["text"])) == BLACK
    assert inks.of((0, 0, 0)) == BLACK
    assert inks.of((255, 255, 255)) == (0, 0, 0, 0)
    *others, black = inks.of(rgb("#685F55"))
    assert others == [0, 0, 0] and 0.5 < black < 0.85
    assert inks.of(rgb("#A5301C"))[1] > 0.8, "red is magenta and yellow"


def test_black_text_stands_on_one_plate(tmp_path: Path) -> None:
    """Small type, headings and code: not a trace on the other plates, as Ghostscript separates them."""
    words = "Words of running text that nobody wants to see with coloured edges. " * 20
    text, code = (paper().on_paper().colours[role] for role in shop_inks.BLACK_ROLES)
    body = f'<h1 style="color:{text}">Head</h1><p style="color:{text};font-size:7pt">{words}</p>'
    pdf, _ = shop.press(handout(f'{body}<pre style="color:{code}">code</pre>', {}), paper(), STAMP, NOWHERE)
    (page,) = separations(pdf, tmp_path, 150)
    page = page.inside(round(10 / 25.4 * 150))
    assert page.black.max() == 100 and (page.black > 90).sum() > 2000
    assert max(plate.max() for plate in (page.cyan, page.magenta, page.yellow)) == 0


def test_a_coarse_picture_is_told() -> None:
    pdf = handout(BODY, {"figure-one": Drawn(diagram(), paper())})
    _, problems = shop.press(pdf, paper(), STAMP, Span("talk.yaml", 3, 8))
    (found,) = problems
    assert (found.code, str(found.span)) == ("resolution", "talk.yaml:3:8")
    assert found.message.startswith("a picture of 40 × 40 pixels is printed with 17 pixels to the inch on page 1")
    assert found.hint.startswith("use one of 709 × 709 pixels")


def test_the_theme_names_inks_of_its_own() -> None:
    own = replace(paper(), press=Press(cmyk={"accent": (0, 85, 90, 15)}))
    assert Inks(own).of(rgb(own.colours["accent"])) == (0, 0.85, 0.9, 0.15)


def test_too_much_ink_is_said_by_the_colours_name() -> None:
    tight = replace(paper(), press=Press(ink_limit=100))
    inks = Inks(tight)
    inks.of(rgb(tight.colours["accent"]))
    (problem,) = inks.problems()
    assert problem.severity == "warning" and str(problem.span) == "themes/paper/theme.yaml"
    assert re.match(r"accent, .*\(#A5301C\) takes \d+ % of ink, and the limit is 100 %", problem.message)


def test_it_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFX" and str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == BUILT_IN.read_bytes() and intent.DestOutputProfile.N == 4
        assert pdf.docinfo.Trapped == "/False" and pdf.pdf_version == "1.6" and "/ID" in pdf.trailer
        assert not [page for page in pdf.pages if "/Annots" in page.obj], "no link may lie on the page"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4" and metadata["pdf:Trapped"] == "False"
            assert "pdfaid:part" not in metadata and "pdfuaid:part" not in metadata
            for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "dc:title"):
                assert name in metadata
    assert read_manifest(made()) is not None


def test_the_words_are_those_of_the_handout() -> None:
    whole = handout(BODY, {"figure-one": Drawn(diagram(), paper())})
    assert poppler("pdftotext", made()).split() == poppler("pdftotext", whole).split()


def test_the_same_bytes_twice() -> None:
    again, _ = shop.press(handout(BODY, {"figure-one": Drawn(diagram(), paper())}), paper(), STAMP, NOWHERE)
    assert again == made()


def problems_of_press(lines: str, files: dict[str, bytes] | None = None) -> tuple[Diagnostic, ...]:
    folder = Path(__file__).parent.parent / "themes" / "paper"
    theme = (folder / "theme.yaml").read_text("utf-8") + f"\npress:\n{lines}"
    world = MemoryWorld(
        {
            "themes/paper/theme.yaml": theme.encode(),
            "themes/paper/handout.css": (folder / "handout.css").read_bytes(),
            **(files or {}),
        },
    )
    return read_theme(world, "paper", Span("talk.yaml"))[1]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("  cmyk: {accent: [100, 100, 90, 40]}\n", "'accent' takes 330 % of ink, and the limit is 300 %"),
        ("  cmyk: {accent: [0, 120, 90, 0]}\n", "'accent' needs four inks"),
        ("  cmyk: {nothing: [0, 0, 0, 0]}\n", "there is no colour 'nothing'"),
        ("  profile: shop.icc\n", "shop.icc is no ICC profile for CMYK"),
    ],
)
def test_what_a_theme_has_wrong_is_said(lines: str, message: str) -> None:
    found = problems_of_press(lines, {"themes/paper/shop.icc": b"nothing of the kind" * 10})
    assert [problem.message for problem in found] == [message]
    assert found[0].span.line > 0


def test_a_theme_brings_a_profile() -> None:
    assert problems_of_press("  profile: shop.icc\n", {"themes/paper/shop.icc": BUILT_IN.read_bytes()}) == ()
