"""What the page is told of a talk, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from deckgen.diagnostics import Diagnostic, Span
from deckgen.frozen import frozen
from deckgen.model.text import Paragraph, Run, plain
from deckgen.preview.spoken import spoken
from deckgen.report import excerpt

if TYPE_CHECKING:
    from deckgen.model.show import Page
    from deckgen.preview.handouts import Printed
    from deckgen.talk import Talk

Json = dict[str, Any]
SAFE_LINKS = ("https://", "http://", "mailto:")


@frozen
class Files:
    """The files of a project as their author knows them."""

    shown: Callable[[str], str]
    """A file as one would type it."""
    read: Callable[[str], str | None]

    def place(self, span: Span) -> Json:
        """A place that can be copied or opened."""
        shown = self.shown(span.file) if span.file else ""
        return {"file": span.file, "line": span.line, "text": f"{shown}:{span.line}" if span.line else shown}


def talk_state(talk: Talk, digests: Sequence[str], files: Files) -> Json:
    """The slides, with all that is told beside their pictures."""
    from deckgen.model.languages import right_to_left
    from deckgen.model.schedule import schedule, whole

    entries: dict[str, Any] = {entry.id: entry for entry in talk.worded.slides}
    times = {time.entry.id: time for time in schedule(talk.deck)}
    slides = []
    for page, digest in zip(talk.show.pages, digests, strict=True):
        entry = entries.get(page.source_id, talk.worded)
        time = times.get(page.source_id)
        slides.append(
            {
                **slide_state(page, digest),
                "notes": [paragraph_state(paragraph) for paragraph in entry.notes],
                "minutes": time.minutes if time else 0,
                "soFar": time.so_far if time else None,
                "place": files.place(entry.span),
            }
        )
    width, height = talk.theme.page
    return {
        "title": plain(talk.deck.title),
        "language": talk.deck.language,
        "direction": "rtl" if right_to_left(talk.deck.language) else "ltr",
        "minutes": whole(talk.deck),
        "ratio": round(width / height, 5),
        "sections": sections(talk),
        "slides": slides,
    }


def slide_state(page: Page, digest: str) -> Json:
    return {
        "id": page.id,
        "source": page.source_id,
        "digest": digest,
        "label": page.label,
        "title": plain(page.title),
        "text": spoken(page.drawing),
        "section": page.section,
        "hidden": page.hidden,
        "steps": len(page.steps),
        "part": page.part,
        "parts": page.parts,
    }


def sections(talk: Talk) -> Mapping[str, str]:
    """The names of the sections by their numbers."""
    from deckgen.model.deck import parts

    return {str(part.number): plain(part.section.section) for part in parts(talk.deck) if part.section}


def paragraph_state(paragraph: Paragraph) -> Json:
    """A paragraph of notes."""
    return {
        "level": paragraph.level,
        "marker": f"{paragraph.number}." if paragraph.number else "–" if paragraph.marker else "",
        "runs": [run_state(run) for run in paragraph.text],
    }


def run_state(run: Run) -> Json:
    link = run.link if run.link.startswith((*SAFE_LINKS, "#")) else ""
    look = {"bold": run.bold, "italic": run.italic, "code": run.code, "script": run.script, "link": link}
    return {"text": run.text, **{name: value for name, value in look.items() if value}}


def problem_states(diagnostics: Sequence[Diagnostic], slides: Sequence[Json], files: Files) -> Iterator[Json]:
    """The findings, each with its line and the slide that it is about; errors first."""
    sources: dict[str, list[str]] = {}
    for found in sorted(diagnostics, key=lambda found: found.severity != "error"):
        file = found.span.file
        if file and file not in sources:
            text = (files.read(file) or "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            sources[file] = text.split("\n")
        yield {
            "severity": found.severity,
            "place": files.place(found.span),
            "column": found.span.column,
            "message": found.message,
            "hint": found.hint,
            "slide": slide_at(found.span, slides),
            **line_state(found.span, sources.get(file, [])),
        }


def line_state(span: Span, lines: Sequence[str]) -> Json:
    """The line of a finding, and how many characters stand before the place in it."""
    if 0 < span.line <= len(lines) and lines[span.line - 1].strip():
        shown, caret = excerpt(lines[span.line - 1], span.column)
        return {"excerpt": shown, "caret": caret}
    return {}


def slide_at(span: Span, slides: Sequence[Json]) -> str:
    """The slide whose source holds a place; empty if none does."""
    places = ((slide["id"], slide["place"]) for slide in slides)
    before = [name for name, place in places if place["file"] == span.file and 0 < place["line"] <= span.line]
    return before[-1] if before and span.line else ""


def handout_state(printed: Printed) -> Json:
    """A handout: the sizes of its pages, and the slides that stand on each, by their ids in the source."""
    return {
        "name": printed.name,
        "digest": printed.digest,
        "pages": [
            {
                "width": round(size.width, 1),
                "height": round(size.height, 1),
                "slides": [source for source, (first, last) in printed.places.items() if first <= number <= last],
            }
            for number, size in enumerate(printed.sheets.sizes, 1)
        ],
        "places": printed.places,
    }
