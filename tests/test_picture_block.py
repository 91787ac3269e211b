"""The block `picture`: where it stands on the slide and in print, and what its author is told."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from typing import Any

import pikepdf
import pytest

from deckgen.build import Build, Options, build
from deckgen.check.agree import check_deck, check_handout
from deckgen.check.comparable import comparable
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.model.drawing import AutoShape, Picture, TextBox, every_shape
from deckgen.model.show import Page, Show
from deckgen.model.text import plain
from deckgen.typeset.cropping import filling, fitted, rows
from deckgen.typeset.cuts import default_folder
from deckgen.typeset.raster import read_pixels
from deckgen.units import Box, Point
from deckgen.world import MemoryWorld
from tests.builders import paper
from tests.pairs import outcome, prepared
from tests.pictures import SVG, picture

FILES = {
    "wide.jpg": picture("JPEG", 2000, 1000),
    "tall.jpg": picture("JPEG", 1000, 2000),
    "upright.jpg": picture("JPEG", 1400, 2000),
    "small.png": picture("PNG", 200, 100),
    "ship.svg": SVG.encode(),
}
ALT = "Hills under the sun"
THEMES = ("paper", "night", "signal")


def source(*blocks: str, title: str = "Hills", **keys: str) -> bytes:
    body = "".join(f"      - {block}\n" for block in blocks)
    more = "".join(f"    {name}: {value}\n" for name, value in keys.items())
    return f"deckgen: 1\ntitle: T\nslides:\n  - title: {title}\n    id: hills\n{more}    body:\n{body}".encode()


def block(file: str = "wide.jpg", alt: str = ALT, **keys: Any) -> str:
    values = {"file": file, **({"alt": alt} if alt else {}), **keys}
    return "picture: {" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


def built(*blocks: str, theme: str = "paper", **keys: str) -> Build:
    world = MemoryWorld({"talk.yaml": source(*blocks, **keys), **FILES}, default_folder())
    return build(world, "talk.yaml", Options(theme=theme, only="deck"))


def show(*blocks: str, theme: str = "paper", **keys: str) -> Show:
    talk, found = prepared(source(*blocks, **keys).decode(), FILES, theme)
    assert talk, found
    return talk.show


def pictures(page: Page) -> list[Picture]:
    return [shape for shape in every_shape(page.drawing.shapes) if isinstance(shape, Picture)]


def messages(*blocks: str, **keys: str) -> list[str]:
    return [f"{d.severity}: {d.message}; {d.hint}" for d in built(*blocks, **keys).diagnostics]


def test_a_picture_fills_its_box_and_its_focus_stays_in_view() -> None:
    image = read_pixels(FILES["wide.jpg"], "a")
    assert filling(image, Box(0, 0, 100, 100)) == (0.25, 0, 0.25, 0)
    assert filling(image, Box(0, 0, 100, 100), Point(0, 0)) == (0, 0, 0.5, 0)
    assert filling(image, Box(0, 0, 100, 100), Point(1, 1)) == (0.5, 0, 0, 0)
    assert filling(image, Box(0, 0, 400, 100), Point(0.5, 0.5)) == (0, 0.25, 0, 0.25)


def test_a_small_picture_is_not_enlarged_until_it_blurs() -> None:
    image = read_pixels(FILES["small.png"], "a")
    assert fitted(image, Box(10, 20, 600, 300)) == (10, 20, 120, 60)


def test_rows_of_pictures_are_equally_wide_and_each_is_of_one_height() -> None:
    for ratios in ([1.5, 0.7, 1.0], [1.5] * 7, [0.6, 2.0, 1.0, 1.0, 0.6], [1.0]):
        places = rows(ratios, Box(50, 60, 600, 300), 8, 20)
        lines: dict[float, list[Box]] = {}
        for box, ratio in zip(places, ratios, strict=True):
            assert box.width / box.height == pytest.approx(ratio)
            lines.setdefault(box.y, []).append(box)
        assert all(line[0].x == 50 for line in lines.values())
        assert max(line[-1].right for line in lines.values()) == pytest.approx(
            min(line[-1].right for line in lines.values())
        )
        assert max(box.right for box in places) <= 650.001 and max(box.bottom for box in places) <= 360.001


def test_alone_it_stands_under_the_title() -> None:
    [page] = [page for page in show(block()).pages if page.id == "hills"]
    [shape] = pictures(page)
    assert page.layout == "picture" and not shape.placeholder
    assert shape.box.x == pytest.approx(268.34, abs=0.1) and shape.box.width / shape.box.height == pytest.approx(2)


@pytest.mark.parametrize("theme", THEMES)
def test_beside_text_it_fills_the_side(theme: str) -> None:
    found = show(block(), "Words beside it", theme=theme)
    [page] = [page for page in found.pages if page.id == "hills"]
    [shape] = pictures(page)
    assert page.layout == "picture_right"
    assert (shape.box.y, shape.box.bottom, shape.box.right) == pytest.approx((0, 540, 960), abs=0.01)
    texts = [s for s in page.drawing.shapes if isinstance(s, TextBox) and s.placeholder in ("title", "body")]
    assert len(texts) == 2 and all(s.box.right < shape.box.x for s in texts)


@pytest.mark.parametrize("theme", THEMES)
def test_over_the_whole_slide_it_lies_under_all_else(theme: str) -> None:
    [page] = [p for p in show(block(place="full"), "Words", theme=theme).pages if p.id == "hills"]
    first, *others = page.drawing.shapes
    assert isinstance(first, Picture) and first.box == pytest.approx((0, 0, 960, 540), abs=0.01)
    assert [s.placeholder for s in others if isinstance(s, TextBox)][:2] == ["title", "body"]


def test_on_the_left_and_with_a_layout_of_the_authors_choice() -> None:
    [page] = [p for p in show(block(place="left"), "Words").pages if p.id == "hills"]
    assert pictures(page)[0].box.x == 0
    [page] = [p for p in show(block(), layout="picture_left").pages if p.id == "hills"]
    assert pictures(page)[0].box.x == 0


@pytest.mark.parametrize("theme", THEMES)
def test_alone_and_higher_than_wide_it_stands_at_full_height_beside_its_caption(theme: str) -> None:
    text = source(block("upright.jpg", caption="What to see", credit="By us")).decode()
    made = outcome(text, files=FILES, theme=theme)
    assert made.problems == () and made.talk
    [page] = [page for page in made.talk.show.pages if page.id == "hills"]
    [shape] = pictures(page)
    assert (shape.box.y, shape.box.bottom, shape.box.right) == pytest.approx((0, 540, 960), abs=0.01)
    assert sum(shape.crop) < 0.15
    said = {s.placeholder: s for s in page.drawing.shapes if isinstance(s, TextBox)}
    assert plain(said["body"].paragraphs[0].text) == "What to see" and said["body"].paragraphs[0].style.size_pt >= 18
    assert plain(said["credit"].paragraphs[0].text) == "By us"
    assert said["body"].box.right < shape.box.x


def test_alone_and_much_higher_than_wide_it_is_not_cut() -> None:
    [page] = [page for page in show(block("tall.jpg")).pages if page.id == "hills"]
    [shape] = pictures(page)
    assert page.layout == "picture_right" and not any(shape.crop) and shape.box.height > 460
    [page] = [page for page in show(block("tall.jpg", size=60)).pages if page.id == "hills"]
    assert page.layout == "picture"


@pytest.mark.parametrize("theme", THEMES)
def test_over_the_whole_slide_the_panel_is_as_high_as_its_words_need(theme: str) -> None:
    heights = []
    for keys in ({}, {"caption": "What to see"}):
        [page] = [p for p in show(block(place="full", **keys), theme=theme).pages if p.id == "hills"]
        fills = [s for s in page.drawing.shapes if isinstance(s, AutoShape) and s.fill and s.box.width > 300]
        heights.append(max(s.box.height for s in fills))
        texts = [s for s in page.drawing.shapes if isinstance(s, TextBox) and s.placeholder == "body"]
        assert [plain(s.paragraphs[0].text) for s in texts] == list(keys.values())
    assert heights[0] < 0.65 * heights[1]


def test_a_drawing_is_not_cut_and_a_photo_only_if_it_must() -> None:
    for blocks, cut in ((block("ship.svg"), False), (block(), True), (block(fit="contain"), False)):
        [page] = [p for p in show(blocks, "Words").pages if p.id == "hills"]
        [shape] = pictures(page)
        assert any(shape.crop) == cut
        whole = shape.whole
        assert whole.width / whole.height == pytest.approx(shape.image.ratio)


def test_text_that_does_not_fit_beside_it_goes_on_with_the_same_picture() -> None:
    words = "A paragraph of some words that takes two lines or three beside the picture."
    found = show(block(), *[f"{words} {i}" for i in range(12)])
    pages = [page for page in found.pages if page.source_id == "hills"]
    assert len(pages) > 1
    assert all(len(pictures(page)) == 1 for page in pages)


def test_two_pictures_share_the_height_of_a_slide() -> None:
    [page] = [p for p in show(block(), block("tall.jpg")).pages if p.source_id == "hills"]
    first, second = pictures(page)
    assert first.box.bottom < second.box.y and second.box.bottom <= paper().body.bottom + 0.01


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (block(alt=""), "error: the picture has no alternative text; say in `alt` what it shows, or set"),
        (block(decorative="true"), "error: the picture is decorative and has an `alt` text"),
        (block(focus="[2, 0]"), "error: `focus` is no point of the picture; write two shares"),
        (block(focus="[0.5]"), "error: `focus` is no point of the picture"),
        (block(size="500"), "error: `size` is 500, and can be 10 to 100"),
        (block("wied.jpg"), "error: there is no file wied.jpg; did you mean wide.jpg?"),
        (block("talk.yaml"), "error: talk.yaml is no picture of a kind that is known here; save the picture as PNG"),
        (block("../wide.jpg"), "error: the path '../wide.jpg' leads out of the project's folder"),
        (block("small.png", place="full"),
         "warning: the picture small.png has 200 × 100 pixels, too few for its place on slide 2; use one of 1,800"),
        (block(fit="stretch"), "error: expected auto, contain or cover, found the text 'stretch'"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_a_way_out(written: str, message: str) -> None:
    found = messages(written)
    assert len(found) == 1 and found[0].startswith(message), found


def test_both_files_hold_the_picture_and_its_words() -> None:
    text = source(block(caption="What to see", credit="By *somebody*"), "Words").decode()
    made = outcome(text, files=FILES)
    assert made.problems == (), made.problems
    assert made.deck and made.handout
    with zipfile.ZipFile(io.BytesIO(made.deck)) as package:
        assert f'descr="{ALT}"' in package.read("ppt/slides/slide2.xml").decode()
    read = read_pdf_text(made.handout)
    assert ALT in read.alternatives
    assert "What to see By somebody" in " ".join(read.text.split())
    with pikepdf.open(io.BytesIO(made.handout)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        [image] = [item for item in streams if item.get("/Width")]
        drawn = [item.Resources.XObject for item in streams if "/XObject" in item.get("/Resources", {})]
        users = [names for names in drawn if any(used.objgen == image.objgen for used in names.values())]
    assert int(image.Width) == pytest.approx(118 / 25.4 * 300, rel=0.02)
    assert len(users) >= 2, "the figure and the small picture of the slide draw one image"


def test_a_picture_that_is_missing_in_a_file_is_reported() -> None:
    text = source(block()).decode()
    made = outcome(text, files=FILES)
    assert made.talk and made.deck and made.handout
    slides = tuple(dataclasses.replace(s, pictures=frozenset()) for s in read_deck_text(made.deck))
    [lost] = check_deck(made.talk.deck, made.talk.show, slides)
    assert "wide.jpg is missing on slide 'hills'" in lost.message
    read = read_pdf_text(made.handout)
    [lost] = check_handout(made.talk.deck, dataclasses.replace(read, drawn=(frozenset(),)))
    assert "wide.jpg is missing in the handout" in lost.message
    [lost] = check_handout(made.talk.deck, dataclasses.replace(read, alternatives=()))
    assert "alternative text" in lost.message


def test_a_decorative_picture_stands_in_the_deck_alone() -> None:
    made = outcome(source(block(alt="", decorative="true")).decode(), files=FILES)
    assert made.problems == () and made.deck and made.handout
    with zipfile.ZipFile(io.BytesIO(made.deck)) as package:
        slide = package.read("ppt/slides/slide2.xml").decode()
    assert "decorative" in slide and 'descr=""' in slide
    assert read_pdf_text(made.handout).drawn == ()


def grid(*items: str, **keys: str) -> str:
    more = "".join(f", {name}: {value}" for name, value in keys.items())
    return f"pictures: {{pictures: [{', '.join(items)}]{more}}}"


GRID = grid(
    "{file: wide.jpg, alt: Wide hills, label: Wide}", "{file: tall.jpg, alt: Tall hills, label: Tall}",
    "{file: ship.svg, alt: A ship}", credit="By us",
)  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_several_pictures_stand_whole_in_rows_with_their_labels(theme: str) -> None:
    [page] = [page for page in show(GRID, theme=theme).pages if page.id == "hills"]
    found = pictures(page)
    assert [shape.alt for shape in found] == ["Wide hills", "Tall hills", "A ship"]
    assert not any(any(shape.crop) for shape in found)
    labels = [s for s in page.drawing.shapes if isinstance(s, TextBox) and "label" in s.key]
    assert [label.box.x for label in labels] == [shape.box.x for shape in found[:2]]
    assert all(label.box.y > shape.box.bottom for label, shape in zip(labels, found, strict=False))


def test_pictures_leave_the_height_that_words_need() -> None:
    [page] = [page for page in show(GRID, "Words under them").pages if page.id == "hills"]
    [words] = [s for s in page.drawing.shapes if isinstance(s, TextBox) and s.key == "hills/2/text"]
    assert max(shape.box.bottom for shape in pictures(page)) < words.box.y
    assert words.box.bottom <= 477.01


def test_both_files_hold_all_pictures_of_a_grid() -> None:
    made = outcome(source(GRID).decode(), files=FILES)
    assert made.problems == (), made.problems
    read = read_pdf_text(made.handout)
    assert read.figures[0].split() == ["Wide", "Tall"] and len(read.drawn[0]) == 3
    assert comparable("By us") in comparable(read.text)
    assert "Wide hills; Tall hills; A ship" in read.alternatives


def test_every_picture_of_a_grid_needs_its_words() -> None:
    [found] = messages(grid("{file: wide.jpg}"))
    assert found.startswith("error: the key 'alt' is missing")
