"""The pictures of a slide: in its text, at a side, and behind it; and clips that are written as pictures."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from deckgen.importing.inline import WEB
from deckgen.importing.result import Data
from deckgen.importing.tags import Image

if TYPE_CHECKING:
    from deckgen.importing.slide import SlideBuilder

FILE = re.compile(r".*\.\w{2,5}(\?.*)?")
CLIPS = {"mp4": "video", "m4a": "audio", "mp3": "audio", "wav": "audio"}


def tagged(builder: SlideBuilder, image: Image, line: int) -> None:
    """A picture that is written in HTML."""
    if image.others:
        others = ", ".join(image.others)
        builder.log.remark(line, f"the picture {image.source} takes the theme's place and look: {others} is left out")
    picture(builder, image.source, image.alt, image.title, line)


def is_file(path: str) -> bool:
    return FILE.fullmatch(path) is not None and not WEB.fullmatch(path)


def placed(builder: SlideBuilder, path: str) -> str:
    """Where a file will stand; Slidev's paths from the root lead into its folder `public`."""
    return builder.files.place(f"public{path}" if builder.dialect == "slidev" and path.startswith("/") else path)


def on_the_web(builder: SlideBuilder, source: str, line: int) -> bool:
    if WEB.fullmatch(source):
        builder.log.remark(line, f"the picture {source} is on the web: save it beside the source")
    return WEB.fullmatch(source) is not None


def backdrop(builder: SlideBuilder, path: str) -> Data:
    return {"image": placed(builder, path), "ground": "dark", "shade": 60}


def behind(builder: SlideBuilder, path: str, words: str, line: int) -> None:
    """A picture behind the slide."""
    if on_the_web(builder, path, line):
        return
    if isinstance(builder.keys.get("background"), dict) and "background" not in builder.running:
        builder.log.remark(line, f"a slide has one picture behind it: {path} is left out")
        return
    if words:
        builder.log.remark(line, f"the words {words!r} of the picture behind the slide are left out")
    builder.keys["background"] = backdrop(builder, path)


def aside(builder: SlideBuilder, path: str, words: str, side: str, more: Data, line: int) -> None:
    """A picture at a side of the slide."""
    if on_the_web(builder, path, line):
        return
    if any(block.get("picture", {}).get("place") == side for block in builder.blocks) and side:
        builder.log.remark(line, f"a side of the slide has one picture: {path} is left out")
        return
    said: Data = {"alt": words} if words else {"decorative": True}
    builder.add({"picture": {"file": placed(builder, path), **said, **({"place": side} if side else {}), **more}})


def picture(builder: SlideBuilder, source: str, alt: str, title: str, line: int) -> None:
    """A picture in the text, or a clip that is written as one."""
    if on_the_web(builder, source, line):
        return
    name = posixpath.basename(source)
    block: Data = {"file": placed(builder, source)}
    if kind := CLIPS.get(name.rpartition(".")[2].lower()):
        builder.add({kind: {**block, "title": title or alt or name}})
        return
    if not alt:
        builder.log.remark(line, f"the picture {source} has no alternative text: say what it shows in `alt`")
    builder.add({"picture": {**block, "alt": alt or name, **({"caption": title} if title else {})}})
