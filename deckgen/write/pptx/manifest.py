"""The manifest in the deck: a custom XML part, which PowerPoint keeps and nobody sees."""

from __future__ import annotations

from deckgen.write.pptx.ids import guid
from deckgen.write.pptx.markup import DECLARATION

ITEM = "customXml/item1.xml"
"""Its name in the package."""
ITEM_ID = guid("manifest")
"""The id of the data store item; it stays when a program renames the part."""
PROPERTIES = (
    f'{DECLARATION}<ds:datastoreItem ds:itemID="{ITEM_ID}"'
    ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs/></ds:datastoreItem>'
)
