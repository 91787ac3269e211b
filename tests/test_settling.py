"""Pages that words name are settled in few passes, or the place that would not stay is told."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from deckgen.settle import Started, Workers, job_for, pages_of
from deckgen.write.handout.job import Job
from deckgen.write.handout.layout import Unsettled, settled
from deckgen.write.handout.places import Extent, Layout, Traces
from deckgen.write.handout.worker import HandoutWorker, Made
from tests.test_parts import job_of, talk
from tests.test_references import HEAD, TALK, made


def test_one_layout_is_enough_where_the_article_stays_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    assert layouts(TALK, monkeypatch) == 1


def test_the_article_is_laid_out_again_where_the_pages_change_a_slide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slides that are split otherwise change their labels in the margin; one pass more settles that."""
    monkeypatch.setattr("deckgen.model.references.LIKELY", int("8" * 60))
    points = "".join(f"      - Point {i} {{handout}}\n" for i in range(9))
    assert layouts(f"{HEAD}slides:\n  - title: Many\n    bullets:\n{points}", monkeypatch) == 2


def layouts(source: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often a handout is laid out for a source."""
    started: list[int] = []
    start = Workers.start

    def counted(self: Workers, job: Job, slides: int) -> Started:
        started.append(slides)
        return start(self, job, slides)

    monkeypatch.setattr(Workers, "start", counted)
    assert made(source).outputs
    return len(started)


def test_a_wrong_page_on_a_slide_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def shifted(found: Made) -> dict[str, int]:
        return {name: page + 1 for name, page in pages_of(found).items()}

    monkeypatch.setattr("deckgen.settle.pages_of", shifted)
    found = [problem for problem in made(TALK).diagnostics if problem.code == "agree"]
    assert found and all("slides name page" in problem.message for problem in found)


def test_pages_of_slides_that_never_settle_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = count(1)
    monkeypatch.setattr("deckgen.settle.pages_of", lambda found: {"one": 10 ** next(counts)})
    monkeypatch.setattr("deckgen.settle.job_for", lambda talk, style: replace(
        job_for(talk, style), scale=float(len(str(talk.pages)))))  # fmt: skip
    [problem] = [found for found in made(TALK).diagnostics if found.severity == "error"]
    assert "'one'" in problem.message and problem.span.file == "talk.yaml" and problem.span.line > 1


class Moving:
    """A part whose place moves on when a page of one digit is named, and back for one of two."""

    def __init__(self) -> None:
        self.page = 8

    def extent(self) -> Extent:
        return Extent(20, {"at-x": self.page}, Traces({}, ()))

    def name(self, pages: dict[str, int]) -> None:
        self.page = 9 if len(str(pages["at-x"])) == 1 else 8

    def number(self, first: int, total: int) -> None: ...

    def result(self) -> Layout:
        raise NotImplementedError


def test_pages_that_do_not_settle_are_told_and_not_laid_out_for_ever() -> None:
    job: Job = job_of(talk())
    endless = Job("", ('<p><span data-page="at-x">page 0</span></p>',), job.look, job.stamp)
    with pytest.raises(Unsettled, match="at-x"):
        settled(endless, [Moving()], None)  # type: ignore[list-item]


def test_an_unsettled_place_is_an_error_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HandoutWorker, "result", lambda self: Made(failure="x", moving="at-two"))
    [problem] = [found for found in made(TALK).diagnostics if found.severity == "error"]
    assert problem.span.line == 4 and "'two'" in problem.message and Path(problem.span.file).name == "talk.yaml"
