"""How alike two drawings of the same slides are: structural similarity (Wang et al. 2004) of their grey pictures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from skimage.filters import gaussian
from skimage.metrics import structural_similarity

WIDTH = 960
"""Pixels across a slide: a projector shows about twice as many."""
BLUR = 1.0
"""Pixels. Renderers differ in how they smooth the edges of letters, which a person doesn't see from a seat."""

Grey = NDArray[np.float64]


def pictures(pdf: Path) -> list[Grey]:
    """The pages of a PDF in grey, 0 to 1."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            np.asarray(page.render(scale=WIDTH / page.get_width()).to_pil().convert("L"), dtype=np.float64) / 255
            for page in document
        ]
    finally:
        document.close()


def alike(one: Grey, other: Grey) -> float:
    """1 for the same picture; both are cut to the size that they share, which rounding may change by a pixel."""
    height, width = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    first, second = (gaussian(grey[:height, :width], BLUR) for grey in (one, other))
    return float(structural_similarity(first, second, data_range=1.0))
