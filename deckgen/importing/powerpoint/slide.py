"""One slide of a deck -> its entries in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from lxml import etree

from deckgen.frozen import frozen
from deckgen.importing.powerpoint.charts import chart
from deckgen.importing.powerpoint.drawing import drawing, smart_art
from deckgen.importing.powerpoint.effects import effects
from deckgen.importing.powerpoint.lists import blocks, listing, marks_of
from deckgen.importing.powerpoint.media import Media, Store
from deckgen.importing.powerpoint.notes import notes
from deckgen.importing.powerpoint.own import slide_name
from deckgen.importing.powerpoint.package import Package
from deckgen.importing.powerpoint.shapes import FURNITURE, Box, Layouts, Shape, around, is_text_box, shapes, type_pt
from deckgen.importing.powerpoint.tables import table
from deckgen.importing.powerpoint.text import Setting, inline, paragraphs, words
from deckgen.importing.powerpoint.unread import tell_of_unread
from deckgen.importing.result import Data, Log
from deckgen.namespaces import DGM, P14, A, C, P, R
from deckgen.write.pptx.traces import REPEATED, role

TITLES = ("title", "ctrTitle")
LEAST_TITLE_PT = 20
"""Type of a text box that can be meant as the slide's title."""


@frozen
class Whole:
    """What all slides of a deck share."""

    package: Package
    store: Store
    log: Log
    targets: Mapping[str, str]
    size: tuple[float, float]


class Part(NamedTuple):
    """Blocks that one shape became."""

    box: Box
    blocks: list[Data]
    picture: bool = False
    role: str = ""
    """What it is to its slide, in decks that deckgen made."""

    line: bool = False
    """It is a line of text that stands free."""
    type_pt: float = 0
    """The size of its type, where it has one of its own."""


@dataclass
class Slide:
    """A slide, read."""

    number: int
    layouts: Layouts
    setting: Setting
    own: str = ""
    """Its name in the source; empty if deckgen did not make it."""
    title: str = ""
    keys: Data = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """On the slide with the title, and on those that open sections: the lines beside the title."""
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def opening(self) -> bool:
        return self.layouts.type == "secHead"

    @property
    def is_title(self) -> bool:
        return self.layouts.type == "title"


def setting_of(whole: Whole, part: str, number: int) -> Setting:
    return Setting(whole.package.relations(part), whole.targets, partial(whole.log.remark, number))


def read_slide(whole: Whole, part: str, number: int) -> Slide:
    package = whole.package
    tree, layouts = package.tree(part), Layouts(package, part)
    setting = setting_of(whole, part, number)
    slide = Slide(number, layouts, setting, slide_name(tree))
    if part in whole.targets:
        slide.keys["id"] = whole.targets[part]
    if tree.get("show") in ("0", "false"):
        slide.keys["hidden"] = True
    reader = ShapeReader(whole, slide, Media(package, whole.store, number, setting))
    for shape in shapes(tree, part, layouts):
        reader.take(shape)
    reader.end()
    tell_of_unread(package, tree, setting)
    slide.notes = notes(package, part, setting)
    slide.keys |= effects(tree, setting) | reader.ground(tree, part)
    return slide


