"""Findings for programs, each line ended: JSON, SARIF for code scanners, and annotations of GitHub's workflows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from deckgen import __version__
from deckgen.diagnostics import CODES, Diagnostic
from deckgen.report import printable


def as_json(found: tuple[Diagnostic, ...]) -> str:
    """A list of mappings; a line or column of 0 means the file as a whole."""
    return as_lines([fields_of(diagnostic) for diagnostic in found])


def as_lines(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def fields_of(diagnostic: Diagnostic) -> dict[str, Any]:
    span = diagnostic.span
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "fix": {"old": diagnostic.fix.old, "new": diagnostic.fix.new} if diagnostic.fix else None,
    }


def as_sarif(found: tuple[Diagnostic, ...]) -> str:
    """SARIF 2.1.0 (OASIS), one run."""
    used = sorted({diagnostic.code for diagnostic in found})
    rules = [{"id": code, "shortDescription": {"text": CODES[code]}} for code in used]
    driver = {"name": "deckgen", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [result(diagnostic) for diagnostic in found],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return as_lines({"$schema": schema, "version": "2.1.0", "runs": [run]})


def result(diagnostic: Diagnostic) -> dict[str, Any]:
    span = diagnostic.span
    place: dict[str, Any] = {"artifactLocation": {"uri": address(Path(span.file))}}
    if span.line:
        place["region"] = {"startLine": span.line, "startColumn": max(1, span.column)}
    return {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity,
        "message": {"text": in_a_sentence(diagnostic)},
        "locations": [{"physicalLocation": place}],
    }


def address(file: Path) -> str:
    """A path as a URI, or as a reference to one if it is relative (RFC 3986): spaces and umlauts are escaped."""
    return file.as_uri() if file.is_absolute() else quote(file.as_posix())


def as_github(found: tuple[Diagnostic, ...]) -> str:
    """Workflow commands of GitHub Actions, a line each."""
    return "".join(f"{printable(annotation(diagnostic))}\n" for diagnostic in found)


def annotation(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    place = {"file": span.file, "line": span.line, "col": span.column, "title": f"deckgen: {diagnostic.code}"}
    properties = ",".join(f"{name}={escaped(str(value), ':,')}" for name, value in place.items() if value)
    return f"::{diagnostic.severity} {properties}::{escaped(in_a_sentence(diagnostic))}"


def escaped(text: str, further: str = "") -> str:
    """Text that ends neither its line nor its property."""
    return "".join(f"%{ord(c):02X}" if c in f"%\r\n{further}" else c for c in text)


def in_a_sentence(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}; {diagnostic.hint}" if diagnostic.hint else diagnostic.message


FORMATS: Mapping[str, Callable[[tuple[Diagnostic, ...]], str]] = MappingProxyType(
    {"json": as_json, "sarif": as_sarif, "github": as_github}
)
