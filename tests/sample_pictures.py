"""Draws the pictures of `source/pictures/`: our own work, as free to use as the rest of this repository.

python -m tests.sample_pictures source/pictures
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

Colour = tuple[int, int, int]


def rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def sky(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    share = np.linspace(0, 1, height)[:, None, None]
    rows = np.array(top) * (1 - share) + np.array(bottom) * share
    return Image.fromarray(np.broadcast_to(rows, (height, width, 3)).astype(np.uint8))


def ridge(width: int, rng: np.random.Generator, height: float, rise: float, waves: float) -> Any:
    """The upper edge of a range of hills: a sum of waves, in pixels from the top."""
    x = np.linspace(0, 1, width)
    line = sum(rise / (k + 1) * np.sin(2 * np.pi * (waves * (k + 1) * 0.7 * x + rng.uniform(0, 1))) for k in range(4))
    return height + line


def hills(
    width: int, height: int, colours: list[str], sun: tuple[float, float, float], seed: int, horizon: float = 0.3
) -> Image.Image:
    """Ranges of hills one before the other, each with its shadow on the one behind, and a sun above them."""
    rng = np.random.default_rng(seed)
    ground = sky(width, height, rgb(colours[0]), rgb(colours[1]))
    disc = Image.new("L", (width * 2, height * 2), 0)
    y, x = np.ogrid[: height * 2, : width * 2]
    cx, cy, r = sun[0] * width * 2, sun[1] * height * 2, sun[2] * width * 2
    disc = Image.fromarray((((x - cx) ** 2 + (y - cy) ** 2 <= r * r) * 255).astype(np.uint8))
    ground.paste(rgb(colours[2]), mask=disc.resize((width, height), Image.Resampling.LANCZOS))
    ranges = colours[3:]
    rows = np.arange(height * 2)[:, None]
    for i, colour in enumerate(ranges):
        level = height * (horizon + (1.02 - horizon) * (i + 0.35) / len(ranges))
        edge = ridge(width * 2, rng, level * 2, height * 0.13, 1.0 + 0.12 * i)
        mask = Image.fromarray(((rows >= edge[None, :]) * 255).astype(np.uint8))
        mask = mask.resize((width, height), Image.Resampling.LANCZOS)
        shadow = mask.filter(ImageFilter.GaussianBlur(height / 45)).point(lambda value: value * 0.35)
        ground.paste((30, 16, 12), (0, -height // 90), shadow)
        light, dark = np.array(rgb(colour)) * 1.06, np.array(rgb(colour)) * 0.86
        share = np.clip((rows[::2] - (edge.min() / 2)) / (height * 0.4), 0, 1)[:, :, None]
        shaded = np.clip(light * (1 - share) + dark * share, 0, 255)
        ground.paste(Image.fromarray(np.broadcast_to(shaded, (height, width, 3)).astype(np.uint8)), mask=mask)
    return ground


WARM = [
    "#F6EEDF",
    "#F3E4CB",
    "#E3B778",
    "#F1E1C5",
    "#E8C9A4",
    "#DDA77B",
    "#CB7B55",
    "#B4532F",
    "#84301C",
    "#4A1B13",
    "#2B120E",
]
COLD = ["#DCE9EA", "#EEF2EC", "#F5F1E3", "#C7DADB", "#9BBEC2", "#6E9EA6", "#3F7D89", "#245F6C", "#17434F", "#0E2A33"]
DUSK = ["#2B2550", "#8A4F7D", "#F3C9A0", "#7A4B82", "#58407A", "#3D3168", "#282353", "#17163A"]

DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 400">
  <title>Containers on a ship</title>
  <g fill="none" stroke="#221D18" stroke-width="6" stroke-linejoin="round" stroke-linecap="round">
    <path d="M40 270h560l-52 84H96z" fill="#1D5A66"/>
    <path d="M470 270V130h92v140z" fill="#F3ECDF"/>
    <path d="M492 158h48M492 184h48" />
    <path d="M516 130V74h28"/>
  </g>
  <g stroke="#221D18" stroke-width="6" stroke-linejoin="round">
    <path d="M84 204h112v66H84z" fill="#A5301C"/>
    <path d="M206 204h112v66H206z" fill="#AE8421"/>
    <path d="M328 204h112v66H328z" fill="#D5C9B6"/>
    <path d="M145 132h112v66H145z" fill="#D5C9B6"/>
    <path d="M267 132h112v66H267z" fill="#A5301C"/>
  </g>
  <g fill="none" stroke="#221D18" stroke-opacity="0.45" stroke-width="4" stroke-linecap="round">
    <path d="M112 222v30M140 222v30M168 222v30M234 222v30M262 222v30M290 222v30M356 222v30M384 222v30M412 222v30"/>
    <path d="M173 150v30M201 150v30M229 150v30M295 150v30M323 150v30M351 150v30"/>
  </g>
  <path d="M40 374c26-16 54-16 80 0s54 16 80 0 54-16 80 0 54 16 80 0 54-16 80 0 54 16 80 0 54-16 80 0"
        fill="none" stroke="#1C6B84" stroke-width="7" stroke-linecap="round"/>
</svg>
"""


def draw(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {
        "dunes": hills(2000, 1125, WARM, (0.74, 0.21, 0.065), 11),
        "coast": hills(1400, 1800, COLD, (0.34, 0.16, 0.1), 5, 0.26),
        "dusk": hills(1800, 1200, DUSK, (0.8, 0.32, 0.07), 23, 0.4),
        "morning": hills(900, 900, [*COLD[:3], *WARM[4:9]], (0.66, 0.26, 0.09), 8, 0.4),
    }
    for name, picture in pictures.items():
        picture.save(folder / f"{name}.jpg", "JPEG", quality=84, optimize=True)
    (folder / "ship.svg").write_text(DRAWING, "utf-8")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
