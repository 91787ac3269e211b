"""Decks that deckgen made come back as their sources had them; what somebody changed comes back as it is shown."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.chart.data import CategoryChartData

from deckgen.build import Options, build
from deckgen.check.pptx_text import read_deck_text
from deckgen.check.verify import manifest_in
from deckgen.diagnostics import has_errors
from deckgen.importing.powerpoint.deck import import_powerpoint
from deckgen.importing.result import Imported
from deckgen.importing.write import source_text
from deckgen.model.manifest import Manifest
from deckgen.read.deck import read_deck
from deckgen.typeset.cuts import default_folder
from deckgen.world import DiskWorld, MemoryWorld
from tests.test_import_powerpoint import made, repacked

ROOT = Path(__file__).parent.parent
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
MANIFEST = "customXml/item1.xml"
REPEATED = r"(/|^!!)(section_number|section_name|number|slide_number|page_number|footer|\d+/numbers)\)?$"
"""The names of what deckgen itself makes on each slide."""
PAGES = {"references-both-ways", "table-spilled"}
"""Slides that name pages of the handout, whose text for print was never in the deck."""


@pytest.fixture(scope="module", params=["gallery", "understanding-docker"])
def ours(request: pytest.FixtureRequest) -> bytes:
    """A deck as deckgen made it."""
    return built(DiskWorld(ROOT, default_folder()), f"source/{request.param}.yaml")


def built(world: Any, file: str) -> bytes:
    found = build(world, file, Options(only="deck"))
    assert not has_errors(found.diagnostics), found.diagnostics
    return found.outputs[0].data


def told_in(data: bytes) -> Manifest:
    found = manifest_in("deck.pptx", data)
    assert isinstance(found, Manifest)
    return found


def test_a_deck_comes_back_as_its_source_had_it(ours: bytes) -> None:
    imported = import_powerpoint(ours, "talk")
    assert imported.remarks[0].message.startswith("deckgen "), "the source is what should be edited"
    assert not [remark for remark in imported.remarks if remark.line], "nothing is lost in any slide"
    files = {"t.yaml": source_text(imported.talk).encode(), **imported.data}
    again = built(MemoryWorld(files, default_folder()), "t.yaml")
    old, new = told_in(ours), told_in(again)
    other = [name for name, parts in old.traces.items() if {*parts.values()} != {*new.traces[name].values()}]
    assert {*other} <= PAGES
    texts = zip(old.traces, read_deck_text(ours), read_deck_text(again), strict=True)
    lost = [name for name, one, other in texts if comparable(one, name) != comparable(other, name)]
    assert lost == []


def comparable(slide: Any, name: str) -> tuple[str, str]:
    """The words of a slide and of its notes, whichever spaces hold them together; pages of the handout count as one."""
    body = slide.body.replace("\xa0", " ")
    return (re.sub(r"\d+", "", body) if name in PAGES else body), slide.notes


def test_what_somebody_changed_is_read_from_what_is_shown(ours: bytes) -> None:
    """A word more in all that every slide shows: all words come back, and every slide is told of."""
    deck, edited = Presentation(io.BytesIO(ours)), set()
    for number, slide in enumerate(deck.slides, start=1):
        for shape in slide.shapes:
            if not re.search(REPEATED, shape.name):
                for text in [*shape._element.iter(f"{{{A}}}t")][:1]:
                    text.text += " zebra"
                    edited.add(number)
    data = saved(deck)
    imported = import_powerpoint(data, "talk")
    nothing_lost(data, imported)
    changed = {line for line, message in imported.remarks if re.match("the (slide|title) was changed", message)}
    assert changed == edited - later_pages(ours) and len(edited) > 0.9 * len(deck.slides)


def later_pages(data: bytes) -> set[int]:
    """The slides that are further pages of others."""
    return {number for number, name in enumerate(told_in(data).traces, start=1) if re.search(r"--\d+$", name)}


def test_a_deck_without_its_manifest_keeps_its_words(ours: bytes) -> None:
    data = repacked(ours, {MANIFEST: b"<other/>"})
    nothing_lost(data, import_powerpoint(data, "talk"))


def nothing_lost(data: bytes, imported: Imported) -> None:
    """Every word on the slides stands in the source or in the report, and the source can be read."""
    told = letters(made(imported) + "November")  # a source writes the months of its day as numbers
    assert [(number, word) for number, word in seen(data) if letters(word) not in told] == []
    _, found = read_deck(MemoryWorld({"t.yaml": source_text(imported.talk).encode(), **imported.data}), "t.yaml")
    assert not [d for d in found if d.code in ("syntax", "schema", "markdown")], found


def letters(text: str) -> str:
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])|[\s\u200b*`'\"]", "", text).lower()


def seen(data: bytes) -> Iterator[tuple[int, str]]:
    """Every word on the slides of a deck, but for what each slide repeats, with the slide's number."""
    for number, own in enumerate(Presentation(io.BytesIO(data)).slides, start=1):
        for shape in own.shapes:
            if not re.search(REPEATED, shape.name):
                for run in shape._element.iter(f"{{{A}}}t"):
                    yield from ((number, word) for word in re.findall(r"\w{2,}", run.text or ""))


