"""Citations: read from a bibliography, set by a style, listed on a slide and at the handout's end."""

from __future__ import annotations

import json
import time

import pytest

from deckgen.build import Build, Options, build
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.diagnostics import has_errors
from deckgen.model.deck import Deck, Slide
from deckgen.model.text import Text, plain
from deckgen.read.bibtex import parse_bibtex
from deckgen.read.deck import read_deck
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld

BIB = r"""
@comment{nothing}
@string{acme = "ACME Press"}
@article{smith2020,
  author = {Smith, Jane and M{\"u}ller, J{\"o}rg}, title = {On the {DNA} of containers},
  journal = {Journal of Things}, year = 2020, month = mar, volume = 3, pages = {12--19}, doi = {10.1000/xyz}
}
@book{doe:2019, author = "John Doe", title = "Machines \& men", publisher = acme # { London}, date = {2019-05}}
@online{docker, author = {{Docker Inc.}}, title = {Docs}, url = {https://docs.docker.com/}, year = 2026}
@misc{never, title = {Never cited}, year = 1999}
"""
TALK = """\
deckgen: 1
title: Works
bibliography: refs.bib
slides:
  - title: Cited
    id: cited
    takeaway: And once more [@docker]
    bullets:
      - As **shown** [@smith2020, p. 12; @doe:2019] before
      - A note^[See [@doe:2019, ch. 3].]
    notes: Say [@smith2020].
    handout: In print [@smith2020, pp. 12-14].
"""
LIST = TALK + "  - title: Sources\n    references:\n"


def world(source: str, **files: bytes) -> MemoryWorld:
    named = {name.replace("_", "."): data for name, data in files.items()}
    return MemoryWorld({"refs.bib": BIB.encode(), "talk.yaml": source.encode(), **named}, fonts=default_folder())


def deck(source: str, **files: bytes) -> Deck:
    found, problems = read_deck(world(source, **files), "talk.yaml")
    assert found and not problems, problems
    return found


def made(source: str, **files: bytes) -> Build:
    return build(world(source, **files), "talk.yaml", Options())


def said(text: Text) -> str:
    return plain(text).replace("\u00a0", " ")


def bullets(found: Deck) -> list[str]:
    slide = found.slides[0]
    assert isinstance(slide, Slide)
    return [said(tuple(block.shown())) for block in slide.body]


def test_author_and_year_is_the_default() -> None:
    found = deck(TALK)
    assert "As shown (Doe, 2019; Smith and Müller, 2020, p. 12) before" in bullets(found)[0]
    assert "See (Doe, 2019, chap. 3)." in bullets(found)[0]
    assert said(found.slides[0].notes[0].text) == "Say (Smith and Müller, 2020)."


def test_numbers_follow_the_order_of_the_text() -> None:
    found = deck(TALK.replace("bibliography", "citation_style: numeric\nbibliography"))
    assert "As shown [1, p. 12; 2] before" in bullets(found)[0]
    assert [said(entry)[:4] for entry in found.references] == ["[1] ", "[2] ", "[3] "]
    assert "Docker Inc." in said(found.references[2])


def test_works_that_nobody_cites_are_not_listed() -> None:
    listed = [said(entry) for entry in deck(TALK).references]
    assert len(listed) == 3 and not any("Never" in entry for entry in listed)
    assert listed[1] == "Doe, J. (2019) Machines & men. ACME Press London."
    assert "“On the DNA of containers”, Journal of Things, 3, pp. 12–19" in listed[2]


def test_titles_keep_their_italics_and_addresses_are_links() -> None:
    runs = [run for entry in deck(TALK).references for run in entry]
    assert "Journal of Things" in [run.text for run in runs if run.italic]
    assert "https://docs.docker.com/" in [run.link for run in runs]


def test_a_csl_json_file_does_as_well() -> None:
    works = [{"id": "smith2020", "type": "book", "author": [{"family": "S"}], "issued": {"date-parts": [[2020]]}},
             {"id": "doe:2019", "type": "book", "title": "B", "issued": {"date-parts": [[2019]]}},
             {"id": "docker", "type": "webpage", "title": "C"}]  # fmt: skip
    found = deck(TALK.replace("refs.bib", "refs.json"), refs_json=json.dumps(works).encode())
    assert "(S, 2020, p. 12" in bullets(found)[0] or "S, 2020, p. 12)" in bullets(found)[0]


STYLE = b"""<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info>
<title>T</title><id>t</id><updated>2026-01-01T00:00:00Z</updated></info><citation><layout prefix="{" suffix="}">
<text variable="title"/></layout></citation><bibliography><layout><text variable="title"/></layout></bibliography>
</style>"""


def test_a_style_of_the_project_does_as_well() -> None:
    found = deck(TALK.replace("bibliography", "citation_style: own.csl\nbibliography"), own_csl=STYLE)
    assert said(found.slides[0].takeaway) == "And once more {Docs}"


