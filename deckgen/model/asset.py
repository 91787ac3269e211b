"""Files that belong to a talk: pictures, video and sound, as they were read."""

from __future__ import annotations

from dataclasses import field
from typing import Literal, NamedTuple

from deckgen.frozen import frozen

Kind = Literal["png", "jpeg", "svg"]
ClipKind = Literal["mp4", "m4a", "mp3", "wav"]


@frozen
class Image:
    """A picture: upright, in sRGB or grey, without metadata. Two of one digest are the same picture."""

    digest: str
    """SHA-256 of the author's file, hexadecimal."""
    kind: Kind
    width: int
    """In pixels; an SVG's in CSS pixels, 96 to the inch."""
    height: int
    data: bytes = field(compare=False, repr=False)
    """The file's bytes, of the `kind`."""
    name: str = field(default="", compare=False)
    """The path of the author's file under the project's folder, for messages."""

    @property
    def ratio(self) -> float:
        """Width through height."""
        return self.width / self.height


class Crop(NamedTuple):
    """What is cut off of a picture at each side, in shares of its width or height."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0

    @property
    def share(self) -> float:
        """What is cut off, as a share of the picture."""
        return 1 - (1 - self.left - self.right) * (1 - self.top - self.bottom)


UNCUT = Crop()


@frozen
class Backdrop:
    """A picture that fills a slide under all else."""

    image: Image
    crop: Crop
    shade: float
    """The share of the ground's colour that lies over it, from 0 to 1."""
    colour: str
    """The ground's colour, `#RRGGBB`: it becomes a part of the pixels."""


@frozen
class Clip:
    """A video or a sound."""

    digest: str
    """SHA-256 of the file, hexadecimal."""
    kind: ClipKind
    ratio: float
    """A video's width through its height; 1 for a sound."""
    seconds: float
    """How long it plays; 0 if its file does not tell."""
    data: bytes = field(compare=False, repr=False)
    name: str = field(default="", compare=False)
    """The path of the file under the project's folder, for messages."""
