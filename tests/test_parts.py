"""A handout that is laid out in parts: one file in the end, with nothing lost where the parts meet."""

from __future__ import annotations

import io
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from deckgen.blocks.agenda import Agenda
from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.layers import Layer, Layers, Stack
from deckgen.blocks.paragraph import Paragraph
from deckgen.blocks.table import Table
from deckgen.check.pdf_text import PdfText, read_pdf_text
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.manifest import manifest_of
from deckgen.model.tabular import row_of
from deckgen.model.text import Run, label
from deckgen.typeset.slides import typeset
from deckgen.write.handout import plan
from deckgen.write.handout.html import layout_job
from deckgen.write.handout.job import Job
from deckgen.write.handout.layout import lay_out
from deckgen.write.handout.render import drawings, with_drawings
from deckgen.write.handout.worker import HandoutWorker, limits_for
from tests.builders import STAMP, deck_of, faces, paper
from tests.pages_builders import findings, poppler
from tests.test_worker import ended

ROOT = Path(__file__).parents[1]
PARTS = 3
SLIDES = 8
SENTENCE = "Most of the work goes into the cases that were left out of the first plan. "


def slide(chapter: int, number: int) -> Slide:
    """A slide with a table, a figure or points, a footnote, and a link to a slide of the next chapter."""
    other = f"slide-{chapter % PARTS + 1}-{number}"
    bodies = (
        Bullets(items=(Item(text=label(f"Point {chapter} {number}")),)),
        Table(
            header=(row_of(label("Name"), label("Size")),),
            rows=(row_of(label("One"), label("2")),),
            caption=label("Sizes"),
        ),
        Layers(stacks=(Stack(layers=(Layer(text=label(f"Layer {chapter} {number}")),)),), caption=label("Layers")),
    )
    text = (Run(SENTENCE, note=label(f"Note {chapter} {number}")), Run("See there", link=f"#{other}", refer="after"))
    prose = Paragraph(text=text)
    title = label(f"Slide {number} of chapter {chapter}")
    return Slide(title=title, id=f"slide-{chapter}-{number}", body=(bodies[number % 3],), handout=(prose,) * 2)


@cache
def talk() -> Deck:
    """Three chapters, each long enough for a part."""
    slides: list[Section | Slide] = [Slide(title=label("What comes"), id="agenda", body=(Agenda(),))]
    for chapter in range(1, PARTS + 1):
        slides.append(Section(section=label(f"Chapter {chapter}"), id=f"chapter-{chapter}"))
        slides += [slide(chapter, number) for number in range(1, SLIDES + 1)]
    return deck_of(*slides, title=label("A long talk"))


def job_of(deck: Deck) -> Job:
    show = typeset(deck, paper(), faces())
    return layout_job(deck, show, paper(), faces(), STAMP)


def joined(job: Job) -> Job:
    """The same handout in one part."""
    bodies = [re.findall(r"<body[^>]*>(.*)</body>", part, re.DOTALL)[0] for part in job.parts]
    head, tail = job.parts[0].split(bodies[0])
    return replace(job, parts=(head + "".join(bodies) + tail,))


@cache
def handout(whole: bool = False) -> bytes:
    deck = talk()
    job = joined(job_of(deck)) if whole else job_of(deck)
    drawn = drawings(job.placeholders, typeset(deck, paper(), faces()), paper(), faces())
    return with_drawings(lay_out(job), drawn, manifest_of(deck), STAMP)


@cache
def read(whole: bool = False) -> PdfText:
    return read_pdf_text(handout(whole))


def page_texts() -> list[str]:
    return [re.sub(r"\s+", " ", page) for page in poppler("pdftotext", handout()).split("\f")[:-1]]


def headings(text: PdfText) -> list[str]:
    return [text.text[start:end] for start, end in text.headings]


def test_each_chapter_is_a_part() -> None:
    assert len(job_of(talk()).parts) == PARTS


def test_words_headings_and_figures_are_those_of_the_whole() -> None:
    parts, whole = read(), read(whole=True)
    assert re.sub(r"\s+|\d+", "", parts.text).replace("-", "") == re.sub(r"\s+|\d+", "", whole.text).replace("-", "")
    assert headings(parts) == headings(whole) and len(headings(parts)) > PARTS * SLIDES
    assert parts.figures == whole.figures and len(parts.figures) == 3 * PARTS
    assert parts.manifest and parts.manifest == whole.manifest


def test_pages_are_numbered_through() -> None:
    first, *pages = page_texts()
    assert f"of {len(pages) + 1}" not in first
    for number, page in enumerate(pages, start=2):
        assert f"{number} of {len(pages) + 1} A long talk" in page


def test_the_contents_name_the_pages_where_chapters_begin() -> None:
    cover, *_ = pages = page_texts()
    with pikepdf.open(io.BytesIO(handout())) as pdf:
        begins = [pages_of(pdf).index(place[0].objgen) + 1 for name, place in places(pdf) if "chapter" in name]
    assert len(begins) == PARTS
    for chapter, number in enumerate(begins, start=1):
        assert f"Chapter {chapter}" in pages[number - 1]
        assert re.search(rf"Chapter {chapter} slides \d+–\d+ {number}\b", cover), cover


