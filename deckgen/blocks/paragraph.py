"""Running text.

- paragraph: A container shares the kernel of its host.
"""

from __future__ import annotations

from dataclasses import dataclass

from deckgen.model.block import Block, FlowLine, key
from deckgen.model.text import Text
from deckgen.typeset.flow import PARAGRAPH


@dataclass(frozen=True, kw_only=True)
class Paragraph(Block):
    """One paragraph."""

    text: Text = key("The paragraph")

    HTML = """<p class="text">{{ block.text | prose }}</p>"""

    FLOWS = True

    def flow_lines(self) -> tuple[FlowLine, ...]:
        return (FlowLine(self.text, PARAGRAPH),)
