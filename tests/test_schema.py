"""The schema for editors: an independent validator and the reader agree on sources, good and broken."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from deckgen.blocks import kinds
from deckgen.read.body import DECK_TYPES
from deckgen.read.deck import read_deck
from deckgen.read.json_files import slides_schema, source_schema, theme_schema
from deckgen.read.json_forms import FORMS
from deckgen.read.json_schema import NOTHING, ONE_VALUE
from deckgen.read.offers import offers
from deckgen.world import MemoryWorld, packaged_themes
from tests.command import deckgen
from tests.test_cases import FILES

ROOT = Path(__file__).parents[1]
THEMES = sorted(packaged_themes().glob("*/theme.yaml"))
GOOD = sorted([*ROOT.glob("source/*.yaml"), *ROOT.glob("tests/talks/*.yaml"), packaged_themes() / "sample.yaml"])
BROKEN = sorted(ROOT.glob("tests/broken/*.yaml"))
NAMES = offers(MemoryWorld())
STRUCTURE = re.compile(
    r"unknown key|unknown kind of block '[a-z]+'|the key '\w+' is missing|^expected (a list|'(key|name): )"
)
"""What the reader says of the shape of a source. Editors must say it, too."""


class Core(yaml.CSafeLoader):
    """Scalars as YAML 1.2 types them (core schema, 10.3.2), as editors do; keys are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


