"""What the finished handout carries beside its pages (pikepdf): the manifest, and the labels of its pages.

The manifest is attached as the file's data, and told in short in the metadata, where it can be read without a PDF
library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from xml.sax.saxutils import escape, quoteattr

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf

from deckgen.model.manifest import NAMESPACE, Manifest
from deckgen.write.handout.places import Layout, Traces

MANIFEST_NAME = "deckgen-manifest.json"
"""The name of the attachment that `verify` reads."""
PDFUA_NS = "http://www.aiim.org/pdfua/ns/id/"


def told(manifest: Manifest, documents: Iterable[Traces]) -> bytes:
    """The manifest with what stands on the pages of all documents, which follow each other."""
    slides: dict[str, tuple[int, int]] = {}
    prints: list[str] = []
    for document in documents:
        slides |= {
            name: (first + 1 + len(prints), last + 1 + len(prints)) for name, (first, last) in document.slides.items()
        }
        prints += document.prints
    return replace(manifest, pages=slides, prints=tuple(prints)).to_json()


def attach(pdf: Pdf, name: str, data: bytes, stamp: datetime) -> None:
    """Attach a file as the data of the whole (`AFRelationship`, PDF/A-3 6.8)."""
    created = stamp.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    file = AttachedFileSpec(
        pdf,
        data,
        filename=name,
        mime_type="application/json",
        creation_date=created,
        mod_date=created,
        relationship=Name.Data,
    )
    pdf.attachments[name] = file
    pdf.Root.AF = Array([file.obj])


def identify(pdf: Pdf, identity: str) -> None:
    """Add to the XMP metadata that the file is PDF/UA-1, and a short text of our own.

    All goes into the one `rdf:RDF` that readers look at, uncompressed (PDF/A-3, 6.6.2.1). Properties from outside
    PDF/A's own schemas are declared there, too.
    """
    added = (
        f'<rdf:Description rdf:about="" xmlns:pdfuaid={quoteattr(PDFUA_NS)} pdfuaid:part="1"/>'
        f'<rdf:Description rdf:about="" xmlns:deckgen={quoteattr(NAMESPACE)}>'
        f"<deckgen:manifest>{escape(identity)}</deckgen:manifest></rdf:Description>"
        '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
        + extension_schema("PDF/UA identification", PDFUA_NS, "pdfuaid", "part", "Integer", "The part of PDF/UA")
        + extension_schema("deckgen", NAMESPACE, "deckgen", "manifest", "Text", "What the file was built from")
        + "</rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"
    )
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", added.encode(), 1))


def extension_schema(schema: str, uri: str, prefix: str, name: str, type_: str, description: str) -> str:
    """The declaration of a namespace with one property (PDF/A-3, 6.6.2.3.3)."""
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{schema}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{type_}</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description>"
        "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def label_pages(pdf: Pdf, documents: Sequence[Layout]) -> None:
    """Give pages their labels where some that are inserted count by themselves: `1`, `i`, `ii`, `2`.

    Without labels, pages are known by their numbers (ISO 32000-1, 12.4.2).
    """
    if not any(document.inserted for document in documents):
        return
    numbers = []
    starts = accumulate((document.pages for document in documents), initial=0)
    counted = 0
    for start, document in zip(starts, documents, strict=False):
        label = Dictionary(S=Name.r) if document.inserted else Dictionary(S=Name.D, St=counted + 1)
        counted += 0 if document.inserted else document.pages
        numbers += [start, label]
    pdf.Root.PageLabels = Dictionary(Nums=Array(numbers))
