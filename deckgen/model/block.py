"""The block: one dataclass is a kind's schema, its slide drawing and its handout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, field, fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self

from deckgen.diagnostics import NOWHERE, Diagnostic, Span, error
from deckgen.frozen import frozen
from deckgen.model.asset import Image
from deckgen.model.drawing import AnyShape, Drawing
from deckgen.model.text import Run, Text

if TYPE_CHECKING:
    from deckgen.typeset.sheet import Sheet


class Count(NamedTuple):
    """The number of an item, and the first and the last number of its list on the slide."""

    number: int
    first: int
    last: int


class FlowLine(NamedTuple):
    """A paragraph of a block that flows, and its level in the body frame."""

    text: Text
    level: int
    number: Count | None = None
    """In a numbered list: it takes the place of the level's list mark."""


Channel = Literal["both", "deck", "handout"]
"""Where show content stands: in both outputs, or in the one that the author chose with `only:`."""
Reveal = Literal["none", "by-item", "by-block"]
"""What comes on with each click: nothing, each item of a text, or each block as a whole."""


def key(description: str, default: Any = MISSING, content: bool = True, names: str = "") -> Any:
    """A field that the source may set; `description` stands in the reference and in editors.

    What is no `content` changes nothing in the outputs, and is no part of the value. `names` is what a value names, if
    editors can offer some: a part of themes, or one of `read/offers.py`.
    """
    told = {"description": description, "names": names}
    return field(metadata=told) if default is MISSING else field(default=default, compare=content, metadata=told)


def made(default: Any) -> Any:
    """A field that no source sets: what is made from the rest of the deck, or a part of a split block has to know."""
    return field(default=default, metadata={"made": True})


def place_of(name: str) -> Any:
    """A field with the place of the first character of a key's value, whose lines stand under each other from there.

    `NOWHERE` if they don't. As all places it is no part of the value.
    """
    return field(default=NOWHERE, compare=False, repr=False, metadata={"made": True, "place": name})


@frozen(kw_only=True)
class Block:
    """A piece of content. Its subclasses live in `deckgen/blocks/`, one module a kind.

    The first field of a subclass takes the value of the short form (`- bullets: [a, b]`).
    """

    LAYOUT: ClassVar[str] = "content"
    """The theme's layout for a slide that holds only this block."""
    LAYOUTS: ClassVar[tuple[str, ...]] = ()
    """Further layouts that the block may ask for."""
    SOLE: ClassVar[bool] = False
    """The block needs the whole slide: it fills the frames of its layout."""
    NUMBERED: ClassVar[Literal["", "figure", "table", "listing", "equation"]] = ""
    """The handout numbers the block under this word and sets its caption beside it."""
    FILLS: ClassVar[bool] = False
    """The block takes the height that the others of the body leave."""
    ASIDE: ClassVar[str] = ""
    """The frame that the block fills, with `fill_aside`, on a layout that has it; the body is left to the others."""
    EITHER: ClassVar[tuple[str, ...]] = ()
    """Keys of which one must be written, where none is needed by itself."""
    FLOWS: ClassVar[bool] = False
    """The block is text that flows in the slide's body placeholder: it has `flow_lines` and needs no `draw`."""
    PRINT_ONLY: ClassVar[bool] = False
    """The block stands in handout text only."""
    LOOK: ClassVar[type | None] = None
    """The dataclass of what a theme sets for this kind (`blocks:` in `theme.yaml`)."""
    HTML: ClassVar[str] = ""
    """The Jinja2 template that sets the block in the handout; it sees `block`."""
    CSS: ClassVar[str] = ""

    only: Channel = key("Show the block in both outputs, or only in the deck or the handout", "both")
    reveal: Reveal | None = key("What comes on with each click, if not as the slide says", None)
    cheat: bool | None = key("Put the block on the cheat sheet, or leave it out there, if not as the slide says", None)
    span: Span = field(default=NOWHERE, compare=False, repr=False)

    def draw(self, sheet: Sheet) -> Drawing:
        """Draw the block on a slide, at the top of `sheet.box`; the drawing's size is what it needs."""
        raise NotImplementedError

    def asks(self, shown: tuple[Block, ...]) -> str:
        """The layout that a slide takes for this block among all that it shows; empty for the usual one."""
        return self.LAYOUT if len(shown) == 1 else ""

    def fill_aside(self, sheet: Sheet, alone: bool) -> tuple[AnyShape, ...]:
        """Draw the block into the frame `ASIDE` of the sheet's layout; `sheet.box` is the frame's.

        `alone`: the slide shows nothing else, and `words_alone` stand in its body.
        """
        raise NotImplementedError

    def words_alone(self) -> tuple[Block, ...]:
        """What the block says in the body of a slide that shows nothing beside its frame `ASIDE`."""
        return ()

    def flow_lines(self) -> tuple[FlowLine, ...]:
        """The paragraphs of a block that flows."""
        return ()

    def figure(self, sheet: Sheet) -> Drawing:
        """The block as the handout prints it in a figure, without its caption; for kinds numbered as figures."""
        raise NotImplementedError

    def print_width_pt(self) -> float:
        """About how wide the block has to be in print, endless for the whole page; text takes any width."""
        return 0.0

    def least_height(self, sheet: Sheet) -> float:
        """A height in points that the block needs at least, told without drawing it."""
        return 0.0

    def split(self, sheet: Sheet) -> tuple[Self, Self] | None:
        """The part that fits `sheet.box` and the rest for a continuation slide; None if it can't be split."""
        return None

    def problems(self) -> Iterator[Diagnostic]:
        """What is wrong with the block although each of its values can be read: numbers out of range, names of nothing.

        Only a block without errors is drawn.
        """
        yield from ()

    def shown(self) -> Iterator[Run]:
        """Every run of the block but its caption, in the order in which a reader meets them."""
        for f in fields(self):
            if f.name not in ("span", "caption"):
                yield from runs(getattr(self, f.name))

    def strands(self) -> tuple[tuple[Run, ...], ...]:
        """The runs of `shown` in stretches, each of which stands in this order."""
        return (tuple(self.shown()),)

    def inner(self) -> tuple[Block, ...]:
        """The blocks that this one holds."""
        return ()

    def images(self) -> tuple[tuple[Image, str], ...]:
        """The pictures that the block shows, each with its alternative text."""
        return ()

    def caption_text(self) -> tuple[Run, ...]:
        """What stands beside the block on the slide, and under its number in the handout."""
        return getattr(self, "caption", ())

    def slide_title(self) -> tuple[Run, ...]:
        """The text that serves as the slide's title where the slide has none of its own."""
        return ()

    def whole(self) -> Self:
        """The block with what it shows of files written in itself."""
        return self


