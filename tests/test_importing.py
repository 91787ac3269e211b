"""Talks in Markdown become sources: nothing is dropped in silence, and what comes out can be read."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.importing.markdown import import_markdown
from deckgen.importing.write import source_text
from deckgen.read.deck import read_deck
from deckgen.world import MemoryWorld
from tests.command import deckgen
from tests.pictures import picture

FOLDER = Path(__file__).parent / "imports"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
def test_a_talk_in_markdown(file: Path) -> None:
    """`UPDATE_IMPORTS=1` writes the expected sources anew."""
    imported = import_markdown(file.read_text(encoding="utf-8"))
    remarks = "".join(f"# line {line}: {message}\n" for line, message in imported.remarks)
    made = source_text(imported.talk) + remarks
    expected = file.with_suffix(".yaml")
    if os.environ.get("UPDATE_IMPORTS"):
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")
    _, found = read_deck(MemoryWorld({"talk.yaml": made.encode()}), "talk.yaml")
    assert [d for d in found if d.severity == "error" and d.code != "file"] == [], "but for pictures that are not there"


@pytest.mark.parametrize("name", ["pandoc", "marp", "slidev", "plain"])
def test_what_is_imported_builds(name: str, tmp_path: Path) -> None:
    shutil.copy(FOLDER / f"{name}.md", tmp_path)
    (tmp_path / "hill.png").write_bytes(picture("PNG", 1600, 900))
    (tmp_path / "missing.png").write_bytes(picture("PNG", 1600, 900))
    done = deckgen("import", f"{name}.md", cwd=tmp_path)
    assert (done.returncode, "error" in done.stderr) == (0, False), done.stderr
    assert f"source/{name}.yaml: " in done.stdout
    built = deckgen("build", "--only", "deck", cwd=tmp_path)
    assert built.returncode == 0, built.stderr


def test_the_command_says_what_is_missing_and_writes_over_nothing(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "plain.md", tmp_path)
    (tmp_path / "outside.png").write_bytes(b"x")
    done = deckgen("import", "plain.md", "--out", "talks/t.yaml", cwd=tmp_path)
    assert done.returncode == 1 and "plain.md: there is no file missing.png beside it" in done.stdout
    assert "there is no file talks/pictures/missing.png" in done.stderr or "there is no file" in done.stderr
    again = deckgen("import", "plain.md", "--out", "talks/t.yaml", cwd=tmp_path)
    assert again.returncode == 2 and "--force writes over it" in again.stderr
    assert deckgen("import", "plain.md", "--out", "talks/t.yaml", "--force", cwd=tmp_path).returncode == 1
    assert deckgen("import", "outside.png", cwd=tmp_path).returncode == 2


def test_pictures_out_of_the_folder_are_not_copied(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(picture("PNG"))
    inner = tmp_path / "talk"
    inner.mkdir()
    (inner / "t.md").write_text("# T\n\n---\n\n## A\n\n![words](../secret.png)\n\n![words](/etc/hostname)\n")
    deckgen("import", "t.md", cwd=inner)
    assert not (inner / "source" / "pictures").exists()


MARP, SLIDEV = "---\nmarp: true\ntitle: T\n---\n# A\n\n", "---\ntitle: T\n---\n\n# T\n\n---\n"


@pytest.mark.parametrize(
    ("dialect", "text", "carried", "told"),
    [
        ("marp", MARP + "![bg left:33% blur:5px Sea](a.png)", "alt: Sea, place: left", "blur:5px, left:33% is left"),
        ("marp", MARP + "![bg right contain](a.png)", "place: right, fit: contain", ""),
        ("marp", MARP + "x\n\n![bg fit](a.png) ![bg](b.png)", "image: pictures/a.png", "picture behind it: b.png"),
        ("marp", MARP + "![bg fit](a.png)\n\nx", "image: pictures/a.png", "look: fit is left out"),
        ("marp", MARP + "![bg](#0f0)\n\nx", "paragraph: x", "the colour #0f0 of the background"),
        ("marp", MARP + "![w:200px sepia Sea](a.png)", "alt: Sea", "w:200px, sepia is left out"),
        ("marp", MARP + "<!-- class: invert -->\nx\n\n---\n\n# B\n\ny", "title: B, background: dark", ""),
        ("marp", MARP + "<!-- _class: [lead, invert] -->\nx", "background: dark", "'class' is left out: lead"),
        ("marp", MARP + "<!-- backgroundImage: url('a.png') -->\nx", "image: pictures/a.png", ""),
        ("marp", MARP + "<!-- paginate: false -->\nx", "paragraph: x", "'paginate' is left out: False"),
        ("marp", MARP + "<!-- size: 4:3 -->\nx", "paragraph: x", "'size' of the file is left out: 4:3"),
        ("marp", MARP + "<!-- author: Ann -->\nx", "author: Ann", ""),
        ("marp", MARP + "<!-- headingDivider: 1 -->\nx\n\n# B\n\ny", "title: B, paragraph: y", ""),
        ("marp", MARP + "* one\n* two", "reveal: by-item", ""),
        ("marp", MARP + "* one\n\n![bg right Sea](a.png)", "- one, reveal: by-item, - picture:", ""),
        ("marp", MARP + "x\n\n---\n\n# <!-- fit --> 4 min", "statement:, text: 4 min", ""),
        ("marp", MARP + "x\n\n---\n\n![bg](a.png)", "title: Untitled, background:", "the slide has no title"),
        ("marp", MARP + '<div class="cols">\n<div>\n\na\n\n</div>\n<div>\n\nb\n\n</div>\n</div>\n\nc',
         "columns:, - paragraph: a, - paragraph: b, - paragraph: c", ""),
        ("marp", MARP + "```\nx = 1\n```\n\nThen", "x = 1, - title: A (2), paragraph: Then", "the slide is divided"),
        ("marp", MARP + "one\ntwo", "paragraph: one, - paragraph: two", ""),
        ("marp", MARP + '<img src="a.png" alt="Sea" width="9">', "alt: Sea", "width is left out"),
        ("marp", MARP + "[![Sea](a.png)](https://a.b)", "alt: Sea", "a link without words is left out: https://a.b"),
        ("slidev", SLIDEV + "layout: quote\n---\n# Less\n\nAnn", "quote:, text: Less, source: Ann", ""),
        ("slidev", SLIDEV + "layout: center\n---\n# A\n\nx", "title: A", "'layout' of the slide is left out: center"),
        ("slidev", SLIDEV + "transition: fade\nclass: big\n---\n# A\n\nx", "transition: fade", "'class' of the slide"),
        ("slidev", SLIDEV + "src: b.md\n---\n", "title: T", "the slides of b.md are left out"),
        ("slidev", SLIDEV + "layout: image\nimage: /a.png\n---\n# A", "file: pictures/a.png", ""),
        ("slidev", SLIDEV + "\n# A\n::left::\na\n::right::\nb", "columns:, - paragraph: a, - paragraph: b", ""),
        ("slidev", SLIDEV + "\n```yaml\nhide: true\n```\n\n# A\n\nx", "hidden: true", ""),
        ("slidev", SLIDEV + "\n# A\n\n<<< @/a.ts", "title: A", "the code of @/a.ts is left out"),
        ("slidev", SLIDEV + "\n# A\n\n```ts [a.ts] twoslash\nx\n```", "caption: a.ts", "left out: twoslash"),
        ("slidev", SLIDEV + "\n# A\n\nPage {{ nav.a }}", "Page {{ nav.a }}", "the expression {{ nav.a }} is left"),
        ("slidev", SLIDEV + "\n# A\n\nx\n\n<!-- [click] y -->", "[click] y", "the marks [click]"),
        ("pandoc", "---\ntitle: 7\nbibliography: [a.bib, b.bib]\n---\n# A\n\nx", "bibliography: a", "b.bib is left"),
        ("pandoc", "---\ntitle: T\ninstitute: [A, B]\ntheme: x\n---\n# A\n\nx", "title: A", "'institute' of the file"),
        ("pandoc", "# T {.big}\n\nx", "subtitle: x", "the attribute 'big' of the heading"),
        ("pandoc", "# A\n\n- a\n    1. b\n", "- a:, - b", "the second level have no numbers"),
        ("pandoc", "# T\n\n---\n\n# A\n\na. b\nc. d", "a. b c. d", "a list with such marks is left as text"),
        ("pandoc", "# A\n\n- x[^1]\n\n[^1]: One\n\n        secret code", "secret code", "a footnote is one paragraph"),
        ("pandoc", "# A\n\n- x\n\n::: notes\n| a |\n|--|\n| b |\n:::", "b", "a table in them is left as text"),
        ("pandoc", "# A\n\n- x\n\n::: {.aside #k}\ny\n:::", "paragraph: y", "its content stays: aside, id"),
        ("pandoc", "# A\n\n- x\n\n```{.py lst-cap=\"Sums\" key=1}\ny\n```", "caption: Sums", "left out: key"),
        ("pandoc", "# A\n\n- x\n\n![Sea](a.png){width=9}", "alt: Sea, caption: Sea", "{width=9} are left out"),
        ("pandoc", "# A\n\n- x\n\n![Sea](https://a.b/c.png)", "- x", "is on the web"),
        ("pandoc", "---\nbibliography: a/b.bib\n---\n# A\n\n- x\n\n# Sources", "title: Sources, references: {}", ""),
        ("pandoc", "# A\n\n- x\n\n![Sea](a.mp4)", "video:, file: pictures/a.mp4", ""),
        ("pandoc", "# A\n\n- [x](https://a.b 'Tip')", "[x](https://a.b)", "the title of a link is left out: Tip"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_told(dialect: str, text: str, carried: str, told: str) -> None:
    imported = import_markdown(text, dialect)  # type: ignore[arg-type]
    made = re.sub(r"\s*\n\s*", ", ", source_text(imported.talk))
    assert carried in made
    remarks = [message for _, message in imported.remarks]
    assert any(told in message for message in remarks) if told else not remarks, remarks


WORDS = st.integers(0, 10**6).map(lambda n: f"w{n}")
TEXT = st.lists(
    st.one_of(WORDS, WORDS.map("**{}**".format), WORDS.map("*{}*".format), WORDS.map("`{}`".format),
              WORDS.map("[{}](https://a.b)".format), WORDS.map("~~{}~~".format), WORDS.map("x_{}_y".format),
              st.sampled_from(["*", "_", "<", "5$", "[", "]", "{", "~", "^", "\\", ":", "#", "- "])),
    min_size=1, max_size=6,
).map(" ".join)  # fmt: skip
ITEMS = st.lists(st.tuples(st.sampled_from(["- ", "  - ", "    - ", "1. "]), TEXT).map("".join), min_size=1, max_size=5)
BLOCK = st.one_of(
    TEXT,
    ITEMS.map("\n".join),
    TEXT.map("> {}".format),
    TEXT.map("```\n{}\n```".format),
    TEXT.map("::: notes\n{}\n:::".format),
    TEXT.map(":::: columns\n::: column\n{}\n:::\n::: column\nright\n:::\n::::".format),
    TEXT.map("<div>{}</div>".format),
    TEXT.map("<!-- {} -->".format),
    st.tuples(st.sampled_from(["#", "##", "###"]), TEXT).map(" ".join),
    st.just("---"),
    WORDS.map("| a | {} |\n|---|---|\n| b | c |".format),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(BLOCK, min_size=1, max_size=8).map("\n\n".join), st.sampled_from(["pandoc", "marp", "plain", "slidev"]))
def test_no_word_is_lost_in_silence_and_the_source_can_be_read(text: str, dialect: str) -> None:
    imported = import_markdown(text, dialect)  # type: ignore[arg-type]
    made = source_text(imported.talk)
    told = made + " ".join(message for _, message in imported.remarks)
    lost = [word for word in re.findall(r"w\d+", text) if word not in told]
    assert not lost, (lost, text, made)
    if imported.talk["slides"]:
        _, found = read_deck(MemoryWorld({"talk.yaml": made.encode()}), "talk.yaml")
        assert not [d for d in found if d.code in ("syntax", "schema", "markdown")], (found, made)
