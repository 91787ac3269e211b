"""Reads a theme, and checks that every name in it leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import replace
from typing import Any

from deckgen.blocks import block_class, kinds
from deckgen.diagnostics import Diagnostic, Span, coded, has_errors
from deckgen.model.meant import nearest
from deckgen.model.theme import Theme, series_roles
from deckgen.read.contrast import check_contrast
from deckgen.read.production import read_press
from deckgen.read.reader import BAD, Reader
from deckgen.read.schema import read_as, read_mapping
from deckgen.read.source import decode
from deckgen.read.style_sheet import style_problems
from deckgen.read.yaml import Mapping, Node, Scalar, Sequence, compose
from deckgen.world import World, packaged_themes

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
FONT_LIMIT = 40_000_000
"""A font file of a theme's own folder with more bytes than this is refused."""
FONT_SIGNS = (b"\0\1\0\0", b"OTTO", b"ttcf", b"true")
"""How a font file begins (OpenType 1.9, font file)."""
SERIES = 6
"""PowerPoint's accent colours."""
COPY = "copy it from the theme that yours was made of"
ROLES = ("bg", "surface", "text", "muted", "rule", "accent")
"""Colours that every theme has."""
FONTS = ("head", "sans", "mono")
FRAMES = ("title", "takeaway", "caption")
"""Shared frames that every theme has."""
LAYOUTS = ("title", "section", "content")
"""Layouts that every theme has, beside those that block kinds ask for."""
REFERENCES = {
    "colour": "colours",
    "colours": "colours",
    "fill": "colours",
    "fills": "colours",
    "stroke": "colours",
    "ground": "colours",
    "link": "colours",
    "ink": "colours",
    "outline": "colours",
    "hot": "colours",
    "vowel": "colours",
    "past": "colours",
    "current": "colours",
    "other": "colours",
    "style": "styles",
    "label_style": "styles",
    "use": "frames",
    "smaller": "layouts",
}
"""Keys inside of a theme that name something, and the part of the theme that it must stand in.
"""
SUFFIX = re.compile(r".*_(?=(?:colour|fill|style)$)")
"""Such a key may have more words before it: `header_fill`, `heading_style`."""


def read_theme(world: World, name: str, at: Span | None = None) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """The theme of a name, and all that is wrong with it; no theme if any of it is an error.

    A theme that does not exist is said at `at`, the place that asks for it.
    """
    data = world.read_theme(name, "theme.yaml", at)
    css = world.read_theme(name, "handout.css", at)
    if isinstance(data, Diagnostic):
        return None, coded("theme", [data])
    file = f"themes/{name}/theme.yaml"
    source = decode(file, data)
    style_sheet = css if isinstance(css, Diagnostic) else decode(f"themes/{name}/handout.css", css)
    problems = tuple(part for part in (source, style_sheet) if isinstance(part, Diagnostic))
    if isinstance(source, Diagnostic) or isinstance(style_sheet, Diagnostic):
        hint = "a file of this name may be empty" if isinstance(css, Diagnostic) else ""
        return None, coded("theme", (replace(d, hint=d.hint or hint) for d in problems))
    reader = Reader(source, world)
    root, found = compose(source)
    reader.diagnostics += found
    if not isinstance(root, Mapping):
        if not found:
            reader.error(source.end(), "a theme is made of 'key: value' lines", "copy those of another theme")
        return None, reader.sorted_diagnostics("theme")
    custom = {
        "blocks": read_looks,
        "css": lambda _reader, _node: style_sheet.text,
        "font_files": lambda reader, node: reader.error(node, "fonts are named by 'files' of their family"),
    }
    with_css = root._replace(pairs=(*root.pairs, (Scalar("css", "", 1, 1, 1), Scalar("", "", 1, 1, 1))))
    theme = read_mapping(Theme, reader, root if root.get("css") else with_css, custom)
    check(root, reader)
    if theme is not BAD:
        press = read_press(theme.press, theme.name, root, {*theme.colours, *series_roles(theme.series)}, reader)
        theme = replace(theme, font_files=read_fonts(theme, root, reader), press=press)
        reader.diagnostics += check_style(name, theme, style_sheet.text)
    if theme is not BAD and not has_errors(tuple(reader.diagnostics)):
        check_contrast(theme, root, reader)
    diagnostics = reader.sorted_diagnostics("theme")
    return (None if theme is BAD or has_errors(diagnostics) else with_series(theme)), diagnostics


