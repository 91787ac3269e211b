"""The palette of a theme in other colours, so that all text on it can be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from deckgen.model.colour import LARGE, TEXT, contrast, luminance, mixed, rgb
from deckgen.model.theme import Theme, series_roles
from deckgen.read.contrast import Pair, needs

BLACK, WHITE = "#000000", "#FFFFFF"
STEPS = 50
ROUNDS = 12
"""A colour that moves may be the ground of another one."""
NEUTRAL = 0.17
"""The greatest distance of a colour's channels, of 1, at which it counts as a grey."""
TONES = frozenset(
    ("surface", "surface2", "muted", "rule", "rule_strong", "quiet", "code_ground", "code_highlight", "code_text")
)
"""Roles between the ground and the text, on grounds of any colour."""
SOFT, PALE = 0.14, 0.25
"""The share of an accent in a ground that is made for it, and in text on it that shows some colour."""
MARKER = 7.0
"""The contrast of dark text with a second accent that is as light as a text marker's."""
STRONG = 6.0
"""The contrast of text on a ground that has the colour of an accent."""


class Anchors(NamedTuple):
    """The colours that all others of a palette follow."""

    bg: str
    text: str
    accent: str
    accent2: str


class Palettes(NamedTuple):
    """Those of a theme: each role's colour, and what other grounds and print change of it."""

    colours: dict[str, str]
    series: tuple[str, ...]
    backgrounds: dict[str, dict[str, str]]
    print_colours: dict[str, str]
    print_series: tuple[str, ...]


def retinted(theme: Theme, to: Anchors, series: Iterable[str]) -> Palettes:
    """The palettes of a theme around other anchors. Contrast is kept, or made by mixing with black or white."""
    wanted, charts = tuple(series), series_roles(theme.series).keys()
    own = Anchors(*(theme.colours[role] for role in Anchors._fields))
    if contrast(rgb(own.accent2), rgb(dark(own))) >= MARKER:
        to = to._replace(accent2=marker(to, wanted))
    pairs = [pair for pair in needs(theme) if not {pair.ink, pair.ground} & charts]

    def around(own: Theme, anchors: Anchors) -> dict[str, str]:
        return palette({role: own.colours[role] for role in theme.colours if role not in charts}, anchors, pairs)

    colours = around(theme, to)
    grounds = {name: theme.on(name) for name in theme.backgrounds}
    backgrounds = {
        name: beside(colours, around(own, grounded(theme.colours, own.colours["bg"], to)))
        for name, own in grounds.items()
    }
    paper = around(theme.on_paper(), to._replace(bg=WHITE, text=dark(to)))
    shown, printed = (
        tuple(told_apart(colour, ground, LARGE) for colour in wanted) for ground in (colours["bg"], paper["bg"])
    )
    return Palettes(colours, shown, backgrounds, beside(colours, paper), printed)


def marker(to: Anchors, series: Iterable[str]) -> str:
    """The lightest of the colours but the accent, so light that dark text on it can be read as with a text marker."""
    dark_ink = dark(to)
    others = [colour for colour in series if colour != to.accent] or [to.accent2]
    lightest = max(others, key=lambda colour: contrast(rgb(colour), rgb(dark_ink)))
    return told_apart(lightest, dark_ink, MARKER)


