"""A real browser, and a preview as a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.command import COMMAND

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ("--disable-gpu",)
"""Pages are painted without a process that stands in for a graphics card: where there is none, that process translates
its programs as it goes, which a busy machine has no time for. That the browser has no sandbox, and keeps what its
processes share under /tmp and not in a small /dev/shm, is Playwright's own way."""
LONG = "\n\n".join(f"      {'Time is the fifth, and nobody sells it. ' * 9}" for _ in range(14))
"""Print text that fills a page."""
TALK = f"""\
deckgen: 1
title: Bread
author: A Baker
date: 2026-11-24
theme: paper
minutes: 10
notes: Welcome.
slides:
  - section: Dough
  - title: Bread needs four things
    id: four
    reveal: by-item
    minutes: 2
    bullets: [Flour, Water, Salt]
    notes: |
      Pass the **loaf** round:

      - smell
      - [read](https://example.com/)
    handout: |
{LONG}
  - section: Oven
  - title: Heat makes it rise
    id: heat
    bullets: [Steam first]
    handout: Steam keeps the crust soft.
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, from the system: nothing is downloaded."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    assert path, f"one of these has to be installed: {', '.join(NAMES)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def previewed(root: Path, *options: str) -> Iterator[str]:
    """The address of a preview of the one source in a project folder; it has to end when it is told to."""
    process = subprocess.Popen(
        [*COMMAND, "preview", "--no-browser", *options],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
        assert process.poll() is None, "it still runs"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
