"""Finish WeasyPrint's PDF before it is written: what PDF/UA-1 and PDF/A-3a ask for beyond its own `pdf/a-3a`.

Leans on WeasyPrint's box tree (`page._page_box`, `box.mark`), which is not public: the version is pinned.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from weasyprint.document import Document

from deckgen.write.handout.bare import unwrap
from deckgen.write.handout.formulas import name_formulas
from deckgen.write.handout.fragments import object_at, order_content, remember_marks

PX_PT = 0.75


def finisher(
    document: Document, away: Collection[str] = (), first: int = 1, scale: float = 1
) -> Callable[[Document, Any], None]:
    """The finisher for `document.write_pdf(pdf_variant="pdf/a-3a", finisher=...)`.

    `away` are the names of places that stand in other files; `first` is the number of the first page, `scale` the
    document's zoom.
    """
    marks = remember_marks(document)

    def finish(document: Document, pdf: Any) -> None:
        scope_headers(document, first)
        place_figures(document, pdf, scale)
        name_formulas(pdf)
        order_content(document, pdf, marks)
        pair_terms(pdf)
        hold_links(pdf)
        make_artifacts(pdf)
        leave_out(pdf, away)
        unwrap(pdf)
        object_at(pdf, pdf.catalog["Metadata"]).compress = False  # PDF/A-3, 6.6.2.1

    return finish


def scope_headers(document: Document, first: int) -> None:
    """Say of every table header whether it heads a row or a column (PDF/UA-1, 7.5).

    Make its ID, which cells refer to, differ from those in other files, by the number of the document's first page.
    """
    for page in document.pages:
        for box in boxes(page._page_box):
            mark = getattr(box, "mark", None)
            if mark is not None and mark["S"] == "/TH":
                row = str(box.element.get("scope", "col")).startswith("row")
                mark["A"]["Scope"] = "/Row" if row else "/Column"
                mark["ID"].string = f"{first}-{mark['ID'].string}"


def boxes(box: Any) -> Iterator[Any]:
    """A box and all boxes in it; positioned ones stand behind a placeholder."""
    if hasattr(box, "_box"):
        yield from boxes(box._box)
        return
    yield box
    for child in getattr(box, "children", None) or ():
        yield from boxes(child)


def place_figures(document: Document, pdf: Any, scale: float) -> None:
    """Give figures their place in points from the page's foot, as the standard has it (ISO 32000-1, table 344).

    WeasyPrint writes CSS pixels from the page's head.
    """
    heights = {ref: page.height for ref, page in zip(pdf.page_references, document.pages, strict=True)}
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/Figure":
            left, top, right, bottom = item["A"]["BBox"]
            height = heights[item["Pg"]]
            corners = (left, height - bottom, right, height - top)
            item["A"]["BBox"][:] = [round(corner * PX_PT * scale, 3) for corner in corners]


def pair_terms(pdf: Any) -> None:
    """Make each term and its meaning one list item, label and body (ISO 32000-1, table 336).

    WeasyPrint makes an item of each, in a `Div` for the pair.
    """
    for item in pdf.objects:
        if not (isinstance(item, dict) and item.get("S") == "/Div" and object_at(pdf, item["P"]).get("S") == "/L"):
            continue
        item["S"] = "/LI"
        for kid, name, inner in zip(item["K"], ("/Lbl", "/LBody"), ("/Span", "/P"), strict=False):
            element = object_at(pdf, kid)
            element["S"] = name
            for body in (object_at(pdf, ref) for ref in element["K"] if isinstance(ref, bytes)):
                body["S"] = inner if body.get("S") == "/LBody" else body["S"]


def hold_links(pdf: Any) -> None:
    """Let every link annotation belong to a `Link` element itself (PDF/UA-1, 7.18.5).

    WeasyPrint gives one to each box in a link, and hangs it on that box's own element.
    """
    nums = object_at(pdf, object_at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for i, reference in enumerate(nums):
        if i % 2 and not isinstance(reference, list):
            element = link = object_at(pdf, reference)
            while link["S"] not in ("/Link", "/Document"):
                link = object_at(pdf, link["P"])
            if link is not element and link["S"] == "/Link":
                held = [kid for kid in element["K"] if not isinstance(kid, int | dict) and is_annotation(pdf, kid)]
                element["K"][:] = [kid for kid in element["K"] if kid not in held]
                link["K"].extend(held)
                nums[i] = link.reference


def is_annotation(pdf: Any, reference: bytes) -> bool:
    return object_at(pdf, reference).get("Type") == "/OBJR"  # type: ignore[no-any-return]


def make_artifacts(pdf: Any) -> None:
    """Make the text of margin boxes artifacts, so that nobody is read a running header on every page.

    WeasyPrint marks it as content whose structure elements hang on no parent.
    """
    root = object_at(pdf, pdf.catalog["StructTreeRoot"])
    top = root["K"][0]
    linked = set(object_at(pdf, top)["K"])
    nums = object_at(pdf, root["ParentTree"])["Nums"]
    contents = [object_at(pdf, object_at(pdf, page)["Contents"]) for page in pdf.page_references]
    for stream, owners in zip(contents, nums[1::2], strict=False):
        orphans = {i for i, owner in enumerate(owners) if _chapter(pdf, owner, top) not in linked}
        if orphans:
            _unmark(stream, orphans)
            owners[:] = ["null" if i in orphans else owner for i, owner in enumerate(owners)]


def _chapter(pdf: Any, reference: bytes, top: bytes) -> bytes:
    """The ancestor of a structure element that stands right under the document element `top`."""
    while (parent := object_at(pdf, reference)["P"]) != top:
        reference = parent
    return reference


def _unmark(stream: Any, mcids: set[int]) -> None:
    """Turn marked content into artifacts of pagination."""
    for i, item in enumerate(stream.stream):
        if isinstance(item, dict) and item.get("MCID") in mcids:
            stream.stream[i - 1] = "/Artifact"
            stream.stream[i] = "<</Type /Pagination>>"


def leave_out(pdf: Any, away: Collection[str]) -> None:
    """Take names out of the list of places that links lead to (ISO 32000-1, 12.3.2.3)."""
    if away:
        names = pdf.catalog["Names"]["Dests"]["Names"]
        kept = [i for i in range(0, len(names), 2) if names[i].string not in away]
        names[:] = [item for i in kept for item in names[i : i + 2]]
