"""The handouts of a build, open for pictures of their pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deckgen.frozen import frozen
from deckgen.preview.raster import Sheets

if TYPE_CHECKING:
    from deckgen.build import Build
    from deckgen.model.show import Show

PREFIX = "-handout"
FOR_PRINTERS = ("-press.pdf", "-booklet.pdf", "-screen.pdf")
"""The same pages again, on other sheets."""


@frozen
class Printed:
    """A handout: the end of its file's name, its pages, and where the slides stand on them."""

    name: str
    digest: str
    sheets: Sheets
    places: Mapping[str, tuple[int, int]]
    """The first and the last page, from 1, of each slide, by its id in the source."""


def printed(build: Build, show: Show) -> tuple[Printed, ...]:
    """The handouts of a build, the article first if it is there."""
    from deckgen.check.verify import manifest_in

    found = []
    for output in build.outputs:
        if not output.suffix.startswith(PREFIX) or not output.suffix.endswith(".pdf"):
            continue
        if output.suffix.endswith(FOR_PRINTERS):
            continue
        name = output.suffix.removesuffix(".pdf").removeprefix("-")
        manifest = manifest_in(name, output.data)
        places = places_in(show) if isinstance(manifest, str) else manifest.pages
        digest = hashlib.sha256(output.data).hexdigest()[:20]
        found.append(Printed(name, digest, Sheets(output.data), places))
    return tuple(sorted(found, key=lambda handout: handout.name != "handout"))


def places_in(show: Show) -> dict[str, tuple[int, int]]:
    """Where the slides stand in a PDF that has a page for each of them."""
    places: dict[str, tuple[int, int]] = {}
    for number, page in enumerate((page for page in show.pages if not page.hidden), 1):
        places[page.source_id] = (places.get(page.source_id, (number,))[0], number)
    return places
