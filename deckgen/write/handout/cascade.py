"""Styles that are computed once: WeasyPrint shares those of equal elements; so are those of pages and pseudo-elements.

Every page has a style of its own there, and one for each of its margin boxes, with ninety properties each, although
all left pages of a chapter are alike.

Leans on internals of WeasyPrint (`css.StyleFor`, `strut`); the version is pinned.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.css import StyleFor


class SharedStyles(StyleFor):  # type: ignore[misc]
    """WeasyPrint's styles for the elements, pages and pseudo-elements of a document."""

    def __init__(self, *arguments: Any) -> None:
        self._shared: dict[Any, Any] = {}
        super().__init__(*arguments)

    def set_computed_styles(
        self, element: Any, parent: Any, root: Any = None, pseudo_type: str | None = None, **others: Any
    ) -> None:
        if parent is None or not (pseudo_type or isinstance(element, tuple)):  # An element: pages are tuples.
            super().set_computed_styles(element, parent, root, pseudo_type, **others)
            return
        styles, cascaded = self.get_computed_styles(), self.get_cascaded_styles().get((element, pseudo_type), {})
        # The values are those of rules, which the style sheets keep.
        values = tuple((name, id(value), *weight[:2], *weight[2]) for name, (value, weight) in cascaded.items())
        key = (id(styles[parent, None]), pseudo_type, values)
        if key not in self._shared:
            super().set_computed_styles(element, parent, root, pseudo_type, **others)
            self._shared[key] = styles[element, pseudo_type]
        styles[element, pseudo_type] = self._shared[key]


def kept_struts(own: Callable[..., Any]) -> Callable[..., Any]:
    """WeasyPrint's `strut`, which for each piece of text writes out fifteen properties to find what it found before."""
    found: dict[int, tuple[Any, Any]] = {}

    def strut_of(style: Any) -> Any:
        if id(style) not in found:
            found[id(style)] = style, own(style)  # With the style, lest another one gets its id.
        return found[id(style)][1]

    return strut_of