class Old(yaml.CSafeLoader):
    """Scalars as YAML 1.1 types them, as older editors do: dates, `no`, sixty to the hour."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


for tag, pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^({pattern})$"), None)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))
Old.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)


@cache
def validator(theme: bool = False) -> Draft202012Validator:
    schema = theme_schema(NAMES) if theme else source_schema(NAMES)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def wrong(text: str, loader: Any = Core, theme: bool = False) -> list[str]:
    """What the editor says of a YAML text."""
    return [f"{e.json_path}: {e.message[:200]}" for e in validator(theme).iter_errors(yaml.load(text, loader))]


@pytest.mark.parametrize("loader", [Core, Old])
@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_good_sources_are_good(file: Path, loader: Any) -> None:
    assert wrong(file.read_text("utf-8"), loader) == []


def examples() -> dict[str, str]:
    """The sources of `tests/cases`, and the whole talks in the documentation."""
    found = {}
    for file in sorted(ROOT.glob("tests/cases/*.txt")):
        found[file.stem] = file.read_text("utf-8").removeprefix("# source\n").partition("\n# ")[0]
    for file in sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md"]):
        fences = re.findall(r"(?ms)^```yaml[^\n]*\n(deckgen: .*?)^```", file.read_text("utf-8"))
        found |= {f"{file.stem}-{i}": text for i, text in enumerate(fences) if "slides:" in text}
    return found


@pytest.mark.parametrize("loader", [Core, Old])
@pytest.mark.parametrize("name", examples())
def test_examples_are_good(name: str, loader: Any) -> None:
    assert wrong(examples()[name], loader) == []


@pytest.mark.parametrize("file", [*THEMES], ids=lambda file: file.parent.name)
def test_themes_are_good(file: Path) -> None:
    assert wrong(file.read_text("utf-8"), theme=True) == []
    assert wrong(file.read_text("utf-8") + "\nodd: 1\n", theme=True)


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_broken_sources_are_judged_alike(file: Path) -> None:
    text = file.read_text("utf-8")
    try:
        found = wrong(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return
    _, said = read_deck(MemoryWorld({"talk.yaml": text.encode()}), "talk.yaml")
    assert said or not found
    if any(STRUCTURE.search(d.message) for d in said):
        assert found, [d.message for d in said]


Place = tuple[Any, int | str]


def places(value: Any) -> list[Place]:
    """Every entry of a list or mapping under a value, with what it stands in."""
    if isinstance(value, dict):
        return [found for name, below in value.items() for found in [(value, name), *places(below)]]
    if isinstance(value, list):
        return [found for i, below in enumerate(value) for found in [(value, i), *places(below)]]
    return []


class Empty(yaml.CSafeDumper):
    """Nothing is written as nothing: the reader takes the word `null` for text, and no editor does."""


Empty.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))
TALKS = sorted(examples().values())
ODD: list[Any] = ["", "odd", 7, 1.5, True, None, [], {}, ["a"], [["a"]], {"odd": 1}, {"title": "x", "text": "y"}]


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_what_the_editor_calls_bad_the_reader_calls_bad(data: Any) -> None:
    """Keys go, get other names, and values of other types; never does the editor complain alone."""
    talk = yaml.load(data.draw(st.sampled_from(TALKS)), Core)
    for _ in range(data.draw(st.integers(1, 2))):
        inside, at = data.draw(st.sampled_from(places(talk)))
        match data.draw(st.sampled_from(["delete", "rename", "retype", "swap"])):
            case "delete":
                del inside[at]
            case "rename" if isinstance(inside, dict):
                new = data.draw(st.sampled_from(["odd", "title", "text", "id", "only", "body", "items", "bullets"]))
                value = inside.pop(at)
                inside[new] = value
            case "swap":
                other, there = data.draw(st.sampled_from(places(talk)))
                inside[at] = deepcopy(other[there])
            case _:
                inside[at] = deepcopy(data.draw(st.sampled_from(ODD)))
    dumper = data.draw(st.sampled_from([Empty, yaml.CSafeDumper]))
    text = yaml.dump(talk, Dumper=dumper, sort_keys=False, allow_unicode=True)
    found = wrong(text)
    _, said = read_deck(MemoryWorld({"talk.yaml": text.encode(), **FILES}), "talk.yaml")
    errors = [d for d in said if d.severity == "error"]
    assert errors or not found, (found, text)
    if any(STRUCTURE.search(d.message) and "the text 'null'" not in d.message for d in errors):
        assert found, ([str(d) for d in errors], text)


def test_reads_have_forms() -> None:
    """A type that is read in a way of its own, and that the schema knows nothing about, would go unchecked."""
    schemas = json.dumps(source_schema({}))
    assert '"markdownDescription"' in schemas and len(schemas) < 200_000
    assert len(json.dumps(source_schema(NAMES))) < 250_000
    assert {kind for kind in DECK_TYPES if kind not in FORMS} == set()


def test_a_new_project_has_the_schemas(tmp_path: Path) -> None:
    assert deckgen("new", "t", cwd=tmp_path).returncode == 0
    source = (tmp_path / "t/source/t.yaml").read_text("utf-8")
    [named] = re.findall(r"\A# yaml-language-server: \$schema=(.*)", source)
    schema = json.loads((tmp_path / "t/source" / named).read_text("utf-8"))
    assert offered(schema["properties"]["theme"], schema) == sorted(path.parent.name for path in THEMES)
    assert list(Draft202012Validator(schema).iter_errors(yaml.load(source, Core))) == []
    settings_file = json.loads((tmp_path / "t/.vscode/settings.json").read_text("utf-8"))
    assert all((tmp_path / "t" / path).is_file() for path in settings_file["yaml.schemas"])
    advised = json.loads((tmp_path / "t/.vscode/extensions.json").read_text("utf-8"))
    assert advised == {"recommendations": ["redhat.vscode-yaml"]}


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("- title: Who we are\n  bullets: [Bakers]\n- section: Rye\n- include: more.yaml", True),
        ("deckgen: 1\nslides:\n  - title: Who we are", True),
        ("deckgen: 1\ntitle: A talk\nslides:\n  - title: Who we are", False),
        ("- title: Who we are\n  bulets: [Bakers]", False),
        ("deckgen: 1", False),
        ("[]", True),
        ("- bullets", False),
    ],
)
def test_slides_of_a_file_that_talks_include(text: str, good: bool) -> None:
    files = {"parts/who.yaml": text, "parts/more.yaml": "- title: More", "talk.yaml": "deckgen: 1\ntitle: T\nslides:\n"}
    files["talk.yaml"] += "  - include: parts/who.yaml\n  - title: Last\n"
    _, said = read_deck(MemoryWorld({name: content.encode() for name, content in files.items()}), "talk.yaml")
    assert bool(said) != good, said
    found = list(Draft202012Validator(slides_schema(NAMES)).iter_errors(yaml.load(text, Core)))
    assert bool(found) != good, found


def test_the_schemas_are_renewed(tmp_path: Path) -> None:
    printed = json.loads(deckgen("schema", cwd=tmp_path).stdout)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["required"] == ["deckgen", "title", "slides"]
    assert deckgen("schema", "theme", "--out", "look.json", cwd=tmp_path).returncode == 0
    assert deckgen("schema", "--project", ".", cwd=tmp_path).returncode == 0
    assert (tmp_path / ".deckgen/theme.schema.json").read_bytes() == (tmp_path / "look.json").read_bytes()
    assert json.loads((tmp_path / ".deckgen/source.schema.json").read_text("utf-8")) == printed
    assert deckgen("schema", "--project", "nowhere", cwd=tmp_path).returncode == 2


def test_what_editors_tell_of_a_block() -> None:
    """A part of the schema as it stands."""
    defs = source_schema(NAMES)["$defs"]
    assert defs["blocks.statement.Statement"]["required"] == ["text"]
    callout = defs["block"]["properties"]["callout"]
    assert callout["allOf"] == [{"$ref": "#/$defs/blocks.callout.Callout"}]
    assert callout["markdownDescription"].startswith(callout["description"] + "\n\n```yaml\n")
    assert defs["block"]["properties"]["only"] == {
        "description": "Show the block in both outputs, or only in the deck or the handout",
        "anyOf": [{"enum": ["both", "deck", "handout"], "default": "both"}, NOTHING],
    }


def offered(value: Any, schema: Any) -> list[str]:
    """What an editor offers as a value: the words under it, whatever way leads there but a condition or a list."""
    if name := value.get("$ref", "").removeprefix("#/$defs/"):
        value = schema["$defs"][name]
    words = [*value.get("enum", []), *value.get("examples", [])]
    return [*words, *(word for way in value.get("anyOf", []) for word in offered(way, schema))]


def test_editors_offer_names_and_let_others_pass() -> None:
    own = (ROOT / "themes/paper/theme.yaml").read_text("utf-8").replace("\n  picture_left:", "\n  two_maps:")
    names = offers(MemoryWorld({"themes/ours/theme.yaml": own.encode(), "themes/bad/theme.yaml": b"["}))
    schema = source_schema(names)
    [slide, code, node] = (
        schema["$defs"][name]["properties"] for name in ("model.deck.Slide", "blocks.code.Code", "blocks.flow.Node")
    )
    assert set(offered(schema["properties"]["theme"], schema)) == {"bad", "night", "ours", "paper", "signal"}
    assert {"picture_left", "two_maps"} <= set(offered(slide["layout"], schema))
    assert not {"title", "section"} & set(offered(slide["layout"], schema))
    assert offered(slide["background"], schema) == ["accent", "dark", "light"]
    assert {"python", "docker"} <= set(offered(code["language"], schema))
    assert {"rocket", "server"} <= set(offered(node["icon"], schema))
    assert {"de", "en-GB", "zh-Hant"} <= set(offered(schema["properties"]["language"], schema))
    assert offered(schema["properties"]["citation_style"], schema) == ["author-date", "numeric"]
    look = theme_schema(names)
    layout = look["$defs"]["model.theme.Layout"]["properties"]
    assert {"accent", "series6"} <= set(offered(layout["ground"], look)) and "two_maps" in offered(
        layout["smaller"], look
    )
    assert "takeaway" in offered(layout["use"]["items"], look)
    odd = "{title: A, layout: odd, background: odd, code: {text: x, language: odd}}"
    assert wrong(f"{{deckgen: 1, title: T, theme: odd, language: odd, slides: [{odd}]}}") == []


def typed(body: str) -> str:
    """What a snippet leaves in the text if each of its places is kept as it is."""
    return re.sub(r"\\([$}\\])", r"\1", re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", r"\1", body))


def test_what_editors_write_for_a_kind_is_good() -> None:
    """Behind a dash of a body, and under a slide's title, where the line begins at another column."""
    schema = source_schema(NAMES)
    for where, before in (("block", "- title: T\n  body:\n  - "), ("model.deck.Slide", "- notes: x\n  ")):
        indent = before.rpartition("\n")[2].replace("-", " ")[: 2 if where == "block" else None]
        for kind in sorted(kinds()):
            [snippet] = schema["$defs"][where]["properties"][kind].get("defaultSnippets", [{"body": ""}])
            text = before + kind + ":" + typed(snippet["body"]).replace("\n", "\n" + indent)
            talk = "deckgen: 1\ntitle: T\nslides:\n" + text + "\n"
            assert wrong(talk) == [], talk
            _, said = read_deck(MemoryWorld({"talk.yaml": talk.encode(), **FILES}), "talk.yaml")
            assert not [d for d in said if STRUCTURE.search(d.message)], talk


