"""Reads how the handout is printed, and what a theme says about four-colour print."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deckgen.diagnostics import Diagnostic
from deckgen.model.production import MOST_GUTTER_MM, MOST_PAPER_MM, SIGNATURE_PAGES, Press, Print
from deckgen.read.reader import BAD, Reader
from deckgen.read.schema import read_mapping
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence

PROFILE_LIMIT = 5_000_000
"""Bytes of an ICC profile."""


def read_print(reader: Reader, node: Node) -> Any:
    """A profile, a list of profiles, or a mapping of all keys."""
    if not isinstance(node, Mapping):
        listed = node if isinstance(node, Sequence) else Sequence((node,), node.line, node.column)
        node = Mapping(((Scalar("profiles", "", node.line, node.column, node.line), listed),), node.line, node.column)
    else:
        pairs = ((name, as_list(value) if name.value == "profiles" else value) for name, value in node.pairs)
        node = node._replace(pairs=tuple(pairs))
    found = read_mapping(Print, reader, node)
    if found is BAD:
        return BAD
    check(found, node, reader)
    return replace(found, profiles=tuple(dict.fromkeys(found.profiles)) or ("office",))


def as_list(node: Node) -> Node:
    return Sequence((node,), node.line, node.column) if isinstance(node, Scalar) and not node.empty else node


def check(found: Print, node: Mapping, reader: Reader) -> None:
    least, most = SIGNATURE_PAGES
    if found.signature % 4 or not least <= found.signature <= most:
        message = f"a signature of {found.signature} pages can't be folded"
        reader.error(node.get("signature") or node, message, f"write a multiple of 4 from {least} to {most}")
    for name, value, limit in (
        ("gutter_mm", found.gutter_mm, MOST_GUTTER_MM),
        ("paper_mm", found.paper_mm, MOST_PAPER_MM),
    ):
        if not 0 <= value <= limit:
            message = f"{name} is {value:g} mm"
            reader.error(node.get(name) or node, message, f"write a length from 0 to {limit:g} millimetres")


def read_press(press: Press, name: str, root: Mapping, roles: set[str], reader: Reader) -> Press:
    """What the theme `name` says of four-colour print, with its profile from the theme's folder; checked."""
    node = root.get("press") or root
    named = node.get("cmyk") if isinstance(node, Mapping) else None
    for role, inks in press.cmyk.items():
        where = named.get(role) if isinstance(named, Mapping) else None
        if role not in roles:
            reader.error(where or node, f"there is no colour {role!r}", "'cmyk' names the theme's own colours")
        elif len(inks) != 4 or not all(0 <= ink <= 100 for ink in inks):
            reader.error(
                where or node, f"{role!r} needs four inks", "write cyan, magenta, yellow, black: [0, 80, 90, 10]"
            )
        elif sum(inks) > press.ink_limit:
            message = f"{role!r} takes {sum(inks):g} % of ink, and the limit is {press.ink_limit:g} %"
            reader.error(where or node, message, "take away cyan, magenta and yellow in equal parts, and add black")
    if not press.profile:
        return press
    data = reader.world.read_theme(name, press.profile, reader.span(node), PROFILE_LIMIT)
    if isinstance(data, Diagnostic):
        reader.diagnostics.append(data)
        return press
    if data[36:40] != b"acsp" or data[16:20] != b"CMYK":
        reader.error(node, f"{press.profile} is no ICC profile for CMYK", "ask the print shop for theirs")
        return press
    return replace(press, data=data)
