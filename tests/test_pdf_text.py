"""Reading a handout back."""

from __future__ import annotations

import random

import pikepdf
import pytest

from deckgen.check.comparable import comparable
from deckgen.check.pdf_text import PdfText, read_pdf_text
from deckgen.write.pages.forms import Picture
from tests.builders import paper
from tests.pages_builders import EMPTY, diagram, handout, slide, words
from tests.pages_builders import sheet as slide_sheet

LONG = "resource-intensive counterrevolutionaries internationalise electroencephalographically and so on "
NOTE = "float:left;clear:left;width:42mm;margin-left:-50mm;font-size:8pt"


def read(body: str, css: str = "") -> PdfText:
    return read_pdf_text(handout(body, {}, css))


def test_text_comes_in_the_order_of_the_source() -> None:
    text = read(
        "<h1>Title</h1><p>One <b>bold</b>ness<sup>2</sup> and <a href='https://example.org'>link</a>.</p>"
        "<p style='position:absolute;left:-50mm;top:0'>Margin</p>"
        "<p style='float:right'>Float</p><p>Two</p><ul><li>Item<ul><li>Inner</li></ul></li></ul>"
        "<table><thead><tr><th>Head</th></tr></thead><tbody><tr><td>cell</td></tr></tbody></table>"
        "<pre>code  line\n  next</pre>"
    ).text
    expected = "Title|One boldness2 and link.|Margin|Float|Two|Item|Inner|Head|cell|code  line|  next"
    found = [line for line in text.split("\n") if line.strip(" •◦")]
    assert "|".join(line.rstrip() for line in found) == expected


def test_running_headers_are_no_text() -> None:
    assert "Running head" not in read("<h1>A</h1><p>Text</p>").text


def test_hyphenated_words_are_whole_again_when_compared() -> None:
    text = read(f"<h1>A</h1><p>{LONG * 20}</p>", "p{hyphens:auto}").text
    assert "-\n" in text
    assert comparable(LONG * 20) in comparable(text)


def test_a_paragraph_that_runs_over_pages_is_whole() -> None:
    text = read(f"<h1>A</h1><p>{LONG * 90} <b>{LONG * 30}</b> end</p><p>After</p>").text
    assert comparable(LONG * 120 + "end After") in comparable(text)


def test_a_note_in_the_margin_does_not_divide_its_paragraph() -> None:
    paragraph = f"<p>Words before the mark <span style='{NOTE}'>A note</span>go on after it. {LONG}</p>"
    text = read(f"<h1>A</h1>{paragraph}<p>Next</p>").text
    assert comparable("before the mark go on after it.") in comparable(text)
    assert comparable("so on A note Next") in comparable(text)


@pytest.mark.parametrize("seed", range(8))
def test_no_word_is_lost_whatever_the_page_breaks_do(seed: int) -> None:
    draw = random.Random(seed)

    def some(count: int) -> str:
        return " ".join(draw.choices(LONG.split(), k=draw.randint(1, count))) + f" {draw.randint(0, 999)}"

    body, texts = "", []
    for _ in range(24):
        first, second, note, last = some(40), some(60), some(20), some(90)
        body += f"<div style='{NOTE};break-inside:avoid'>{note}</div><p>{first} <b>{second}</b> {last}</p>"
        texts += [f"{first} {second} {last}", note]
    found = comparable(read(f"<h1>A</h1>{body}", "p{hyphens:auto;orphans:2;widows:2}").text)
    assert [text for text in texts if comparable(text) not in found] == []


def test_figures_and_pictures_are_told_apart() -> None:
    title = slide_sheet().fill("title", words("On the slide"))
    pictures = {
        "picture-a": Picture(slide(title), paper(), "content"),
        "figure-a/1": Picture(diagram(), paper()),
        "figure-b/1": Picture(slide(title), paper()),
    }
    images = "".join(f"<img id='{name}' src=\"{EMPTY}\" alt=Drawing>" for name in pictures)
    text = read_pdf_text(handout(f"<h1>Heading</h1>{images}", pictures))
    assert text.text == "Heading"
    assert text.figures == ("Hypervisor\nDocker Engine", "On the slide")


def test_the_manifest_is_read() -> None:
    assert read_pdf_text(handout("<h1>A</h1>", {}, manifest=b"[1]")).manifest == b"[1]"


def test_what_is_no_pdf_is_an_error() -> None:
    with pytest.raises(pikepdf.PdfError):
        read_pdf_text(b"no PDF")


def test_compared_texts_are_without_space_hyphens_and_variants() -> None:
    assert comparable("a\u00a0b\u00adc \u2010d-e\n\ufb01") == comparable("abcdefi")
