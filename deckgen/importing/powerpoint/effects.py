"""Transitions and animations of a slide -> `transition` and `reveal`."""

from __future__ import annotations

from lxml import etree

from deckgen.importing.powerpoint.text import Setting
from deckgen.importing.result import Data
from deckgen.namespaces import MC, P

TRANSITIONS = {"fade": "fade", "push": "push", "morph": "morph"}


def effects(tree: etree._Element, setting: Setting) -> Data:
    return {**transition(tree, setting), **reveal(tree, setting)}


def transition(tree: etree._Element, setting: Setting) -> Data:
    nodes = [*tree.iterfind(f"{P}transition"), *tree.iterfind(f"{MC}AlternateContent/{MC}Choice/{P}transition")]
    for node in nodes:
        if node.get("advTm"):
            setting.remark("the slide goes on by itself after some time: this is left out")
        names = [etree.QName(child).localname for child in node if isinstance(child.tag, str)]
        names = [name for name in names if name not in ("sndAc", "extLst")]
        known = next((TRANSITIONS[name] for name in names if name in TRANSITIONS), "")
        if known:
            return {"transition": known}
        if names:
            setting.remark(f"the transition {names[0]!r} is left out")
    return {}


def reveal(tree: etree._Element, setting: Setting) -> Data:
    """Text that comes on paragraph by paragraph is revealed so; all else is said."""
    timing = tree.find(f"{P}timing")
    if timing is None:
        return {}
    by_item = any(node.get("build") == "p" for node in timing.iterfind(f"{P}bldLst/{P}bldP"))
    acting = [node for node in timing.iter(f"{P}cTn") if node.get("presetClass")]
    if not acting:
        return {}
    if by_item and all(node.get("presetClass") == "entr" for node in acting):
        return {"reveal": "by-item"}
    setting.remark("its animations are left out: see `reveal`")
    return {}
