"""Pictures, videos and sounds of a slide -> blocks, with the files that stood inside of the deck."""

from __future__ import annotations

import hashlib
import posixpath
import re

from lxml import etree

from deckgen.importing.powerpoint.package import Package, Relation
from deckgen.importing.powerpoint.shapes import Shape
from deckgen.importing.powerpoint.text import Setting, words
from deckgen.importing.result import Data
from deckgen.namespaces import P14, A, P, R
from deckgen.read.clip import is_whole

SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".svg")
FILE_NAME = re.compile(r"[^\s/]+\.(png|jpe?g|gif|bmp|tiff?|webp|svg|emf|wmf)", re.IGNORECASE)
"""What programs write as alternative text where nobody wrote any."""
RECOLOURED = ("duotone", "grayscl", "biLevel", "clrChange", "lum", "tint", "hsl", "clrRepl")
VIDEOS, SOUNDS = (".mp4",), (".m4a", ".mp3", ".wav")


class Store:
    """Files of the deck by where they will stand beside the source; the same bytes stand once."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.data: dict[str, bytes] = {}
        self.known: dict[str, str] = {}

    def keep(self, data: bytes, ending: str, number: int, folder: str = "pictures") -> str:
        digest = hashlib.sha256(data).hexdigest() + ending
        if digest not in self.known:
            name, count = f"{folder}/{self.stem}-{number}{ending}", 2
            while name in self.data:
                name, count = f"{folder}/{self.stem}-{number}-{count}{ending}", count + 1
            self.data[name] = data
            self.known[digest] = name
        return self.known[digest]


class Media:
    """Makes blocks of the media on one slide."""

    def __init__(self, package: Package, store: Store, number: int, setting: Setting) -> None:
        self.package, self.store, self.number, self.setting = package, store, number, setting

    def relation(self, shape_part: str, node: etree._Element | None, key: str = "embed") -> Relation | None:
        name = "" if node is None else node.get(f"{R}{key}", "")
        return self.package.relations(shape_part).get(name)

    def file(self, part: str, blip: etree._Element | None) -> str:
        """Where the picture of a blip will stand; empty if it can't be shown."""
        drawing = None if blip is None else blip.find(f".//{SVG}")
        for node in (drawing, blip):
            found = self.relation(part, node)
            if node is not None and found is None and (linked := self.relation(part, node, "link")):
                self.setting.remark(f"a picture is not in the deck but elsewhere, and is left out: {linked.target}")
            if found and not found.external and (data := self.package.read(found.target)):
                ending = posixpath.splitext(found.target)[1].lower()
                place = self.store.keep(data, ending, self.number)
                if ending in PICTURES:
                    return place
                self.setting.remark(f"the picture {place} is of a kind that can't be shown: save it as PNG or SVG")
        return ""

    def picture(self, shape: Shape, fill: etree._Element | None) -> Data | None:
        """The block of a picture, or of a shape that a picture fills."""
        blip = None if fill is None else fill.find(f"{A}blip")
        place = self.file(shape.part, blip)
        alt = words(shape.named("descr"))
        if not place:
            if alt:
                self.setting.remark(f"a picture is left out: {alt}")
            return None
        if fill is not None and (cut := fill.find(f"{A}srcRect")) is not None and cut.attrib:
            self.setting.remark(f"the picture {place} is shown whole; the deck cuts it")
        if blip is not None and any(blip.find(f"{A}{name}") is not None for name in RECOLOURED):
            self.setting.remark(f"the picture {place} has its own colours; the deck changes them")
        frame = shape.node.find(f"{P}spPr/{A}xfrm")
        if frame is not None and frame.get("rot", "0") != "0":
            self.setting.remark(f"the picture {place} is set upright; the deck turns it")
        properties = shape.properties
        if properties is not None and any(node.get("val") in ("1", "true") for node in properties.iter(DECORATIVE)):
            return {"picture": {"file": place, "decorative": True}}
        if not alt or FILE_NAME.fullmatch(alt):
            self.setting.remark(f"the picture {place} has no alternative text: say what it shows in `alt`")
        return {"picture": {"file": place, "alt": alt or words(shape.named("name")) or "Picture"}}

    def stored(self, part: str, pic: etree._Element, clip: bool) -> tuple[str, bytes]:
        """The part with the picture or the clip of a shape, and its content; empty if there is none."""
        nodes = pic.iter(f"{P14}media") if clip else pic.iter(f"{A}blip")
        found = self.relation(part, next(nodes, None))
        return (found.target, self.package.read(found.target)) if found and not found.external else ("", b"")

    def playing(self, shape: Shape) -> Data | None:
        """The block of a video or sound; None for what is none, or can't be carried over."""
        own = shape.node.find(f"{P}nvPicPr/{P}nvPr")
        clip = None if own is None else next(own.iter(f"{A}videoFile", f"{A}audioFile", f"{A}quickTimeFile"), None)
        if own is None or clip is None:
            return None
        title = words(shape.named("descr") or shape.named("name")) or "Video"
        found = self.relation(shape.part, next(own.iter(f"{P14}media"), None)) or self.relation(
            shape.part, clip, "link"
        )
        ending = posixpath.splitext(found.target)[1].lower() if found else ""
        data = b"" if found is None or found.external else self.package.read(found.target)
        kind = "video" if ending in VIDEOS else "audio" if ending in SOUNDS else ""
        kind = kind if is_whole(data) else ""
        if not data:
            self.setting.remark(
                f"a video or sound is not in the deck, and is left out: {found.target if found else title}"
            )
            return None
        place = self.store.keep(data, ending, self.number, "media")
        if not kind:
            self.setting.remark(f"{place} can't be played everywhere: save it as MP4 or M4A, and name it in `video`")
            return None
        poster = self.file(shape.part, shape.node.find(f"{P}blipFill/{A}blip")) if kind == "video" else ""
        return {kind: {"file": place, "title": title, **({"poster": poster} if poster else {})}}
