"""The placeholders of a layout: which number each frame has, the same on every layout and slide."""

from __future__ import annotations

from typing import NamedTuple

from deckgen.model.theme import Frame, Theme
from deckgen.write.pptx.markup import attributes

FOOTER_INDEX = {"dt": 10, "ftr": 11, "sldNum": 12}
MAIN_INDEX = 1
SHARED_FROM = 13
OWN_FROM = 21
TITLES = ("title", "ctrTitle")
NAMES = {
    "title": "Title", "ctrTitle": "Title", "subTitle": "Subtitle", "body": "Text", "tbl": "Table", "chart": "Chart",
    "pic": "Picture",     "ftr": "Footer", "sldNum": "Slide Number", "dt": "Date",
}  # fmt: skip
"""What PowerPoint's selection pane calls the placeholder types."""


class Slot(NamedTuple):
    """A frame as a placeholder. `type` is empty for one that takes any content."""

    frame: Frame
    type: str
    idx: int | None

    @property
    def label(self) -> str:
        return NAMES.get(self.type, "Content")

    def markup(self, prompt: bool = False) -> str:
        """`p:ph`. A layout's own words for an empty placeholder are its `prompt`."""
        size = "quarter" if self.frame.type in FOOTER_INDEX else None
        custom = 1 if prompt and self.frame.type not in FOOTER_INDEX else None
        return f"<p:ph{attributes(type=self.type or None, sz=size, idx=self.idx, hasCustomPrompt=custom)}/>"


def slots(theme: Theme, layout: str) -> dict[str, Slot]:
    """Every frame of a layout by name.

    PowerPoint finds a slide's placeholder again by its number when the slide takes another layout. So a shared
    frame has one number in all layouts, and each layout's main frame is number 1.
    """
    own = iter(range(OWN_FROM, OWN_FROM + 100))
    shared = {
        name: SHARED_FROM + i for i, name in enumerate(n for n, f in theme.frames.items() if f.type in ("body", "tbl"))
    }
    found: dict[str, Slot] = {}
    main = main_frame(theme, layout)
    for name, frame in theme.frames_of(layout).items():
        type_ = "" if name == "body" else frame.type
        if frame.type in TITLES:
            index = None
        elif frame.type in FOOTER_INDEX:
            index = FOOTER_INDEX[frame.type]
        elif name == main:
            index = MAIN_INDEX
        elif name in shared:
            index = shared[name]
        else:
            index = next(own)
        found[name] = Slot(frame, type_, index)
    return found


def main_frame(theme: Theme, layout: str) -> str:
    """The frame that holds the layout's content: its subtitle, or else its own first text or table."""
    own = theme.layouts[layout].frames
    subtitles = [name for name, frame in own.items() if frame.type == "subTitle"]
    others = [name for name, frame in own.items() if frame.type in ("body", "tbl", "chart") and not frame.shows]
    return (subtitles + others + [""])[0]
