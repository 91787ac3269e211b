"""A session: a talk that is built again and again answers as a cold build does."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from deckgen.build import Options, build
from deckgen.loop.session import Session
from deckgen.preview.spoken import spoken
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld
from deckgen.write.handout.job import Job
from deckgen.write.handout.worker import HandoutWorker, Limits

FILE = "source/talk.yaml"
TALK = """\
deckgen: 1
title: A talk that changes
slides:
  - section: One
  - title: The first slide
    bullets: [a, b]
  - title: The second slide
    bullets: [c, d]
    handout: Text in print.
"""


OPEN: list[Session] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    while OPEN:
        OPEN.pop().close()


def session(text: str = TALK, options: Options = Options()) -> tuple[Session, dict[str, bytes]]:  # noqa: B008
    files = {FILE: text.encode()}
    OPEN.append(Session(MemoryWorld(files, default_folder()), FILE, options))
    return OPEN[-1], files


def test_what_changed_is_told_page_by_page() -> None:
    talk, files = session()
    first = talk.refresh()
    assert first.talk and first.changed == ("title", "one", "the-first-slide", "the-second-slide")
    assert talk.refresh().changed == ()
    files[FILE] = TALK.replace("[c, d]", "[c, e]").encode()
    assert talk.refresh().changed == ("the-second-slide",)
    files[FILE] = TALK.replace("[c, d]", "[c, e]").replace("title: A talk", "theme: night\ntitle: A talk").encode()
    assert len(talk.refresh().changed) == 4


def test_a_file_that_a_query_joins_is_a_part_of_the_talk() -> None:
    head = "deckgen: 1\ntitle: Sales\ndata:\n  sold: sold.csv\n  goals: goals.csv\n  all:\n    query: "
    talk, files = session(f"{head}select n, goal from sold join goals using (n)\n"
                          "slides:\n  - title: All\n    table: {data: all}\n")  # fmt: skip
    folder = FILE.rpartition("/")[0]
    files |= {f"{folder}/sold.csv": b"n\n1\n2\n", f"{folder}/goals.csv": b"n,goal\n1,10\n2,20\n"}
    assert talk.refresh().talk
    files[f"{folder}/goals.csv"] = b"n,goal\n1,10\n2,25\n"
    assert talk.refresh().changed == ("all",)
    files[f"{folder}/goals.csv"] = b"n,aim\n1,10\n"
    broken = talk.refresh()
    assert broken.talk is None and "there is no column 'goal'" in str(broken.diagnostics)


def test_errors_leave_the_last_good_talk() -> None:
    talk, files = session(options=Options(only="deck"))
    assert talk.refresh().talk
    files[FILE] = TALK.replace("bullets: [a", "bulets: [a").encode()
    broken = talk.refresh()
    assert broken.talk is None and "unknown key 'bulets'" in str(broken.diagnostics) and not broken.changed
    cold = build(MemoryWorld({FILE: TALK.encode()}, default_folder()), FILE, Options(only="deck"))
    assert talk.pair().outputs[0].data == cold.outputs[0].data


def test_a_source_that_was_never_right_gives_its_errors() -> None:
    talk, files = session("deckgen: 1\n")
    assert talk.refresh().talk is None
    made = talk.pair()
    assert not made.outputs and made.diagnostics == talk.refresh().diagnostics
    del files[FILE]
    assert "there is no file" in talk.refresh().diagnostics[0].message
    files[FILE] = TALK.encode()
    assert talk.refresh().talk


def test_the_pair_is_that_of_a_cold_build() -> None:
    talk, files = session()
    talk.refresh()
    files[FILE] = TALK.replace("in print", "on paper").encode()
    assert talk.refresh().changed == ()
    cold = build(MemoryWorld(files, default_folder()), FILE, Options())
    warm = talk.pair()
    assert [(o.suffix, o.data) for o in warm.outputs] == [(o.suffix, o.data) for o in cold.outputs]
    assert warm.manifest == cold.manifest


def test_slides_name_the_pages_of_the_last_pair() -> None:
    text = TALK.replace("[a, b]", '["See {handout#the-second-slide}", b]')
    talk, files = session(text)
    talk.refresh()
    made = talk.pair()
    assert made.talk and made.talk.pages
    page = made.talk.pages["the-second-slide"]
    again = talk.refresh()
    assert again.talk and f"See handout p. {page}" in spoken(again.talk.show.pages[2].drawing)
    assert talk.refresh().changed == ()
    files[FILE] = text.replace("[c, d]", "[c, e]").encode()
    assert talk.refresh().changed == ("the-second-slide",)
    cold = build(MemoryWorld(files, default_folder()), FILE, Options())
    assert [output.data for output in talk.pair().outputs] == [output.data for output in cold.outputs]


def test_what_is_asked_for_is_remembered() -> None:
    talk, _ = session(TALK.replace("bullets: [a, b]", "picture: {file: pictures/a.png, alt: A picture}"))
    assert talk.refresh().talk is None
    assert {FILE, "source/pictures/a.png"} <= talk.asked


def test_it_works_from_any_thread() -> None:
    talk, _ = session(options=Options(only="deck"))
    answers: list[object] = []
    threads = [threading.Thread(target=lambda: answers.append((talk.refresh(), talk.pair()))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 3


LONG = "deckgen: 1\ntitle: A long talk\nslides:\n" + "".join(
    f"  - section: Section {n}\n"
    + "".join(f"  - title: Slide {n} of {i}\n    bullets: [a, b]\n    handout: Text.\n" for i in range(9))
    for n in range(5)
)


def test_only_the_part_of_the_handout_that_changed_is_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Job] = []
    start = HandoutWorker.start

    def noted(self: HandoutWorker, job: Job, limits: Limits) -> None:
        asked.append(job)
        start(self, job, limits)

    monkeypatch.setattr(HandoutWorker, "start", noted)
    talk, files = session(LONG, Options(only="handout"))
    talk.refresh()
    first = talk.pair().outputs[0].data
    assert len(asked[-1].parts) == 5 and not asked[-1].known
    files[FILE] = LONG.replace("title: Slide 3 of 4", "title: Another slide").encode()
    talk.refresh()
    second = talk.pair().outputs[0].data
    assert [part in asked[-1].known for part in asked[-1].parts] == [True, True, True, False, True]
    assert second == build(MemoryWorld(files, default_folder()), FILE, Options(only="handout")).outputs[0].data
    files[FILE] = LONG.replace("Text.", "Text, " * 2000, 1).encode()
    talk.refresh()
    longer = talk.pair().outputs[0]
    assert longer.data == build(MemoryWorld(files, default_folder()), FILE, Options(only="handout")).outputs[0].data
    files[FILE] = LONG.encode()
    talk.refresh()
    assert talk.pair().outputs[0].data == first
