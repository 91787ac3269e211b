"""A judge of printed inks: Ghostscript makes the plates of a PDF."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

INKS = ("Cyan", "Magenta", "Yellow", "Black")


class Plates(NamedTuple):
    """What each ink prints on a page, from 0 to 100 per cent."""

    cyan: NDArray[np.float32]
    magenta: NDArray[np.float32]
    yellow: NDArray[np.float32]
    black: NDArray[np.float32]

    @property
    def total(self) -> NDArray[np.float32]:
        return self.cyan + self.magenta + self.yellow + self.black

    def inside(self, pixels: int) -> Plates:
        """Without the paper around."""
        return Plates(*(plate[pixels:-pixels, pixels:-pixels] for plate in self))


def separations(pdf: bytes, folder: Path, ppi: int) -> list[Plates]:
    """The plates of every page, all paper included. A plate of any other ink is an error."""
    (folder / "inks.pdf").write_bytes(pdf)
    device = ["-sDEVICE=tiffsep", f"-r{ppi}", "-sCompression=lzw", "-o", "plate%d.tif"]
    subprocess.run(["gs", "-q", "-dSAFER", *device, "inks.pdf"], cwd=folder, check=True, stdin=subprocess.DEVNULL)
    names = {path.name.partition("(")[2].partition(")")[0] for path in folder.glob("plate*(*).tif")}
    assert names == set(INKS), names
    pages = sum(1 for path in folder.glob("plate*.tif") if "(" not in path.name)
    return [Plates(*(plate(folder / f"plate{page}({ink}).tif") for ink in INKS)) for page in range(1, pages + 1)]


def plate(path: Path) -> NDArray[np.float32]:
    with Image.open(path) as opened:
        return (255 - np.asarray(opened, dtype=np.float32)) / np.float32(2.55)
