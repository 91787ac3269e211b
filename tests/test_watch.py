"""`deckgen watch` as a user has it: files are saved, and the outputs follow."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from deckgen.build import Options
from deckgen.check.verify import manifest_in
from deckgen.cli.sources import found_sources
from deckgen.cli.watch import Watched as FollowedTalk
from deckgen.loop.session import Answer, Session
from deckgen.loop.watching import Watching
from deckgen.model.manifest import Manifest, manifest_of
from deckgen.read.deck import read_deck
from deckgen.world import DiskWorld, packaged_themes
from tests.command import COMMAND, deckgen, project, talk
from tests.pictures import picture

SECONDS = 60.0
PICTURE = "    picture: {file: a.png, alt: A grey square, caption: It is grey}\n"


class Watched:
    """A running `deckgen watch` or `preview`, and all the lines that it has said."""

    def __init__(self, root: Path, *arguments: str, command: str = "watch") -> None:
        self.root = root
        self.source = root / "source" / "talk.yaml"
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [*COMMAND, command, *arguments], cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self.lines.append(line.rstrip("\n"))

    def end(self) -> None:
        """End the process, however it is."""
        self.process.kill()
        self.process.wait()
        self._listener.join(SECONDS)

    def said(self, pattern: str) -> int:
        return sum(bool(re.search(pattern, line)) for line in list(self.lines))

    def wait(self, pattern: str, count: int = 1) -> None:
        """Wait until so many lines match."""
        end = time.monotonic() + SECONDS
        while self.said(pattern) < count:
            assert time.monotonic() < end and self.process.poll() is None, self.lines
            time.sleep(0.02)

    def save(self, text: str) -> None:
        """As most editors save: a new file takes the place of the old one."""
        new = self.source.with_suffix(".new")
        new.write_text(text)
        os.replace(new, self.source)

    def in_step(self) -> bool:
        """Whether both outputs are those of the source as it is now."""
        deck, _ = read_deck(DiskWorld(self.root, Path()), "source/talk.yaml")
        assert deck
        found = [manifest_at(self.root / "build" / name) for name in ("talk.pptx", "talk-handout.pdf")]
        return all(manifest.source == manifest_of(deck).source for manifest in found)


def manifest_at(path: Path) -> Manifest:
    found = manifest_in(path.name, path.read_bytes())
    assert isinstance(found, Manifest)
    return found


@contextmanager
def watched(root: Path, *arguments: str, command: str = "watch") -> Iterator[Watched]:
    running = Watched(root, *arguments, command=command)
    try:
        yield running
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(20) == 0
        assert not running.said("Traceback"), running.lines
    finally:
        running.end()


def test_the_outputs_follow_the_source_and_errors_leave_them(tmp_path: Path) -> None:
    with watched(project(tmp_path, talk=talk("First", "Second"))) as running:
        running.wait("built in")
        assert running.in_step()
        running.save(talk("First", "Third"))
        running.wait(r"built in .* s: third$")
        assert running.in_step()
        before = (tmp_path / "build" / "talk.pptx").read_bytes()
        running.save(talk("First", "Third").replace("bullets", "bulets"))
        running.wait("talk.yaml:5:5: error: unknown key 'bulets'")
        running.wait("not built: the outputs are as they were")
        assert (tmp_path / "build" / "talk.pptx").read_bytes() == before
        running.save(talk("First", "Fourth"))
        running.wait(r"built in .* s: fourth$")
        assert running.in_step()


def test_a_burst_of_saves_is_one_build_and_a_save_in_a_build_is_not_lost(tmp_path: Path) -> None:
    with watched(project(tmp_path, talk=talk("First"))) as running:
        running.wait("built in")
        for number in range(8):
            running.save(talk("First", f"Slide {number}"))
            time.sleep(0.01)
        time.sleep(0.15)
        running.save(talk("First", "Last"))
        running.wait(r"built in .*: last$")
        assert running.in_step()
        assert running.said("built in") <= 3
        running.source.write_text(talk("First", "Last"))
        time.sleep(1)
        assert running.said("built in") <= 3, "nothing has changed"


def test_pictures_and_themes_are_watched_also_before_they_exist(tmp_path: Path) -> None:
    project(tmp_path, talk=talk("First").replace("    bullets: [one of First]\n", PICTURE))
    with watched(tmp_path, "--only", "deck") as running:
        running.wait("there is no file source/a.png")
        (tmp_path / "source" / "a.png").write_bytes(picture("PNG", 1200, 800))
        running.wait("built in")
        (tmp_path / "source" / "a.png").write_bytes(picture("PNG", 1200, 900))
        running.wait("built in .*: first$")
        shutil.copytree(packaged_themes() / "paper", tmp_path / "themes" / "paper")
        theme = tmp_path / "themes" / "paper" / "theme.yaml"
        text = theme.read_text()
        ink = re.search(r'^  text: "(#......)"', text, re.M)
        assert ink
        theme.write_text(text.replace(ink[1], "#101010"))
        running.wait("built in .*: title, first$")


def test_a_file_that_changes_just_after_it_was_read_for_the_first_time_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    early, late = picture("PNG", 1200, 800), picture("PNG", 1200, 900)
    project(tmp_path, talk=talk("First").replace("    bullets: [one of First]\n", PICTURE))
    file = tmp_path / "source" / "a.png"
    file.write_bytes(early)
    monkeypatch.chdir(tmp_path)
    refresh, found = Session.refresh, []

    def read(session: Session) -> Answer:
        found.append(refresh(session))
        if len(found) == 1:
            file.write_bytes(late)
        return found[-1]

    monkeypatch.setattr(Session, "refresh", read)
    [source] = found_sources(())
    followed = FollowedTalk(source, tmp_path / "build", Options(only="deck"), Watching(tmp_path), named=False)
    with closing(followed.session):
        followed.follow()
        followed.follow()
    assert [answer.fresh for answer in found] == [True, True]
    with zipfile.ZipFile(tmp_path / "build" / "talk.pptx") as deck:
        assert late in [deck.read(name) for name in deck.namelist()]


def test_the_source_may_go_and_come_back(tmp_path: Path) -> None:
    with watched(project(tmp_path, talk=talk("First")), "source/talk.yaml", "--only", "deck") as running:
        running.wait("built in")
        running.source.unlink()
        running.wait("there is no file source/talk.yaml")
        shutil.rmtree(tmp_path / "source")
        time.sleep(0.7)
        (tmp_path / "source").mkdir()
        running.source.write_text(talk("Again"))
        running.wait("built in .*: again$")


def test_all_sources_of_a_project_are_watched_and_only_what_changed_is_built(tmp_path: Path) -> None:
    root = project(tmp_path / "Two talks", one=talk("First"), two=talk("Other"))
    with watched(tmp_path, "Two talks", "--only", "deck") as running:
        running.wait(r"Two talks/source/one\.yaml built in")
        running.wait(r"Two talks/source/two\.yaml built in")
        assert sorted(path.name for path in (root / "build").iterdir()) == ["one.pptx", "two.pptx"]
        running.source = root / "source" / "two.yaml"
        running.save(talk("Second"))
        running.wait(r"two\.yaml built in .* s: second$")
        running.source = root / "source" / "one.yaml"
        running.save(talk("First").replace("bullets", "bulets"))
        running.wait(r"one\.yaml not built")
        running.save(talk("Third"))
        running.wait(r"one\.yaml built in .* s: third$")
        assert running.said(r"two\.yaml built") == 2


def test_a_source_that_never_was_is_no_reason_to_wait(tmp_path: Path) -> None:
    root = project(tmp_path, talk=talk("First"))
    done = deckgen("watch", "source/talk.yaml", "source/tlak.yaml", cwd=root)
    assert done.returncode == 1 and "did you mean source/talk.yaml?" in done.stderr
    assert not (root / "build").exists()


def test_outputs_that_can_not_be_written_are_made_with_the_next_save(tmp_path: Path) -> None:
    (tmp_path / "build" / "talk.pptx").mkdir(parents=True)
    with watched(project(tmp_path, talk=talk("First")), "--only", "deck") as running:
        running.wait("not built: when that is put right, save the source again")
        (tmp_path / "build" / "talk.pptx").rmdir()
        running.source.touch()
        running.wait(r"talk\.pptx: 2 slides")
        (tmp_path / "build" / "talk.pptx").unlink()
        (tmp_path / "build" / "talk.pptx").mkdir()
        running.save(talk("Second"))
        running.wait("not built", 2)
        (tmp_path / "build" / "talk.pptx").rmdir()
        running.source.touch()
        running.wait(r"built in .* s: second$")


def test_a_change_for_print_alone_leaves_the_slides_as_they_look(tmp_path: Path) -> None:
    with watched(project(tmp_path, talk=talk("First")), "--only", "deck") as running:
        running.wait("built in")
        shutil.copytree(packaged_themes() / "paper", tmp_path / "themes" / "paper")
        with (tmp_path / "themes" / "paper" / "handout.css").open("a") as style_sheet:
            style_sheet.write("\nh2 { color: #000000; }\n")
        running.wait("built in .*: no slide looks otherwise$")


def test_the_preview_tells_each_change_in_a_line(tmp_path: Path) -> None:
    options = ("--no-browser", "--only", "deck")
    with watched(project(tmp_path, talk=talk("First")), *options, command="preview") as running:
        running.wait("built in")
        running.save(talk("First").replace("bullets", "bulets"))
        running.wait("not built: ")
        running.save(talk("First", "Second"))
        running.wait(r"s: second$")
        running.source.unlink()
        running.wait(r"not built: source/talk\.yaml: there is no file")
    address, *lines, last = [re.sub(r"^[\d:]{8} ", "", line) for line in running.lines]
    assert address.startswith("http://127.0.0.1:")
    assert [re.sub(r"\d\.\d s", "0 s", line) for line in lines] == [
        "shows source/talk.yaml and builds into build; Ctrl-C ends it",
        "build/talk.pptx: 2 slides, 0 s",
        "built in 0 s",
        "not built: source/talk.yaml:5:5: unknown key 'bulets'",
        "built in 0 s: second",
        "not built: source/talk.yaml: there is no file source/talk.yaml",
    ]
    assert last == "ended"
