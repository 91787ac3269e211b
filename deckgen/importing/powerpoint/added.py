"""What somebody put onto a slide that deckgen made: blocks at the end of the slide's own."""

from __future__ import annotations

from deckgen.blocks import kinds
from deckgen.importing.arrange import sole
from deckgen.importing.powerpoint.media import Media
from deckgen.importing.powerpoint.own import slide_name
from deckgen.importing.powerpoint.shapes import Layouts, shapes
from deckgen.importing.powerpoint.slide import ShapeReader, Slide, Whole, setting_of
from deckgen.importing.result import Data
from deckgen.importing.sound import faults
from deckgen.write.pptx.traces import role

LAST = ("takeaway", "notes")


def with_added(entry: Data, whole: Whole, part: str, number: int) -> list[Data]:
    """The entry of a slide with what is on it beside; on a slide of its own where it can't stand with the rest."""
    slide = read_added(whole, part, number)
    blocks = [block for found in slide.parts for block in found.blocks]
    entry = {**entry, **{key: value for key, value in slide.keys.items() if key not in entry}}
    own = [key for key in entry if key in kinds()]
    body = [*entry.get("body", ()), *({key: entry[key]} for key in own)]
    if not blocks:
        return [entry]
    slide.setting.remark("what somebody put onto the slide stands at its end")
    together = [*body, *blocks]
    if any(map(sole, together)) or faults({"body": together}):
        slide.setting.remark("it can't stand with what the slide shows: it comes on a slide of its own")
        return [entry, {"title": f"{entry.get('title') or 'Untitled'} (2)", "body": blocks}]
    first = {key: value for key, value in entry.items() if key not in (*own, "body", *LAST)}
    return [{**first, "body": together, **{key: entry[key] for key in LAST if key in entry}}]


def read_added(whole: Whole, part: str, number: int) -> Slide:
    """The slide with nothing but the shapes that deckgen did not make."""
    package = whole.package
    tree, layouts, setting = package.tree(part), Layouts(package, part), setting_of(whole, part, number)
    slide = Slide(number, layouts, setting, slide_name(tree))
    reader = ShapeReader(whole, slide, Media(package, whole.store, number, setting))
    for shape in shapes(tree, part, layouts):
        if not role(shape.named("name")):
            reader.take(shape)
    reader.end()
    return slide
