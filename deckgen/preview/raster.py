"""Pages of PDFs as PNG, by PDFium, which one thread at a time may call."""

from __future__ import annotations

import io
import threading

import pypdfium2
from PIL.Image import Image

from deckgen.units import Size

PDFIUM = threading.Lock()
FAST = 1
"""The level of compression. The next one takes twice as long, and the pictures go no further than this machine."""


class Sheets:
    """A PDF that is kept open for pictures of its pages."""

    def __init__(self, pdf: bytes) -> None:
        with PDFIUM:
            self._document = pypdfium2.PdfDocument(pdf)
            self.sizes = tuple(Size(*self._document.get_page_size(i)) for i in range(len(self._document)))
            """Of its pages, in points."""
        self._open = True

    def picture(self, index: int, width: int) -> bytes | None:
        """A page, counted from 0, as PNG so many pixels wide; None once the PDF is closed."""
        with PDFIUM:
            image = drawn(self._document, index, width) if self._open else None
        return png(image) if image else None

    def close(self) -> None:
        """Give its memory back. PDFium's own finalizers would do that in any thread, beside others at work."""
        with PDFIUM:
            if self._open:
                self._open = False
                self._document.close()


def picture(pdf: bytes, width: int) -> bytes:
    """The first page of a PDF as PNG so many pixels wide."""
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        image = drawn(document, 0, width)
        document.close()
    return png(image)


def drawn(document: pypdfium2.PdfDocument, index: int, width: int) -> Image:
    page = document[index]
    bitmap = page.render(scale=width / page.get_width())
    image: Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return image


def png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=FAST)
    return out.getvalue()
