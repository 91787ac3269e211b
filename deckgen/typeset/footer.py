"""What the footer shows: the theme's own choice, or the deck's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from deckgen.model.theme import Frame, Layout, Piece, Theme

DATE_PT = 138.0
"""The width of the date, at the right end of the footer."""
LARGEST_SHARE = 0.5
"""The date takes no more of a footer."""
GAP_PT = 10.0
BETWEEN = "  \u00b7  "


def with_footer(theme: Theme, parts: Sequence[str] | None) -> Theme:
    """The theme with these parts in its footers: `title`, `event`, and `date` in a placeholder of its own.

    None keeps what the theme itself shows.
    """
    if parts is None:
        return theme
    layouts = {name: with_parts(layout, theme, parts) for name, layout in theme.layouts.items()}
    return replace(theme, frames=frames_with(theme.frames, parts), layouts=layouts)


def with_parts(layout: Layout, theme: Theme, parts: Sequence[str]) -> Layout:
    """The layout; where it takes in the shared footer, it takes in the date too."""
    shared = any(name in layout.use for name, frame in theme.frames.items() if frame.type == "ftr")
    use = (*layout.use, "date") if shared and "date" in parts else layout.use
    return replace(layout, use=use, frames=frames_with(layout.frames, parts))


def frames_with(frames: Mapping[str, Frame], parts: Sequence[str]) -> dict[str, Frame]:
    found: dict[str, Frame] = {}
    for name, frame in frames.items():
        if frame.type != "ftr":
            found[name] = frame
            continue
        width = min(DATE_PT, frame.box.width * LARGEST_SHARE) if "date" in parts else 0.0
        left = frame.box._replace(width=frame.box.width - (width + GAP_PT if width else 0.0))
        found[name] = replace(frame, box=left, shows=pieces(frame, parts))
        if width:
            right = frame.box._replace(x=frame.box.right - width, width=width)
            shows = (replace(first(frame), show="date", case=""),)
            found["date"] = replace(frame, type="dt", box=right, align="right", prompt="Date", shows=shows)
    return found


def pieces(frame: Frame, parts: Sequence[str]) -> tuple[Piece, ...]:
    """The title and the event in the look of what the frame shows."""
    shown = [part for part in parts if part != "date"]
    return tuple(replace(first(frame), show=part, before=BETWEEN) for part in shown)  # type: ignore[arg-type]


def first(frame: Frame) -> Piece:
    """The look of the first piece of a frame."""
    piece = frame.shows[0] if frame.shows else Piece(show="title")
    return Piece(show="title", colour=piece.colour, case=piece.case)
