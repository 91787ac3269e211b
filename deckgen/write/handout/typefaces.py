"""The handout's fonts: a rule for each file, and families that stand in for those of the style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from deckgen.model.languages import tagged
from deckgen.model.theme import Theme
from deckgen.typeset.cuts import Cut
from deckgen.typeset.fonts import Faces

NAMED = re.compile(r'"deckgen [^"]+"')
"""A font of ours, as style sheets name it."""
FIRST = "\u0250"
"""No theme's font lacks a letter before this one, or it is told (see `check`)."""


class Typefaces(NamedTuple):
    """The faces that a handout is set in, each with its file, and the fallback families among them."""

    faces: tuple[tuple[Cut, Path], ...]
    fallbacks: tuple[str, ...]

    def rules(self) -> str:
        """A rule for each font file. Whatever the weights of a family, CSS calls them normal and bold.

        The names have a word of ours before them: a font of the same name that the machine has must not take its
        place.
        """
        return "\n".join(
            f'@font-face{{font-family:"deckgen {cut.family.family}";font-weight:{"bold" if cut.bold else "normal"};'
            f"font-style:{'italic' if cut.italic else 'normal'};src:url({file.resolve().as_uri()})}}"
            for cut, file in self.faces
        )

    def files(self) -> Mapping[str, Path]:
        """The only files that the handout may read, by address."""
        return {file.resolve().as_uri(): file for _, file in self.faces}

    def named(self, css: str) -> str:
        """A style sheet in which the fallback families stand after each font of ours."""
        more = "".join(f', "deckgen {family}"' for family in self.fallbacks)
        return NAMED.sub(lambda match: match.group() + more, css) if more else css


def typefaces(texts: Iterable[str], theme: Theme, faces: Faces) -> Typefaces:
    """The typefaces for the texts of a handout: the theme's for print, and what these lack."""
    own = faces.files(theme.print_fonts)
    found = frozenset(missing(frozenset("".join(texts)), own, faces))
    used = tuple(family.family for family in theme.fallbacks if family.family in found)
    first = theme.fallback_for(faces.language)
    used = tuple(sorted(used, key=lambda family: family != first))
    return Typefaces((*own, *faces.fallback_files(used)), used)


def missing(characters: frozenset[str], own: Iterable[tuple[Cut, Path]], faces: Faces) -> Iterator[str]:
    """The families for the characters that a font of the handout lacks."""
    foreign = sorted(character for character in characters if character >= FIRST)
    if not foreign:
        return
    regular = [faces.opened(file) for cut, file in own if not (cut.bold or cut.italic)]
    for character in foreign:
        if not all(face.covers(character) for face in regular):
            [(_, language)] = tagged(character, faces.language)
            yield faces.fallback_for(character, language)