def pages_of(pdf: pikepdf.Pdf) -> list[tuple[int, int]]:
    return [page.obj.objgen for page in pdf.pages]


def places(pdf: pikepdf.Pdf) -> list[tuple[str, pikepdf.Object]]:
    names = list(pdf.Root.Names.Dests.Names)
    return [(str(name), place) for name, place in zip(names[::2], names[1::2], strict=True)]


def test_links_lead_to_the_pages_of_their_slides() -> None:
    texts = page_texts()
    with pikepdf.open(io.BytesIO(handout())) as pdf:
        found, pages = dict(places(pdf)), pages_of(pdf)
        assert list(found) == sorted(found)
        links = [str(link.Dest) for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert len(links) > 2 * PARTS * SLIDES
        assert {name for name in found if name.startswith("at-slide-")} <= set(links)
        for name in links:
            number = pages.index(found[name][0].objgen)
            if match := re.fullmatch(r"at-slide-(\d)-(\d)", name):
                assert f"Slide {match[2]} of chapter {match[1]}" in texts[number]


def test_bookmarks_stand_in_order() -> None:
    with pikepdf.open(io.BytesIO(handout())) as pdf, pdf.open_outline() as outline:
        chapters = [item for item in outline.root if item.title.startswith("Chapter")]
        assert [chapter.title for chapter in chapters] == [f"Chapter {i + 1}" for i in range(PARTS)]
        assert all(len(chapter.children) == SLIDES for chapter in chapters)


def test_the_parent_tree_has_every_page_and_link_once_in_order() -> None:
    with pikepdf.open(io.BytesIO(handout())) as pdf:
        root = pdf.Root.StructTreeRoot
        keys = [int(key) for key in list(root.ParentTree.Nums)[::2]]
        assert len(root.K) == 1 and all(one < other for one, other in pairwise(keys))
        used = [int(page.obj.StructParents) for page in pdf.pages]
        used += [int(link.StructParent) for page in pdf.pages for link in page.obj.get("/Annots", ())]
        assert sorted(used) == keys


def test_it_is_accessible_and_lasting(tmp_path: Path) -> None:
    assert list(findings(handout(), tmp_path)) == []


def test_a_worker_makes_the_same_bytes() -> None:
    child = HandoutWorker()
    child.start(job_of(talk()), limits_for(30))
    made = child.result()
    assert not made.failure
    assert made.parts == lay_out(job_of(talk()))


def test_a_failure_of_a_copy_is_the_workers() -> None:
    job = job_of(talk())
    child = HandoutWorker()
    child.start(replace(job, parts=(*job.parts[:-1], "<p>")), limits_for(30))
    made = child.result()
    assert not made.parts and made.failure and "Traceback" in made.details


@pytest.mark.parametrize("name", ["SIGXCPU", "SIGKILL"])
def test_what_ends_a_copy_ends_its_process(name: str) -> None:
    program = (
        "import os, signal\n"
        "from deckgen.write.handout.hands import ForkedHand, forked\n"
        f"ForkedHand(forked(lambda pipe: os.kill(os.getpid(), signal.{name}), os.dup(1)), 1).extent()\n"
    )
    if sys.platform == "linux":
        with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE) as process:
            assert process.wait(60) == -getattr(signal, name)


def test_copies_end_with_their_process() -> None:
    """A copy that waits for its page numbers when the process that made it is killed, and so its input ends."""
    program = (
        "import os, time\n"
        "from deckgen.write.handout.hands import forked\n"
        "forked(lambda pipe: time.sleep(60), os.dup(1))\n"
        "time.sleep(60)\n"
    )
    if sys.platform == "linux":
        with subprocess.Popen(
            [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child:
            assert child.stdin and child.stdout
            children = Path(f"/proc/{child.pid}/task/{child.pid}/children")
            while not (pids := children.read_text().split()):
                time.sleep(0.05)
            child.kill()
            child.stdin.close()
            assert ended(int(pids[0]))


def test_parts_are_of_like_size_and_in_order() -> None:
    outline = plan.outline(talk(), typeset(talk(), paper(), faces()))
    sizes = [3, 0, 9, 1, 8, 8, 2, 30, 1]
    entries = outline.chapters[0].entries * 5
    chapters = tuple(replace(outline.chapters[0], label=str(i), entries=entries[:size]) for i, size in enumerate(sizes))
    parts = plan.parts_of(replace(outline, chapters=chapters))
    assert 1 < len(parts) <= plan.MOST_PARTS
    assert [chapter.label for part in parts for chapter in part] == [str(i) for i in range(len(sizes))]
    assert plan.parts_of(replace(outline, chapters=chapters[2:5])) == (chapters[2:5],), "short, so on the fewest pages"
