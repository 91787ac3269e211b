"""Lay documents out on pages that are numbered as those of one document (WeasyPrint).

WeasyPrint fills the margin boxes, with page numbers in them, as soon as a document has its pages. Here they wait until
the pages of the other documents are counted.

And while a document is laid out, some functions of WeasyPrint have better ones in their places: see `baselines`,
`wrapping`, `balancing`, `hyphens` and `cascade`.

Leans on internals of WeasyPrint: `layout.make_margin_boxes` is called for every page in turn, after
the last one is laid out; `document.TargetCollector` holds the places that `target-counter()` asks for. The version is
pinned.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from xml.etree import ElementTree

import weasyprint.css
import weasyprint.document
import weasyprint.layout
from cssselect2 import ElementWrapper
from weasyprint import HTML
from weasyprint.document import Document
from weasyprint.formatting_structure.boxes import ReplacedBox, TextBox
from weasyprint.layout import block, column, inline
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.text import line_break
from weasyprint.urls import URLFetcher

from deckgen.frozen import frozen
from deckgen.write.handout.balancing import STEP
from deckgen.write.handout.baselines import least_width, on_grid, undivided
from deckgen.write.handout.cascade import SharedStyles, kept_struts
from deckgen.write.handout.finish import boxes
from deckgen.write.handout.hyphens import Hyphenator
from deckgen.write.handout.job import NEXT_RIGHT
from deckgen.write.handout.setting import Setting
from deckgen.write.handout.wrapping import better


class Waiting(NamedTuple):
    """A page without its margin boxes, and what WeasyPrint needs to make them; its number among all laid out."""

    number: int

    context: Any
    page: Any
    state: Any


@frozen
class Paginated:
    """A document on pages that have no margin boxes yet."""

    document: Document
    waiting: tuple[Waiting, ...]

    def anchors(self) -> dict[str, int]:
        """The index of the page on which each place begins that a link can lead to, from 0."""
        pages = list(enumerate(self.document.pages))
        return {name: index for index, page in reversed(pages) for name in page.anchors}

    def number(self, first: int, total: int) -> None:
        """Give the pages their margin boxes: they are the pages `first` and following of `total`, counted from 1."""
        for i, (number, context, page, state) in enumerate(self.waiting):
            state[1].update(page=[first + i], pages=[total])
            context.current_page = number
            made = tuple(weasyprint.layout.make_margin_boxes(context, page, state))
            for box in made:
                layout_box_backgrounds(page, box, context.get_image_from_uri)
            page.children += made


class Tree(HTML):  # type: ignore[misc]
    """An HTML document that is well-formed XML: parsed by the standard library, in a tenth of the time."""

    def __init__(self, html: str, fetcher: URLFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
        root = ElementTree.fromstring(html)
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def paginated(html: str, setting: Setting) -> Paginated:
    """A document, which is XML, too, on its pages."""
    waiting: list[Waiting] = []

    def wait(context: Any, page: Any, state: Any) -> tuple[()]:
        waiting.append(Waiting(len(waiting) + 1, context, page, state))
        return ()

    source = Tree(html, setting.fetcher)
    lines = better(block.iter_line_boxes)
    with (
        replaced(weasyprint.layout, "make_margin_boxes", wait),
        replaced(weasyprint.css, "StyleFor", SharedStyles),
        replaced(line_break.pyphen, "Pyphen", Hyphenator),
        replaced(block, "iter_line_boxes", lines),
        replaced(inline, "strut", kept_struts(inline.strut)),
        replaced(inline, "inline_min_content_width", least_width(inline.inline_min_content_width)),
        replaced(column, "inf", STEP),
        replaced(block, "block_level_layout_switch", on_grid(block.block_level_layout_switch, lines)),
        replaced(block, "float_layout", undivided(block.float_layout)),
    ):
        document = source.render(font_config=setting.fonts, stylesheets=[setting.css])
    if NEXT_RIGHT in document.pages[-1].anchors:
        document, waiting = document.copy(document.pages[:-1]), waiting[:-1]
    kept = [i for i, page in enumerate(document.pages) if not only_fills(page._page_box)]
    if len(kept) < len(document.pages):
        document = document.copy([document.pages[i] for i in kept])
        waiting = [waiting[i] for i in kept]
    return Paginated(document, tuple(waiting))


def only_fills(page: Any) -> bool:
    """Whether a page begins with what was to fill the page before it (class `fill`): nobody needs it."""
    for box in boxes(page):
        if box.element is not None and box.element.get("class") == "fill":
            return True
        if isinstance(box, TextBox | ReplacedBox):
            return False
    return False


@contextmanager
def replaced(owner: Any, name: str, other: Any) -> Iterator[None]:
    """Let a name of a module stand for something else meanwhile."""
    own = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, own)


def let_lead_away(document: Document) -> frozenset[str]:
    """Keep the links that lead to places in other documents, by their names; returns those names.

    WeasyPrint drops links to places that it does not know, so they are named on the first page. The names are to be
    taken out of the finished file's list of places.
    """
    here = {name for page in document.pages for name in page.anchors}
    links = (link for page in document.pages for link in page.links)
    away = {target for kind, target, *_ in links if kind == "internal"} - here
    document.pages[0].anchors.update({name: (0, 0, 0, 0) for name in sorted(away)})
    return frozenset(away)
