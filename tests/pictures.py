"""Pictures for tests, drawn by code."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image as pil

SOURCES = Path(__file__).parent.parent / "source"
EXAMPLE_FILES = {
    file.relative_to(SOURCES).as_posix(): file.read_bytes()
    for folder in ("pictures", "media")
    for file in sorted((SOURCES / folder).iterdir())
}
"""The files that the examples of the reference name."""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200"><rect width="300" height="200" fill="#1D5A66"/>'
    '<circle cx="150" cy="100" r="60" fill="#F4DDD3" fill-opacity="0.5"/></svg>'
)


def picture(kind: str, width: int = 300, height: int = 200, mode: str = "RGB", **look: Any) -> bytes:
    """A gradient from the left upper corner, which is dark, as a file of the kind (`PNG`, `JPEG`, `WEBP` ...)."""
    level = pil.linear_gradient("L").resize((width, height))
    side = pil.linear_gradient("L").rotate(90).resize((width, height))
    pixels = pil.merge("RGB", (level, side, level)).convert(mode if mode != "RGBA" else "RGB")
    if mode == "RGBA":
        pixels.putalpha(side)
    out = io.BytesIO()
    pixels.save(out, kind, **look)
    return out.getvalue()
