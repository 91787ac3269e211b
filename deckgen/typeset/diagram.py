"""What all diagrams share: a caption, a description, and one group of shapes that is a figure in print."""

from __future__ import annotations

from collections.abc import Iterable

from deckgen.frozen import frozen
from deckgen.model.block import key
from deckgen.model.drawing import AnyShape, Drawing, Group
from deckgen.model.exhibit import Exhibit
from deckgen.model.text import Text
from deckgen.model.words import Words
from deckgen.typeset.caption import captioned
from deckgen.typeset.sheet import Sheet
from deckgen.units import Size


@frozen(kw_only=True)
class Diagram(Exhibit):
    """A block that is drawn. A kind gives its `figure`, and says in `told` what it shows."""

    caption: Text = key("What to see in it; beside the diagram on the slide, under its number in the handout", ())
    alt: str = key("A description for people who can't see it; made from what it shows if missing", "")

    LAYOUT = "diagram"
    NUMBERED = "figure"

    def draw(self, sheet: Sheet) -> Drawing:
        return captioned(self.caption, sheet, self.figure)

    def told(self, words: Words) -> str:
        """The diagram in words."""
        raise NotImplementedError

    def description(self, words: Words) -> str:
        """What a person who can't see the diagram has to know."""
        return self.alt or self.told(words)

    def group(self, shapes: Iterable[AnyShape], sheet: Sheet) -> Group:
        """The shapes as one; `check` tells if it needs more room than the sheet has."""
        alt = self.description(sheet.words)
        return Group(key=f"{sheet.key}/diagram", shapes=tuple(shapes), alt=alt, room=sheet.box)


def alone(group: Group) -> Drawing:
    """A drawing of one group, as large as that is."""
    return Drawing(Size(group.box.width, group.box.height), (group,))
