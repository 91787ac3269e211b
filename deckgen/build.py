"""The whole pipeline on one screen: source -> deck -> pages -> both files, read back and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from deckgen.check.severities import settled
from deckgen.diagnostics import Diagnostic, Span, coded, has_errors
from deckgen.frozen import frozen
from deckgen.keep import Keep
from deckgen.model.changes import changes, pages_to_print, texts_of
from deckgen.model.manifest import Manifest, from_json, shown_in
from deckgen.model.recipe import recipes
from deckgen.model.references import names_pages
from deckgen.settle import Prepare, Started, Workers, deck_in, failure, job_for, settle
from deckgen.talk import Talk, prepare_in_time
from deckgen.world import World

# All else is loaded where it is used: the handout's process, which takes longest to load, starts before it.
if TYPE_CHECKING:
    from deckgen.check.pdf_text import PdfText
    from deckgen.model.deck import Given
    from deckgen.model.production import Print, Profile
    from deckgen.model.show import Show
    from deckgen.model.style import Style


@frozen
class Options:
    """What the command line may ask for."""

    theme: str = ""
    """Takes the place of the theme that the source names."""
    only: Literal["", "deck", "handout"] = ""
    slides_pdf: bool = False
    embed_fonts: bool = False
    profiles: tuple[Profile, ...] = ()
    """How the handout is printed, in place of what the source says."""
    since: Manifest | None = None
    """Of an earlier handout: what has changed since is told and marked in the new one."""
    only_changed: bool = False
    """Write the sheets that differ from those of the earlier handout as a file of their own."""
    handouts: tuple[Style, ...] = ()
    """The styles of the handout, in place of those that the source names."""
    given: Given = ()
    """Values of parameters in place of those in the source."""


@frozen
class Output:
    """A file to be written: its name is the source's with `suffix` for `.yaml`."""

    suffix: str
    data: bytes
    pages: int
    """Slides or pages."""
    seconds: float


