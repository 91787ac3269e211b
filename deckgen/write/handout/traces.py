"""What the layout tells of its pages, for a later handout to know which of them are the same.

Leans on WeasyPrint's box tree, which is not public: the version is pinned.
"""

from __future__ import annotations

import hashlib
from typing import Any

from weasyprint.document import Document

from deckgen.write.handout.finish import boxes
from deckgen.write.handout.places import Traces


def traces(document: Document) -> Traces:
    """The traces of a document; its elements name the slide that begins with them as `data-slide`."""
    slides: dict[str, tuple[int, int]] = {}
    prints = []
    current = ""
    for index, page in enumerate(document.pages):
        seen = hashlib.sha256()
        for box in boxes(page._page_box):
            current = current if box.element is None else box.element.get("data-slide", current)
            if content := shown(box):
                seen.update(f"{box.position_x:.1f} {box.position_y:.1f} {content}\n".encode())
                if current:
                    slides[current] = (slides.get(current, (index,))[0], index)
        prints.append(seen.hexdigest()[:16])
    return Traces(slides, tuple(prints))


def shown(box: Any) -> str:
    """The text or the image of a box; empty if it has only others in it."""
    if getattr(box, "replacement", None) is not None:
        return f"{box.width:.1f} {box.height:.1f} {box.element.get('src')}"
    return getattr(box, "text", "")
