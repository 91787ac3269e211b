"""Builds: what comes on with which click, in PowerPoint and in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.model.deck import Deck
from deckgen.model.show import Show
from deckgen.model.text import plain
from deckgen.read.deck import read_deck
from deckgen.typeset.slides import typeset
from deckgen.world import MemoryWorld
from tests.builders import faces, paper, written
from tests.judges import package_check, schema_check
from tests.judges.libreoffice import saved_again
from tests.judges.package_check import Element, find, values
from tests.opened import opened
from tests.test_package_check import packed
from tests.test_slide_keys import built

HEAD = "deckgen: 1\ntitle: Builds\nslides:\n"
ITEMS = (
    HEAD
    + """\
  - title: One by one
    id: items
    reveal: by-item
    takeaway: And so it ends
    body:
      - First a paragraph
      - bullets:
          - One: [with this, and that]
          - Two
"""
)
BLOCKS = (
    HEAD
    + """\
  - title: Block by block
    id: blocks
    reveal: by-block
    body:
      - paragraph: Always there
        reveal: none
      - bullets: [One, Two]
      - table: {rows: [[a, b]], caption: Beside it}
      - bullets: [Three, Four]
        reveal: by-item
"""
)


def talk(source: str) -> tuple[Deck, Show]:
    deck, problems = read_deck(MemoryWorld({"talk.yaml": source.encode()}), "talk.yaml")
    assert deck and not problems
    return deck, typeset(deck, paper(), faces())


def slide(source: str) -> Element:
    deck, show = talk(source)
    return opened(written(deck, show)).slide(2)


def clicks(root: Element) -> list[list[str]]:
    """What each click shows: the name of a shape, with the text of a paragraph if it is one."""
    found = []
    for click in find(root, "p:timing//p:cTn[@nodeType='mainSeq']/p:childTnLst/p:par"):
        shown = []
        for target in find(click, ".//p:spTgt"):
            (name,) = values(root, f"//p:cNvPr[@id='{target.get('spid')}']/@name")
            for place in values(target, "p:txEl/p:pRg/@st"):
                (shape,) = find(root, f"//p:sp[.//p:cNvPr/@id='{target.get('spid')}']")
                name = "".join(values(find(shape, "p:txBody/a:p")[int(place)], ".//a:t/text()"))
            shown.append(name)
        found.append(shown)
    return found


def test_each_item_comes_with_what_stands_under_it() -> None:
    assert clicks(slide(ITEMS)) == [
        ["First a paragraph"], ["One", "with this", "and that"], ["Two"], ["Text (items/takeaway)"],
    ]  # fmt: skip


def test_each_block_comes_as_a_whole() -> None:
    table = ["blocks/3/table", "blocks/3/caption"]
    assert clicks(slide(BLOCKS))[:2] == [["One", "Two"], table]
    assert clicks(slide(BLOCKS))[2:] == [["Three"], ["Four"]]


def test_only_the_first_effect_of_a_click_waits_for_it() -> None:
    kinds = values(slide(ITEMS), "p:timing//p:cTn/@nodeType")
    assert [kind for kind in kinds if kind.endswith("Effect")] == [
        "clickEffect", "clickEffect", "withEffect", "withEffect", "clickEffect", "clickEffect",
    ]  # fmt: skip


def test_a_text_is_built_by_its_paragraphs() -> None:
    root = slide(ITEMS)
    builds = {node.get("spid"): node.get("build") for node in find(root, "p:timing/p:bldLst/p:bldP")}
    (body,) = values(root, "//p:sp[.//p:ph[not(@type) and @idx='1']]//p:cNvPr/@id")
    assert builds[body] == "p" and len(builds) == 2


@pytest.mark.parametrize("source", [ITEMS, BLOCKS])
def test_animations_are_valid_and_survive_libreoffice(source: str, tmp_path: Path) -> None:
    file = tmp_path / "talk.pptx"
    file.write_bytes(written(*talk(source)))
    assert package_check.findings(file.read_bytes()) == []
    assert schema_check.findings(file) == []
    again = opened(saved_again(file, tmp_path))
    count = len(clicks(slide(source)))
    assert len(find(again.slide(2), "p:timing//p:cTn[@nodeType='clickEffect']")) == count


def shown(source: str) -> list[str]:
    """The texts of the slide as print shows it."""
    _, show = talk(source)
    boxes = [shape for page in show.pages[1:] for shape in page.printed.shapes]
    return [plain(p.text) for box in boxes for p in getattr(box, "paragraphs", ()) if p.text]


def test_print_shows_the_last_step_or_the_one_that_is_asked_for() -> None:
    assert {"First a paragraph", "Two", "And so it ends"} <= set(shown(ITEMS))
    at_two = set(shown(ITEMS.replace("    reveal", "    print_step: 2\n    reveal")))
    assert {"First a paragraph", "One", "and that"} <= at_two and not {"Two", "And so it ends"} & at_two
    at_none = set(shown(ITEMS.replace("    reveal", "    print_step: 0\n    reveal")))
    assert "One by one" in at_none and not {"First a paragraph", "One"} & at_none


def test_what_is_not_there_yet_keeps_its_place() -> None:
    source = BLOCKS.replace("    reveal: by-block", "    print_step: 0\n    reveal: by-block")
    _, show = talk(source)
    whole, now = ({s.key: s for s in d.shapes} for d in (show.pages[1].drawing, show.pages[1].printed))
    assert now["blocks/1/text"].box == whole["blocks/1/text"].box
    assert "blocks/3/table" not in now and "blocks/3/caption" not in now


def test_a_slide_that_was_split_goes_on_where_it_stopped() -> None:
    many = "".join(f"          - Item number {i}\n" for i in range(40))
    _, show = talk(ITEMS.replace("          - Two\n", many).replace("    reveal", "    print_step: 20\n    reveal"))
    steps = [len(page.steps) for page in show.pages[1:]]
    assert len(steps) > 1 and sum(steps) == 43
    assert sum(page.print_step or 0 for page in show.pages[1:]) == 20


WRONG = {
    "an item of a table": ("    body:", "    body:\n      - table: {rows: [[a, b]]}", "has no items"),
    "a block in columns": (
        "    body:",
        "    body:\n      - columns:\n          - body: [{bullets: [a], reveal: by-item}]\n        reveal: none",
        "comes on with all of it"),
    "a step too many": ("    id: items", "    print_step: 9", "has steps 0 to 4"),
    "a way that is none": ("reveal: by-item", "reveal: by-word", "none, by-item or by-block"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_can_not_be_revealed_is_an_error(name: str) -> None:
    old, new, message = WRONG[name]
    found = built(ITEMS.replace(old, new), only="deck")
    assert not found.outputs
    assert [message in problem.message for problem in found.diagnostics].count(True) == 1, found.diagnostics


def test_nothing_to_reveal_is_an_error() -> None:
    source = HEAD + "  - title: Only a title\n    reveal: by-block\n    handout: Something\n"
    assert "nothing on this slide can be revealed" in built(source).diagnostics[0].message


BREAKAGES = {
    "a shape that is not there": ('spTgt spid="3"', 'spTgt spid="77"', "is not there"),
    "a paragraph that is not there": ('st="4" end="4"', 'st="9" end="9"', "paragraph of shape"),
    "two nodes of one number": ('cTn id="4"', 'cTn id="5"', "two time nodes"),
    "a build that is not listed": ('bldP spid="3"', 'bldP spid="2"', "is not listed"),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_the_judge_finds_broken_animations(name: str) -> None:
    old, new, told = BREAKAGES[name]
    files = opened(written(*talk(ITEMS))).files
    part = "ppt/slides/slide2.xml"
    assert old.encode() in files[part]
    broken = packed({**files, part: files[part].replace(old.encode(), new.encode())})
    assert any(told in finding for finding in package_check.findings(broken))
