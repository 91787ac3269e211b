"""Blocks -> entries of `slides:`: side by side, or on slides of their own where they need one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deckgen.blocks import block_class
from deckgen.importing.result import Data, Log

UNTITLED = "Untitled"
WORKS = re.compile(r"references|bibliography|works cited|literature|sources|literatur|quellen", re.IGNORECASE)
"""What Pandoc's users write over the list of works, which Pandoc adds."""


def side_by_side(columns: Sequence[Data], log: Log, line: int) -> Iterator[Data]:
    """Columns as a block; what needs a slide for itself can't stand in one, and comes after it."""
    inside = [[block for block in column["body"] if not sole(block)] for column in columns]
    rest = [block for column in columns for block in column["body"] if sole(block)]
    if sum(map(bool, inside)) > 1:
        filled = zip(columns, inside, strict=True)
        yield {"columns": [column_of(column, blocks) for column, blocks in filled if blocks]}
    else:
        yield from (block for blocks in inside for block in blocks)
    if rest:
        log.remark(line, "code can't stand in a column: it comes on a slide of its own")
    yield from rest


def column_of(column: Data, blocks: list[Data]) -> Data:
    width = {"width": column["width"]} if "width" in column else {}
    return {**width, **(blocks[0] if len(blocks) == 1 else {"body": blocks})}


def entries(
    title: str, keys: Data, blocks: Sequence[Data], notes: Sequence[str], log: Log, line: int
) -> Iterator[Data]:
    """The entry of a slide, and one more for each block that needs a slide for itself; of a title alone, a section,
    unless it stands on a ground of its own."""
    spoken = {"notes": "\n\n".join(notes) + "\n"} if notes else {}
    serving = [block for block in blocks if next(iter(block)) in ("quote", "statement")]
    if not blocks and "background" in keys:
        yield {"title": named(title, log, line), **keys, **spoken}
    elif not blocks:
        kept = {key: value for key, value in keys.items() if key in ("id", "transition")}
        for key in sorted(keys.keys() - kept.keys()):
            log.remark(line, f"the slide has a title alone, so it begins a section, without {key!r}")
        if title or spoken:
            yield {"section": title or UNTITLED, **kept, **spoken}
    elif serving and not title:
        yield {**keys, **serving[0], **spoken}
    else:
        yield from titled(title, keys, blocks, spoken, log, line)


def titled(title: str, keys: Data, blocks: Sequence[Data], spoken: Data, log: Log, line: int) -> Iterator[Data]:
    groups = list(grouped(blocks))
    if len(groups) > 1:
        log.remark(line, "what needs a slide for itself stands on one: the slide is divided")
    title = named(title, log, line)
    way, keys = keys.get("reveal"), {key: value for key, value in keys.items() if key != "reveal"}
    if way == "by-item" and not any(map(flows, blocks)):
        log.remark(line, "nothing on the slide comes on by items: it is shown at once")
    for number, group in enumerate(groups, start=1):
        shown, reveal = revealed(group, way)
        body = shown[0] if len(shown) == 1 else {"body": shown}
        own = title + (f" ({number})" if number > 1 else "")
        yield {"title": own, **(keys if number == 1 else {}), **reveal, **body, **(spoken if number == 1 else {})}


def grouped(blocks: Sequence[Data]) -> Iterator[list[Data]]:
    """The blocks by their slides: each that needs one for itself, and all others, in the order in which they begin."""
    rest = [block for block in blocks if not sole(block)]
    for block in blocks:
        if sole(block):
            yield [block]
        elif block is rest[0]:
            yield rest


def named(title: str, log: Log, line: int) -> str:
    """The title; a stand-in for one that is missing."""
    if not title:
        log.remark(line, "the slide has no title: say in a sentence what it shows")
    return title or UNTITLED


def flows(block: Data) -> bool:
    return block_class(next(iter(block))).FLOWS


def revealed(group: list[Data], way: str | None) -> tuple[list[Data], Data]:
    """The blocks of a slide, and the key for all of them: only text comes on by items."""
    items = [block for block in group if flows(block)]
    if way != "by-item" or len(items) == len(group):
        return group, {"reveal": way} if way and (way == "by-item" or len(group) > 1) else {}
    return [{**block, "reveal": way} if block in items else block for block in group], {}


def sole(block: Data) -> bool:
    return block_class(next(iter(block))).SOLE


def with_closing(slides: list[Data], cites: bool = False) -> None:
    """A last slide of one line is a closing slide, not a section; or the list of works, in a talk that `cites`."""
    if slides and "section" in slides[-1]:
        last = slides.pop()
        title = last.pop("section")
        kind = "references" if cites and WORKS.fullmatch(title) else "closing"
        slides.append({"title": title, **last, kind: {}})
