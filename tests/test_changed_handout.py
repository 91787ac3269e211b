"""A handout that tells what has changed since an earlier one, and the sheets of it that are to be printed again."""

from __future__ import annotations

import io
import subprocess
import tempfile
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest
from PIL import Image, ImageChops

from deckgen.build import Build, Options, build
from deckgen.check.agree import check_handout
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.verify import manifest_in
from deckgen.model.manifest import Manifest
from deckgen.styles import style_named
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from deckgen.write.handout.excerpt import sheets_with
from tests.command import deckgen, project, talk
from tests.pairs import prepared

TITLES = [f"The title of slide {i}" for i in range(24)]
OLD = talk(*TITLES)
NEW = OLD.replace("[one of The title of slide 12]", "[two of The title of slide 12]")


@cache
def made(source: str, since: str = "", only_changed: bool = False) -> Build:
    earlier = manifest(made(since)) if since else None
    options = Options(only="handout", since=earlier, only_changed=only_changed)
    return build(MemoryWorld({"t.yaml": source.encode()}, default_folder()), "t.yaml", options)


def manifest(found: Build) -> Manifest:
    told = manifest_in("t.pdf", found.outputs[0].data)
    assert isinstance(told, Manifest)
    return told


def text_of(pdf: bytes, number: int) -> str:
    """What Poppler finds on a page, counted from 1."""
    command = ["pdftotext", "-layout", "-f", str(number), "-l", str(number), "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def labels(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [found.label for found in document.pages]


def failures(pdf: bytes, tmp_path: Path) -> list[object]:
    (tmp_path / "t.pdf").write_bytes(pdf)
    return [
        f for profile in ("ua1", "3a") for f in page.validate_pdf(str(tmp_path / "t.pdf"), profile=profile).failures
    ]


def test_a_page_behind_the_cover_tells_the_changes(tmp_path: Path) -> None:
    found = made(NEW, OLD)
    assert found.diagnostics == ()
    pdf = found.outputs[0].data
    (at,) = set(manifest(made(OLD)).pages["the-title-of-slide-12"])
    told = text_of(pdf, 2)
    assert "What changed" in told and "Edited" in told and "The title of slide 12" in told and "one → two" in told
    assert (
        f"before: page {at} " in told.replace("\n", " ") and told.split("before: page")[1].split()[:2] == [str(at)] * 2
    )
    assert labels(pdf)[:5] == ["1", "i", "ii", "2", "3"]
    assert f"{at} of {len(manifest(found).prints)}" in text_of(pdf, at + 2), "the pages keep their numbers"
    assert failures(pdf, tmp_path) == []


def test_bars_and_the_page_of_changes_move_nothing() -> None:
    assert manifest(made(NEW, OLD)).prints == manifest(made(NEW)).prints
    assert manifest(made(NEW, OLD)).pages == manifest(made(NEW)).pages


def test_a_bar_stands_beside_what_changed_and_nowhere_else() -> None:
    pdf = made(NEW, OLD).outputs[0].data
    (at,) = set(manifest(made(OLD)).pages["the-title-of-slide-12"])
    bars = {number: thick_bars(pdf, number + 2) for number in range(2, 2 + 3)}
    assert {number for number, count in bars.items() if count} == {at}
    alternatives = read_pdf_text(pdf).alternatives
    assert [words for words in alternatives if "Edited" in words] == ["Slide 14: The title of slide 12 (Edited)"]


def thick_bars(pdf: bytes, number: int) -> int:
    """The upright bars of the theme's accent between margin and text, by a picture of the page in tenths of a mm."""
    command = ["pdftoppm", "-r", "254", "-f", str(number), "-l", str(number), "-png", "-"]
    picture = Image.open(io.BytesIO(subprocess.run(command, input=pdf, capture_output=True, check=True).stdout))
    left, right = 630, 637  # The bar's left edge stands 5 mm left of the text, 63 mm from the paper's edge.
    column = [picture.convert("RGB").getpixel((x, y)) for y in range(240, 2700) for x in range(left + 1, right - 1)]
    return sum(1 for pixel in column if isinstance(pixel, tuple) and pixel[0] - pixel[1] > 80)


def test_only_the_sheets_that_differ_are_written(tmp_path: Path) -> None:
    whole, changed = made(NEW, OLD, only_changed=True).outputs
    assert changed.suffix == "-handout-changed.pdf" and changed.pages < whole.pages
    (at,) = set(manifest(made(OLD)).pages["the-title-of-slide-12"])
    sheet = {at, at - 1 if at % 2 == 0 else at + 1}
    assert labels(changed.data) == ["1", "i", "ii", "2", *(str(number) for number in sorted(sheet - {2}))]
    for place, label in enumerate(labels(changed.data), start=1):
        there = labels(whole.data).index(label) + 1
        assert text_of(changed.data, place) == text_of(whole.data, there)
    assert failures(changed.data, tmp_path) == []
    with pikepdf.open(io.BytesIO(changed.data)) as document:
        places = list(document.Root.Names.Dests.Names)
        pages = {found.obj.objgen for found in document.pages}
        assert {place[0].objgen for place in places[1::2]} <= pages, "no link leads to a page that is not there"
    assert isinstance(manifest_in("t", changed.data), Manifest)


def test_without_changes_the_handout_is_as_it_would_be() -> None:
    again = made(OLD, OLD, only_changed=True)
    assert [output.data for output in again.outputs] == [made(OLD).outputs[0].data]


def test_a_long_list_of_changes_takes_whole_sheets(tmp_path: Path) -> None:
    found = made(OLD.replace("one of", "two of"), OLD)
    pdf = found.outputs[0].data
    roman = [label for label in labels(pdf) if set(label) <= set("ivx")]
    assert len(roman) % 2 == 0 and "The title of slide 23" in "".join(text_of(pdf, 2 + i) for i in range(len(roman)))
    assert failures(pdf, tmp_path) == []


@pytest.mark.parametrize("language", ["de", "ar", "ja"])
def test_changes_are_told_in_the_language_of_the_talk(language: str, tmp_path: Path) -> None:
    words = {
        "de": ("Was sich geändert hat", "Geändert", "Entfallen"),
        "ja": ("変更点", "変更", "削除"),
        "ar": ("", "", ""),
    }
    old = talk("A", "B", "C", language=language)
    found = made(talk("A", "C", language=language).replace("one of A", "two of A"), old)
    assert found.diagnostics == ()
    text = text_of(found.outputs[0].data, 2)
    assert all(word in text for word in words[language])
    assert failures(found.outputs[0].data, tmp_path) == []


def test_old_words_that_became_notes_are_no_leak() -> None:
    sentence = "This sentence was shown to everybody"
    old = talk("A", "B").replace("[one of A]", f"[{sentence}]")
    new = talk("A", "B") + f"    notes: {sentence}\n"
    found = made(new, old)
    assert found.diagnostics == () and sentence in text_of(found.outputs[0].data, 2).replace("\n", " ")
    prepared_talk, _ = prepared(new)
    assert prepared_talk and check_handout(prepared_talk.deck, read_pdf_text(found.outputs[0].data))


@pytest.mark.parametrize(
    ("pages", "total", "sheets"),
    [((), 5, ()), ((0,), 5, (0, 1)), ((3, 4), 5, (2, 3, 4)), ((1, 2), 8, (0, 1, 2, 3))],
)
def test_a_sheet_has_two_pages(pages: tuple[int, ...], total: int, sheets: tuple[int, ...]) -> None:
    assert sheets_with(pages, total) == sheets


def test_the_command_writes_both_and_tells_wrong_uses(tmp_path: Path) -> None:
    project(tmp_path, talk=talk("A", "B"))
    assert deckgen("build", "--out", "old", cwd=tmp_path).returncode == 0
    (tmp_path / "source" / "talk.yaml").write_text(talk("A", "B", "C"))
    since = ("build", "--changes-since", "old/talk-handout.pdf")
    done = deckgen(*since, "--only-changed", cwd=tmp_path)
    assert done.returncode == 0 and "talk-handout-changed.pdf: 4 pages" in done.stdout
    assert deckgen("verify", "build/talk.pptx", "build/talk-handout.pdf", cwd=tmp_path).returncode == 0
    told = deckgen(*since, "--only", "handout", "--handout", "slides", cwd=tmp_path).stderr
    assert "the style slides has no bars" in told and "only the style article lists what has changed" in told
    for arguments, status, words in (
        (("build", "--only-changed"), 2, "--only-changed needs --changes-since"),
        ((*since, "--only", "deck"), 2, "for the handout of one source"),
        (("build", "--changes-since", "old/talk.pptx"), 1, "takes a handout"),
        (("build", "--changes-since", "none.pdf"), 1, "there is no file or folder none.pdf"),
    ):
        done = deckgen(*arguments, cwd=tmp_path)
        assert done.returncode == status and words in done.stderr


def test_a_blank_page_behind_the_cover_keeps_its_place() -> None:
    right = {"print": "\n  sections: right"}
    old, new = talk("A", "B", **right), talk("A", "C", **right)
    whole, changed = made(new, old, only_changed=True).outputs
    assert labels(whole.data) == ["1", "2", "i", "ii", "3"]
    assert labels(changed.data) == labels(whole.data), "the contents on the cover have changed, too"
    assert "What changed" in text_of(whole.data, 3)


@pytest.mark.parametrize("name", ["article-2", "notes", "grid-6", "outline", "cheat-sheet"])
def test_every_style_has_a_bar_beside_what_changed_and_nowhere_else(name: str) -> None:
    style = style_named(name)
    assert style
    old, new = (source.replace("    bullets:", "    cheat: true\n    bullets:") for source in (OLD, NEW))
    plain, marked = (
        build(
            MemoryWorld({"t.yaml": new.encode()}, default_folder()),
            "t.yaml",
            Options(only="handout", handouts=(style,), since=since),
        ).outputs[0]
        for since in (None, manifest(made(old)))
    )
    kept = plain.pages - 1 if name == "article-2" else plain.pages  # Its cover is before the list of changes.
    places = [box for box in map(difference, pictures(plain.data)[-kept:], pictures(marked.data)[-kept:]) if box]
    assert len(places) == 1
    left, top, right, bottom = places[0]
    assert right - left <= 4 and bottom - top >= 20


def pictures(pdf: bytes) -> list[Image.Image]:
    """The pages as Poppler draws them, a pixel a point."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "72", "-png", "-", f"{folder}/page"], input=pdf, check=True)
        return [Image.open(io.BytesIO(path.read_bytes())).convert("RGB") for path in sorted(Path(folder).iterdir())]


def difference(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """Where two pictures differ: left, top, right and bottom."""
    return ImageChops.difference(one, other).getbbox()
