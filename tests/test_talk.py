"""The talk "Understanding Docker", as a presenter gets it: complete in both outputs, valid, and fit to be printed."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import page
import pikepdf
import pptx
import pytest

from deckgen.build import Build, Options, build
from deckgen.check.comparable import comparable
from deckgen.check.pdf_text import read_pdf_text
from deckgen.check.pptx_text import read_deck_text
from deckgen.diagnostics import has_errors
from deckgen.typeset.cuts import default_folder
from deckgen.world import DiskWorld, MemoryWorld
from tests.judges import package_check, schema_check
from tests.judges.libreoffice import words_of

ROOT = Path(__file__).parent.parent
SENTENCES = """
Virtual machines and Docker containers are two different technologies used for deploying and running software applications, with each having its own advantages and use cases.
Here are some key differences between them:
Virtual machines (VMs) emulate a complete operating system (OS) and run on top of a hypervisor, which abstracts the underlying hardware.
Each VM requires its own OS and system resources, which can be a significant overhead.
In contrast, Docker containers are isolated user-space environments that share the OS kernel with the host machine, resulting in lower resource overhead.
Virtual machines are typically less portable than Docker containers, as they require an entire OS to be installed and configured, which can be time-consuming and complex.
In contrast, Docker containers are designed to be lightweight and portable, with all the necessary dependencies and configurations included in a single container image that can be run on any machine that supports Docker.
Virtual machines can be scaled vertically (by adding more resources to a single VM) or horizontally (by adding more VMs), but this can be slower and more resource-intensive than scaling Docker containers horizontally.
Docker containers can be easily replicated and managed using tools like Docker Swarm or Kubernetes, allowing for rapid scaling and high availability.
Virtual machines provide a high level of isolation and security, as each VM is completely isolated from the host machine and other VMs running on the same hardware.
Docker containers provide a more lightweight and flexible security model, with each container running in its own isolated user-space environment, but sharing the same OS kernel as the host machine.
Overall, both virtual machines and Docker containers have their own strengths and weaknesses, and the choice of which technology to use depends on the specific requirements of the application and the infrastructure.
Virtual machines are often better suited for running legacy or monolithic applications that require a full OS environment, while Docker containers are ideal for microservices architectures and modern, cloud-native applications that require agility, scalability, and portability.
""".strip().splitlines()  # noqa: E501
HEADS = (
    "Understanding Docker",
    "Virtual Machines and Docker Container",
    "Architecture",
    "Portability",
    "Scalability",
    "Security",
)


@pytest.fixture(scope="module", params=MemoryWorld().themes())
def made(request: pytest.FixtureRequest) -> Build:
    options = Options(theme=request.param, slides_pdf=True)
    found = build(DiskWorld(ROOT, default_folder()), "source/understanding-docker.yaml", options)
    assert not has_errors(found.diagnostics)
    return found


def output(made: Build, suffix: str) -> bytes:
    [data] = [output.data for output in made.outputs if output.suffix == suffix]
    return data


def printed(made: Build, tmp_path: Path, suffix: str = "-handout.pdf") -> Path:
    path = tmp_path / f"talk{suffix}"
    path.write_bytes(output(made, suffix))
    return path


def test_there_are_no_findings_at_all(made: Build) -> None:
    assert made.diagnostics == ()
    assert [output.suffix for output in made.outputs] == [".pptx", "-slides.pdf", "-handout.pdf"]


@pytest.mark.parametrize("sentence", [*HEADS, *SENTENCES])
def test_every_sentence_of_the_text_is_printed(made: Build, sentence: str) -> None:
    text = read_pdf_text(output(made, "-handout.pdf")).text
    assert comparable(sentence) in comparable(text)


def test_poppler_reads_the_sentences_too(made: Build, tmp_path: Path) -> None:
    out = subprocess.run(["pdftotext", str(printed(made, tmp_path)), "-"], capture_output=True, text=True, check=True)
    text = comparable(out.stdout)
    assert [sentence for sentence in SENTENCES if comparable(sentence) not in text] == []


def test_notes_are_spoken_and_never_printed(made: Build) -> None:
    deck = read_deck_text(output(made, ".pptx"))
    handout = comparable(read_pdf_text(output(made, "-handout.pdf")).text)
    assert all(slide.notes for slide in deck[:2])
    assert "Who patches the guests?" in deck[3].notes
    assert comparable("Who patches the guests?") not in handout


def test_the_deck_is_valid(made: Build, tmp_path: Path) -> None:
    assert package_check.findings(output(made, ".pptx")) == []
    assert schema_check.findings(printed(made, tmp_path, ".pptx")) == []


def test_titles_and_text_stand_in_placeholders_and_reset_changes_nothing(made: Build) -> None:
    deck = pptx.Presentation(io.BytesIO(output(made, ".pptx")))
    for slide in deck.slides:
        assert slide.shapes.title is not None and slide.shapes.title.text_frame.text
        for shape in slide.placeholders:
            if not shape.has_text_frame:
                continue
            properties = shape._element.spPr
            assert len(properties) == 0, f"{slide.name}: {shape.name} has a place of its own"
            assert not shape._element.xpath(".//a:lstStyle/*"), f"{slide.name}: {shape.name} has a look of its own"


def test_body_text_is_never_under_sixteen_points(made: Build) -> None:
    deck = pptx.Presentation(io.BytesIO(output(made, ".pptx")))
    for layout in deck.slide_layouts:
        for shape in (shape for shape in layout.shapes if shape.is_placeholder):
            if shape.placeholder_format.idx == 1 and "Code" not in layout.name:
                sizes = [int(size) for size in shape._element.xpath(".//a:lvl1pPr/a:defRPr/@sz")]
                assert all(size >= 1600 for size in sizes), layout.name


@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_handout_is_accessible_and_archivable(made: Build, tmp_path: Path, profile: str) -> None:
    report = page.validate_pdf(str(printed(made, tmp_path)), profile=profile)
    assert [f"{failure.rule_id} {failure.message}" for failure in report.failures] == []


def test_the_handout_has_title_language_bookmarks_and_all_fonts(made: Build, tmp_path: Path) -> None:
    path = printed(made, tmp_path)
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Understanding Docker"
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert any("Architecture" in title for title in titles)
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts and all(re.search(r"\byes yes yes\b", line) for line in fonts)
    assert not [line for line in fonts if "DejaVu" in line]


def test_slide_pictures_and_figures_are_vectors(made: Build, tmp_path: Path) -> None:
    for suffix in ("-handout.pdf", "-slides.pdf"):
        images = subprocess.run(
            ["pdfimages", "-list", str(printed(made, tmp_path, suffix))], capture_output=True, text=True, check=True
        )
        assert len(images.stdout.splitlines()) == 2, "only the heading of the list: no raster image"


def test_slides_pdf_has_a_page_a_slide(made: Build) -> None:
    with pikepdf.open(io.BytesIO(output(made, "-slides.pdf"))) as pdf:
        deck = pptx.Presentation(io.BytesIO(output(made, ".pptx")))
        assert len(pdf.pages) == len(deck.slides)


def test_a_comparison_stands_right_under_its_text(made: Build, tmp_path: Path) -> None:
    pages = words_of(printed(made, tmp_path))
    [page_words] = [words for words in pages if {"supports", "Lightweight"} <= {word.text for word in words}]
    text = next(word for word in page_words if word.text == "supports")
    item = next(word for word in page_words if word.text == "Lightweight")
    assert 0 < item.box.y - text.box.bottom < 60
