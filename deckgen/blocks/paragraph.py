"""Running text.

- paragraph: A container shares the kernel of its host.
"""

from __future__ import annotations

from deckgen.frozen import frozen
from deckgen.model.block import Block, FlowLine, key
from deckgen.model.text import Text
from deckgen.typeset.flow import PARAGRAPH


@frozen(kw_only=True)
class Paragraph(Block):
    """One paragraph."""

    text: Text = key("The paragraph")

    HTML = """{% if block.is_blank() %}{{ block.text | lines }}
{%- else %}<p class="text">{{ block.text | prose }}</p>{% endif %}"""

    CSS = """
.blank { display: inline-block; height: 1em; line-height: 1em; white-space: nowrap; text-indent: 0; }
.blank { border-bottom: 0.4pt solid var(--muted); color: var(--accent); margin-right: -0.3pt; padding-right: 0.3pt; }
.blank * { line-height: 0; }
.blank .formula { margin-top: -1em; }
.lines { line-height: 8mm; padding-top: 1.7mm; break-inside: avoid; margin: 0 0 10pt; color: var(--accent); }
"""

    FLOWS = True

    def is_blank(self) -> bool:
        """Whether the paragraph is nothing but a blank: lines to write on."""
        return len(self.text) == 1 and self.text[0].blank and not self.text[0].note

    def flow_lines(self) -> tuple[FlowLine, ...]:
        return (FlowLine(self.text, PARAGRAPH),)
