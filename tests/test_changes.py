"""`deckgen changes`: what is told of the way from one state of a talk to another, and what has to be printed again."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.paragraph import Paragraph
from deckgen.build import Options, build
from deckgen.check.verify import manifest_in
from deckgen.frozen import frozen
from deckgen.model.changes import Change, Edit, changes, edited, pages_to_print
from deckgen.model.deck import Deck, Slide
from deckgen.model.manifest import Manifest, digest, from_json, manifest_of
from deckgen.model.text import Paragraph as Said
from deckgen.model.text import label
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from tests.builders import deck_of
from tests.command import deckgen, project, talk

WORDS = ("image", "kernel", "layer", "host", "network", "volume")


def slide(name: str, *items: str) -> Slide:
    body = Bullets(items=tuple(Item(text=label(item)) for item in items or (f"one of {name}",)))
    return Slide(id=name, title=label(name.title()), body=(body,))


def deck(*slides: Slide) -> Deck:
    return deck_of(*slides)


def found(old: Deck, new: Deck) -> tuple[Change, ...]:
    return changes(manifest_of(old), manifest_of(new))


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=4), max_size=9), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_list_is_exact_whatever_is_done_to_a_talk(bodies: list[list[str]], dice: random.Random) -> None:
    old = [slide(f"s{i}", *words) for i, words in enumerate(bodies)]
    new = list(old)
    removed = dice.sample([entry.id for entry in new], dice.randint(0, len(new)))
    new = [entry for entry in new if entry.id not in removed]
    edits = dice.sample([entry.id for entry in new], dice.randint(0, len(new)))
    new = [slide(s.id, "something", "else") if s.id in edits else s for s in new]
    for _ in range(dice.randint(0, 2) if new else 0):
        new.insert(dice.randrange(len(new)), new.pop(dice.randrange(len(new))))
    staying = [s.id for s in new]
    added = [f"n{i}" for i in range(dice.randint(0, 3))]
    for name in added:
        new.insert(dice.randint(0, len(new)), slide(name, "quite", "new"))
    told = found(deck(*old), deck(*new))
    assert {c.name for c in told if c.kinds == ("added",)} == set(added)
    assert {c.name for c in told if c.kinds == ("removed",)} == set(removed)
    assert {c.name for c in told if "edited" in c.kinds} == set(edits)
    moved = {c.name for c in told if "moved" in c.kinds}
    first = [s.id for s in old if s.id in staying and s.id not in moved]
    assert first == [name for name in staying if name not in moved], "the others stand in the same order"
    for name in moved:  # none is told in vain
        rest = moved - {name}
        assert [s.id for s in old if s.id in staying and s.id not in rest] != [n for n in staying if n not in rest]


@given(st.lists(st.sampled_from(WORDS)), st.lists(st.sampled_from(WORDS)))
@settings(deadline=None)
def test_the_edits_of_a_text_lead_from_the_old_words_to_the_new(old: list[str], new: list[str]) -> None:
    told = edited((" ".join(old),), (" ".join(new),))
    gone = Counter(word for edit in told for word in edit.old.split())
    come = Counter(word for edit in told for word in edit.new.split())
    assert Counter(old) - gone == Counter(new) - come, "what is not told is the same"
    assert (gone <= Counter(old)) and (come <= Counter(new)) and (not told) == (old == new)


def test_the_words_of_an_edit_stand_in_their_surroundings() -> None:
    old, new = slide("a", "Containers share the kernel of it"), slide("a", "Containers share one kernel of it", "More")
    [change] = found(deck(old), deck(new))
    assert change.edits == (
        Edit("Containers share", "the", "one", "kernel of it"),
        Edit("", "", "More", ""),
    )


def test_a_new_title_makes_no_new_slide() -> None:
    old, new = slide("docker-in-2025", "a", "b"), slide("docker-in-2026", "a", "b")
    [change] = found(deck(old), deck(new))
    assert (change.kinds, change.name) == (("edited",), "docker-in-2026")
    assert change.edits == (Edit("", "Docker-In-2025", "Docker-In-2026", ""),)


def test_what_the_reader_does_not_see_is_no_change() -> None:
    one, other = slide("a"), replace(slide("a"), notes=(Said(label("Say it slowly.")),), minutes=3)
    more = replace(slide("x"), only="deck")
    assert found(deck(one), deck(other, more)) == ()
    decks = manifest_of(deck(one), "deck"), manifest_of(deck(other, more), "deck")
    assert [change.kinds for change in changes(*decks)] == [("added",)]


def test_a_key_that_a_later_version_knows_changes_no_digest() -> None:
    @frozen(kw_only=True)
    class Later(Item):
        mood: str = "calm"

    Later.__name__ = "Item"
    assert digest(Item(text=label("a"))) == digest(Later(text=label("a")))
    assert digest(Later(text=label("a"), mood="wild")) != digest(Later(text=label("a")))


def test_no_output_carries_the_words_of_another_channel() -> None:
    entry = replace(slide("a"), notes=(Said(label("speaker")),), handout=(Paragraph(text=label("printed")),))
    on_print, on_screen = manifest_of(deck(entry)).to_json(), manifest_of(deck(entry), "deck").to_json()
    assert b"speaker" not in on_print + on_screen and b"printed" in on_print and b"printed" not in on_screen


def test_manifests_of_the_first_versions_are_read() -> None:
    data = b'{"format":1,"tool":"deckgen 0","title":"T","source":"0","slides":[["title","0"],["a","1"],["b","2"]]}'
    old, new = from_json(data), manifest_of(deck(slide("a"), slide("c")))
    assert old and [(c.name, c.kinds) for c in changes(old, new)] == [
        ("title", ("edited",)), ("a", ("edited",)), ("c", ("added",)), ("b", ("removed",)),
    ]  # fmt: skip
    assert pages_to_print(old, replace(new, prints=("x", "y"))) == (1, 2)


def handout_of(source: str) -> tuple[bytes, Manifest]:
    made = build(MemoryWorld({"t.yaml": source.encode()}, default_folder()), "t.yaml", Options(only="handout"))
    manifest = manifest_in("t.pdf", made.outputs[0].data)
    assert isinstance(manifest, Manifest)
    return made.outputs[0].data, manifest


LONG = talk(*(f"The title of slide {i}" for i in range(24)))


@pytest.fixture(scope="module")
def long() -> tuple[bytes, Manifest]:
    return handout_of(LONG)


def test_the_manifest_tells_the_pages_of_each_slide(long: tuple[bytes, Manifest], tmp_path: Path) -> None:
    data, manifest = long
    (tmp_path / "t.pdf").write_bytes(data)
    assert len(manifest.prints) > 3
    for page in range(1, len(manifest.prints) + 1):
        command = ["pdftotext", "-f", str(page), "-l", str(page), str(tmp_path / "t.pdf"), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for name, shown in manifest.shown.items():
            first, last = manifest.pages[name]
            inside = first <= page <= last
            assert name == "title" or (f"one of {shown.title}\n" in text) == inside


def test_only_pages_that_differ_are_printed_again(long: tuple[bytes, Manifest]) -> None:
    _, old = long
    page, last = old.pages["the-title-of-slide-12"]
    assert page == last
    _, new = handout_of(LONG.replace("[one of The title of slide 12]", "[two of The title of slide 12]"))
    assert pages_to_print(old, new) == (page,)
    _, new = handout_of(LONG.replace("[one of The title of slide 23]", "[a, b, c, d, e]"))
    assert pages_to_print(old, new) == tuple(range(old.pages["the-title-of-slide-23"][0], len(new.prints) + 1))
    assert pages_to_print(old, old) == ()


def test_the_command_tells_slides_words_and_pages(tmp_path: Path) -> None:
    project(tmp_path, talk=talk("A", "B", "C", "D"))
    assert deckgen("build", cwd=tmp_path).returncode == 0
    old = tmp_path / "build" / "talk-handout.pdf"
    with pikepdf.open(old) as pdf:
        pdf.save(tmp_path / "again.pdf", linearize=True)
    done = deckgen("changes", "again.pdf", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "nothing that again.pdf shows has changed\n")
    (tmp_path / "source" / "talk.yaml").write_text(talk("D", "A", "B", "E").replace("one of B", "two of B"))
    told = (
        "moved: 'd': D ({0} {1}, was {0} {2})\n"
        "edited: 'b': B ({0} {3}, was {0} {4})\n"
        "    [-one-] {{+two+}} of B …\n"
        "added: 'e': E ({0} {2})\n"
        "removed: 'c': C (was {0} {5})\n"
    )
    done = deckgen("changes", "again.pdf", "source/talk.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, told.format("page", 2, 2, 2, 2, 2))
    done = deckgen("changes", "build/talk.pptx", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, told.format("slide", 2, 5, 4, 3, 4))
    done = deckgen("changes", "build/talk.pptx", "again.pdf", cwd=tmp_path)
    assert done.returncode == 2 and "give two handouts, or two decks" in done.stderr


def test_changes_are_those_of_given_values(tmp_path: Path) -> None:
    slide_of_region = "  - title: In the {{ region }}\n    bullets: [x]\n"
    project(tmp_path, talk=talk("A", parameters="{region: North}") + slide_of_region)
    build = ("build", "--only", "deck", "--set", "region=South")
    assert deckgen(*build, cwd=tmp_path).returncode == 0
    done = deckgen("changes", "build/talk.pptx", "--set", "region=South", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "nothing that build/talk.pptx shows has changed\n")
    done = deckgen("changes", "build/talk.pptx", cwd=tmp_path)
    assert done.returncode == 1 and "'in-the-north'" in done.stdout
    done = deckgen("changes", "build/talk.pptx", "--set", "regon=South", cwd=tmp_path)
    assert done.returncode == 2 and "regon" in done.stderr


def test_files_without_a_manifest_are_told(tmp_path: Path) -> None:
    project(tmp_path, talk=talk("A"), more=talk("B"))
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(tmp_path / "foreign.pdf")
        empty.save(tmp_path / "talk-handout.pdf")
    (tmp_path / "text.pdf").write_text("no PDF")
    for name, words in {
        "foreign.pdf": "error: foreign.pdf carries no manifest: it was not made by deckgen",
        "text.pdf": "error: text.pdf is neither a PowerPoint deck nor a PDF",
        "missing.pdf": "error: there is no file or folder missing.pdf",
    }.items():
        done = deckgen("changes", name, "source/talk.yaml", cwd=tmp_path)
        assert done.returncode == 1 and words in done.stderr
