"""Too much of anything: it goes on over further slides, whole and in order, or an error tells what has room."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

from deckgen.model.drawing import AutoShape, Table, TextBox
from deckgen.model.show import Page
from deckgen.model.text import plain
from deckgen.talk import Talk
from tests.judges.libreoffice import middle, within
from tests.judges.lines import compare, texts
from tests.pairs import Outcome, outcome, prepared
from tests.strategies import Data, as_yaml
from tests.test_fit_judged import drawn


def words(count: int) -> str:
    return " ".join(f"word{i}" for i in range(count))


def rows(count: int) -> list[list[str]]:
    return [[f"Row {i}", f"Cell {i} with several words"] for i in range(count)]


def side(count: int, **keys: str) -> Data:
    return {"title": "One side", "items": [f"Point {i}" for i in range(count)], **keys}


HEADER = ["What", "How much"]
LETTERS = "abcdefghij" * 50
SLIDES: tuple[Data, ...] = (
    {"section": "Part one", "summary": "Long things"},
    {"title": "Bullets", "bullets": [f"Bullet {i}" for i in range(40)], "notes": words(5000)},
    {"title": "Nested", "bullets": [{f"Outer {i}": [f"Inner {i}-{j}" for j in range(3)]} for i in range(12)]},
    {"title": "Taken away", "bullets": [f"Bullet {i}" for i in range(40)], "takeaway": "In the end"},
    {"title": "Rows", "table": {"header": HEADER, "rows": rows(60), "caption": "Many rows"}},
    {"title": "Lines", "code": {"language": "python", "text": "\n".join(f"line_{i} = {i}" for i in range(60))}},
    {"title": "Later lines", "code": {"text": "\n".join(f"{i}" for i in range(40)), "first_line": 101}},
    {"title": "Paragraphs", "body": "\n\n".join(words(40) for _ in range(12))},
    {"title": "Mixed", "body": [{"paragraph": words(30)}, {"table": {"rows": rows(30)}}, {"bullets": ["A", "B"]}]},
    {"title": "Letters", "bullets": [LETTERS, "after"]},
    {"title": "Letters in a cell", "table": {"header": HEADER, "rows": [["a", LETTERS], [LETTERS[:100], "b"]]}},
    {"title": "Columns", "table": {"rows": [[f"cell {i}" for i in range(12)]] * 3}},
    {"title": "Layers", "layers": {"stacks": [{"layers": [f"Layer {i}" for i in range(8)]}], "caption": words(12)}},
    {"title": "Events", "timeline": [{"when": 1990 + i, "name": f"Event {i}", "text": words(5)} for i in range(9)]},
    {"title": "Across", "steps": [{"name": f"Step {i}", "text": words(9), "icon": "cloud"} for i in range(12)]},
    {"title": "Downward", "steps": {"direction": "down", "steps": [f"Step {i} {words(20)}" for i in range(9)]}},
    {"title": "Numbers", "stat": [{"value": f"{i}00 %", "label": words(3), "text": words(8)} for i in range(4)]},
    {"title": "Both sides", "comparison": {"left": side(6), "right": side(4, best_for="Speed")}},
)


def source(*slides: Data, **keys: Any) -> str:
    return as_yaml({"deckgen": 1, "title": "Too much", "slides": list(slides), **keys})


@pytest.fixture(scope="module")
def made() -> Outcome:
    return outcome(source(*SLIDES))


@pytest.fixture(scope="module")
def talk(made: Outcome) -> Talk:
    assert made.talk, made.found
    return made.talk


def pages(talk: Talk, source_id: str) -> tuple[Page, ...]:
    return talk.show.pages_of(source_id)


def tables(page: Page) -> list[Table]:
    return [shape for shape in page.drawing.shapes if isinstance(shape, Table)]


def in_frame(page: Page, name: str) -> list[str]:
    """The paragraphs of the text whose frame or key is so named."""
    boxes = [shape for shape in page.drawing.shapes if isinstance(shape, TextBox)]
    return [
        plain(p.text) for box in boxes if name in (box.placeholder, box.key.rpartition("/")[2]) for p in box.paragraphs
    ]


def test_every_word_stands_in_both_outputs(made: Outcome) -> None:
    assert made.talk
    assert (made.found, made.problems) == ((), ())


@pytest.mark.parametrize(
    "source_id",
    ["bullets", "nested", "taken-away", "rows", "lines", "paragraphs", "mixed", "events", "across", "downward"],
)
def test_the_title_goes_on_with_a_count(talk: Talk, source_id: str) -> None:
    found = pages(talk, source_id)
    title = source_id.capitalize().replace("-", " ")
    assert len(found) > 1
    expected = [f"{title} ({i}/{len(found)})" for i in range(1, len(found) + 1)]
    assert [in_frame(page, "title") for page in found] == [[text] for text in expected]


def test_items_stay_in_order_and_under_their_own(talk: Talk) -> None:
    items = [item for page in pages(talk, "bullets") for item in in_frame(page, "body")]
    assert items == [f"Bullet {i}" for i in range(40)]
    for page in pages(talk, "nested"):
        outer = [text.removeprefix("Outer ") for text in in_frame(page, "body") if text.startswith("Outer")]
        inner = [text for text in in_frame(page, "body") if text.startswith("Inner")]
        assert inner == [f"Inner {i}-{j}" for i in outer for j in range(3)]


def test_slides_that_follow_are_about_as_full(talk: Talk) -> None:
    counts = [len(in_frame(page, "body")) for page in pages(talk, "bullets")]
    assert max(counts) - min(counts) <= 1


def test_a_table_repeats_its_header(talk: Talk) -> None:
    shown = [table for page in pages(talk, "rows") for table in tables(page)]
    heads = [[plain(p.text) for cell in table.rows[0].cells for p in cell.paragraphs] for table in shown]
    assert heads == [HEADER] * len(shown)
    firsts = [plain(row.cells[0].paragraphs[0].text) for table in shown for row in table.rows[1:]]
    assert firsts == [f"Row {i}" for i in range(60)]
    assert all(table.header for table in shown)


@pytest.mark.parametrize(("source_id", "first", "count"), [("lines", 1, 60), ("later-lines", 101, 40)])
def test_line_numbers_run_on(talk: Talk, source_id: str, first: int, count: int) -> None:
    numbers = [number for page in pages(talk, source_id) for number in in_frame(page, "numbers")]
    assert numbers == [str(number) for number in range(first, first + count)]


def test_steps_are_numbered_on(talk: Talk) -> None:
    shapes = [shape for page in pages(talk, "downward") for shape in page.drawing.shapes]
    badges = [shape for shape in shapes if isinstance(shape, AutoShape) and shape.key.endswith("/badge")]
    assert [plain(badge.text[0].text) for badge in badges] == [str(number) for number in range(1, 10)]


def test_what_belongs_to_the_whole_slide_stands_once(talk: Talk, made: Outcome) -> None:
    assert [in_frame(page, "takeaway") for page in pages(talk, "taken-away")][-1] == ["In the end"]
    assert sum(len(in_frame(page, "takeaway")) for page in pages(talk, "taken-away")) == 1
    assert [len(in_frame(page, "caption")) for page in pages(talk, "rows")][:2] == [1, 0]
    slides = Presentation(io.BytesIO(made.deck)).slides
    noted = [page.id for page, slide in zip(talk.show.pages, slides, strict=True) if slide.has_notes_slide]
    assert noted == ["bullets"]


def test_sections_and_numbers_stand_on_every_page(talk: Talk) -> None:
    for page in pages(talk, "rows"):
        assert in_frame(page, "section_name") == ["Part one"]
        assert in_frame(page, "slide_number") == [str(page.number)]


def test_nothing_leaves_its_box(talk: Talk, tmp_path: Path) -> None:
    judged = drawn(talk, talk.show, tmp_path)
    assert len(judged) == len(talk.show.pages)
    wrong = []
    for page, found in zip(talk.show.pages, judged, strict=True):
        placed = list(texts(page.drawing.shapes))
        wrong += [f"{page.id} {problem}" for box, paragraphs in placed if (problem := compare(box, paragraphs, found))]
        wrong += [f"{page.id}: {w.text}" for w in found if not any(within(middle(w.box), box) for box, _ in placed)]
    assert not wrong, wrong[:8]


def sole(**block: Any) -> tuple[Data, ...]:
    return ({"title": "A slide", **block},)


def stack(*layers: Any, **keys: Any) -> Data:
    return {"stacks": [{"layers": list(layers), **keys}]}


REFUSED: dict[str, tuple[tuple[Data, ...], Data, str, str]] = {
    "title": (({"title": words(43), "bullets": ["a"]},), {}, "the title needs 9 lines, but slide 2 has room for 2",
              "shorten it by about"),
    "title of one word": (({"title": LETTERS, "bullets": ["a"]},), {}, "the title needs ", "shorten it"),
    "title of the talk": (sole(bullets=["a"]), {"title": words(30)}, "but slide 1 has room for 2", "shorten it"),
    "author": (sole(bullets=["a"]), {"author": words(30)},
               "the author needs 6 lines, but slide 1 has room for 3", "shorten it"),
    "one bullet": (sole(bullets=[words(400)]), {}, "but slide 2 has room for 13", "shorten it by about"),
    "one item": (sole(bullets=[{"Outer": [f"Inner {i}" for i in range(40)]}]), {},
                 "the text needs 41 lines, but slide 2 has room for 13", "divide the slide in two"),
    "one row": (sole(table={"header": HEADER, "rows": [["a", words(300)]]}), {}, "but slide 2 has room for", "rows"),
    "comparison": (sole(comparison={"left": side(12), "right": side(3)}), {},
                   "the table needs 12 rows, but slide 2 has room for 6", "leave out rows"),
    "comparison above its end": (sole(comparison={"left": side(6, best_for="Speed"), "right": side(3)}), {},
                                 "the table needs 6 rows, but slide 2 has room for 4", "leave out rows"),
    "agenda": ((*sole(agenda=None), *({"section": f"Part {i}"} for i in range(9))), {},
               "the table needs 9 rows, but slide 2 has room for 7", "leave out rows"),
    "layers": (sole(layers=stack(*(f"Layer {i}" for i in range(20)))), {},
               "the label needs 1 line, but its box on slide 2 has room for 0", "shorten the label"),
    "copies": (sole(layers=stack({"text": "Application", "copies": 12})), {}, "the label needs", "shorten the label"),
    "caption of a table": (sole(table={"rows": rows(2), "caption": words(100)}), {}, "the text needs 34 lines, but",
                           "shorten it by about"),
    "caption of code": (sole(code={"text": "a", "caption": words(100)}), {},
                        "the text needs 34 lines, but slide 2 has room for 15", "shorten it by about"),
    "caption of layers": (sole(layers={**stack("a"), "caption": words(60)}), {}, "the text needs", "shorten it"),
    "event": (sole(timeline=[{"when": "1999", "text": words(90)}]), {}, "but slide 2 has room for 2", "shorten it"),
    "number": (sole(stat=[{"value": words(9)}]), {}, "but slide 2 has room for 1", "shorten it"),
    "words of a number": (sole(stat=[{"value": "1", "text": words(300)}]), {}, "has room for", "shorten it"),
    "step": (sole(steps=[{"name": "a", "text": words(300)}, "b"]), {}, "but slide 2 has room for", "shorten it"),
    "step down": (sole(steps={"direction": "down", "steps": [words(300)]}), {}, "has room for", "shorten it"),
    "flow": (sole(flow=[f"Station {i} -> Station {i + 1}" for i in range(12)]), {},
             "the diagram needs", "divide it in two"),
    "process": (sole(process=["Undeniably"] * 7), {}, "the diagram needs", "shorten its texts"),
    "phase": (sole(process=[words(60), "b"]), {}, "the label needs", "shorten the label"),
    "cycle": (sole(cycle=[words(60), "b", "c"]), {}, "the diagram needs", "shorten its texts"),
    "tree": (sole(tree={"root": {"A": [f"Branch {i}" for i in range(20)]}}), {}, "the diagram needs", "leave out"),
    "venn": (sole(venn=[words(30), "b"]), {}, "the text needs", "shorten it"),
    "matrix": (sole(matrix={"x": "a", "y": "b", "items": [{"name": words(40), "x": 1, "y": 1}]}), {},
               "the text needs 1 line", "shorten it"),
    "takeaway": (sole(bullets=["a"], takeaway=words(60)), {},
                 "the take-away needs 9 lines, but slide 2 has room for 2", "shorten it by about"),
    "code": (sole(code={"text": "\n" * 4 + "x" * 200}), {},
             "line 5 of the code needs 200 characters, but slide 2 has room for 66", "break the line in two"),
    "quote": (({"quote": {"text": words(120)}},), {}, "lines, but slide 2 has room for", "shorten it by about"),
    "section": (({"section": words(12), "summary": words(40)},), {},
                "the section summary needs 7 lines, but slide 2 has room for 2", "shorten it by about"),
    "closing": (sole(closing={"message": words(50)}), {}, "the message needs 9 lines, but slide 2 has room for 2",
                "shorten it by about"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_go_on_is_an_error_with_its_measure(name: str) -> None:
    slides, keys, message, hint = REFUSED[name]
    found, problems = prepared(source(*slides, **keys))
    assert found is None
    assert any(message in d.message and hint in d.hint and d.span.line for d in problems), problems
    assert len({(d.span, d.message) for d in problems}) == len(problems)


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ({"agenda": None}, "an agenda lists the sections, and the talk has none"),
        ({"layers": stack({"text": "App", "copies": 0})}, "`copies` is 0, and can be 1 to 12"),
        ({"layers": stack({"text": "App", "copies": 10**8})}, "`copies` is 100000000, and can be 1 to 12"),
        ({"code": {"text": " \n "}}, "there is no code here"),
        ({"code": {"text": "a", "first_line": 10**6}}, "`first_line` is 1000000, and can be 0 to 9999"),
        ({"code": {"text": "a", "highlight": ["\u00b2"]}}, "`highlight` names '\u00b2', but the code has lines 1 to 1"),
        ({"code": {"text": "a", "highlight": ["1-999999999"]}}, "`highlight` names '1-999999999', but the code has"),
        ({"table": {"rows": [[]]}}, "the table has no cells"),
        ({"timeline": [{"when": str(i), "hot": True} for i in range(2)]}, "more than one event is marked as `hot`"),
        ({"process": ["a"]}, "the number of parts is 1, and can be 2 to 7"),
        ({"cycle": ["a", "b"]}, "the number of parts is 2, and can be 3 to 8"),
        ({"tree": {"root": "a", "hot": "b"}}, "`hot` names 'b', and there is no such box"),
        ({"tree": {"root": {"a": [str(i) for i in range(30)]}}}, "the tree has 31 boxes, and the limit is 30"),
        ({"venn": ["a"]}, "the number of sets is 1, and can be 2 or 3"),
        ({"venn": {"sets": ["a", "b"], "overlaps": [{"a & c": "x"}]}}, "no set is called 'c'"),
        ({"matrix": {"x": "a", "y": "b", "items": [{"name": "c", "x": 101, "y": 0}]}}, "'c' stands outside"),
        ({"matrix": {"x": "a", "y": "b", "fields": ["c"]}}, "the number of names of fields is 1"),
        ({"flow": ["A -> "]}, "'A ->' is no arrow"),
        ({"flow": ["A -> A"]}, "the arrow leads from 'A' to itself"),
        ({"flow": ["A -> B", "A -> B"]}, "the arrow 'A -> B' is written twice"),
        ({"flow": {"nodes": ["Api", "B"], "edges": ["API -> B"]}}, "no box is called 'API'"),
        ({"flow": {"nodes": ["A", "B", "C"], "edges": ["A -> B"]}}, "no arrow joins the box 'C' to another"),
        ({"flow": {"edges": ["A -> B"], "hot": "C"}}, "`hot` names 'C', and there is no such box"),
        ({"flow": [f"{i} -> {i + 1}" for i in range(20)]}, "the flow has 21 boxes, and the limit is 20"),
        ({"stat": [{"value": str(i)} for i in range(5)]}, "a row has room for 4 numbers, and here are 5"),
        ({"steps": [{"name": "a", "icon": "clowd"}]}, "there is no icon 'clowd'"),
        ({"steps": {"steps": ["a"], "first": 100}}, "`first` is 100, and can be 0 to 99"),
        ({"bullets": ["\u00a0\u200b"]}, "nothing is written for 'text'"),
        ({"body": [{"heading": {"text": "a", "level": 9}, "only": "handout"}]}, "`level` is 9, and can be 1 to 2"),
    ],
)
def test_numbers_and_texts_that_mean_nothing_are_errors(block: Data, message: str) -> None:
    found, problems = prepared(source(*sole(**block)))
    assert found is None
    assert any(d.message.startswith(message) and d.span.line for d in problems), problems
