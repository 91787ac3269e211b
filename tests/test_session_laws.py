"""Whatever is edited, in whatever order: a session says and writes what a cold build does."""

from __future__ import annotations

from contextlib import closing

from hypothesis import example, given, settings
from hypothesis import strategies as st

from deckgen.build import Options, build
from deckgen.loop.session import Session
from deckgen.talk import prepare
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld, packaged_themes
from tests.pictures import picture

FILE = "source/talk.yaml"
PICTURES = {name: picture("PNG", width) for name, width in (("a", 300), ("b", 300), ("c", 1600))}
FULL = "A sentence that is long enough to fill a line of the slide, and the next one. " * 12
ENTRIES = (
    "  - section: One\n    summary: The first\n",
    "  - section: Two\n",
    "  - title: Bullets\n    bullets: [a, b]\n    notes: Said.\n",
    "  - title: More bullets\n    bullets:\n      - one\n      - two: [three]\n    handout: |\n      Print text.\n",
    "  - title: Code\n    id: code\n    code: {language: python, text: 'x = 1'}\n",
    "  - title: A wide line of code\n    code: {language: python, text: 'x = \"" + "y" * 120 + "\"'}\n",
    "  - title: Table\n    table: {header: [A, B], rows: [[1, 2], [3, 4]]}\n    takeaway: So it is.\n",
    "  - title: Layers\n    layers: {stacks: [{title: A, layers: [x, y]}], caption: It is so}\n",
    "  - title: Agenda\n    agenda:\n",
    "  - title: Picture\n    picture: {file: a.png, alt: Grey, caption: Grey}\n",
    "  - title: A part of the handout\n    bullets: ['see [](#code), {handout#code}']\n",
    f"  - title: Full\n    takeaway: {FULL}\n    bullets: [a]\n",
    "  - title: Only print\n    only: handout\n    bullets: [p]\n",
    "  - title: Broken\n    bulets: [a]\n",
    "  - title: Chart\n    chart: {kind: bar, data: {a: 1, b: 2}, caption: Two}\n",
)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, len(ENTRIES) - 1), st.integers(0, 9)),
        st.tuples(st.just("drop"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("move"), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.just("line"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("word"), st.integers(0, 9), st.integers(0, 3)),
        st.tuples(st.just("file"), st.sampled_from("abc"), st.sampled_from("abc")),
        st.tuples(st.just("head"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("theme"), st.integers(0, 2), st.just(0)),
    ),
    min_size=1,
    max_size=8,
)
HEADS = ("", "theme: night\n", "language: de\n", "footer: [title, date]\nevent: Somewhere\n")


class Project:
    """A talk in memory that is edited."""

    def __init__(self) -> None:
        self.entries = [ENTRIES[0], ENTRIES[2], ENTRIES[4], ENTRIES[6]]
        self.head = ""
        self.files: dict[str, bytes] = {f"source/{name}.png": data for name, data in PICTURES.items()}
        self.save()

    def save(self) -> None:
        source = f"deckgen: 1\ntitle: A talk\n{self.head}slides:\n{''.join(self.entries)}"
        self.files[FILE] = source.encode()

    def edit(self, kind: str, one: object, other: object) -> None:
        match kind, one, other:
            case "add", int(which), int(at):
                self.entries.insert(at, ENTRIES[which])
            case "drop", int(at), _ if len(self.entries) > 1:
                self.entries.pop(at % len(self.entries))
            case "move", int(old), int(new):
                self.entries.insert(new, self.entries.pop(old % len(self.entries)))
            case "line", int(at), _:
                self.entries.insert(at, "\n  # a comment\n")
            case "word", int(at), int(number):
                at %= len(self.entries)
                self.entries[at] = self.entries[at].replace("title: ", f"title: {number} ").replace("a, b", "a, b, x")
            case "file", str(name), str(other_name):
                self.files[f"source/{name}.png"] = PICTURES[other_name]
            case "head", int(which), _:
                self.head = HEADS[which]
            case "theme", int(look), _:
                for file in ("theme.yaml", "handout.css"):
                    data = (packaged_themes() / "paper" / file).read_bytes()
                    self.files[f"themes/paper/{file}"] = data + f"/* {look} */\n".encode() * (file[-1] == "s")
        self.save()


@settings(max_examples=30, deadline=None)
@given(EDITS)
@example([("add", 9, 2), ("line", 0, 0), ("file", "b", "a")])
@example([("add", 11, 2), ("line", 0, 0), ("add", 5, 0), ("line", 0, 0)])
@example([("add", 10, 2), ("word", 1, 1), ("move", 0, 3)])
def test_a_session_says_what_a_cold_start_says(edits: list[tuple[str, object, object]]) -> None:
    project = Project()
    session = Session(MemoryWorld(project.files, default_folder()), FILE, Options())
    session.refresh()
    for edit in edits:
        project.edit(*edit)
        answer = session.refresh()
        talk, found = prepare(MemoryWorld(dict(project.files), default_folder()), FILE)
        assert [(d, d.span) for d in answer.diagnostics] == [(d, d.span) for d in found]
        assert (answer.talk and answer.talk.show) == (talk and talk.show)
        assert (
            [page.span for page in answer.talk.show.pages] == [page.span for page in talk.show.pages]
            if answer.talk and talk
            else not talk
        )


def test_a_session_writes_what_a_cold_build_writes() -> None:
    project = Project()
    with closing(Session(MemoryWorld(project.files, default_folder()), FILE, Options())) as session:
        for edit in (("add", 3, 1), ("add", 10, 2), ("add", 7, 4), ("move", 4, 1), ("word", 1, 2), ("drop", 2, 0)):
            project.edit(*edit)
            assert session.refresh().talk, edit
            warm = session.pair()
            cold = build(MemoryWorld(dict(project.files), default_folder()), FILE, Options())
            assert [(o.suffix, o.data) for o in warm.outputs] == [(o.suffix, o.data) for o in cold.outputs]
            assert warm.diagnostics == cold.diagnostics
            session.rest()
