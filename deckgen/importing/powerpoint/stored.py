"""Pictures and clips of slides that deckgen made: found by the names of the shapes that show them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from lxml import etree

from deckgen.importing.powerpoint.media import Media
from deckgen.importing.powerpoint.package import Package
from deckgen.model.asset import ClipKind
from deckgen.model.manifest import Manifest
from deckgen.namespaces import A, P
from deckgen.write.pptx.traces import content_digest


def stored(asset: Mapping[str, Any], manifest: Manifest, places: Mapping[str, str], part: str, media: Media) -> str:
    """Where a picture or clip of a slide will stand: what somebody put into its place, else the largest of its sizes.

    `places` are the parts of slides by their names, with that of this slide. Errors: `LookupError` if there is none.
    """
    clip = asset["kind"] in get_args(ClipKind)
    found = []
    for slide, shape, digest in manifest.pictures[asset["digest"][:16]]:
        where = places.get(slide, "")
        pic = next((pic for pic in pictures_on(media.package, where) if named(pic) == shape), None)
        if pic is not None:
            target, data = media.stored(where, pic, clip)
            same = content_digest(data) == digest
            found += [(1 if same else 0 if where == part else 2, where, pic, target, data)] if data else []
    if not found:
        return by_content(manifest, asset, media, "media" if clip else "pictures")
    _, where, pic, target, data = min(found, key=lambda one: one[0])
    if clip:
        return media.store.keep(data, posixpath.splitext(target)[1].lower(), media.number, "media")
    if not (place := media.file(where, next(pic.iter(f"{A}blip")))):
        raise LookupError(target)
    return place


def by_content(manifest: Manifest, asset: Mapping[str, Any], media: Media, folder: str) -> str:
    """A picture or clip whose shape has lost its name. Errors: `LookupError` if there is none."""
    wanted = {digest for _, _, digest in manifest.pictures[asset["digest"][:16]]}
    for name in media.package.names.values():
        if name.startswith("ppt/media/") and content_digest(data := media.package.read(name)) in wanted:
            return media.store.keep(data, posixpath.splitext(name)[1].lower(), media.number, folder)
    raise LookupError(asset["digest"])


def pictures_on(package: Package, part: str) -> Iterator[etree._Element]:
    return package.tree(part).iter(f"{P}pic") if part else iter(())


def named(node: etree._Element) -> str:
    return next(node.iter(f"{P}cNvPr")).get("name", "")
