"""Put the structure tree in the order of the source, where WeasyPrint's own follows the layout.

A paragraph that runs over a page has an element on each, and between the two stands whatever else begins the next
page, such as the rest of a margin note. A note that floats beside a paragraph stands after the line that it hangs on.
Someone who listens would hear notes in the middle of sentences. So fragments become one element again, and what
floats out of a line is read after the lines.

Leans on WeasyPrint's box tree and on `Stream._tags`, which are not public: the version is pinned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

Marks = list[dict[Any, int]]
"""For each page, the MCID of each text box."""
Key = tuple[int, str]
Chain = tuple[Any, ...]
"""The block that holds a line, and the boxes down to a text box: inline boxes, and a float with its own.

Each has one structure element. Empty where nothing may be joined.
"""


def remember_marks(document: Document) -> Marks:
    """The marks of the pages, filled while `document` is written."""
    marks: Marks = []
    for page in document.pages:
        page.paint = recorded(page.paint, marks)
    return marks


def recorded(paint: Callable[..., None], marks: Marks) -> Callable[..., None]:
    def paint_and_record(stream: Any, scale: float = 1) -> None:
        paint(stream, scale)
        marks.append({box: tag["mcid"] for box, tag in stream._tags.items()})

    return paint_and_record


def order_content(document: Document, pdf: Any, marks: Marks) -> None:
    """Join fragments of blocks and floats (of pages and columns) and of inline elements (of lines); put floats last."""
    nums = object_at(pdf, object_at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    seen: dict[Key, tuple[int, float, Any]] = {}
    floats: dict[Key, Key] = {}
    moved: dict[bytes, bytes] = {}
    for number, box, element in list(found_elements(document, pdf, marks, nums)):
        if said := box.element is not None and box.element.get("data-said"):
            element["ActualText"] = pydyf.String(said)  # A blank shows nothing that could be read.
        first_page, first_x, first = seen.setdefault(key_of(box), (number, box.position_x, element))
        # A float that a page divides may stand twice on the page that begins with its rest.
        elsewhere = first_page < number or box.position_x != first_x
        divided = elsewhere or isinstance(box, boxes.InlineBox) or floating(box)
        if divided and element is not first and element.reference not in moved:
            join(pdf, first, element)
            moved[element.reference] = first.reference
    for chain in (chain for page in document.pages for _, chain in text_boxes(page._page_box, ()) if chain):
        floats |= {key_of(box): key_of(chain[0]) for box in chain[1:] if floating(box)}
    for inner, outer in floats.items():
        if inner in seen and outer in seen:
            put_last(pdf, seen[inner][2], seen[outer][2])
    rename(nums, moved)


def found_elements(document: Document, pdf: Any, marks: Marks, nums: Any) -> Iterator[tuple[int, Any, Any]]:
    """Each box that holds text, with its page and structure element, an outer box before those in it."""
    for number, (page, mcids) in enumerate(zip(document.pages, marks, strict=True)):
        for leaf, chain in text_boxes(page._page_box, ()):
            if chain and leaf in mcids:
                for box, element in elements(pdf, nums[2 * number + 1][mcids[leaf]], chain):
                    yield number, box, element


def text_boxes(box: Any, chain: Chain) -> Iterator[tuple[Any, Chain]]:
    """The text boxes of a page in the order of its source. Table cells stay apart: rows need all of their cells."""
    box = getattr(box, "_box", box)
    match box:
        case boxes.TextBox():
            yield box, chain
            return
        case boxes.MarginBox():
            return
        case boxes.LineBox():
            pass
        case boxes.InlineBox():
            chain = (*chain, box) if chain else ()
        case boxes.TableCellBox():
            chain = ()
        case _:
            chain = (*(chain if floating(box) else ()), box) if box.element is not None else ()
    for child in getattr(box, "children", ()):
        inside = isinstance(box, boxes.LineBox | boxes.InlineBox)
        yield from text_boxes(child, chain if inside or isinstance(child, boxes.LineBox | boxes.TextBox) else ())


def floating(box: Any) -> bool:
    """Whether a box stands out of the flow of the text around it."""
    return isinstance(box, boxes.BlockBox) and not box.is_in_normal_flow()


def key_of(box: Any) -> Key:
    """All fragments of an element share this key; pseudo-elements have a tag of their own."""
    return id(box.element), box.element_tag


def elements(pdf: Any, owner: bytes, chain: Chain) -> list[tuple[Any, Any]]:
    """The boxes of a chain with their structure elements, the block first.

    `owner` is the element of the text itself; a link's text has none of its own.
    """
    element = object_at(pdf, owner)
    if element["S"] != "/Link":
        element = object_at(pdf, element["P"])
    found = []
    for box in reversed(chain):
        found.append((box, element))
        element = object_at(pdf, element["P"])
    return found[::-1]


def put_last(pdf: Any, element: Any, parent: Any) -> None:
    """Make an element the last kid of another one."""
    object_at(pdf, element["P"])["K"].remove(element.reference)
    parent["K"].append(element.reference)
    element["P"] = parent.reference


def join(pdf: Any, first: Any, later: Any) -> None:
    """Move the kids of an element to the end of another; marked content keeps the page that it stands on."""
    for kid in later["K"]:
        if isinstance(kid, int):
            kid = type(later)({"Type": "/MCR", "Pg": later["Pg"], "MCID": kid})
        elif (element := object_at(pdf, kid)).get("Type") == "/StructElem":
            element["P"] = first.reference
        first["K"].append(kid)
    object_at(pdf, later["P"])["K"].remove(later.reference)


def rename(nums: Any, moved: dict[bytes, bytes]) -> None:
    """Let the parent tree name the elements that content was moved to."""

    def final(reference: Any) -> Any:
        while reference in moved:
            reference = moved[reference]
        return reference

    for i, entry in enumerate(nums):
        if isinstance(entry, list):
            entry[:] = [final(reference) for reference in entry]
        elif i % 2:
            nums[i] = final(entry)


def object_at(pdf: Any, reference: bytes) -> Any:
    """The object that a reference such as `b"12 0 R"` stands for."""
    return pdf.objects[int(reference.split()[0])]