def check_style(name: str, theme: Theme, text: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the style sheet; ours have nothing wrong, so that they are not looked at for each talk."""
    ours = packaged_themes() / name / "handout.css"
    if ours.is_file() and ours.read_text("utf-8") == text:
        return ()
    families = tuple(family.family for family in (*theme.print_fonts, *theme.fallbacks))
    return style_problems(f"themes/{name}/handout.css", text, families)


def with_series(theme: Theme) -> Theme:
    """The theme with its series colours as roles: `series1` to `series6`."""
    return replace(theme, colours={**theme.colours, **series_roles(theme.series)})


def read_fonts(theme: Theme, root: Mapping, reader: Reader) -> dict[str, bytes]:
    """The font files of the theme's own folder, by the names under which families without a package know them."""
    found: dict[str, bytes] = {}
    for family in (*theme.fonts.values(), *theme.fallbacks, *theme.print_fonts):
        if family.package:
            continue
        if not family.files:
            reader.error(root, f"the font {family.family!r} has neither a package nor files", "name its `files`")
        for name in family.files:
            data = reader.world.read_theme(theme.name, name, Span(reader.source.file), FONT_LIMIT)
            if isinstance(data, Diagnostic):
                reader.diagnostics.append(data)
            elif not data.startswith(FONT_SIGNS):
                reader.error(root, f"{name} is no TrueType or OpenType font", "name a file that ends with .ttf or .otf")
            else:
                found[name] = data
    return found


def read_looks(reader: Reader, node: Node) -> Any:
    """What the theme sets for each kind of block that asks for it."""
    if not isinstance(node, Mapping):
        return reader.expected("kinds of blocks, each with its look", node)
    wanted = {kind: look for kind in sorted(kinds()) if (look := block_class(kind).LOOK) is not None}
    looks = {}
    for name, value in node.pairs:
        if name.value in wanted:
            looks[name.value] = read_as(wanted[name.value], reader, value)
        else:
            reader.unknown(name, f"{name.value!r} is no kind of block with a look", wanted)
    for kind in wanted.keys() - looks.keys():
        reader.error(node, f"the look of {kind!r} is missing", COPY)
    return {kind: look for kind, look in looks.items() if look is not BAD}


def check(root: Mapping, reader: Reader) -> None:
    names = {part: keys_of(root.get(part)) for part in ("colours", "fonts", "styles", "frames", "layouts")}
    names["colours"].update(series_roles(("",) * SERIES))
    check_needed(root, names, reader)
    check_colours(root, names["colours"], reader)
    for _, value in root.pairs:
        for word, node in references(value):
            if node.value and node.value not in names[word] and root.get(word):
                what = word.removesuffix("s")
                reader.unknown(node, f"there is no {what} {node.value!r}", names[word])
                names[word].add(node.value)  # Once is enough.


def check_needed(root: Mapping, names: MappingType[str, set[str]], reader: Reader) -> None:
    classes = [block_class(kind) for kind in kinds()]
    layouts = {*LAYOUTS, *(layout for cls in classes for layout in (cls.LAYOUT, *cls.LAYOUTS))}
    for part, needed in (("colours", ROLES), ("fonts", FONTS), ("frames", FRAMES), ("layouts", sorted(layouts))):
        for name in needed:
            written = root.get(part)
            if isinstance(written, Mapping) and name not in names[part]:
                near = misspelt(name, written, needed)
                hint = f"is it meant by {near.value!r}?" if near else COPY
                reader.error(near or written, f"the {part.removesuffix('s')} {name!r} is missing", hint)
                names[part].add(name)


def misspelt(name: str, written: Mapping, needed: Iterable[str]) -> Scalar | None:
    """The key that a missing one was probably meant by."""
    others = (key for key, _ in written.pairs if key.value not in needed and name not in key.value)
    return next((key for key in others if nearest(key.value, [name])), None)


def check_colours(root: Mapping, roles: set[str], reader: Reader) -> None:
    values: list[Node] = []
    for series in (root.get("series"), root.get("print_series")):
        if isinstance(series, Sequence):
            values += series.items
            if len(series.items) != SERIES:
                reader.error(series, f"a theme has {SERIES} series colours, found {len(series.items)}", "write as many")
    grounds = root.get("backgrounds")
    others = [value for _, value in grounds.pairs] if isinstance(grounds, Mapping) else []
    for colours in (root.get("colours"), root.get("print_colours"), *others):
        for name, value in colours.pairs if isinstance(colours, Mapping) else ():
            values.append(value)
            if name.value not in roles:
                reader.unknown(name, f"there is no colour {name.value!r}", roles)
                roles.add(name.value)
    for value in values:
        if isinstance(value, Scalar) and not COLOUR.fullmatch(value.value):
            reader.error(value, f"{value.value!r} is no colour", 'write it as "#RRGGBB", in quotes')


def keys_of(node: Node | None) -> set[str]:
    return {name.value for name, _ in node.pairs} if isinstance(node, Mapping) else set()


def part_named(key: str) -> str:
    """The part of the theme that the value of a key must stand in; empty if it names nothing."""
    return REFERENCES.get(SUFFIX.sub("", key), "")


def references(node: Node) -> Iterator[tuple[str, Scalar]]:
    """The names under a node, each with the part of the theme that it must stand in."""
    if isinstance(node, Mapping):
        for name, value in node.pairs:
            word = part_named(name.value)
            entries = value.items if isinstance(value, Sequence) else (value,)
            yield from ((word, entry) for entry in entries if word and isinstance(entry, Scalar))
            yield from references(value)
    elif isinstance(node, Sequence):
        for entry in node.items:
            yield from references(entry)
