"""The words that deckgen itself adds, in the language of the deck (gettext catalogues, read with Babel).

A message is known by its English words: `words("de").say("Figure {number}", number=3)` is `Abbildung 3`. A new
message needs a line in every `deckgen/locale/*/LC_MESSAGES/deckgen.po`; a test tells which are missing.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from babel import Locale
from babel.lists import format_list

from deckgen.frozen import frozen
from deckgen.model.languages import locale

CATALOGUES = Path(__file__).parent.parent / "locale"
SHARED = {"no": "nb", "nn": "nb"}
"""Languages that read the catalogue of a near one."""
VARIANTS = ("en", "en-GB", "en-US", "pt-BR")
"""Languages without a catalogue of their own that talks are often in."""
BOUND = re.compile(" (?=[{](?:number|first)[}])")
"""A space in front of a number, which stays on the line of its word."""
NO_BREAK = "\u00a0"
NUMBERED = {
    "figure": "Figure {number}",
    "table": "Table {number}",
    "listing": "Listing {number}",
    "equation": "Equation {number}",
}
"""`Block.NUMBERED` -> what the handout calls it."""


@frozen
class Words:
    """The messages in one language; English where the language has no catalogue."""

    locale: Locale
    messages: gettext.NullTranslations

    def say(self, message: str, **values: object) -> str:
        """The message with its `{names}` filled in."""
        return filled(self.messages.gettext(message), values)

    def count(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of a message that fits a count, with `{count}` and the other `{names}` filled in."""
        return filled(self.messages.ngettext(one, many, count), {"count": count, **values})

    def listed(self, items: Sequence[str]) -> str:
        """`A, B, and C`."""
        return format_list(items, locale=self.locale) if items else ""

    def numbered(self, kind: str, number: int) -> str:
        """`Figure 3`, for a kind of `Block.NUMBERED`."""
        return self.say(NUMBERED[kind], number=number)

    def caption(self, kind: str, number: int) -> str:
        """`Figure 3.`, in front of a caption."""
        return self.say("{label}.", label=self.numbered(kind, number))

    def picture(self, number: object, title: str) -> str:
        """What a person who can't see a slide's picture has to know: all that it says stands in the text beside it."""
        label = self.say("Slide {number}", number=number).replace(NO_BREAK, " ")
        return self.say("{label}: {text}", label=label, text=title) if title else label

    def slides(self, first: object, last: object) -> str:
        """`Slide 6` or `Slides 6–7`, at the beginning of a line."""
        if first == last:
            return self.say("Slide {number}", number=first)
        return self.say("Slides {first}–{last}", first=first, last=last)

    def slides_within(self, first: object, last: object) -> str:
        """`slide 6` or `slides 6–7`, within a line."""
        if first == last:
            return self.say("slide {number}", number=first)
        return self.say("slides {first}–{last}", first=first, last=last)


def filled(message: str, values: dict[str, object]) -> str:
    return BOUND.sub(NO_BREAK, message).format_map(values)


@cache
def words(language: str) -> Words:
    """The words of a language tag."""
    own = locale(language)
    tags = (f"{own.language}_{own.script}", SHARED.get(own.language, own.language))
    files = (CATALOGUES / tag / "LC_MESSAGES" / "deckgen.po" for tag in tags)
    file = next((file for file in files if file.is_file()), None)
    return Words(own, translations(file) if file else gettext.NullTranslations())


def languages() -> tuple[str, ...]:
    """The tags of the languages that have a catalogue, and of some that are near them."""
    tags = (folder.name.replace("_", "-") for folder in CATALOGUES.iterdir() if folder.is_dir())
    return tuple(sorted({*VARIANTS, *tags}))


def translations(file: Path) -> gettext.GNUTranslations:
    """The messages of a `.po` file, compiled in memory: there is no second file that could be out of date."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with file.open("rb") as source:
        catalogue = read_po(source, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