def test_both_outputs_have_what_belongs_there() -> None:
    found = made(TALK)
    assert not found.diagnostics
    slides, text = read_deck_text(found.outputs[0].data), read_pdf_text(found.outputs[1].data)
    assert "Smith and Müller, 2020" in slides[1].body and "Machines" not in slides[1].body
    printed = " ".join(text.text.split())
    assert "In print (Smith and Müller, 2020, pp. 12–14)." in printed
    assert printed.index("References", 200) < printed.index("Machines & men")


def test_a_slide_with_the_list_takes_the_place_of_the_list_at_the_end() -> None:
    found = made(LIST)
    assert not found.diagnostics
    assert "Machines & men" in read_deck_text(found.outputs[0].data)[2].body
    text = " ".join(read_pdf_text(found.outputs[1].data).text.split())
    assert text.count("Machines & men") == 1 and "References" not in text


def test_a_long_list_goes_on_over_slides() -> None:
    works = "".join(f"@book{{w{i}, author={{Author{i:02}, A.}}, title={{Book {i}}}, year=2000}}\n" for i in range(40))
    cites = "; ".join(f"@w{i}" for i in range(40))
    source = LIST.replace("[@docker]", f"[{cites}]").replace("takeaway", "handout").replace("    handout: In", "    #")
    found = made(source, refs_bib=(BIB + works).encode())
    assert not found.diagnostics
    bodies = [slide.body for slide in read_deck_text(found.outputs[0].data)[2:]]
    assert len(bodies) > 1 and all(any(f"Book {i}." in body for body in bodies) for i in range(40))


WRONG = {
    "no bibliography": ("bibliography: refs.bib\n", "", "there is no bibliography to cite from"),
    "an unknown key": ("@docker]", "@doker]", "has no work 'doker'"),
    "no citation": ("@docker]", "@docker, see there]", "is no citation"),
    "no file": ("refs.bib", "none.bib", "none.bib"),
    "out of the project": ("refs.bib", "../refs.bib", "leads out of"),
    "no style": ("bibliography", "citation_style: apa\nbibliography", "no citation style 'apa'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_an_error_at_its_place(name: str) -> None:
    old, new, message = WRONG[name]
    found = made(TALK.replace(old, new))
    assert not found.outputs
    assert any(message in problem.message for problem in found.diagnostics), found.diagnostics


def test_a_near_key_is_suggested_at_the_citation() -> None:
    (problem,) = made(TALK.replace("@docker]", "@doker]")).diagnostics
    assert (problem.span.line, problem.span.column) == (7, 29) and "did you mean 'docker'?" in problem.hint


BROKEN = {
    "no end": (b"@book{a, title = {x", "has no end", 1),
    "no key": (b"\n@book{, title = {x}}", "has no key", 2),
    "no value": (b"@book{a,\n title = }", "a value is missing", 2),
    "twice": (b"@book{a, title={x}}\n@book{a, title={y}}", "two works have the key 'a'", 2),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_bibliography_is_told_at_its_place(name: str) -> None:
    data, message, line = BROKEN[name]
    found = made(TALK, refs_bib=data)
    assert [(message in p.message, p.span.file, p.span.line) for p in found.diagnostics] == [(True, "refs.bib", line)]


def test_a_style_with_a_document_type_is_refused() -> None:
    style = STYLE.replace(b"<style", b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><style', 1)
    found = made(TALK.replace("bibliography", "citation_style: own.csl\nbibliography"), own_csl=style)
    assert any("can't have a document type" in problem.message for problem in found.diagnostics)


def test_a_list_of_nothing_is_an_error() -> None:
    source = "deckgen: 1\ntitle: a\nslides:\n  - title: b\n    references:\n"
    assert any("cites nothing" in problem.message for problem in made(source).diagnostics)


def test_tex_becomes_characters() -> None:
    (entry,) = parse_bibtex(r"@book{k, title={{\ss} \'e \v{c} \c c {\o} -- \emph{so} 5\% ``q''}, author={A. von B}}")
    assert entry.work["title"] == "ß é č ç ø – so 5% “q”"
    assert entry.work["author"] == [{"family": "B", "given": "A. von"}]


@pytest.mark.parametrize("data", [
    b"@book{" * 200_000, b"@book{a, title={" + b"{" * 400_000, b"@a{b,c=" + b"d#" * 400_000, b"[" * 100_000,
    b"".join(b"@book{k%d, title={x}}\n" % i for i in range(30_000)), b'[{"id":"a","author":[{"x":[1]}]}]', b"[1]",
    b'[{"id":"smith2020","type":"nonsense","issued":{"date-parts":"x"},"author":7}]',
], ids=range(8))  # fmt: skip
def test_a_hostile_bibliography_ends_soon_in_words(data: bytes) -> None:
    started = time.perf_counter()
    assert has_errors(made(TALK, refs_bib=data).diagnostics)
    assert time.perf_counter() - started < 10
