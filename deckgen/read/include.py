"""The entries of `slides`, and those of the files that it includes.

Each file is read with its own places, and the paths that it names start in its own folder.
"""

from __future__ import annotations

from typing import Any

from deckgen.diagnostics import Span, coded, shortened
from deckgen.model.deck import Entry, Include
from deckgen.read.files import file_path, read_text_file
from deckgen.read.reader import BAD, Reader
from deckgen.read.schema import MAX_ENTRIES, read_list, read_mapping
from deckgen.read.source import Source
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence, compose
from deckgen.world import SOURCE_LIMIT

MOST_INCLUDES = 200
"""Of one talk; a file counts as often as it is included."""
DEEPEST = 10
"""How many files may include each other in a row."""
BESIDE = "deckgen"
"""What an included file may say beside its slides; all else is said by the talk."""


def read_entries(reader: Reader, node: Node) -> Any:
    """The entries of a list, with those of included files in the places of the `include` entries."""
    if not isinstance(node, Sequence) or not any(map(is_include, node.items)):
        return read_list(Entry, reader, node)
    entries: list[Any] = []
    for child in node.items:
        found = read_include(reader, child) if is_include(child) else one_entry(reader, child)
        if found is BAD or (reader.span(child) in reader.incomplete and is_include(child)):
            reader.incomplete.add(reader.span(node))
        entries += found if found is not BAD else ()
        if len(entries) > MAX_ENTRIES:
            message = f"up to here the talk has {len(entries):,} slides, and the limit is {MAX_ENTRIES:,}"
            return reader.error(child, message, "split the talk")
    return tuple(entries)


def is_include(node: Node) -> bool:
    return isinstance(node, Mapping) and node.get("include") is not None


def one_entry(reader: Reader, node: Node) -> Any:
    return read_list(Entry, reader, Sequence((node,), node.line, node.column)) or BAD


def read_include(reader: Reader, node: Node) -> Any:
    """The entries of the file that an entry names; `BAD` if none can be had."""
    if read_mapping(Include, reader, node) is BAD:
        return BAD
    assert isinstance(node, Mapping)
    name = node.get("include")
    assert isinstance(name, Scalar)
    path = file_path(reader, name)
    if path is BAD or not may_include(reader, name, path):
        return BAD
    source = read_text_file(reader, name, SOURCE_LIMIT)
    if source is BAD:
        return BAD
    reader.included += len(source.text)
    if reader.included > SOURCE_LIMIT:
        message = f"with {path}, the included files hold more than {SOURCE_LIMIT / 1_000_000:g} MB"
        return reader.error(name, message, "split the talk")
    with reader.within(source):
        entries, whole = entries_of(reader, source)
    if not whole:
        reader.incomplete.add(reader.span(node))
    return entries


def may_include(reader: Reader, name: Scalar, path: str) -> bool:
    """Whether a file can be included here; if not, the reason is noted."""
    chain = [source.file for source in reader.chain]
    with reader.concerning("file"):
        if path in chain:
            steps = " -> ".join([*chain[chain.index(path) :], path])
            reader.error(name, f"this file includes itself: {steps}", "take one of these includes out")
        elif len(chain) > DEEPEST:
            reader.error(name, f"files include each other deeper than {DEEPEST}: {' -> '.join(chain)}", "include less")
        elif reader.includes == MOST_INCLUDES:
            reader.error(name, f"the talk includes more than {MOST_INCLUDES} files", "join some of them")
        else:
            reader.includes += 1
            return True
    return False


def entries_of(reader: Reader, source: Source) -> tuple[Any, bool]:
    """The entries of an included file, and whether none of them was left out."""
    root, problems = compose(source)
    reader.diagnostics += coded("syntax", problems)
    if root is None:
        if not problems:
            hint = "write a list of slides, each begun with '- title: ...'"
            reader.error(Span(source.file), "the file is empty", hint)
        return BAD, False
    slides = listed(reader, root)
    if slides is None:
        return BAD, False
    entries = read_entries(reader, slides)
    return entries, entries is not BAD and reader.span(slides) not in reader.incomplete


def listed(reader: Reader, root: Node) -> Node | None:
    """The list of an included file: all of it, or its `slides`."""
    if not isinstance(root, Mapping):
        return root
    for name, _ in root.pairs:
        if name.value not in ("slides", BESIDE):
            message = f"{shortened(name.value)!r} can't stand in a file that is included"
            reader.error(
                name, message, "such a file has 'slides' alone; what holds for all the talk stands in its source"
            )
    slides = root.get("slides")
    if slides is None:
        reader.error(
            root, "the key 'slides' is missing", "an included file is a list of slides, or has one in 'slides'"
        )
    return slides
