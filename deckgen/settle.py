"""Settle the pages of the handout that slides name: its article is laid out before the deck is written.

Slides are typeset with the pages found; where that changes what the article is made from, it is laid out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from deckgen.diagnostics import Diagnostic, Span, error, has_errors
from deckgen.frozen import frozen
from deckgen.talk import Talk, moving
from deckgen.write.handout.job import Job
from deckgen.write.handout.places import Layout
from deckgen.write.handout.worker import HandoutWorker, Made, limits_for

if TYPE_CHECKING:
    from deckgen.model.deck import Deck
    from deckgen.model.style import Style

MOST_PASSES = 3
PLACE = "at-"
"""Before the id in the name of its place."""
Prepare = Callable[[Mapping[str, int]], tuple[Talk | None, tuple[Diagnostic, ...]]]
"""Reads and typesets the source, with the pages of ids in the handout."""


Laid = dict[tuple[object, ...], dict[str, Layout]]
"""By what their layout depends on, the documents of handouts by their HTML."""


class Started(NamedTuple):
    """A handout that is laid out."""

    job: Job
    worker: HandoutWorker


class Workers:
    """Processes that lay out handouts. A ready one loads its libraries while the source is read.

    `laid` holds the documents of the time before, and then those of this time.
    """

    def __init__(self, ready: bool, laid: Laid | None = None) -> None:
        self.idle = [HandoutWorker()] if ready else []
        self.busy: list[Started] = []
        self._laid = {} if laid is None else laid

    def start(self, job: Job, slides: int) -> Started:
        started = Started(job, self.idle.pop() if self.idle else HandoutWorker())
        self.busy.append(started)
        started.worker.start(replace(job, known=self._laid.get(job.basis, {})), limits_for(slides))
        return started

    def close(self) -> None:
        found: Laid = {}
        for job, worker in self.busy:
            if parts := worker.parts:
                found.setdefault(job.basis, {}).update(zip(job.documents, parts, strict=True))
        if found:
            self._laid.clear()
            self._laid.update(found)
        for worker in (*self.idle, *(worker for _, worker in self.busy)):
            worker.close()


@frozen
class Settled:
    """A talk whose slides name the right pages, and the article that has them; no talk if there are errors."""

    talk: Talk | None
    found: tuple[Diagnostic, ...]
    article: Started | None = None


def settle(talk: Talk, article: Style, prepare: Prepare, workers: Workers, file: str) -> Settled:
    """The talk with the pages of its article, in a bounded number of passes."""
    job, pages = job_for(talk, article), talk.pages
    for _ in range(MOST_PASSES):
        started = workers.start(job, len(talk.show.pages))
        made = started.worker.result()
        if made.failure:
            return Settled(None, (failure(made, talk.deck, file),))
        before, pages = pages, pages_of(made)
        again, found = prepare(pages)
        if again is None or has_errors(found):
            return Settled(None, found)
        talk, laid, job = again, job, job_for(again, article)
        if job == laid:
            return Settled(talk, found, started)
    moved = next((name for name, page in pages.items() if before.get(name) != page), "")
    return Settled(None, (moving(talk.deck, moved),))


def pages_of(made: Made) -> dict[str, int]:
    """The pages of an article on which slides, sections and blocks begin, by their ids."""
    named = (item for part in made.parts for item in part.numbers)
    return {name.removeprefix(PLACE): page for name, page in named if name.startswith(PLACE)}


def job_for(talk: Talk, style: Style) -> Job:
    """The layout of a handout. The article says itself where its places stand; all others say what slides say."""
    from deckgen.write.handout.sheets import job_of

    deck = deck_in(style, talk)
    return job_of(style, deck, talk.show, talk.theme, talk.faces, talk.stamp, talk.changes)


def deck_in(style: Style, talk: Talk) -> Deck:
    """The deck that a style shows."""
    return talk.worded if style.HTML else talk.deck


def failure(made: Made, deck: Deck, file: str) -> Diagnostic:
    """Why a handout could not be made."""
    if made.moving:
        return moving(deck, made.moving.removeprefix(PLACE))
    return error(Span(file), f"the handout could not be made: {made.failure}", made.hint, "handout")