def branches(schema: Any) -> list[list[Any]]:
    """Every `anyOf` and `oneOf` of a schema."""
    if isinstance(schema, list):
        return [found for entry in schema for found in branches(entry)]
    if not isinstance(schema, dict):
        return []
    here = [schema[word] for word in ("anyOf", "oneOf") if isinstance(schema.get(word), list)]
    return here + [found for value in schema.values() for found in branches(value)]


def test_what_may_be_written_in_several_ways_is_told_apart_by_its_shape() -> None:
    """Of alternatives, an editor tells what is wrong with one that was not meant; so at most one holds keys."""
    for schema in (source_schema(NAMES), slides_schema(NAMES), theme_schema(NAMES)):
        for ways in branches(schema):
            held = [way for way in ways if way not in (NOTHING, ONE_VALUE)]
            assert sum("$ref" in way or bool(way.get("properties")) for way in held) <= 1, ways


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- title: T\n  bullets: [a]\n  table: {rows: [[a]]}", "False schema does not allow"),
        ("- title: T\n  body:\n    - calout: x", "'calout' was unexpected"),
        ("- section: S\n  sumary: x", "'sumary' was unexpected"),
        ("- title: T\n  comparison:\n    left: {title: a, items: [b]}\n    rigth: 1", "'right' is a required"),
        ("- title: T\n  columns:\n    - bulets: [a]", "'bulets' was unexpected"),
    ],
)
def test_a_slip_is_told_by_itself(text: str, message: str) -> None:
    found = list(validator().iter_errors(yaml.load("deckgen: 1\ntitle: T\nslides:\n" + text, Core)))
    said = [meant for error in found for meant in leaves(error)]
    assert len(said) <= 2 and any(message in one for one in said), said


def leaves(error: Any) -> list[str]:
    """What is wrong with the one way that was meant; that nothing may be written is no other."""
    if not error.context:
        return [error.message]
    ways = [below for below in error.context if error.validator_value[below.schema_path[0]] != NOTHING]
    return [message for below in ways for message in leaves(below)]