def saved(deck: Any) -> bytes:
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


SMALL = """
deckgen: 1
title: Small
minutes: 20
slides:
  - title: A chart
    minutes: 2
    chart: {data: {Gas: 5, Coal: 8}, unit: t, highlight: Coal, mark: {at: 4, label: Plan}}
    notes: Say it.
  - title: A flow
    flow: [Seed -> Plant, Plant -> Seed: again]
  - title: A list
    bullets: [One, Two]
"""


@cache
def small() -> bytes:
    return built(MemoryWorld({"t.yaml": SMALL.encode()}, default_folder()), "t.yaml")


def test_one_changed_slide_leaves_the_others_as_they_were() -> None:
    deck = Presentation(io.BytesIO(small()))
    numbers = CategoryChartData()
    numbers.categories = ["Gas", "Coal"]
    numbers.add_series("Fuel", (5, 9))
    [chart] = [shape.chart for shape in deck.slides[1].shapes if shape.has_chart]
    chart.replace_data(numbers)
    ids = deck.slides._sldIdLst
    ids.insert(1, ids[3])
    imported = import_powerpoint(saved(deck), "t")
    chart_slide, flow_slide = imported.talk["slides"][1:]
    assert [slide["title"] for slide in imported.talk["slides"]] == ["A list", "A chart", "A flow"]
    assert chart_slide["body"][0]["chart"]["data"] == {"Gas": 5, "Coal": 9}
    assert chart_slide["minutes"] == 2 and chart_slide["notes"] == "Say it.\n" and imported.talk["minutes"] == 20
    assert flow_slide["flow"] == ["Seed -> Plant", {"Plant -> Seed": "again"}]
    assert [line for line, message in imported.remarks if "its chart had" in message] == [3]


def test_a_title_that_was_changed_leaves_the_slide_as_it_was() -> None:
    deck = Presentation(io.BytesIO(small()))
    deck.slides[2].shapes.title.text_frame.text = "A flow of *seeds*"
    imported = import_powerpoint(saved(deck), "t")
    flow = imported.talk["slides"][1]
    assert (flow["title"], flow["flow"]) == ("A flow of \\*seeds\\*", ["Seed -> Plant", {"Plant -> Seed": "again"}])
    assert [remark for remark in imported.remarks if remark.line] == [
        (3, "the title was changed after deckgen made it, and is as the deck has it")
    ]


def test_a_slide_that_is_gone_is_told() -> None:
    deck = Presentation(io.BytesIO(small()))
    ids = deck.slides._sldIdLst
    ids.remove(ids[2])
    remarks = import_powerpoint(saved(deck), "t").remarks
    assert (0, "the slide 'a-flow' of t.yaml is not in the deck any more") in remarks


SPOKEN = """deckgen: 1
title: A talk
notes: "The title is on {handout}."
slides:
  - title: First
    bullets: [x]
    notes: |
      Handout p. 2 is typed; {handout} is made, and **{handout#second}**.

      - See [](#second) and [](#sums)
      - Every energy E is a $E$, $E = mc^2$, and $\\frac{a}{b}$ a ratio
  - title: Second
    id: second
    table: {rows: [[a, b]], id: sums}
    handout: More of it.
"""


