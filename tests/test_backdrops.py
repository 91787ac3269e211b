"""Pictures that slides stand on: in both files, cut round their focus, and dim enough that text can be read on them."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from deckgen.check.agree import check_deck
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.write.pages.slides import write_slides_pdf
from tests.judges import package_check, schema_check
from tests.judges.libreoffice import to_pdf
from tests.judges.package_check import find, values
from tests.judges.similarity import alike, pictures
from tests.opened import only, opened
from tests.pairs import Outcome, outcome, prepared

WIDTH, HEIGHT = 1600, 1200
BLACK, WHITE, BLUE = (0, 0, 0), (255, 255, 255), (20, 20, 90)


def stripes(*colours: tuple[int, int, int], kind: str = "JPEG") -> bytes:
    """A picture of level stripes of the same height."""
    rows = np.repeat(np.array(colours, dtype=np.uint8), HEIGHT // len(colours), axis=0)
    pixels = np.repeat(rows[:, None, :], WIDTH, axis=1)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, quality=95)
    return out.getvalue()


FILES = {
    "blue.jpg": stripes(BLUE),
    "flag.jpg": stripes(BLACK, WHITE, BLACK),
    "bright.png": stripes(BLUE, WHITE, BLUE, kind="PNG"),
}
BULLETS = "bullets: [Words that stand on the picture]"


def source(background: str, rest: str = BULLETS) -> str:
    return f"deckgen: 1\ntitle: Pictures\nslides:\n  - title: On it\n    background: {background}\n    {rest}\n"


def told(background: str, rest: str = BULLETS) -> list[str]:
    """All that is said of a slide, as `severity: message (hint)`."""
    _, found = prepared(source(background, rest), FILES)
    return [f"{problem.severity}: {problem.message} ({problem.hint})" for problem in found]


@pytest.fixture(scope="module")
def made() -> Outcome:
    found = outcome(source("{image: blue.jpg, ground: dark}"), files=FILES)
    assert found.talk and not found.found and not found.problems
    return found


def shown(deck: bytes) -> Image.Image:
    """The picture that the second slide of a deck stands on."""
    package = opened(deck)
    [relation] = values(package.slide(2), "p:cSld/p:bg/p:bgPr/a:blipFill/a:blip/@r:embed")
    relations = {node.get("Id"): str(node.get("Target")) for node in package.root("ppt/slides/_rels/slide2.xml.rels")}
    return Image.open(io.BytesIO(package.files["ppt/" + relations[relation].removeprefix("../")]))


def colour(image: Image.Image, down: float) -> tuple[int, ...]:
    """The colour of a picture at a share of its height, rounded: JPEG is never exact."""
    pixel = image.convert("RGB").getpixel((image.width // 2, round(image.height * down)))
    assert isinstance(pixel, tuple)
    return tuple(round(channel / 10) * 10 for channel in pixel)


def test_the_deck_has_the_picture_as_its_ground(made: Outcome, tmp_path: Path) -> None:
    image = shown(made.deck)
    assert image.width / image.height == pytest.approx(16 / 9, abs=0.01)
    assert colour(image, 0.5) == (20, 20, 90)
    file = tmp_path / "deck.pptx"
    file.write_bytes(made.deck)
    assert package_check.findings(made.deck) == [] and schema_check.findings(file) == []


def test_text_has_the_colours_of_the_ground(made: Outcome) -> None:
    slide = opened(made.deck).slide(2)
    assert only(slide, "p:clrMapOvr/a:overrideClrMapping").get("bg1") == "dk1"
    assert find(slide, "//p:sp//a:solidFill") == [], "Reset would change it"


def test_the_focus_says_what_is_cut() -> None:
    above = outcome(source("{image: flag.jpg, focus: [0.5, 0], shade: 95}"), True, FILES)
    below = outcome(source("{image: flag.jpg, focus: [0.5, 1], shade: 95}"), True, FILES)
    # Stripes end at 1/3 and 2/3 of the whole, of which 3/4 are left.
    assert colour(shown(above.deck), 0.47) > colour(shown(above.deck), 0.42)
    assert colour(shown(below.deck), 0.08) < colour(shown(below.deck), 0.14)


def test_a_shade_lays_the_ground_over_the_picture() -> None:
    half = outcome(source("{image: blue.jpg, ground: dark, shade: 50}"), True, FILES)
    ground = (0x22, 0x1D, 0x18)
    assert colour(shown(half.deck), 0.5) == tuple(
        round((a + b) / 20) * 10 for a, b in zip((20, 20, 90), ground, strict=True)
    )


def test_text_that_nobody_can_read_is_an_error_with_the_way_out() -> None:
    [problem] = told("{image: blue.jpg}")
    assert re.match(
        r"error: .+ has a contrast of 1\.\d\d with the picture under it on slide 2, and needs 4\.5", problem
    )
    found = re.search(r"write `shade: (\d+)`", problem)
    assert found
    assert told(f"{{image: blue.jpg, shade: {found[1]}}}") == []
    assert told(f"{{image: blue.jpg, shade: {int(found[1]) - 10}}}") != [], "it is the least that does"
    assert told("{image: blue.jpg, ground: dark}") == []


def test_text_on_a_filled_shape_is_as_readable_as_the_theme_made_it() -> None:
    bright = "{image: bright.png, ground: dark}"
    assert told(bright, "code: {language: python, text: a = 1}") == []
    assert len(told(bright)) == 1


@pytest.mark.parametrize(
    ("background", "message"),
    {
        "{image: none.jpg}": "none.jpg",
        "{image: blue.jpg, ground: pink}": "has no background 'pink'",
        "{image: blue.jpg, ground: dark, focus: [2, 0]}": "`focus` is no point of the picture",
        "{image: blue.jpg, ground: dark, shade: 101}": "`shade` is 101, and can be 0 to 100",
        "{ground: dark, shade: 10}": "there is no picture to put a `shade` on",
        "{picture: blue.jpg}": "unknown key 'picture'",
    }.items(),
)
def test_what_is_wrong_is_told(background: str, message: str) -> None:
    assert any(message in problem for problem in told(background))


def test_a_picture_with_too_few_pixels_is_told_of() -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 300), BLUE).save(out, "PNG")
    _, [found] = prepared(source("{image: small.png, ground: dark}"), {"small.png": out.getvalue()})
    assert found.severity == "warning" and "400 × 300 pixels, too few for its place under slide 2" in found.message
    assert "smaller" not in found.hint


def test_a_picture_that_is_lost_is_found(made: Outcome) -> None:
    assert made.talk
    slides = tuple(replace(slide, pictures=frozenset()) for slide in read_deck_text(made.deck))
    [problem] = check_deck(made.talk.deck, made.talk.show, slides)
    assert "blue.jpg is missing under slide 'on-it'" in problem.message


def test_transparent_parts_show_the_ground() -> None:
    clear = Image.new("RGBA", (1600, 900), (255, 0, 0, 0))
    out = io.BytesIO()
    clear.save(out, "PNG")
    found = outcome(source("{image: clear.png, ground: light}"), True, {"clear.png": out.getvalue()})
    assert found.talk and not found.found
    assert colour(shown(found.deck), 0.5) == (250, 250, 240)


def test_the_same_source_gives_the_same_bytes(made: Outcome) -> None:
    again = outcome(source("{image: blue.jpg, ground: dark}"), files=FILES)
    assert (again.deck, again.handout) == (made.deck, made.handout)


def test_other_programs_show_it_as_we_draw_it(made: Outcome, tmp_path: Path) -> None:
    talk = made.talk
    assert talk
    deck, ours = tmp_path / "deck.pptx", tmp_path / "ours.pdf"
    deck.write_bytes(made.deck)
    ours.write_bytes(write_slides_pdf(talk.deck, talk.show, talk.theme, talk.faces, talk.stamp))
    pairs = zip(pictures(to_pdf(deck, talk.theme, tmp_path)), pictures(ours), strict=True)
    assert min(alike(one, other) for one, other in pairs) > 0.97


def test_the_handout_is_what_it_was_but_for_the_slides_picture(made: Outcome) -> None:
    plain = outcome(source("dark"))
    assert read_pdf_text(plain.handout).text == read_pdf_text(made.handout).text
    with pikepdf.open(io.BytesIO(made.handout)) as pdf:
        subtypes = [obj.get("/Subtype") for obj in pdf.objects if isinstance(obj, pikepdf.Stream)]
    assert subtypes.count(pikepdf.Name.Image) == 1
