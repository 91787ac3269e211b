"""Reading a deck: what an author writes, and what the model holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from deckgen.blocks import block_class, kinds
from deckgen.blocks.bullets import Bullets, Item
from deckgen.blocks.code import Code
from deckgen.blocks.paragraph import Paragraph
from deckgen.blocks.table import Table
from deckgen.model.block import runs
from deckgen.model.deck import Deck, Section, Slide
from deckgen.model.text import Run, Text, plain
from deckgen.read.deck import read_deck
from deckgen.read.ids import slug
from deckgen.read.reference import reference
from deckgen.read.theme import read_theme
from deckgen.world import DiskWorld, MemoryWorld
from tests.pictures import EXAMPLE_FILES

ROOT = Path(__file__).parent.parent
HEAD = "deckgen: 1\ntitle: T\nslides:\n"


def deck_of(text: str) -> Deck:
    deck, diagnostics = read_deck(MemoryWorld({"talk.yaml": text.encode(), **EXAMPLE_FILES}), "talk.yaml")
    assert deck is not None, [f"{d} ({d.hint})" for d in diagnostics]
    return deck


def slide_of(text: str) -> Slide:
    """The only slide of a talk, from its YAML lines at no indentation."""
    lines = text.strip("\n").split("\n")
    slide = deck_of(HEAD + "\n".join(f"  {'- ' if i == 0 else '  '}{line}" for i, line in enumerate(lines))).slides[0]
    assert isinstance(slide, Slide)
    return slide


def text(words: str) -> Text:
    return (Run(words),)


@pytest.mark.parametrize("words", ["No", "1.10", "12:30", "2026-11-24", "null", "~", "0x1F", "1e3", "yes", "true"])
def test_text_stays_as_it_was_typed(words: str) -> None:
    assert slide_of(f"title: {words}").title == text(words)


def test_a_block_stands_on_the_slide_by_its_kind_or_in_the_body() -> None:
    direct = slide_of("title: A\nbullets: [one, two]")
    listed = slide_of("title: A\nbody:\n  - bullets: [one, two]")
    spelled = slide_of("title: A\nbody:\n  - bullets:\n      items:\n        - text: one\n        - {text: two}")
    markdown = slide_of("title: A\nbody: |\n  - one\n  - two")
    assert direct.body == listed.body == spelled.body == markdown.body
    assert direct.body == (Bullets(items=(Item(text=text("one")), Item(text=text("two")))),)


def test_items_have_items_under_them() -> None:
    wanted = (Bullets(items=(Item(text=text("one"), items=(text("a"), text("b"))), Item(text=text("two")))),)
    assert slide_of("title: A\nbullets:\n  - one: [a, b]\n  - two").body == wanted
    assert slide_of("title: A\nbullets:\n  - one:\n      - a\n      - b\n  - two").body == wanted
    assert slide_of("title: A\nbody: |\n  - one\n    - a\n    - b\n  - two").body == wanted


def test_text_in_a_body_is_a_paragraph_and_only_stands_beside_a_block() -> None:
    slide = slide_of("title: A\nbody:\n  - some *text*\n  - bullets: [x]\n    only: deck")
    paragraph, bullets = slide.body
    assert paragraph == Paragraph(text=(Run("some "), Run("text", italic=True)))
    assert bullets.only == "deck"


def test_a_kind_without_keys_of_its_own_needs_no_value() -> None:
    assert slide_of("title: A\nagenda:").body == (block_class("agenda")(),)


def test_code_is_taken_as_it_stands() -> None:
    [block] = slide_of("title: A\ncode: |\n  a = [1]\n  \tif *b*: &c\n\n  # end\n\n").body
    assert block == Code(text="a = [1]\n    if *b*: &c\n\n# end")


def test_cells_may_be_empty() -> None:
    [block] = slide_of('title: A\ntable:\n  header: ["", A, B]\n  rows: [[x, 1, "**2**"]]').body
    assert isinstance(block, Table)
    assert [cell.text for cell in block.header[0].cells] == [(), text("A"), text("B")]
    assert block.rows[0].cells[2].text == (Run("2", bold=True),)


def test_a_section_is_known_by_its_key() -> None:
    section, slide = deck_of(HEAD + "  - {section: S, summary: What}\n  - {title: A}").slides
    assert isinstance(section, Section)
    assert isinstance(slide, Slide)
    assert (section.id, slide.id) == ("s", "a")


def test_aliases_repeat_values() -> None:
    first, second = deck_of(HEAD + "  - {title: A, bullets: &x [one]}\n  - {title: B, bullets: *x}").slides
    assert isinstance(first, Slide)
    assert isinstance(second, Slide)
    assert first.body == second.body


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Two ways to isolate", "two-ways-to-isolate"),
        ("What's a *kernel*?", "whats-a-kernel"),
        ("Größe, Façade & Co.", "grosse-facade-co"),
        ("a " * 60, "a-" * 29 + "a"),
    ],
)
def test_ids_are_made_from_titles(title: str, wanted: str) -> None:
    assert slide_of(f'title: "{title}"').id == wanted
    assert len(slug(title)) <= 60


def test_ids_do_not_depend_on_places() -> None:
    def ids(order: tuple[str, ...]) -> set[str]:
        return {entry.id for entry in deck_of(HEAD + "\n".join(f"  - {entry}" for entry in order)).slides}

    entries = ("{title: Same, body: one}", "{title: Same, body: two}", "{title: 容器}", "{title: Other, id: same}")
    assert ids(entries) == ids(entries[::-1])
    assert len(ids(entries)) == 4
    assert len(ids(entries[:1] * 3)) == 3


def test_a_title_does_not_take_the_id_of_the_title_slide() -> None:
    assert slide_of("title: Title").id != "title"


def test_language_tags_get_their_usual_letters() -> None:
    assert deck_of("language: EN-gb\n" + HEAD + "  - title: A").language == "en-GB"


def test_runs_know_their_places() -> None:
    source = HEAD + (
        "  - title: Plain **bold** text\n"
        "    takeaway: 'Quoted *text*'\n"
        "    notes: |\n"
        "      First.\n"
        "\n"
        "      A *second* one.\n"
        "    handout: |\n"
        "      - item `code`\n"
        "\n"
        "      | a | b |\n"
        "      |---|---|\n"
        "      | c | d |\n"
    )
    lines = source.split("\n")
    found = [run for run in runs(deck_of(source).slides) if run.text.strip()]
    assert len(found) == 15
    for run in found:
        rest = lines[run.span.line - 1][run.span.column - 1 :]
        assert rest.lstrip("`* ").startswith(run.text.strip()), (run, rest)


def test_the_docker_talk_reads_without_a_finding() -> None:
    deck, diagnostics = read_deck(DiskWorld(ROOT, ROOT), "source/understanding-docker.yaml")
    assert diagnostics == ()
    assert deck is not None
    assert plain(deck.title) == "Understanding Docker"


def test_the_reference_is_up_to_date() -> None:
    written = (ROOT / "docs" / "source-format.md").read_text(encoding="utf-8")
    assert written == reference(), "run: python -m deckgen.read.reference docs/source-format.md"


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_the_example_of_every_kind_can_be_read(kind: str) -> None:
    example = reference().split(f"### `{kind}`")[1].split("```yaml\n")[1].split("```")[0]
    cls = block_class(kind)
    only = "    only: handout\n" if cls.PRINT_ONLY else ""
    title = "" if kind in ("quote", "statement") else "title: A\n"
    slide = slide_of(f"{title}body:\n" + "".join(f"  {line}\n" for line in example.splitlines()) + only)
    assert isinstance(slide.body[0], cls)


def test_our_theme_reads_without_a_finding() -> None:
    theme, diagnostics = read_theme(MemoryWorld(), "paper")
    assert diagnostics == ()
    assert theme is not None
    assert theme.page == (960, 540)
    assert set(theme.blocks) == {kind for kind in kinds() if block_class(kind).LOOK}
    assert theme.css


def test_a_theme_is_checked_for_names_and_colours() -> None:
    source = (ROOT / "themes" / "paper" / "theme.yaml").read_text(encoding="utf-8")
    broken = (
        source.replace('accent: "#A5301C"', "accent: red", 1)
        .replace("use: [title, footer, slide_number]", "use: [titel, footer, slide_number]", 1)
        .replace("{style: title}", "{style: titel}", 1)
        .replace(', "#6F6660"]', "]", 1)
        .replace("smaller: dense", "smaller: denser", 1)
    )
    files = {"themes/paper/theme.yaml": broken.encode(), "themes/paper/handout.css": b""}
    theme, diagnostics = read_theme(MemoryWorld(files), "paper")
    assert theme is None
    assert sorted(d.message for d in diagnostics) == [
        "'red' is no colour",
        "a theme has 6 series colours, found 5",
        "there is no frame 'titel'",
        "there is no layout 'denser'",
        "there is no style 'titel'",
    ]
    assert all(d.hint for d in diagnostics if d.message.startswith("there is"))


def test_a_theme_that_does_not_exist() -> None:
    theme, [diagnostic] = read_theme(MemoryWorld(), "papr")
    assert theme is None
    assert diagnostic.hint == "did you mean 'paper'?"
