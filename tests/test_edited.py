"""A deck that somebody edited by hand is not lost when its source is built again."""

from __future__ import annotations

from pathlib import Path

from pptx import Presentation

from tests.command import bound_by_permissions, contents, deckgen, project, talk
from tests.judges.libreoffice import saved_again
from tests.saved_by_powerpoint import saved_by_powerpoint


def built(root: Path) -> str:
    done = deckgen("build", "--only", "deck", cwd=root)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_an_edited_deck_is_kept_once(tmp_path: Path) -> None:
    root = project(tmp_path / "p", talk=talk("One", "Two"))
    assert built(root) == built(root) == "", "nobody has edited what deckgen wrote"
    assert sorted(contents(root / "build")) == ["talk.pptx"]
    deck = Presentation(str(root / "build/talk.pptx"))
    deck.slides[1].shapes.title.text_frame.text = "Zebras"
    deck.save(str(root / "build/talk.pptx"))
    edited = (root / "build/talk.pptx").read_bytes()
    assert built(root) == (
        "warning: somebody saved build/talk.pptx since it was built; that deck is kept as build/talk-edited.pptx\n"
        "  see what was changed in it:"
        " deckgen import build/talk-edited.pptx --out source/talk-theirs.yaml\n"
    )
    assert (root / "build/talk-edited.pptx").read_bytes() == edited
    assert built(root) == "" and sorted(contents(root / "build")) == ["talk-edited.pptx", "talk.pptx"]
    done = deckgen("import", "build/talk-edited.pptx", "--out", "source/talk-theirs.yaml", cwd=root)
    assert "slide 2: the title was changed after deckgen made it" in done.stdout
    assert "title: Zebras" in (root / "source/talk-theirs.yaml").read_text()


def test_copies_that_other_programs_saved_are_kept_too(tmp_path: Path) -> None:
    root = project(tmp_path / "p", talk=talk("One"))
    built(root)
    deck, found = root / "build/talk.pptx", []
    for save in (saved_by_powerpoint, lambda _: saved_again(deck, tmp_path)):
        data = save(deck.read_bytes())
        deck.write_bytes(data)
        assert "is kept as" in built(root)
        found.append(data)
    kept = contents(root / "build")
    assert [kept["talk-edited.pptx"], kept["talk-edited-2.pptx"]] == found


def test_a_saved_deck_is_in_step_but_may_show_something_else(tmp_path: Path) -> None:
    root = project(tmp_path / "p", talk=talk("One"))
    assert deckgen("build", cwd=root).returncode == 0
    pair = ("build/talk.pptx", "build/talk-handout.pdf")
    assert deckgen("verify", *pair, cwd=root).stderr == ""
    (root / pair[0]).write_bytes(saved_by_powerpoint((root / pair[0]).read_bytes()))
    done = deckgen("verify", *pair, cwd=root)
    assert (done.returncode, done.stdout) == (0, "in step: build/talk.pptx, build/talk-handout.pdf\n")
    assert done.stderr == (
        "warning: somebody saved build/talk.pptx since it was built, so it may show something else\n"
    )


def test_an_edited_deck_stays_where_it_can_not_be_replaced(tmp_path: Path) -> None:
    root = project(tmp_path / "p", talk=talk("One"))
    built(root)
    deck = root / "build/talk.pptx"
    deck.write_bytes(saved_by_powerpoint(deck.read_bytes()))
    before = contents(root / "build")
    deck.chmod(0o400)
    done = deckgen("build", "--only", "deck", cwd=root, before=bound_by_permissions)
    assert done.returncode == 1 and "error: talk can't be written" in done.stderr
    assert contents(root / "build") == before
