"""Paragraphs broken into lines, the last of which has two words at least where that needs no further line.

The space before the last word becomes a no-break space then, so that every program breaks the lines alike.
"""

from __future__ import annotations

from typing import Any

from deckgen.model.setting import SetLine, SetParagraph, Style
from deckgen.model.text import Text, plain
from deckgen.typeset.fallback import in_families
from deckgen.typeset.fonts import Faces
from deckgen.typeset.lines import LINE_SHARE, SAFE_SHARE, Measure, balanced_lines, lines_of, reworded, words

Lines = tuple[SetLine, ...]
NO_BREAK = "\u00a0"
ALONE_SHARE = 0.4
"""A word that takes more of a line than this may stand on one by itself."""


def set_paragraph(
    text: Text, style: Style, width_pt: float, faces: Faces, code_size: float, **look: Any
) -> SetParagraph:
    """A paragraph broken into lines for `width_pt`; `look` holds further fields of `SetParagraph`."""
    measure = Measure(style, faces, code_size)
    text = in_families(text, measure.face, faces)
    whole = measure.line(text)
    if whole.width_pt <= width_pt * SAFE_SHARE:
        return SetParagraph(text, style, (whole,), **look)
    measured = tuple(words(text, measure))
    safe = lines_of(measured, width_pt * SAFE_SHARE, measure)
    if style.balance:
        lines = balanced_lines(measured, width_pt * SAFE_SHARE, measure)
    else:
        lines = lines_of(measured, width_pt * LINE_SHARE, measure)
        if any(one_word(found, width_pt) for found in (lines, safe)):
            text, lines, safe = ended_well(text, lines, safe, width_pt, measure)
    return SetParagraph(text, style, lines, safe_lines=max(len(safe), len(lines)), **look)


def one_word(lines: Lines, width_pt: float) -> bool:
    """Whether the last of several lines is one short word."""
    last = lines[-1]
    return len(lines) > 1 and last.width_pt <= ALONE_SHARE * width_pt and len(plain(last.text).split()) == 1


def ended_well(text: Text, lines: Lines, safe: Lines, width_pt: float, measure: Measure) -> tuple[Text, Lines, Lines]:
    """The text with its last words bound, and its lines; as they are if that needs more lines."""
    bound = bound_at_the_end(text)
    measured = tuple(words(bound, measure))
    if bound is text or measured[-1].width_pt > width_pt * SAFE_SHARE:
        return text, lines, safe
    new = lines_of(measured, width_pt * LINE_SHARE, measure)
    new_safe = lines_of(measured, width_pt * SAFE_SHARE, measure)
    fits = len(new) <= len(lines) and len(new_safe) <= len(safe)
    return (bound, new, new_safe) if fits else (text, lines, safe)


def bound_at_the_end(text: Text) -> Text:
    """The text with a no-break space before its last word; itself where that space is of code, or of another font."""
    after = ""
    for i in range(len(text) - 1, -1, -1):
        run = text[i]
        if run.math:
            break
        before, space, _ = (run.text if after.strip() else run.text.rstrip()).rpartition(" ")
        if space and (run.code or run.live or run.face):
            break
        if space:
            bound = reworded(run, before + NO_BREAK + run.text[len(before) + 1 :], run.note)
            return (*text[:i], bound, *text[i + 1 :])
        after = run.text + after
    return text
