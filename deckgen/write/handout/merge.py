"""Make one tagged PDF of the parts of a handout (pikepdf): pages, structure, bookmarks, and the places of links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pikepdf import Array, Dictionary, Object, Pdf


def append(pdf: Pdf, parts: Sequence[Pdf]) -> None:
    """Put the pages of parts behind those of `pdf`, with all that hangs on them; the parts' metadata are left out.

    All are WeasyPrint's: each has one `Document` element, a parent tree of one array (ISO 32000-1, 14.7.4.4), and the
    places of its links in one array (7.9.6). The parts are changed, too.
    """
    places = places_of_links(pdf)
    for part in parts:
        shift_keys(part, len(pdf.Root.StructTreeRoot.ParentTree.Nums) // 2)
        for page in part.pages:
            pdf.pages.append(page)
        join_structure(pdf.Root.StructTreeRoot, pdf.copy_foreign(part.Root.StructTreeRoot))
        if "/Outlines" in part.Root:
            join_bookmarks(pdf, pdf.copy_foreign(part.Root.Outlines))
        places |= {name: pdf.copy_foreign(part.make_indirect(place)) for name, place in places_of_links(part).items()}
    if places:
        pairs = [item for pair in sorted(places.items()) for item in pair]
        pdf.Root.Names.Dests = Dictionary(Names=Array(pairs))


def shift_keys(pdf: Pdf, by: int) -> None:
    """Add a number to all keys of the parent tree: each page has one, and each link."""
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    for i in range(0, len(nums), 2):
        nums[i] = int(nums[i]) + by
    for page in pdf.pages:
        page.obj.StructParents = int(page.obj.StructParents) + by
        for annotation in page.obj.get("/Annots", ()):
            annotation.StructParent = int(annotation.StructParent) + by


def join_structure(root: Object, other: Object) -> None:
    """Let what stands in another structure tree follow in this one."""
    document = root.K[0]
    for element in other.K[0].K:
        element.P = document
    document.K = Array([*document.K, *other.K[0].K])
    root.ParentTree.Nums = Array([*root.ParentTree.Nums, *other.ParentTree.Nums])


def join_bookmarks(pdf: Pdf, other: Object) -> None:
    """Let other bookmarks follow at the first level (ISO 32000-1, 12.3.3)."""
    if "/Outlines" not in pdf.Root:
        pdf.Root.Outlines = other
        return
    outlines = pdf.Root.Outlines
    for bookmark in siblings(other.First):
        bookmark.Parent = outlines
    outlines.Last.Next, other.First.Prev = other.First, outlines.Last
    outlines.Last = other.Last
    outlines.Count = int(outlines.Count) + int(other.Count)


def siblings(bookmark: Object) -> Iterator[Object]:
    """A bookmark and those after it."""
    yield bookmark
    while "/Next" in bookmark:
        bookmark = bookmark.Next
        yield bookmark


def places_of_links(pdf: Pdf) -> dict[str, Object]:
    """Where links lead, by name."""
    names = list(pdf.Root.get("/Names", Dictionary()).get("/Dests", Dictionary()).get("/Names", ()))
    return {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
