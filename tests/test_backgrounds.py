"""Slides on another ground of the theme: readable, and mapped anew so that PowerPoint's own tools keep them so."""

from __future__ import annotations

import io

import pikepdf
import pytest

from deckgen.blocks.bullets import Bullets, Item
from deckgen.model.colour import contrast, rgb
from deckgen.model.deck import Background, Deck, Slide
from deckgen.model.text import Run, label
from deckgen.model.theme import Theme
from deckgen.read.theme import read_theme
from deckgen.typeset.slides import typeset
from deckgen.world import MemoryWorld
from deckgen.write.pages.slides import write_slides_pdf
from deckgen.write.pptx.backgrounds import mapped_slots
from deckgen.write.pptx.colour import theme_slots
from tests.builders import STAMP, deck_of, faces, paper, written
from tests.judges import package_check
from tests.judges.package_check import find, values
from tests.opened import only, opened

ON_GROUND = ("text", "muted", "accent", "accent2", "positive", "negative", "warn")
ON_CODE = ("text", "keyword", "string", "number", "comment", "function", "operator")
PAIRS = [
    *((role, "bg") for role in ON_GROUND),
    *((f"code_{role}", ground) for role in (*ON_CODE, "lineno") for ground in ("code_ground",)),
    *((f"code_{role}", "code_highlight") for role in ON_CODE),
    *(("text", ground) for ground in ("surface", "surface2", "accent_soft", "accent2_soft")),
    ("on_accent", "accent"),
    ("on_accent2", "accent2"),
]


def theme_of(name: str) -> Theme:
    theme, problems = read_theme(MemoryWorld(), name)
    assert theme, problems
    return theme


GROUNDS = [(name, ground) for name in MemoryWorld().themes() for ground in theme_of(name).backgrounds]


def two_slides() -> Deck:
    items = Bullets(items=(Item(text=(Run("See "), Run("this", link="https://example.org"))),))
    return deck_of(
        Slide(title=label("On the dark"), id="dark", body=(items,), background=Background(ground="dark")),
        Slide(title=label("On the ground"), id="plain", body=(items,), background=Background(ground="light")),
    )


@pytest.mark.parametrize("name", MemoryWorld().themes())
def test_a_theme_has_a_light_a_dark_and_an_accent_ground(name: str) -> None:
    assert {"light", "dark", "accent"} <= set(theme_of(name).backgrounds)


@pytest.mark.parametrize(("name", "ground"), GROUNDS)
def test_what_is_readable_on_the_themes_own_ground_is_so_on_every_other(name: str, ground: str) -> None:
    theme = theme_of(name)
    own, other = contrasts(theme), contrasts(theme.on(ground))
    assert {pair: share for pair, share in other.items() if share < 4.5 <= own[pair]} == {}
    assert min(other["text", "bg"], other["muted", "bg"], other["accent", "bg"]) >= 4.5


def contrasts(theme: Theme) -> dict[tuple[str, str], float]:
    colours = theme.colours
    return {(a, b): round(contrast(rgb(colours[a]), rgb(colours[b])), 2) for a, b in PAIRS}


@pytest.mark.parametrize(("name", "ground"), GROUNDS)
def test_links_are_readable(name: str, ground: str) -> None:
    theme = theme_of(name)
    slots, mapped = theme_slots(theme), mapped_slots(ground, theme)
    for link in ("hlink", "folHlink"):
        assert contrast(rgb(slots[mapped[link]]), rgb(theme.on(ground).colours["bg"])) >= 4.5


def test_a_layout_in_other_colours_carries_the_ground_and_the_map() -> None:
    package = opened(written(two_slides()))
    names = {values(package.root(part), "p:cSld/@name")[0]: part for part in package.named("ppt/slideLayouts/")}
    assert set(names) - {plan.title for plan in paper().layouts.values()} == {"Title and Content, dark"}
    layout = package.root(names["Title and Content, dark"])
    override = only(layout, "p:clrMapOvr/a:overrideClrMapping")
    assert (override.get("bg1"), override.get("tx1")) == ("dk1", "lt1")
    assert only(layout, "p:cSld/p:bg/p:bgPr/a:solidFill/a:schemeClr").get("val") == "bg1"
    assert only(package.slide(2), "p:clrMapOvr/a:overrideClrMapping").items() == override.items()


def test_the_slide_itself_sets_no_colour() -> None:
    package = opened(written(two_slides()))
    assert find(package.slide(2), "//p:sp//a:solidFill") == [], "Reset would change it"
    assert find(package.slide(3), "p:clrMapOvr/a:masterClrMapping")


def test_the_package_holds_together() -> None:
    assert package_check.findings(written(two_slides())) == []


def test_the_slides_pdf_has_the_same_ground() -> None:
    show = typeset(two_slides(), paper(), faces())
    with pikepdf.open(io.BytesIO(write_slides_pdf(two_slides(), show, paper(), faces(), STAMP))) as pdf:
        fills = [page.Contents.read_bytes().split(b" rg")[0].split(b"\n")[-1] for page in pdf.pages]
    assert fills[0] == fills[2] == b"0.984 0.969 0.937" and fills[1] == b"0.133 0.114 0.0941"