def noted(strand: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """A strand without its footnotes, and each of these as a strand of its own."""
    notes = [run.note for run in strand if run.note]
    inside = {id(run) for note in notes for run in note}
    yield tuple(run for run in strand if id(run) not in inside)
    yield from notes


def mapped(node: Any, change: Callable[[Run], tuple[Run, ...]]) -> Any:
    """The node with every run in a text replaced by the runs that `change` makes of it; itself if none is changed."""
    if isinstance(node, tuple) and not hasattr(node, "_fields"):
        parts = [change_run(part, change) if isinstance(part, Run) else (mapped(part, change),) for part in node]
        new = tuple(part for found in parts for part in found)
        same = len(new) == len(node) and all(a is b for a, b in zip(new, node, strict=True))
        return node if same else new
    if isinstance(node, Run):
        return node
    values = ((name, getattr(node, name)) for name in contents(node.__class__))
    changed = {name: new for name, old in values if (new := mapped(old, change)) is not old}
    return replace(node, **changed) if changed else node


def change_run(run: Run, change: Callable[[Run], tuple[Run, ...]]) -> tuple[Run, ...]:
    """What becomes of a run, and of the footnote that hangs on it."""
    notes = [(new, mapped(new.note, change)) for new in change(run)]
    return tuple(new if note is new.note else replace(new, note=note) for new, note in notes)


def leaves(blocks: Iterable[Block]) -> Iterator[tuple[str, Block]]:
    """The blocks with their places, counted from 1; one that holds others is replaced by these (`2/1`, `2/2`)."""
    for i, block in enumerate(blocks, start=1):
        inner = block.inner()
        for n, child in enumerate(inner, start=1):
            yield f"{i}/{n}", child if block.only == "both" else replace(child, only=block.only)
        if not inner:
            yield str(i), block


NO_RUNS = re.compile(r"(str|int|float|bool|Literal\[.*\])$")
"""The types of fields that hold no runs."""


def runs(node: Any) -> Iterator[Run]:
    """Every run under a node in reading order, footnotes after the run they hang on."""
    found: list[Run] = []
    gather(node, found)
    return iter(found)


def gather(node: Any, found: list[Run]) -> None:
    if isinstance(node, Run):
        found.append(node)
        gather(node.note, found)
    elif isinstance(node, tuple):
        for child in node:
            gather(child, found)
    else:
        for name in contents(node.__class__):
            gather(getattr(node, name), found)


@cache
def contents(cls: Any) -> tuple[str, ...]:
    """The names of the fields that may hold runs; none for what is no dataclass."""
    if not is_dataclass(cls):
        return ()
    return tuple(f.name for f in fields(cls) if f.name != "span" and not NO_RUNS.match(str(f.type)))


def out_of_range(name: str, number: int, allowed: range, place: Span) -> Iterator[Diagnostic]:
    """An error if a number of the source is not one of those allowed."""
    if number not in allowed:
        yield error(place, f"`{name}` is {number}, and can be {allowed[0]} to {allowed[-1]}", key=name)


def no_point(focus: tuple[float, ...], place: Span) -> Iterator[Diagnostic]:
    """An error if a focus is no point of its picture."""
    if len(focus) != 2 or not all(0 <= share <= 1 for share in focus):
        yield error(place, "`focus` is no point of the picture", "write two shares, such as [0.5, 0.3]", key="focus")
