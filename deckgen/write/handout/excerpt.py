"""Some pages of a handout as a file of their own, still tagged and with the labels of the whole (pikepdf)."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from deckgen.write.handout.merge import places_of_links, siblings
from deckgen.write.handout.stamp import saved

DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
Pages = frozenset[tuple[int, int]]
"""Pages by their object numbers."""


def sheets_with(pages: Iterable[int], total: int) -> tuple[int, ...]:
    """The pages of a total that share a sheet with some, all counted from 0: a sheet has two."""
    sheets = {page // 2 for page in pages}
    return tuple(page for page in range(total) if page // 2 in sheets)


def sheets_of(pdf: bytes, numbers: Collection[int]) -> tuple[int, ...]:
    """The pages, counted from 0, of the sheets that show some numbers, and of those that are numbered by themselves."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = enumerate(labels(document))
        return sheets_with([i for i, label in found if label.S != Name.D or label.St in numbers], len(document.pages))


def excerpt(pdf: bytes, kept: Collection[int]) -> bytes:
    """The pages that are kept, counted from 0; links and bookmarks to others are left out."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = labels(document)
        left = frozenset(page.obj.objgen for i, page in enumerate(document.pages) if i in kept)
        places = places_of_links(document)
        here = {name: place for name, place in places.items() if place[0].objgen in left}
        drop_links(document, places.keys() - here.keys())
        if places:
            pairs = [item for pair in sorted(here.items()) for item in pair]
            document.Root.Names.Dests = Dictionary(Names=Array(pairs))
        if "/Outlines" in document.Root and not prune_bookmarks(document.Root.Outlines, left):
            del document.Root.Outlines
        prune_structure(document.Root.StructTreeRoot, left)
        for i in reversed(range(len(document.pages))):
            if i not in kept:
                del document.pages[i]
        drop_drawings(document)
        nums: list[object] = []
        for i, page in enumerate(sorted(kept)):
            nums += [i, names[page]]
        document.Root.PageLabels = Dictionary(Nums=Array(nums))
        return saved(document)


def labels(pdf: Pdf) -> list[Dictionary]:
    """The label of each page by itself (ISO 32000-1, 12.4.2)."""
    nums = pdf.Root.PageLabels.Nums if "/PageLabels" in pdf.Root else Array([0, Dictionary(S=Name.D)])
    ranges = {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}
    found: list[Dictionary] = []
    style: Object = Name.D
    number = 1
    for i in range(len(pdf.pages)):
        if i in ranges:
            style, number = ranges[i].S, int(ranges[i].get("/St", 1))
        found.append(Dictionary(S=style, St=number))
        number += 1
    return found


def drop_drawings(pdf: Pdf) -> None:
    """Leave out pictures that no page shows; pages may share one dictionary that names them all."""
    shown: dict[tuple[int, int], set[str]] = {}
    for page in pdf.pages:
        page.contents_coalesce()
        shown.setdefault(page.obj.Resources.objgen, set()).update(
            f"/{name.decode()}" for name in DRAWN.findall(page.obj.Contents.read_bytes())
        )
    for page in pdf.pages:
        drawings = page.obj.Resources.get("/XObject", Dictionary())
        for name in set(drawings.keys()) - shown[page.obj.Resources.objgen]:
            del drawings[name]


def drop_links(pdf: Pdf, gone: Collection[str]) -> None:
    """Take the action from links to places that are gone; their text stays."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            place = annotation.get("/Dest", annotation.get("/A", Dictionary()).get("/D"))
            if place is not None and str(place) in gone:
                for key in (Name.Dest, Name.A):
                    if key in annotation:
                        del annotation[key]


def prune_bookmarks(parent: Object, left: Pages) -> int:
    """Leave out the bookmarks of pages that are gone; how many stay, with those under them."""
    kept: list[Object] = []
    count = 0
    for bookmark in list(siblings(parent.First)) if "/First" in parent else []:
        under = prune_bookmarks(bookmark, left)
        place = bookmark.get("/Dest", bookmark.get("/A", Dictionary()).get("/D"))
        if under or (place is not None and place[0].objgen in left):
            kept.append(bookmark)
            count += 1 + under
    for key in ("/First", "/Last", "/Count"):
        if key in parent:
            del parent[key]
    if kept:
        parent.First, parent.Last, parent.Count = kept[0], kept[-1], count
    for i, bookmark in enumerate(kept):
        for key, other in (("/Prev", i - 1), ("/Next", i + 1)):
            if key in bookmark:
                del bookmark[key]
            if 0 <= other < len(kept):
                bookmark[key] = kept[other]
    return count


def prune_structure(root: Object, left: Pages) -> None:
    """Leave out the structure of pages that are gone; tables and lists keep their own elements."""
    keep_content(root.K[0], left, (0, 0))
    nums = root.ParentTree.Nums
    found: list[object] = []
    for i in range(0, len(nums), 2):
        owners = nums[i + 1]
        owner = owners if isinstance(owners, Dictionary) else next((o for o in owners if o is not None), None)
        if owner is not None and stays(owner):
            found += [nums[i], owners]
    root.ParentTree.Nums = Array(found)


def stays(element: Object) -> bool:
    """Whether a structure element still has content."""
    return "/K" in element and len(element.K) > 0


def keep_content(element: Object, left: Pages, page: tuple[int, int]) -> bool:
    """Keep what an element has on pages that are left; whether that is anything."""
    page = element.Pg.objgen if "/Pg" in element else page
    kids = element.get("/K", Array())
    kept = []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            there = page in left
        elif "/Pg" in kid and "/S" not in kid:
            there = kid.Pg.objgen in left
        else:
            there = keep_content(kid, left, page)
        if there:
            kept.append(kid)
    element.K = Array(kept)
    if "/Pg" in element and element.Pg.objgen not in left:
        del element.Pg
    return bool(kept)
