"""The command: arguments in, files and diagnostics out, exit status."""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

import click

from deckgen import __version__
from deckgen.cli.sources import BAD_SOURCE, FAULT, STATUS
from deckgen.interrupts import INTERRUPTED, end, end_at_interrupts, interruption
from deckgen.refusals import in_words
from deckgen.report import say

COMMANDS = ("new", "build", "watch", "preview", "check", "verify", "changes", "fonts", "themes", "schema", "import")


class Commands(click.Group):
    """The commands, each loaded when it is asked for: `build` is `build` in `cli/build.py`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = "importing" if cmd_name == "import" else cmd_name
        found: click.Command = getattr(import_module(f"deckgen.cli.{name}"), name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]}, epilog=STATUS)
@click.version_option(__version__, prog_name="deckgen")
def cli() -> None:
    """Compile talks: one YAML source, an editable PowerPoint deck and a print-ready handout."""


def main() -> None:
    """Run the command; whatever happens, the user reads a sentence and no traceback."""
    try:
        end_at_interrupts()
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        done = status()
        gc.freeze()  # Python looks for cycles once more when it ends: a tenth of the time of a check, and for nothing.
    except (KeyboardInterrupt, SystemExit) as stopped:
        done = status_of(stopped)
    end(done)


def status() -> int:
    """Do what the arguments ask for, and give the exit status."""
    try:
        return cli.main(prog_name="deckgen", standalone_mode=False) or 0
    except SystemExit as done:
        return status_of(done)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED + signal.SIGINT
    except MemoryError:
        say("deckgen: error: there is not enough memory; split the talk", sys.stderr)
        return BAD_SOURCE
    except OSError as problem:
        say(f"deckgen: error: {in_words(problem, Path())}", sys.stderr)
        return BAD_SOURCE
    except Exception as problem:
        if stopped := interruption(problem):
            return status_of(stopped)
        if os.environ.get("DECKGEN_DEBUG"):
            raise
        say(f"deckgen: internal error: {type(problem).__name__}: {problem}", sys.stderr)
        say("  this is a fault of deckgen, not of the source, and the source's outputs are as they were", sys.stderr)
        say("  please report it, with the output of the same command under DECKGEN_DEBUG=1", sys.stderr)
        return FAULT


def status_of(ending: KeyboardInterrupt | SystemExit) -> int:
    return INTERRUPTED + signal.SIGINT if isinstance(ending, KeyboardInterrupt) else int(ending.code or 0)
