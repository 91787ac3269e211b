"""The rules of the house: layers, names, one home for each library, short files and functions."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

from deckgen.blocks import block_class, kinds
from deckgen.diagnostics import CODES

PACKAGE = Path(__file__).parent.parent / "deckgen"
FILES = sorted(PACKAGE.rglob("*.py"))
LAYERS = (
    "__init__", "units", "namespaces", "frozen", "late", "diagnostics", "keep", "model", "world", "interrupts",
    "outputs", "refusals", "limits", "child", "typeset", "blocks", "styles", "read", "check", "write", "spill", "talk",
    "settle", "build", "findings", "importing", "loop", "report", "preview", "cli", "__main__",
)  # fmt: skip
SIBLINGS = {"read", "check", "write"}
HOMES: dict[str, str | tuple[str, ...]] = {
    "PIL": ("preview/raster.py", "typeset/backdrops.py", "typeset/raster.py", "write/production"),
    "babel": "model",
    "click": "cli",
    "citeproc": "read/bibliography.py",
    "cssselect2": ("read/style_sheet.py", "write/handout"),
    "duckdb": "read/query/engine.py",
    "fontTools": ("typeset/cuts.py", "typeset/icons.py"),
    "graphlay": "typeset/layered.py",
    "jinja2": ("read/values.py", "write/handout"),
    "latex2mathml": ("typeset/latex.py", "typeset/tex_rules.py"),
    "lucide": "typeset/icons.py",
    "lxml": ("importing/powerpoint", "write/pptx"),
    "markdown_it": ("read", "importing"),
    "mdit_py_plugins": ("read", "importing"),
    "openpyxl": "read/sheets.py",
    "pikepdf": (
        "write/pages",
        "write/handout",
        "write/production",
        "check/pdf_fonts.py",
        "check/pdf_pages.py",
        "check/pdf_structure.py",
        "check/pdf_text.py",
    ),
    "pptx": "write/pptx",
    "pydyf": "write/handout",
    "pypdfium2": "preview/raster.py",
    "pygments": "typeset/highlight.py",
    "resvg_py": "typeset/raster.py",
    "rich": "report.py",
    "segno": "typeset/qr.py",
    "starlette": "preview",
    "svg2pdf_py": "write/pages",
    "tinycss2": "read/style_sheet.py",
    "uharfbuzz": ("typeset/cuts.py", "typeset/fonts.py", "write/pages"),
    "uvicorn": "preview/server.py",
    "watchfiles": "loop",
    "weasyprint": "write/handout",
    "xlsxwriter": "write/pptx",
    "yaml": ("read/yaml.py", "importing/write.py"),
    "ziamath": "typeset/formula.py",
}
MOST_LINES = 300


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    """The modules that a file imports, those for type checking left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {
        id(node)
        for guard in ast.walk(tree)
        if isinstance(guard, ast.If) and isinstance(guard.test, ast.Name) and guard.test.id == "TYPE_CHECKING"
        for node in ast.walk(guard)
    }
    found: list[str] = []
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


def test_a_layer_imports_only_what_stands_before_it() -> None:
    wrong = []
    for path in FILES:
        own = layer(path)
        for name in imports(path):
            if name.startswith("deckgen."):
                other = name.split(".")[1]
                upward = LAYERS.index(other) > LAYERS.index(own)
                sideways = {own, other} <= SIBLINGS and own != other
                if upward or sideways:
                    wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong


def test_each_library_has_one_home() -> None:
    wrong = []
    for path in FILES:
        place = path.relative_to(PACKAGE).as_posix()
        for name in imports(path):
            home = HOMES.get(name.split(".")[0])
            if home and not place.startswith(home if isinstance(home, tuple) else (home,)):
                wrong.append(f"{place} imports {name}, whose home is {home}")
    assert not wrong


def test_the_name_of_a_kind_is_its_registration() -> None:
    for kind in kinds():
        cls = block_class(kind)
        assert cls.__name__ == "".join(word.title() for word in kind.split("_"))
        assert (Path(__file__).parent / "cases" / f"{kind}.txt").exists(), f"tests/cases/{kind}.txt is missing"


def test_no_drawer_for_odds_and_ends() -> None:
    banned = {"utils", "util", "helpers", "helper", "common", "core", "base", "manager", "misc"}
    assert not [path for path in FILES if path.stem in banned or path.parent.name in banned]


def test_files_and_functions_are_short() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path.name: n for path, n in lengths.items() if n > MOST_LINES} == {}
    functions = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    assert statistics.quantiles(functions, n=20)[-1] <= 30


def test_reading_and_checking_import_no_renderer() -> None:
    heavy = ("weasyprint", "pptx", "pikepdf")
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in FILES
        if layer(path) in ("model", "typeset", "blocks", "read")
        for name in imports(path)
        if name.startswith(heavy)
    ]
    assert not wrong


def test_frozen_data_is_made_in_one_way() -> None:
    others = [path.name for path in FILES if "@dataclass(frozen=" in path.read_text(encoding="utf-8")]
    assert not others, "they take @frozen of deckgen.frozen"


def test_every_code_of_a_finding_means_something_and_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    given = re.findall(
        r'(?:coded|concerning|sorted_diagnostics)\("([\w-]+)"|(?:, |^ +)"([\w-]+)",?\s*\)', text, re.MULTILINE
    )
    assert {one for one, _ in given if one} <= CODES.keys()
    assert {name for pair in given for name in pair} >= CODES.keys()
