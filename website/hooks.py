"""What the site has beside the pages in docs/: pictures, fonts, the commands, the changelog. Called by MkDocs."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from deckgen.read.theme import read_theme
from deckgen.typeset.cuts import Cut, instance
from deckgen.world import MemoryWorld
from website import commands
from website.examples import ROOT
from website.pictures import pictures, printed_pictures, shown_kinds

REFERENCE = "source-format.md"
THEMES = ("paper", "night", "signal")
PRINT = "print"
KIND = re.compile(r"^### `(\w+)`\n(.*?^```$)", re.M | re.S)
FACES = (
    ("head", False, False),
    ("sans", False, False),
    ("sans", False, True),
    ("sans", True, False),
    ("sans", True, True),
    ("mono", False, False),
)
"""The faces that the site uses: family, bold, italic."""


def on_files(files: Files, config: Any) -> Files:
    """Add what is made at each build."""
    made: dict[str, bytes] = {
        "commands.md": commands.page().encode(),
        "changelog.md": (ROOT / "CHANGELOG.md").read_bytes(),
        **{f"assets/{name}": (Path(__file__).parent / name).read_bytes() for name in ("mark.svg", "site.css")},
    }
    made |= dict(fonts())
    for theme in THEMES:
        made |= {picture(kind, theme): data for kind, data in pictures(theme)}
    made |= {picture(kind, PRINT): data for kind, data in printed_pictures()}
    for path, data in made.items():
        files.append(File.generated(config, path, content=data))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Show each kind of the reference under its example."""
    if page.file.src_uri != REFERENCE:
        return markdown
    head, blocks, kinds = markdown.partition("## Blocks\n")
    return head + blocks + KIND.sub(lambda found: f"{found[0]}\n{shown(found[1])}", kinds)


def picture(kind: str, theme: str) -> str:
    return f"assets/kinds/{kind}-{theme}.webp"


def shown(kind: str) -> str:
    """A tab for each theme and one for print; nothing for what no slide can show."""
    if kind not in shown_kinds():
        return ""
    tabs = [
        f'=== "{theme}"\n\n    ![{kind} in the theme {theme}]({picture(kind, theme)}){{ loading=lazy .slide }}\n'
        for theme in THEMES
    ]
    tabs.append(f'=== "in print"\n\n    ![{kind} in the handout]({picture(kind, PRINT)}){{ loading=lazy .printed }}\n')
    return "\n" + "\n".join(tabs)


def fonts() -> Iterator[tuple[str, bytes]]:
    """The fonts of the theme `paper`, for the site to be set in."""
    from fontTools.ttLib import TTFont

    theme, _ = read_theme(MemoryWorld(), "paper")
    assert theme, "ours has no errors"
    for slot, bold, italic in FACES:
        cut = Cut(theme.fonts[slot], bold, italic, theme.font_files)
        font = TTFont(io.BytesIO(instance(cut)))
        font.flavor = "woff"
        out = io.BytesIO()
        font.save(out)
        yield f"assets/fonts/{slot}-{cut.style_name.replace(' ', '').lower()}.woff", out.getvalue()
