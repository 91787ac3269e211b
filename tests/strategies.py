"""Talks as hypothesis draws them: data of every kind of block, written as YAML."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

Data = dict[str, Any]
Draw = st.DrawFn

PLAIN = [
    "a",
    "of",
    "kernel",
    "container",
    "hypervisor",
    "isolation",
    "user-space",
    "and/or",
    "3.12",
    "100%",
    "I/O",
    "Docker",
    "Wörter",
    "naïve",
    "façade",
]
MARKED = [
    "**bold**", "*slanted words*", "***both***", "`x = 1`", "`` a`b ``", "H~2~O", "x^2^", r"\*", r"\[x\]",
    "[site](https://example.org/?a=1&b=2)", "<https://example.org/x_y>", "[start](#title)",
    "$x_1^2$", r"$O(n \log n)$", "[**mail**](mailto:a@b.org)", "**a `b` *c***", "`code` `code`", "&amp;", "&copy;",
]  # fmt: skip
ODD = [
    "office", "fi", "ffl", "AVATAR", "“quoted”", '"straight"', "it's", "<b>", "</p>", "&", "&lt;", "a&b", "{{",
    "{% x %}", "]]>", "<!--", "no\u00a0break", "soft\u00adhyphen", "zero\u200bwidth", "e\u0301tude", "o\u0308", "—",
    "–", "--", "-", "\u2010", "1/2", "½", "x²", "№", "…", "%", "#", "#tag", "1.", "- x", "* y", "> z", ": c", "yes",
    "No", "null", "~", "1e3", "12:30", "2026-11-24", "|", "!", "@", "a~b", "(a)", "\\", "x_y_z", "DŽ", "\ufb01", "İ",
    "$5", "$",
]  # fmt: skip
ALIEN = [
    "漢字かな", "שלום", "مرحبا", "अनुच्छेद", "😀", "👨\u200d👩", "λόγος", "Ж", "\u0301", "\x07", "\x1b[0m",
    "\ufffe", "\u202eabc", "\U000e0041", "non\u2011breaking", "thin\u202fspace", "\u017f", "`", "[", "^[", "**",
    r"$\foo$", "$$a$$", r"$\frac{1}{2", "$a%$",
]  # fmt: skip
LONG = [
    "W" * 60,
    "internationalization" * 5,
    "x" * 500,
    "https://example.org/" + "path/" * 30,
    "ab-" * 60,
    "a\u00a0" * 80,
]

common = st.sampled_from(PLAIN)
word = st.one_of(*[common] * 6, st.sampled_from(MARKED), st.sampled_from(ODD))
sound_texts = st.lists(word, min_size=1, max_size=8).map(" ".join)
wild_texts = st.one_of(
    st.lists(st.one_of(word, st.sampled_from(ALIEN), st.sampled_from(LONG)), min_size=1, max_size=40).map(" ".join),
    st.lists(st.one_of(common, st.sampled_from(LONG)), min_size=1, max_size=60).map(" ".join),
    st.text(max_size=30),
)
Strategy = st.SearchStrategy[Any]


@st.composite
def mostly(draw: Draw, usual: Strategy, rare: Strategy) -> Any:
    """One value in forty is of the rare kind, so that most talks are whole."""
    return draw(rare if draw(st.integers(0, 39)) == 23 else usual)


def texts(plain: bool = False) -> Strategy:
    """Text of a line or a few, rarely odd in every way."""
    return mostly(st.lists(common, min_size=1, max_size=5).map(" ".join) if plain else sound_texts, wild_texts)


def some(strategy: Strategy, most: int, least: int = 1) -> Strategy:
    return st.lists(strategy, min_size=least, max_size=most)


def record(required: Data, optional: Data) -> Strategy:
    return st.fixed_dictionaries(required, optional=optional)


def outline_items() -> Strategy:
    """A text, or a text with items under it."""
    nested = st.tuples(texts(), some(texts(), 3)).map(lambda pair: {pair[0]: pair[1]})
    return st.one_of(texts(), texts(), nested)


@st.composite
def tables(draw: Draw) -> Data:
    width = draw(st.integers(1, 5))
    cell = st.one_of(texts(), texts(), st.just(""))
    rows = draw(some(mostly(some(cell, width, width), some(cell, 7, 0)), 8))
    keys: Data = {
        "header": some(cell, width, width),
        "highlight": mostly(st.integers(0, width), st.sampled_from([-1, 9])),
        "caption": texts(),
    }
    return {"rows": rows, **draw(record({}, keys))}


@st.composite
def codes(draw: Draw) -> Data:
    line = st.one_of(
        st.sampled_from(["def f(x):", "    return x  # office", "", "\tif a < b && c:", 'print("<ffi>")', "x" * 120]),
        st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30),
        texts(),
    )
    text = draw(some(line, 30).map("\n".join))
    keys: Data = {
        "language": st.sampled_from(["python", "docker", "bash", "text", "html", "yaml", "no-such", "c++"]),
        "highlight": mostly(
            st.just(["1"]), some(st.sampled_from(["1-2", "²", "", "3-1", "x", "9" * 5000, "1-999999999"]), 2)
        ),
        "caption": texts(),
        "first_line": mostly(st.just(1), st.sampled_from([0, 7, 98, 9999, -3, 10**8])),
    }
    return {"text": text, **draw(record({}, keys))}


def sides() -> Strategy:
    return record(
        {"title": texts(), "items": mostly(some(texts(plain=True), 4), some(texts(), 9, 0))}, {"best_for": texts()}
    )


def stacks() -> Strategy:
    layer = st.one_of(
        texts(plain=True),
        record(
            {"text": st.sampled_from(PLAIN)},
            {"copies": mostly(st.sampled_from([1, 2, 3]), st.sampled_from([0, -1, 40, 10**8])), "hot": st.booleans()},
        ),
    )
    return record({"layers": some(layer, 6)}, {"title": texts(plain=True)})


def events() -> Strategy:
    return record(
        {"when": texts(plain=True)}, {"name": texts(), "text": texts(), "hot": mostly(st.just(False), st.booleans())}
    )


def numbers() -> Strategy:
    """Numbers as people have them, some of them missing, huge or tiny."""
    usual = st.one_of(st.integers(0, 100), st.decimals(-50, 500, places=1).map(float))
    odd = st.one_of(
        st.just("-"), st.just(0), st.floats(-1e12, 1e12), st.floats(-1e-3, 1e-3), st.integers(-(10**6), 10**9)
    )
    return mostly(usual, odd)


CHART_KINDS = ["bar", "column", "line", "area", "pie", "doughnut", "scatter", "bubble"]


@st.composite
def charts(draw: Draw, kinds: tuple[str, ...] = tuple(CHART_KINDS)) -> Data:
    """A chart, most with numbers that fit its kind."""
    kind = draw(st.sampled_from(kinds))
    round_ = kind in ("pie", "doughnut")
    width = {"scatter": 2, "bubble": 3}.get(kind) or (1 if round_ else draw(st.integers(1, 4)))
    value = mostly(st.integers(1, 99), numbers()) if round_ or kind in ("bubble", "area") else numbers()
    name = texts(plain=True).map(lambda text: text[:40])
    row = some(value, width, width) if width > 1 else value
    rows = draw(st.dictionaries(name, row, min_size=1, max_size=draw(st.sampled_from([3, 6, 8, 30]))))
    found: Data = {"kind": kind, "data": rows}
    if width > 1 and kind not in ("scatter", "bubble"):
        found["series"] = draw(st.lists(common, min_size=width, max_size=width, unique=True))
    named = st.sampled_from([*rows, *found.get("series", ())])
    keys: Data = {
        "unit": st.sampled_from(["", "%", "s", "GB", '"']),
        "highlight": mostly(named, texts()),
        "caption": texts(),
        "alt": texts(),
        "decimals": mostly(st.integers(0, 2), st.integers(-3, 12)),
    }
    if kind in ("bar", "column", "line", "scatter"):
        keys["mark"] = record({"at": st.integers(-10, 200), "label": texts(plain=True)}, {})
    if kind in ("bar", "column"):
        keys["stack"] = st.sampled_from(["none", "sum", "share"])
    if kind == "column" and width > 1:
        keys["second"] = st.sampled_from(found["series"])
    return {**found, **draw(record({}, keys))}


def parts() -> Strategy:
    hot = mostly(st.just(False), st.booleans())
    return record(
        {"name": texts(plain=True)}, {"text": texts(), "hot": hot, "icon": st.sampled_from(["cloud", "clowd"])}
    )


def points() -> Strategy:
    place = mostly(st.integers(0, 100), st.integers(-9, 999))
    return record({"name": texts(plain=True), "x": place, "y": place}, {"hot": st.booleans()})


ARROWS = [
    "A -> B",
    {"A -> C": "reads *all*"},
    "B -> C & D",
    "A -> A",
    "A ->",
    "D -> E -> F",
    {"path": "F -> A", "label": "back"},
]


LATEX = [
    "E = mc^2", r"\frac{a}{b} < c", r"\sum_{i=1}^n x_i^2", r"\begin{aligned} a &= b \\ &= c \end{aligned}",
    r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}^T", r"\text{if } x > 0", r"\sqrt[3]{\hat{x} + \overline{AB}}",
    r"\lim_{n\to\infty} \left( 1 + \frac{1}{n} \right)^n", r"\mathbb{R} \ni x",
    " + ".join(f"x_{{{i}}}" for i in range(20)),
]  # fmt: skip
BROKEN_LATEX = [r"\foo", "{", r"\newcommand{\R}{x}", "a & b", r"\frac" * 300, "x^", "x" * 3000, "%", "猫", "_" * 900]
BLOCKS: dict[str, Strategy] = {
    "chart": charts(),
    "paragraph": texts(),
    "bullets": some(outline_items(), 6),
    "table": tables(),
    "code": codes(),
    "comparison": record({"left": sides(), "right": sides()}, {}),
    "layers": record({"stacks": some(stacks(), 3)}, {"caption": texts(), "alt": texts()}),
    "timeline": record({"events": some(events(), 9)}, {}),
    "equation": st.one_of(
        st.sampled_from(LATEX),
        record(
            {"latex": mostly(st.sampled_from(LATEX), st.sampled_from(BROKEN_LATEX))},
            {
                "where": some(st.tuples(st.sampled_from("abcxyz"), texts()).map(lambda p: dict([p])), 4),
                "caption": texts(),
            },
        ),
    ),
    "stat": record(
        {"figures": some(record({"value": texts(plain=True)}, {"label": texts(), "text": texts()}), 5)},
        {"caption": texts()},
    ),
    "steps": record(
        {"steps": some(texts(plain=True), 12)},
        {"direction": st.sampled_from(["right", "down"]), "first": st.sampled_from([1, 3, -1])},
    ),
    "process": record({"phases": some(texts(plain=True), 6)}, {"caption": texts()}),
    "cycle": record({"phases": some(parts(), 6)}, {"alt": texts()}),
    "tree": record(
        {"root": st.sampled_from(["A", {"A": ["B", {"C": ["D", "E"]}]}])}, {"hot": st.sampled_from(["C", "X"])}
    ),
    "venn": record(
        {"sets": st.sampled_from([["A", "B"], ["A", "B", "C"], ["A"]])},
        {"overlaps": some(st.sampled_from([{"A & B": "both"}, {"A & B & C": "all"}, {"A": "one"}]), 2)},
    ),
    "matrix": record({"x": texts(plain=True), "y": texts(plain=True)}, {"items": some(points(), 4)}),
    "flow": record(
        {"edges": some(st.sampled_from(ARROWS), 6)},
        {"hot": st.sampled_from(["A", "Nowhere"]), "direction": st.sampled_from(["right", "down"])},
    ),
    "quote": st.one_of(texts(), record({"text": texts()}, {"source": texts(), "detail": texts()})),
    "statement": st.one_of(texts(), record({"text": texts()}, {"support": texts()})),
    "closing": record({}, {"message": texts(), "contact": some(texts(), 2), "link": some(texts(), 2)}),
    "agenda": st.none(),
    "numbered": some(outline_items(), 4),
    "heading": st.one_of(
        texts(), record({"text": texts()}, {"level": mostly(st.sampled_from([1, 2]), st.sampled_from([3, 0, -1, 99]))})
    ),
}
FLOWING = ("paragraph", "bullets", "table", "layers", "code", "equation", "chart", "stat", "steps")
PRINTED = ("heading", "numbered")


@st.composite
def blocks(draw: Draw, kinds: tuple[str, ...]) -> Data:
    kind = draw(st.sampled_from(kinds))
    block = {kind: draw(BLOCKS[kind])}
    if kind in PRINTED:
        block["only"] = "handout"
    elif draw(st.integers(0, 5)) == 3:
        block["only"] = draw(st.sampled_from(["both", "deck", "handout"]))
    return block


def listed(line: Strategy) -> Strategy:
    return st.lists(line, min_size=1, max_size=4)


def markdown(where: str = "print") -> Strategy:
    """Markdown text as an author writes it, with what may stand on a slide, in `print` or in `notes`."""
    line = mostly(st.lists(word, min_size=1, max_size=12).map(" ".join), wild_texts)
    pair = st.tuples(line, line)
    cells = st.lists(common, min_size=2, max_size=2).map(" | ".join)
    kinds = [
        line,
        pair.map("\n".join),
        listed(line).map(lambda lines: "\n".join(f"- {text}" for text in lines)),
        pair.map("- {0[0]}\n  - {0[1]}".format),
    ]
    if where != "slide":
        kinds += [
            listed(line).map(lambda lines: "\n".join(f"{i}. {text}" for i, text in enumerate(lines, 1))),
            st.lists(common, min_size=1, max_size=4).map(lambda words: f"# {' '.join(words)}"),
        ]
    if where != "notes":
        kinds += [
            st.lists(cells, min_size=2, max_size=4).map(lambda rows: "\n".join([rows[0], "--|--", *rows[1:]])),
            line.map("```python\n{}\n```".format),
        ]
    if where == "print":
        kinds += [
            pair.map("{0[0]} noted^[{0[1]}] on".format),
            st.tuples(line, line, st.integers()).map("{0[0]} noted[^{0[2]}]\n\n[^{0[2]}]: {0[1]}".format),
            pair.map("> {0[0]}\n>\n> — {0[1]}".format),
        ]
    return st.lists(st.one_of(kinds), min_size=1, max_size=4).map("\n\n".join)


@st.composite
def slides(draw: Draw) -> Data:
    shape = draw(st.sampled_from(["one", "one", "sole", "several", "text", "bare", "section"]))
    further: Data = {"notes": markdown("notes"), "handout": markdown()}
    if shape == "section":
        return draw(record({"section": texts(plain=True)}, {"summary": texts(), **further}))
    slide: Data = {"title": draw(mostly(texts(plain=True), texts()))}
    if shape in ("one", "sole"):
        kinds = FLOWING if shape == "one" else ("comparison", "quote", "statement", "closing", "agenda")
        block = draw(blocks(kinds))
        if "quote" in block or "statement" in block:
            del slide["title"]
        slide["body"] = [block]
        if shape == "one" and "code" not in block:
            further["takeaway"] = mostly(texts(plain=True), texts())
    elif shape == "several":
        slide["body"] = draw(st.lists(blocks((*FLOWING[:-1], *PRINTED)), min_size=1, max_size=4))
        further |= {"takeaway": texts(), "layout": st.sampled_from(["content", "dense"])}
    elif shape == "text":
        slide["body"] = draw(markdown("slide"))
    return {**slide, **draw(record({}, {**further, "only": st.sampled_from(["both", "deck", "handout"])}))}


@st.composite
def talks(draw: Draw) -> Data:
    optional: Data = {
        "subtitle": texts(), "author": texts(), "role": texts(), "event": texts(), "date": st.just("2026-11-24"),
        "language": st.sampled_from(["en-GB", "de", "fr", "he", "zh-Hant-TW", "tlh"]),
        "paper": st.sampled_from(["A4", "Letter", "A5"]), "abstract": markdown(), "notes": markdown("notes"),
    }  # fmt: skip
    head = draw(record({"deckgen": st.just(1), "title": texts(plain=True)}, optional))
    entries = draw(st.lists(slides(), min_size=1, max_size=5))
    if draw(st.booleans()):
        entries = [{**entry, "id": f"slide-{i}"} for i, entry in enumerate(entries)]
        for entry in draw(st.lists(st.sampled_from(entries), max_size=2)):
            key = draw(st.sampled_from(["title", "section", "notes", "handout", "takeaway"]))
            if key in entry:
                entry[key] += f" [there](#slide-{draw(st.integers(0, len(entries) - 1))})"
    return {**head, "slides": entries}


@st.composite
def sources(draw: Draw) -> str:
    """A talk as YAML in one of the ways in which it can be written."""
    return as_yaml(draw(talks()), draw(st.sampled_from(["", "", '"', "'", "|"])), escaped=draw(st.booleans()))


def as_yaml(talk: Data, style: str = "", escaped: bool = False) -> str:
    """YAML whose texts are all in one style, where it can hold them; `escaped`: in ASCII characters."""

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, data: str) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:str", data, style=style or None)

    def nothing(dumper: yaml.SafeDumper, _: object) -> yaml.Node:
        return dumper.represent_scalar("tag:yaml.org,2002:null", "")

    Dumper.add_representer(str, text)
    Dumper.add_representer(type(None), nothing)
    return yaml.dump(talk, Dumper=Dumper, sort_keys=False, allow_unicode=not escaped, width=100_000)
