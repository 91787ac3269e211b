"""A theme of ours in the colours of a company -> the files of a theme of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from deckgen.importing.retint import Anchors, Palettes, retinted
from deckgen.model.theme import Theme

BLOCK = re.compile(r"^(?P<key>\w+):.*\n(?:(?:[ \t}\]].*)?\n)*", re.MULTILINE)
"""A key of the outermost level with all under it."""
PLAIN_SECOND = 0.25
"""How different the channels of an accent have to be for it to be a colour and no grey."""


def theme_in_colours(base: Theme, source: str, name: str, origin: str, to: Anchors, series: Iterable[str]) -> str:
    """`theme.yaml` of a theme `name`: that of the base, `source`, with palettes that are from `origin`."""
    made = retinted(base, to, series)
    blocks = {
        "name": f"name: {name}\n",
        "description": f'description: "The colours of {origin}, in the layouts of {base.name}"\n',
        "colours": f"colours:\n{listed(made.colours)}",
        "series": f"series: {quoted(made.series)}\n\n",
        "backgrounds": "backgrounds:\n" + "".join(grounds(made)) + "\n",
        "print_colours": f"print_colours:\n{listed(made.print_colours)}print_series: {quoted(made.print_series)}\n",
        "print_series": "",
        "press": "",
    }
    return BLOCK.sub(lambda found: blocks.get(found["key"], found[0]), source)


def listed(colours: Mapping[str, str]) -> str:
    return "".join(f'  {role}: "{colour}"\n' for role, colour in colours.items())


def grounds(made: Palettes) -> Iterator[str]:
    for name, colours in made.backgrounds.items():
        inside = ", ".join(f'{role}: "{colour}"' for role, colour in colours.items())
        yield f"  {name}: {{{inside}}}\n"


def quoted(colours: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{colour}"' for colour in colours) + "]"


def anchors(bg: str, text: str, accents: tuple[str, ...]) -> Anchors:
    """The two accents that stand out: the first that is a colour, and the next one."""
    coloured = [accent for accent in accents if spread(accent) >= PLAIN_SECOND] or list(accents)
    first = coloured[0]
    second = next((accent for accent in coloured if accent != first), first)
    return Anchors(bg, text, first, second)


def spread(colour: str) -> float:
    channels = bytes.fromhex(colour[1:])
    return (max(channels) - min(channels)) / 255