@frozen
class Build:
    """The outputs, none if there are errors, and everything that was found."""

    outputs: tuple[Output, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    manifest: Manifest | None = None
    """What deck and handout both carry."""
    talk: Talk | None = None
    """What was written: its slides name the pages of the handout."""


def build(world: World, file: str, options: Options) -> Build:
    """Make the outputs of a source, the handout in a process of its own beside the deck."""
    prepare = partial(prepared, world, file, options, Keep())
    workers = Workers(ready=options.only != "deck")
    try:
        talk, found = prepare({})
        if talk is None or has_errors(found):
            return Build(diagnostics=found)
        return build_prepared(talk, found, prepare, workers, world, file, options, Keep())
    finally:
        workers.close()


def build_prepared(
    talk: Talk,
    found: tuple[Diagnostic, ...],
    prepare: Prepare,
    workers: Workers,
    world: World,
    file: str,
    options: Options,
    keep: Keep,
) -> Build:
    """Make the outputs of a talk without errors. `prepare` typesets it again where slides name pages of the handout.

    `keep` holds what earlier outputs were made of.
    """
    from deckgen.check.blanks import check_answers

    styles, article = handouts(talk, options), None
    if names_pages(talk.slides):
        again = settle(talk, article_of(styles), prepare, workers, file)
        if again.talk is None:
            return Build(diagnostics=again.found)
        talk, found, article = again.talk, again.found, again.article
    styles = styles if options.only != "deck" else ()
    found = (*found, *check_answers(talk.deck, styles))
    if unfit := tuple(problem for style in styles for problem in style.unfit(talk.deck, talk.show)):
        return Build(diagnostics=(*found, *unfit))
    laid_out = {
        style: article if article and style == article_of(styles) else start_handout(talk, style, workers)
        for style in styles
        if style.LAID_OUT
    }
    made: list[File] = list(write_slides(talk, styles, file, options, keep))
    for style, layout in laid_out.items():
        made += finish_handout(talk, style, layout, file, options, keep)
    later = settled((problem for _, problems in made for problem in problems), talk.deck.checks, world)
    diagnostics = tuple(dict.fromkeys((*found, *later)))
    outputs = () if has_errors(diagnostics) else tuple(output for output, _ in made if output)
    return Build(outputs, diagnostics, talk.manifest, talk)


def prepared(
    world: World, file: str, options: Options, keep: Keep, pages: Mapping[str, int]
) -> tuple[Talk | None, tuple[Diagnostic, ...]]:
    """The talk with what has changed since an earlier handout, and the findings as the source wants them."""
    talk, found = prepare_in_time(world, file, options.theme, pages, keep, options.given)
    found = settled(found, talk.deck.checks if talk else (), world)
    if talk and options.since:
        talk = replace(talk, changes=changes(options.since, talk.manifest))
    return talk, found


def article_of(styles: tuple[Style, ...]) -> Style:
    """The style whose pages slides name: the article, as the talk asks for it, or as it is by default."""
    from deckgen.styles import default

    [article] = default()
    return next((style for style in styles if style.name == article.name), article)


def handouts(talk: Talk, options: Options) -> tuple[Style, ...]:
    """The styles of the handout; what the command line asks for has the options that the source may give it."""
    from deckgen.styles import default, with_options

    own = {style.name: style for style in talk.deck.handout}
    asked = tuple(with_options(style, own.get(style.name, style)) for style in options.handouts)
    return asked or talk.deck.handout or default()


File = tuple[Output | None, tuple[Diagnostic, ...]]
"""An output and what the check of it found."""


def write_slides(talk: Talk, styles: tuple[Style, ...], file: str, options: Options, keep: Keep) -> Iterator[File]:
    """The deck, and its slides as PDF pages if they are asked for, or are a handout."""
    if options.only != "handout":
        from deckgen.check.agree import check_deck
        from deckgen.check.pptx_text import read_deck_text
        from deckgen.write.pptx.deck import write_deck
        from deckgen.write.pptx.embedding import check_embedding, used_faces

        started = perf_counter()
        problems: tuple[Diagnostic, ...] = ()
        if options.embed_fonts:
            faces = used_faces(talk.deck, talk.show)
            problems = coded("embedding", check_embedding(faces, talk.theme, talk.faces))
        embedded = talk.faces if options.embed_fonts else None
        manifest = deck_manifest(talk, file)
        data = write_deck(talk.worded, talk.show, talk.theme, manifest, talk.stamp, embedded, keep)
        problems += coded("agree", check_deck(talk.worded, talk.show, read_deck_text(data, keep)))
        yield Output(".pptx", data, len(talk.show.pages), perf_counter() - started), problems
    drawn = [style for style in styles if not style.LAID_OUT]
    if options.slides_pdf or drawn:
        from deckgen.write.pages.slides import write_slides_pdf

        started = perf_counter()
        data = write_slides_pdf(talk.worded, talk.show, talk.theme, talk.faces, talk.stamp)
        seconds = perf_counter() - started
        if options.slides_pdf:
            yield Output("-slides.pdf", data, len(talk.show.pages), seconds), ()
        for style in drawn:
            wanted = wanted_print(talk, file, options)
            yield from printed(talk, style, data, len(talk.show.pages), wanted, seconds)


def deck_manifest(talk: Talk, file: str) -> Manifest:
    """What the deck carries: beside what both outputs tell, what its slides were made of, for a later import."""
    shown = dict(shown_in(talk.deck, "deck", talk.told))
    name = file.rpartition("/")[2].encode("utf-8", "replace").decode()  # Systems allow names that are no text.
    own = replace(talk.manifest, shown=shown, pages=places_of(talk.show))
    return replace(own, file=name, recipes=dict(recipes(talk.deck, talk.worded)))


def places_of(show: Show) -> dict[str, tuple[int, int]]:
    """The first and the last slide that each entry of the source became."""
    found: dict[str, tuple[int, int]] = {}
    for page in show.pages:
        found[page.source_id] = (found.get(page.source_id, (page.number,))[0], page.number)
    return found


def start_handout(talk: Talk, style: Style, workers: Workers) -> Started:
    """Give the handout's HTML to a worker, which lays it out while the deck is written."""
    return workers.start(job_for(talk, style), len(talk.show.pages))


def finish_handout(
    talk: Talk, style: Style, layout: Started, file: str, options: Options, keep: Keep
) -> Iterator[File]:
    """The handout that a worker lays out, with its drawings, read back; and what print needs of it."""
    # While the worker is still at work, what comes after it is loaded and made.
    from deckgen.check.agree import check_pages
    from deckgen.check.pdf_text import read_pdf_text
    from deckgen.check.styles import check_style
    from deckgen.check.values import unknown_values
    from deckgen.model.text import label
    from deckgen.write.handout.render import drawings, pieces_of, with_drawings

    drawn = drawings(layout.job.placeholders, talk.show, talk.theme, talk.faces, keep)
    made = layout.worker.result()
    if made.failure:
        yield None, (failure(made, talk.deck, file),)
        return
    if excess := tuple(style.excess(talk.deck, pieces_of(made.parts))):
        yield None, excess
        return
    started = perf_counter()
    pdf = with_drawings(made.parts, drawn, talk.manifest, talk.stamp)
    text = read_pdf_text(pdf, keep)
    also = [label(text) for text in texts_of(talk.changes)]
    problems = coded("agree", check_style(style, deck_in(style, talk), talk.show, text, also))
    problems += coded("theme", unknown_values(made.details, f"themes/{talk.deck.theme}/handout.css", talk.theme.css))
    if talk.pages and style == article_of((style,)):
        problems += coded("agree", check_pages(talk.slides, talk.pages, text))
    seconds = made.seconds + perf_counter() - started
    if has_errors(problems):
        yield None, problems
        return
    for output, found in printed(talk, style, pdf, text.pages, wanted_print(talk, file, options), seconds):
        yield output, (*problems, *found)
        problems = ()
        itself = output is not None and output.suffix == f"{style.suffix}.pdf"
        if output and itself and style.TELLS_CHANGES and options.since and options.only_changed:
            yield from changed_sheets(output.data, text, options.since)


def changed_sheets(pdf: bytes, text: PdfText, since: Manifest) -> Iterator[File]:
    """The sheets of a handout that differ from those of an earlier one; none if they all are the same."""
    from deckgen.write.handout.excerpt import excerpt, sheets_of

    started = perf_counter()
    now = from_json(text.manifest or b"")
    assert now, "a handout of ours carries a manifest that we read"
    if kept := sheets_of(pdf, pages_to_print(since, now)):
        data = excerpt(pdf, kept)
        yield Output("-handout-changed.pdf", data, len(kept), perf_counter() - started), ()


def wanted_print(talk: Talk, file: str, options: Options) -> Print:
    """How the handouts are printed: the profiles of the command line in place of the source's."""
    wanted = talk.deck.print
    span = wanted.span if wanted.span.file else Span(file)
    return replace(wanted, profiles=options.profiles or wanted.profiles, span=span)


def printed(talk: Talk, style: Style, pdf: bytes, pages: int, wanted: Print, seconds: float) -> Iterator[File]:
    """The files of a finished handout, which took some seconds."""
    from deckgen.check.greyscale import check_greyscale
    from deckgen.check.pictures import files_of
    from deckgen.model.languages import right_to_left
    from deckgen.write.production.profiles import Handout, produced

    started = perf_counter()
    if "office" in wanted.profiles:
        yield None, coded("greyscale", check_greyscale(talk.theme))
    files = files_of(talk.show) if "press" in wanted.profiles else {}
    handout = Handout(pdf, style.suffix, pages, right_to_left(talk.deck.language), talk.stamp, files)
    for file in produced(handout, wanted, talk.theme):
        problems = coded("ink", file.problems)
        yield Output(file.suffix, file.data, file.pages, seconds + perf_counter() - started), problems
        seconds, started = 0.0, perf_counter()
