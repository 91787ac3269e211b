"""Where lines may end in Chinese and Japanese: between any two signs but for a few (UAX 14; JIS X 4051, kinsoku)."""

from __future__ import annotations

import re
from functools import cache

from deckgen.typeset.clusters import clusters

FIRST = "\u2e80"
"""No sign that lines may end at comes before this one."""
EAST = (
    "[\u2e80-\u303f\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff9f\uffe0-\uffe6\U00020000-\U0003ffff]"
)
"""Ideographs, kana, and signs of their width. Korean is not among them: it breaks at its spaces."""
NOT_FIRST = frozenset(
    "!%),.:;?]}\u00a2\u00b0\u2019\u201d\u2030\u2032\u2033\u2103\u3001\u3002\u3005\u3009\u300b\u300d\u300f\u3011\u3015"
    "\u3017\u3019\u301b\u301f\u303b\u309b\u309c\u309d\u309e\u30a0\u30fb\u30fc\u30fd\u30fe\uff01\uff05\uff09\uff0c\uff0e"
    "\uff1a\uff1b\uff1f\uff3d\uff5d\uff60\uff61\uff63\uff64\uff65\uff9e\uff9f\uffe0\u2014\u2025\u2026"
    "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6"
)
"""Closing brackets and quotes, stops and commas, small kana and marks of length or repetition: no line begins so."""
NOT_LAST = frozenset(
    "$([{\u00a3\u00a5\u2018\u201c\u3008\u300a\u300c\u300e\u3010\u3014\u3016\u3018\u301a\u301d\uff04\uff08\uff3b\uff5b"
    "\uff5f\uff62\uffe1\uffe5"
)
"""Opening brackets and quotes, and signs of currencies: no line ends so."""


def divided(text: str) -> list[str]:
    """A text without spaces in the stretches between which a line may end."""
    if max(text, default="") < FIRST or not east().search(text):
        return [text]
    found: list[str] = []
    for cluster in clusters(text):
        if found and not may_end(found[-1][-1], cluster[0]):
            found[-1] += cluster
        else:
            found.append(cluster)
    return found


def may_end(last: str, first: str) -> bool:
    """Whether a line may end between two signs, one of which is Chinese or Japanese."""
    either = (last >= FIRST and east().match(last)) or (first >= FIRST and east().match(first))
    return bool(either) and first not in NOT_FIRST and last not in NOT_LAST


@cache
def east() -> re.Pattern[str]:
    """Compiled for texts that have such signs alone: it takes longer than all other patterns together."""
    return re.compile(EAST)
