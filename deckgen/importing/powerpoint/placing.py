"""The parts of a slide -> its entries in the source: columns, comparisons, rows of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from deckgen.importing.arrange import entries, side_by_side
from deckgen.importing.powerpoint import own
from deckgen.importing.powerpoint.slide import Part, Slide, Whole
from deckgen.importing.result import Data

SECTION = ("id", "appendix", "minutes", "transition")
"""Keys that a slide and a section both have."""


def slide_entries(slide: Slide, whole: Whole) -> Iterator[Data]:
    """The entries of a slide in the source."""
    found = arranged(slide, whole)
    if slide.opening and not found:
        summary = {"summary": " ".join(slide.lines)} if slide.lines else {}
        keys = {key: value for key, value in slide.keys.items() if key in SECTION}
        for key in sorted(slide.keys.keys() - keys.keys()):
            slide.setting.remark(f"the slide begins a section, without {key!r}")
        yield {"section": slide.title or summary.pop("summary", "Untitled"), **summary, **keys, **spoken(slide)}
        return
    found = [*({"paragraph": line} for line in slide.lines), *found]
    lost = any(remark.line == slide.number for remark in whole.log.remarks)
    if slide.title and not found and (lost or slide.keys.keys() - {"id"}):
        yield {"title": slide.title, **slide.keys, **spoken(slide)}
        return
    if not (slide.title or found or slide.notes):
        slide.setting.remark("the slide is empty, and is left out")
    yield from entries(slide.title, slide.keys, found, slide.notes, whole.log, slide.number)


def spoken(slide: Slide) -> Data:
    return {"notes": "\n\n".join(slide.notes) + "\n"} if slide.notes else {}


def known(slide: Slide) -> list[Data] | None:
    """The block of a slide that deckgen made, where its layout tells the kind."""
    roles: dict[str, list[Data]] = {}
    for part in slide.parts:
        roles.setdefault(part.role, []).extend(part.blocks)
    layout, found = slide.layouts.name, [block for blocks in roles.values() for block in blocks]
    if layout == "Comparison" and (sides := own.comparison(roles)):
        return [sides]
    if layout == "Closing" and (last := own.closing(roles)):
        return [last]
    if layout == "Agenda" and [*roles] == ["1/table"]:
        return [{"agenda": {}}]
    if served := own.serving(layout, slide.title, found):
        slide.title = ""
        return [served]
    captions(slide.parts)
    return None


def captions(parts: list[Part]) -> None:
    """Captions become keys of the blocks that they stand under."""
    for part in list(parts):
        number = own.number_of(part.role)
        about = [other.blocks[-1] for other in parts if own.number_of(other.role) == number and other is not part]
        kinds = [block for block in about if next(iter(block)) in ("table", "chart", "code", "picture")]
        if part.role == f"{number}/caption" and len(kinds) == 1 and len(part.blocks) == 1:
            [(kind, keys)] = kinds[0].items()
            caption = own.said(part.blocks[0].get("paragraph", ""))
            kinds[0][kind] = keys | ({"caption": caption} if caption else {})
            parts.remove(part)


def arranged(slide: Slide, whole: Whole) -> list[Data]:
    """The blocks of a slide: columns where parts stand side by side, pictures last."""
    if slide.own and (own_blocks := known(slide)):
        return own_blocks
    found: list[Data] = []
    for row in rows([part for part in slide.parts if not part.picture]):
        if len(row) == 1:
            found += row[0].blocks
            continue
        columns: list[Data] = [{"body": list(part.blocks)} for part in row]
        if slide.layouts.type == "twoTxTwoObj" and (made := comparison(columns)):
            found.append(made)
        else:
            found += side_by_side(columns, whole.log, slide.number)
    return [*found, *pictures(slide, whole, bool(found))]


def rows(parts: list[Part]) -> Iterator[list[Part]]:
    """Parts side by side; columns whose parts stand under each other are one row."""
    found: list[list[Part]] = []
    waiting = list(parts)
    while waiting:
        first = waiting[0]
        row = [first]
        for part in [] if first.line else waiting[1:]:
            if all(part.box.beside(other.box) for other in row) and not part.line:
                row.append(part)
        waiting = [part for part in waiting if not any(part is other for other in row)]
        row.sort(key=lambda part: part.box.left)
        if len(row) > 1 and found and len(found[-1]) == len(row) and all(map(under, found[-1], row)):
            found[-1] = [Part(one.box, [*one.blocks, *other.blocks]) for one, other in zip(found[-1], row, strict=True)]
        else:
            found.append(row)
    yield from found


def under(one: Part, other: Part) -> bool:
    shared = min(one.box.left + one.box.width, other.box.left + other.box.width) - max(one.box.left, other.box.left)
    return shared > 0.5 * min(one.box.width, other.box.width)


def comparison(columns: list[Data]) -> Data | None:
    """Two columns of a heading and a list of one level, as a comparison."""
    sides = []
    for column in columns:
        match column["body"]:
            case [{"paragraph": str(title)}, {"bullets": list(items)}] if all(isinstance(item, str) for item in items):
                sides.append({"title": title, "items": items})
    return {"comparison": {"left": sides[0], "right": sides[1]}} if len(sides) == len(columns) == 2 else None


def pictures(slide: Slide, whole: Whole, beside: bool) -> list[Data]:
    """The pictures: one at the side where it stands, several in a row."""
    found = [part for part in slide.parts if part.picture]
    telling = [part.blocks[0]["picture"] for part in found if "alt" in part.blocks[0]["picture"]]
    if len(found) == 1:
        own = found[0].blocks[0]["picture"]
        centre = found[0].box.left + found[0].box.width / 2
        others = [part.box.left + part.box.width / 2 for part in slide.parts if not part.picture]
        left = beside and bool(others) and centre < 0.45 * whole.size[0] and all(other > centre for other in others)
        return [{"picture": {**own, "place": "left"} if left else own}]
    for part in found:
        if "alt" not in part.blocks[0]["picture"]:
            slide.setting.remark(f"the decoration {part.blocks[0]['picture']['file']} is left out")
    if len(telling) == 1:
        return [{"picture": telling[0]}]
    return [{"pictures": telling}] if telling else []
