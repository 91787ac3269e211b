"""Stamp drawings into the handout's pages, where its layout keeps places for them."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

from deckgen.units import Size
from deckgen.write.handout.places import Place, Rect
from deckgen.write.pages.forms import Form
from deckgen.write.pages.paths import numbers


def stamp(pdf: pikepdf.Pdf, places: Sequence[Place], forms: Mapping[str, Form]) -> None:
    """Draw each place's form (by the place's name) on its page, as `/Picture1`, `/Figure1` ... `/Signature1`.

    Pictures and the signature are artifacts without text of their own: the handout says the same in words. A figure
    becomes content of its placeholder's `Figure` element, beside the alternative text, and its text can be found.
    """
    pages = [page.obj for page in pdf.pages]
    figures = Figures(pdf)
    counts: Counter[str] = Counter()
    drawn: dict[int, list[str]] = {}
    for place in places:
        page, form = pages[place.page], forms[place.name]
        counts[place.kind] += 1
        name = f"/{place.kind.capitalize()}{counts[place.kind]}"
        _x_objects(page)[name] = form.x_object
        do = f"q {placed(form.size, place.rect)} cm {name} Do Q"
        if place.kind == "figure":
            do = f"/Figure <</MCID {figures.adopt(page, place.rect)}>> BDC {do} EMC"
        else:
            do = f"/Artifact BMC /Span <</ActualText ()>> BDC {do} EMC EMC"
        drawn.setdefault(place.page, []).append(do)
    open_, close = pdf.make_stream(b"q"), pdf.make_stream(b"Q")
    for number, operators in drawn.items():
        # WeasyPrint leaves its coordinate system turned over: what comes after must not see it.
        stamped = pdf.make_stream("\n".join(operators).encode("ascii"))
        pages[number].Contents = Array([open_, pages[number].Contents, close, stamped])


def placed(size: Size, rect: Rect) -> str:
    """The matrix that fits a form into a place, centred, its shape kept."""
    width, height = rect.right - rect.left, rect.top - rect.bottom
    scale = min(width / size.width, height / size.height)
    x = rect.left + (width - size.width * scale) / 2
    y = rect.bottom + (height - size.height * scale) / 2
    return f"{scale:.5f} 0 0 {scale:.5f} {numbers(x, y)}"


class Figures:
    """The `Figure` elements of a tagged PDF, found by their place on a page."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        self._owners = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))

    def adopt(self, page: pikepdf.Object, rect: Rect) -> int:
        """Make new marked content on the page part of the figure at `rect`; returns its MCID.

        Raises LookupError if no figure stands there: the placeholder must be an image.
        """
        owners = self._owners[int(page.StructParents)]
        x, y = (rect.left + rect.right) / 2, (rect.bottom + rect.top) / 2
        for owner in owners:
            if owner is not None and owner.S == "/Figure":
                left, bottom, right, top = (float(corner) for corner in owner.A.BBox)
                if left <= x <= right and bottom <= y <= top:
                    mcid = len(owners)
                    owners.append(owner)
                    owner.K.append(mcid)
                    return mcid
        raise LookupError(f"no figure at {rect}")


def _x_objects(page: pikepdf.Object) -> pikepdf.Object:
    """The page's named XObjects; WeasyPrint's pages share one dictionary."""
    if "/XObject" not in page.Resources:
        page.Resources.XObject = Dictionary()
    return page.Resources.XObject


def saved(pdf: pikepdf.Pdf, version: str = "") -> bytes:
    """The file, the same bytes for the same content; as a `version` of PDF, or that which it has."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Type") != "/Metadata":
            settle(item)
    for _ in range(ATTEMPTS):
        packed = written(pdf, pikepdf.ObjectStreamMode.generate, version)
        if ENDS_IN_CR not in packed:
            return packed
        move_on(pdf)
    return written(pdf, pikepdf.ObjectStreamMode.disable, version)


ENDS_IN_CR = b"\r\nendstream"
"""The end of a stream whose last byte is CR; only a stream of objects, which `settle` can't reach, may have it."""
ATTEMPTS = 4
"""A file of seventy such streams has one by chance in one of four cases; without them it is twice as large."""


def move_on(pdf: pikepdf.Pdf) -> None:
    """Let other objects share a stream, by an empty one more under a name of our own in the catalog.

    Readers leave out what they don't know (ISO 32000-1, annex E).
    """
    pdf.Root.DGEN_Room = Array([*pdf.Root.get("/DGEN_Room", ()), pdf.make_indirect(Dictionary())])


def written(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode, version: str) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=mode, force_version=version)
    return out.getvalue()


def settle(stream: pikepdf.Stream) -> None:
    """Compress a stream, and don't let it end in CR: validators take that for a line end, and its length for wrong.

    What follows a deflated stream's own end is ignored.
    """
    if "/Filter" not in stream:
        stream.write(zlib.compress(stream.read_bytes(), 9), filter=Name.FlateDecode)
    raw = stream.read_raw_bytes()
    if raw.endswith(b"\r") and stream.Filter == Name.FlateDecode:
        parameters = stream.get("/DecodeParms")
        stream.write(raw + b"\n", filter=Name.FlateDecode)
        if parameters is not None:
            stream.DecodeParms = parameters
