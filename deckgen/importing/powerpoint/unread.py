"""What a slide has beside shapes that can be read: told, and left out."""

from __future__ import annotations

from lxml import etree

from deckgen.importing.powerpoint.package import Package
from deckgen.importing.powerpoint.shapes import chosen
from deckgen.importing.powerpoint.text import Setting, words
from deckgen.namespaces import MC, P

P188 = "{http://schemas.microsoft.com/office/powerpoint/2018/8/main}"


def tell_of_unread(package: Package, tree: etree._Element, setting: Setting) -> None:
    tell_of_comments(package, setting)
    alternatives = (chosen(node) for node in tree.iter(f"{MC}AlternateContent"))
    if any(taken.tag == f"{MC}Fallback" and taken.find(f"{P}pic") is not None for taken in alternatives):
        setting.remark("what only later versions of PowerPoint show, such as a 3D model, is set as its picture")
    if tree.find(f"{P}cSld/{P}controls") is not None:
        setting.remark("its controls are left out: fields, buttons and such of ActiveX")


def tell_of_comments(package: Package, setting: Setting) -> None:
    """Say of comments, of the old kind and of the new one with answers, what stands in them."""
    for relation in setting.relations.values():
        if relation.kind in ("comments", "comment") and not relation.external and relation.target in package:
            tree = package.tree(relation.target)
            for node in tree.iter(f"{P}text", f"{P188}txBody"):
                text = words("".join(map(str, node.itertext())))
                setting.remark(f"a comment is left out: {text}")
