"""The structure tree of a handout: all that stands on its pages belongs to one element, and no element is bare."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pytest

from tests.builders import every_kind
from tests.test_handout import pdf_of
from tests.test_parts import handout

TEXT = {"/P", "/H1", "/H2", "/H3", "/H4", "/Lbl", "/LBody", "/TH", "/TD", "/Caption", "/Link"}
Content = tuple[tuple[int, int], int]
"""The page of marked content and its number."""


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in node.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def contents(element: pikepdf.Object) -> Iterator[Content]:
    for kid in element.K:
        if isinstance(kid, int):
            yield element.Pg.objgen, kid
        elif "/MCID" in kid:
            yield kid.Pg.objgen, int(kid.MCID)


@pytest.fixture(scope="module", params=["a talk in parts", "every kind"])
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    data = handout() if request.param == "a talk in parts" else pdf_of(every_kind())
    with pikepdf.open(io.BytesIO(data)) as found:
        yield found


def test_content_is_held_once_by_the_element_that_the_parent_tree_names(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    nums = list(root.ParentTree.Nums)
    owners = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
    named = {
        (page.obj.objgen, number): owner.objgen
        for page in pdf.pages
        for number, owner in enumerate(owners[int(page.obj.StructParents)])
        if owner is not None
    }
    held = Counter((content, element.objgen) for element in elements(root) for content in contents(element))
    assert held == Counter(named.items())


def test_links_belong_to_the_element_that_the_parent_tree_names(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    nums = list(root.ParentTree.Nums)
    owners = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
    held = {
        int(kid.Obj.StructParent): element.objgen
        for element in elements(root)
        for kid in element.K
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
    }
    links = [int(link.StructParent) for page in pdf.pages for link in page.obj.get("/Annots", ())]
    assert links
    assert held == {number: owners[number].objgen for number in links}
    assert all(str(owners[number].S) == "/Link" for number in links)


def test_no_element_in_text_is_bare(pdf: pikepdf.Pdf) -> None:
    for outer in elements(pdf.Root.StructTreeRoot):
        for inner in outer.K:
            if isinstance(inner, pikepdf.Dictionary) and "/S" in inner:
                assert inner.P.objgen == outer.objgen
                bare = str(inner.S) in ("/Span", "/NonStruct") and not {"/Alt", "/ActualText", "/Lang"} & inner.keys()
                assert not (bare and str(outer.S) in TEXT)
                assert not (str(inner.S) == str(outer.S) == "/Link"), "a link in a link"