class ShapeReader:
    """Takes the shapes of a slide one after the other."""

    def __init__(self, whole: Whole, slide: Slide, media: Media) -> None:
        self.whole, self.slide, self.media = whole, slide, media
        self.setting = slide.setting
        self.boxes: list[tuple[Shape, str]] = []
        self.connectors: list[Shape] = []
        self.free: list[str] = []
        self.empty = 0

    def take(self, shape: Shape) -> None:
        if (
            self.slide.opening
            and self.role(shape) == "number"
            and "".join(map(str, shape.node.itertext())).strip().isalpha()
        ):
            self.slide.keys["appendix"] = True
        if self.slide.own and REPEATED.fullmatch(self.role(shape)):
            return
        if shape.holder in FURNITURE:
            self.furniture(shape)
            return
        if shape.properties is not None and shape.properties.get("hidden") in ("1", "true"):
            self.setting.remark(f"a hidden shape is left out: {words(''.join(map(str, shape.node.itertext())))[:80]}")
            return
        if (link := shape.node.find(f"*/{P}cNvPr/{A}hlinkClick")) is not None and link.get(f"{R}id"):
            found = self.setting.relations.get(link.get(f"{R}id", ""))
            self.setting.remark(f"a shape's link is left out: {found.target if found else 'to nothing'}")
        if shape.kind == "text":
            self.text(shape)
        elif shape.kind == "picture":
            self.picture(shape, shape.node.find(f"{P}blipFill"))
        elif shape.kind == "frame":
            self.frame(shape)
        elif shape.kind == "connector":
            self.connectors.append(shape)
        else:
            about = next((own.get("descr", "") for own in shape.node.iter(f"{P14}cNvPr")), "")
            self.setting.remark("something drawn by hand is left out" + (f": {words(about)}" if about else ""))

    def furniture(self, shape: Shape) -> None:
        """A footer or date that somebody typed is told once; those that PowerPoint fills in are the theme's."""
        typed = words(" ".join(node.text or "" for node in shape.node.iterfind(f".//{A}r/{A}t")))
        if typed and shape.holder in ("ftr", "dt") and not self.slide.own:
            what = "footer" if shape.holder == "ftr" else "date"
            self.whole.log.remark(0, f"the {what} {typed!r} is left out: see `footer`")

    def role(self, shape: Shape) -> str:
        return role(shape.named("name")) if self.slide.own else ""

    def text(self, shape: Shape) -> None:
        body = shape.node.find(f"{P}txBody")
        lines = [] if body is None else paragraphs(body, self.setting, marks_of(shape, self.slide.layouts))
        if shape.holder and self.role(shape).endswith("/code"):
            self.add(shape, listing(lines))
            return
        lines = [line for line in lines if line.plain.strip()]
        filled = shape.node.find(f"{P}spPr/{A}blipFill")
        if filled is not None:
            self.picture(shape, filled)
        if not lines:
            self.empty += not shape.holder and filled is None
        elif shape.holder in TITLES and not self.slide.title:
            self.slide.title = " ".join(inline(line, self.setting) for line in lines)
        elif (self.slide.is_title or self.slide.opening) and shape.holder:
            self.slide.lines += [inline(line, self.setting) for line in lines]
        elif self.role(shape) == "takeaway":
            self.slide.keys["takeaway"] = " ".join(inline(line, self.setting) for line in lines)
        elif not shape.holder and not is_text_box(shape):
            self.boxes.append((shape, " ".join(inline(line, self.setting) for line in lines)))
        else:
            if not shape.holder and not self.slide.own:
                self.free.append(words(lines[0].plain))
            self.add(shape, *blocks(lines, self.setting))

    def add(self, shape: Shape, *found: Data | None) -> None:
        made = [block for block in found if block]
        if made:
            line = not shape.holder and len(made) == 1 and "paragraph" in made[0]
            self.slide.parts.append(Part(shape.box, made, role=self.role(shape), line=line, type_pt=type_pt(shape)))

    def picture(self, shape: Shape, fill: etree._Element | None) -> None:
        if playing := self.media.playing(shape):
            self.add(shape, playing)
            return
        if found := self.media.picture(shape, fill):
            self.slide.parts.append(Part(shape.box, [found], picture=True, role=self.role(shape)))

    def frame(self, shape: Shape) -> None:
        data = shape.node.find(f"{A}graphic/{A}graphicData")
        if data is None:
            return
        package, relations = self.whole.package, self.setting.relations
        for node in data:
            name = str(node.tag)
            found = relations.get(node.get(f"{R}id", "") or node.get(f"{R}dm", ""))
            inside = bool(found) and found is not None and not found.external and found.target in package
            if name == f"{A}tbl":
                self.add(shape, table(node, self.setting))
            elif name == f"{C}chart" and inside and found is not None:
                self.drawn_into(found.target)
                made = chart(package.tree(found.target), words(shape.named("descr")), self.setting.remark)
                self.add(shape, made)
                if not made:
                    self.setting.remark("a chart without numbers is left out")
            elif name == f"{DGM}relIds" and inside and found is not None:
                self.setting.remark(
                    "a SmartArt is set as a list: draw it as `process`, `cycle`, `tree` or another diagram"
                )
                self.add(shape, smart_art(package.tree(found.target)))
            else:
                self.object(shape, node)

    def drawn_into(self, chart_part: str) -> None:
        """Say what somebody drew into a chart."""
        drawn = self.whole.package.related(chart_part, "chartUserShapes")
        text = (
            words(" ".join(node.text or "" for node in self.whole.package.tree(drawn).iter(f"{A}t"))) if drawn else ""
        )
        if text:
            self.setting.remark(f"what is drawn into the chart is left out: {text}")

    def object(self, shape: Shape, node: etree._Element) -> None:
        """What another program made: its picture stays."""
        inner = next((child for child in node.iter(f"{P}oleObj")), None)
        what = "an object" if inner is None else f"an object of {inner.get('progId') or 'another program'}"
        self.setting.remark(
            f"{what} is left out, or set as a picture: {words(shape.named('descr') or shape.named('name'))}"
        )
        if (drawn := next(node.iter(f"{P}pic"), None)) is not None:
            self.picture(Shape("picture", drawn, shape.part, shape.box), drawn.find(f"{P}blipFill"))

    def end(self) -> None:
        texts = [text for _, text in self.boxes]
        if len(texts) == 1:
            self.free.append(texts[0])
            self.add(self.boxes[0][0], {"paragraph": texts[0]})
        elif texts:
            made = drawing(self.boxes, self.connectors, self.setting)
            self.slide.parts.append(Part(around([shape.box for shape, _ in self.boxes]), [made]))
        if self.free and not self.slide.own:
            told = ", ".join(repr(text[:40]) for text in self.free[:3]) + (", ..." if len(self.free) > 3 else "")
            self.setting.remark(f"text that stands free is set in the order from top to bottom: {told}")
        lines = self.empty + (0 if texts else len(self.connectors))
        if lines and not self.slide.own:
            self.setting.remark(f"{lines} shape{'s' if lines > 1 else ''} or lines without words are left out")
        self.covering()
        if not (self.slide.title or self.slide.own or self.slide.is_title):
            self.titled()

    def titled(self) -> None:
        """Take a line on top in the largest type for the title that the slide does not have."""
        texts = [part for part in self.slide.parts if not part.picture]
        first = texts[0] if texts else None
        if first is None or not first.line or first.box.top > 0.25 * self.whole.size[1]:
            return
        if first.type_pt >= LEAST_TITLE_PT and all(part.type_pt < first.type_pt for part in texts[1:]):
            self.slide.title = first.blocks[0]["paragraph"]
            self.slide.parts.remove(first)
            self.setting.remark(
                f"the title is no title in PowerPoint, but a line on top in large type: {self.slide.title!r}"
            )

    def covering(self) -> None:
        """A picture that fills the slide under other things is what the slide stands on."""
        width, height = self.whole.size
        for part in list(self.slide.parts):
            large = part.picture and part.box.width >= 0.95 * width and part.box.height >= 0.95 * height
            if large and len(self.slide.parts) > 1 and "background" not in self.slide.keys:
                self.slide.parts.remove(part)
                self.slide.keys["background"] = on_picture(part.blocks[0]["picture"]["file"])
                self.setting.remark("a picture under all else becomes the background, with dark over it")

    def ground(self, tree: etree._Element, part: str) -> Data:
        """What the slide itself says of its background."""
        own = tree.find(f"{P}cSld/{P}bg/{P}bgPr")
        if own is None or "background" in self.slide.keys:
            return {}
        blip = own.find(f"{A}blipFill/{A}blip")
        if blip is None:
            self.setting.remark("the colour of the background is left to the theme: see `background`")
            return {}
        place = self.media.file(part, blip)
        if place:
            self.setting.remark("the picture of the background has dark over it, so that text can be read: see `shade`")
        return {"background": on_picture(place)} if place else {}


def on_picture(place: str) -> Data:
    return {"image": place, "ground": "dark", "shade": 80}
