"""Pages that move away from the fold, for paper that is printed on both sides and bound or punched."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Name

from deckgen.units import PT_PER_MM
from deckgen.write.handout.stamp import saved
from deckgen.write.production.edges import Edges, edges, run_on


def away_from_fold(pdf: bytes, gutter_mm: float, right_to_left: bool = False) -> bytes:
    """The handout with odd pages moved to the right by `gutter_mm`, even pages to the left; a handout
    in Arabic or Hebrew is bound at its right, so there it is the other way round.

    Not the content moves, but the paper under it (the page's boxes): so links, bookmarks and tags stay right.
    """
    by = gutter_mm * PT_PER_MM
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for i, page in enumerate(document.pages):
            to_right = (i % 2 == 0) != right_to_left
            run_on(document, page, Edges(by if to_right else 0, 0, 0 if to_right else by, 0))
            left, bottom, right, top = edges(page.mediabox)
            moved = -by if to_right else by
            for name in (Name.MediaBox, Name.TrimBox, Name.BleedBox, Name.CropBox):
                if name in page.obj:
                    page.obj[name] = Array([round(v, 3) for v in (left + moved, bottom, right + moved, top)])
        return saved(document)
