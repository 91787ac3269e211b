"""Opening a place of the source in the author's editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path


def arguments(template: str, file: Path, line: int) -> list[str]:
    """The command of a template such as `code -g {file}:{line}`. No shell reads it.

    Errors: `ValueError` for a quotation mark without its partner, or a template without `{file}`.
    """
    words = shlex.split(template, posix=os.name != "nt")
    if not any("{file}" in word for word in words):
        raise ValueError("it does not say where the file goes: write {file} there, as in 'code -g {file}:{line}'")
    return [word.replace("{line}", str(max(1, line))).replace("{file}", str(file)) for word in words]


def open_at(template: str, file: Path, line: int) -> str:
    """Start the editor, and leave it to itself; gives what went wrong, empty if nothing did."""
    command = arguments(template, file, line)
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as problem:
        return f"{command[0]} can't be started: {problem.strerror}"
    return ""
