"""What a PDF says of itself: the standards that it claims, its structure, its places for readers on screen."""

from __future__ import annotations

import pikepdf
from pikepdf import Name

PDFA, PDFUA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
FOR_SCREENS = (
    Name.StructTreeRoot,
    Name.MarkInfo,
    Name.Outlines,
    Name.PageLabels,
    Name.ViewerPreferences,
    Name.OpenAction,
)


def for_paper(pdf: pikepdf.Pdf) -> None:
    """Leave out what only readers on screen use: structure, links, bookmarks. The attached manifest stays."""
    for name in FOR_SCREENS:
        if name in pdf.Root:
            del pdf.Root[name]
    if Name.Names in pdf.Root and Name.Dests in pdf.Root.Names:
        del pdf.Root.Names[Name.Dests]
    for page in pdf.pages:
        for name in (Name.Annots, Name.StructParents, Name.Tabs):
            if name in page.obj:
                del page.obj[name]


def claim(pdf: pikepdf.Pdf, values: dict[str, str]) -> None:
    """Set properties of the XMP metadata (`prefix:name`), and withdraw that the file is accessible (PDF/UA)."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name in (f"{PDFUA}part", f"{PDFA}part", f"{PDFA}conformance"):
            if name in metadata:
                del metadata[name]
        for name, value in values.items():
            metadata[name] = value