def test_references_and_formulas_in_notes_come_back() -> None:
    """Also where somebody changed the slide, and words that were typed stay as they are."""
    data = built(MemoryWorld({"t.yaml": SPOKEN.encode()}, default_folder()), "t.yaml")
    assert "{handout" not in read_deck_text(data)[1].notes
    presentation = Presentation(io.BytesIO(data))
    body = next(
        shape for shape in presentation.slides[1].shapes if shape.has_text_frame and shape.text_frame.text == "x"
    )
    body.text_frame.text = "changed"
    stream = io.BytesIO()
    presentation.save(stream)
    for deck in (data, stream.getvalue()):
        imported = import_powerpoint(deck, "talk")
        assert imported.talk["notes"].strip() == "The title is on {handout}."
        assert imported.talk["slides"][0]["notes"] == (
            "Handout p. 2 is typed; {handout} is made, and **{handout#second}**.\n\n- See [](#second) and [](#sums)\n"
            "- Every energy E is a $E$, $E = mc^2$, and $\\frac{a}{b}$ a ratio\n"
        )
    assert imported.talk["slides"][0]["bullets"] == ["changed"]


SECRET = """
deckgen: 1
title: Nothing that is not shown
notes: zirconium
abstract: zirconium
slides:
  - title: Columns of a file
    notes: zirconium
    handout: |
      zirconium ((zirconium)) {{blank: zirconium}}
    body:
      - table: {file: pay.csv, columns: [name]}
      - columns:
          - [{paragraph: One}, {paragraph: zirconium, only: handout}]
          - [{paragraph: Two}]
  - title: Lines of a file
    code: {file: key.py, lines: "2"}
  - title: zirconium
    only: handout
    bullets: [zirconium]
  - page: zirconium
"""


def test_the_deck_tells_of_its_source_only_what_it_shows() -> None:
    files = {"pay.csv": b"name,pay\nAnn,zirconium\n", "key.py": b"key = 'zirconium'\nprint(key)\n"}
    data = built(MemoryWorld({"t.yaml": SECRET.encode(), **files}, default_folder()), "t.yaml")
    told = json.dumps(told_in(data).recipes)
    assert "Ann" in told and "print(key)" in told
    assert "zirconium" not in told


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_a_recipe_that_is_none_does_no_harm(data: st.DataObject) -> None:
    """Any value of the recipes is replaced by another one: the slide is read in one way or the other."""
    deck = small()
    told = json.loads(told_in(deck).to_json())
    places = [*walk(told["recipes"])]
    where = data.draw(st.sampled_from(places))
    other = data.draw(
        st.sampled_from([None, 0, "x", [], {}, ["x"], {"": "Nothing"}, {"": "Chart"}, True, "a\u2028\x07"])
    )
    node = told["recipes"]
    for step in where[:-1]:
        node = node[step]
    node[where[-1]] = other
    text = json.dumps(told).replace("&", "&amp;").replace("<", "&lt;")
    xml = re.sub(r">.*</manifest>", lambda _: f">{text}</manifest>", part(deck, MANIFEST), flags=re.DOTALL)
    imported = import_powerpoint(repacked(deck, {MANIFEST: xml.encode()}), "t")
    assert len(imported.talk["slides"]) == 3
    read_deck(MemoryWorld({"t.yaml": source_text(imported.talk).encode()}), "t.yaml")


@pytest.mark.parametrize("key, value", [
    ("pages", {"a-flow": [1, 10**15]}), ("traces", {"a-flow": {"1": 7}}), ("traces", {"a-flow": [1]}),
    ("pictures", {"0": 5}), ("pictures", []), ("recipes", {"a-flow": {"body": {"": 1}}}),
])  # fmt: skip
@pytest.mark.parametrize("names", [True, False])
def test_a_manifest_that_is_none_does_no_harm(key: str, value: Any, names: bool) -> None:
    """The slides come back in one way or the other, with the names of slides and without."""
    deck = small()
    text = json.dumps(json.loads(told_in(deck).to_json()) | {key: value}).replace("&", "&amp;").replace("<", "&lt;")
    xml = re.sub(r">.*</manifest>", lambda _: f">{text}</manifest>", part(deck, MANIFEST), flags=re.DOTALL)
    change = {MANIFEST: xml.encode()}
    if not names:
        slides = [f"ppt/slides/slide{number}.xml" for number in range(1, 5)]
        change |= {name: re.sub(r'<p:cSld name="[^"]*"', "<p:cSld", part(deck, name)).encode() for name in slides}
    assert len(import_powerpoint(repacked(deck, change), "t").talk["slides"]) == 3


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def walk(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all values under a value of JSON."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, child in steps:
        yield (*at, step)
        yield from walk(child, (*at, step))
