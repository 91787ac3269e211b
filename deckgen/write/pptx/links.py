"""Hyperlinks: addresses outside the deck, and jumps to a slide."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part

URI_CHARACTERS = ":/?#[]@!$&'()*+,;=%~"
"""Characters that an address may hold as they are (RFC 3986); PowerPoint wants to repair a file with others."""


class PartLinks:
    """Makes the relationships that the links of one slide or notes page need."""

    def __init__(self, part: Part, slides: Mapping[str, Part]) -> None:
        self.part = part
        self.slides = slides
        """The first slide of each source id that the deck shows."""

    def markup(self, target: str) -> str:
        """`a:hlinkClick`; empty for a jump to a slide that the deck does not show, so that its words stay text."""
        if not target.startswith("#"):
            address = quote(target, safe=URI_CHARACTERS)
            relation = self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            return f'<a:hlinkClick r:id="{relation}"/>'
        if target[1:] not in self.slides:
            return ""
        relation = self.part.relate_to(self.slides[target[1:]], RELATIONSHIP_TYPE.SLIDE)
        return f'<a:hlinkClick r:id="{relation}" action="ppaction://hlinksldjump"/>'
