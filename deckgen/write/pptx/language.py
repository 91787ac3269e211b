"""The deck's language as Office writes it: with a region."""

from __future__ import annotations

REGIONS = {
    "ar": "SA", "bn": "BD", "ca": "ES", "cs": "CZ", "cy": "GB", "da": "DK", "el": "GR", "en": "US", "et": "EE",
    "eu": "ES", "fa": "IR", "ga": "IE", "gl": "ES", "he": "IL", "hi": "IN", "ja": "JP", "ko": "KR", "ms": "MY",
    "nb": "NO", "nn": "NO", "pt": "BR", "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE", "ta": "IN", "uk": "UA",
    "vi": "VN", "zh": "CN",
}  # fmt: skip
"""The region of a language that is not named like its country."""


def language_tag(tag: str) -> str:
    """A BCP 47 tag with a region: PowerPoint's proofing tools know `en-US`, but not `en`.

    A tag of several parts keeps them, in their usual case (`pt-br` -> `pt-BR`). A bare two-letter language takes
    the region of `REGIONS`, or else its own letters (`de` -> `de-DE`). Longer bare languages stay bare.
    """
    language, *rest = tag.replace("_", "-").split("-")
    language = language.lower()
    if not rest:
        return f"{language}-{REGIONS.get(language, language.upper())}" if len(language) == 2 else language
    cased = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest]
    return "-".join([language, *cased])