def beside(usual: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """What differs from the usual palette."""
    return {role: colour for role, colour in own.items() if colour != usual.get(role)}


def dark(to: Anchors) -> str:
    return min(to.bg, to.text, key=lambda colour: luminance(rgb(colour)))


def grounded(base: Mapping[str, str], ground: str, to: Anchors) -> Anchors:
    """The anchors on another ground of the theme: its own one, that of its text, or an accent."""
    role = next((role for role in ("bg", "accent", "accent2") if base[role] == ground), "")
    if not role:
        light = luminance(rgb(ground)) > 0.4
        bg = max(to.bg, to.text, key=lambda colour: luminance(rgb(colour)) * (1 if light else -1))
    else:
        bg = getattr(to, role)
    text = next(ink for ink in (WHITE, BLACK) if contrast(rgb(ink), rgb(bg)) >= LARGE)
    return to._replace(bg=told_apart(bg, text, STRONG), text=text)


def palette(base: Mapping[str, str], to: Anchors, pairs: list[Pair]) -> dict[str, str]:
    to = to._replace(**{name: told_apart(getattr(to, name), to.bg, TEXT) for name in ("text", "accent")})
    return readable({role: tinted(role, colour, base, to) for role, colour in base.items()}, pairs)


def tinted(role: str, colour: str, base: Mapping[str, str], to: Anchors) -> str:
    """What becomes of a role's colour: an anchor, a mixture of anchors, or the colour itself where it has a sense."""
    anchors: dict[str, str] = to._asdict()
    before, on, ground = role.rpartition("on_")
    if role in anchors:
        return anchors[role]
    if on and ground in anchors:
        return lying_on(anchors[ground], before.rstrip("_"), to)
    if same := next((name for name in anchors if base[name] == colour), ""):
        return anchors[same]
    if accent := next((anchors[name] for name in ("accent2", "accent") if name in role), ""):
        return mixed(to.bg, accent, SOFT)
    if role in TONES or (max(rgb(colour)) - min(rgb(colour))) / 255 < NEUTRAL:
        return between(to, colour, base)
    return colour


def lying_on(accent: str, what: str, to: Anchors) -> str:
    """What is made for an accent as its ground: text (`what` is empty), paler text, text of an anchor, or a mark."""
    ink = max(to.bg, to.text, WHITE, BLACK, key=lambda ink: contrast(rgb(ink), rgb(accent)))
    if what == "mark":
        return mixed(accent, ink, SOFT)
    return mixed(ink, to._asdict().get(what, accent), PALE) if what else ink


def between(to: Anchors, colour: str, base: Mapping[str, str]) -> str:
    """The tone as far from ground and text as it is in the base; what is beyond the ground stays beyond it."""
    ends = lightness(base["bg"]), lightness(base["text"])
    share = (lightness(colour) - ends[0]) / (ends[1] - ends[0] or 1)
    beyond = BLACK if lightness(to.text) > lightness(to.bg) else WHITE
    return mixed(to.bg, to.text if share > 0 else beyond, abs(share))


def lightness(colour: str) -> float:
    """As it is seen, from 0 to 1 (near CIE L*)."""
    return float(luminance(rgb(colour)) ** (1 / 3))


def readable(colours: dict[str, str], pairs: list[Pair]) -> dict[str, str]:
    """The colours with inks darker or lighter where they lack contrast with any of their grounds; `bg` stays.

    Grounds of which one asks for a darker ink and another for a lighter one come nearer to the palette's own ground.
    """
    found, grounds = dict(colours), defaultdict[str, list[Pair]](list)
    for pair in pairs:
        grounds[pair.ink].append(pair)
    for _ in range(ROUNDS):
        weak = {ink: own for ink, own in grounds.items() if not reads(found[ink], own, found)}
        for ink, own in weak.items():
            if ink == "bg":
                found |= {pair.ground: told_apart(found[pair.ground], found[ink], pair.needed) for pair in own}
            elif colour := next((colour for colour in tones(found[ink]) if reads(colour, own, found)), ""):
                found[ink] = colour
            else:
                found |= {pair.ground: mixed(found[pair.ground], found["bg"], 0.5) for pair in own}
        if not weak:
            break
    return found


def reads(ink: str, pairs: Iterable[Pair], colours: Mapping[str, str]) -> bool:
    """Whether an ink has the contrast that it needs on all of its grounds."""
    return all(contrast(rgb(ink), rgb(colours[pair.ground])) >= pair.needed for pair in pairs)


def tones(colour: str) -> Iterator[str]:
    """The colour and those next to it on the way to black and to white, the nearest first."""
    for step in range(STEPS + 1):
        yield from (mixed(colour, end, step / STEPS) for end in (BLACK, WHITE))


def told_apart(ink: str, ground: str, needed: float) -> str:
    """The tone next to an ink that has the contrast with a ground."""
    return next((tone for tone in tones(ink) if contrast(rgb(tone), rgb(ground)) >= needed), ink)
