"""The site of the documentation: what is on it, and how it is in a real browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import click
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from deckgen.cli import cli
from tests.browser import chromium
from website.examples import ROOT
from website.pictures import shown_kinds


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", "website/mkdocs.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "true"}
    done = subprocess.run([*command, "--site-dir", folder], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_the_site_shows_every_kind_in_every_theme_and_in_print(site: Path) -> None:
    reference = (site / "source-format.html").read_text(encoding="utf-8")
    for kind in shown_kinds():
        for theme in ("paper", "night", "signal", "print"):
            assert f'src="assets/kinds/{kind}-{theme}.webp"' in reference
            assert (site / "assets" / "kinds" / f"{kind}-{theme}.webp").stat().st_size > 1000


def test_the_site_tells_every_command_with_its_options(site: Path) -> None:
    page = (site / "commands.html").read_text(encoding="utf-8")
    context = click.Context(cli)
    for command in filter(None, (cli.get_command(context, name) for name in cli.list_commands(context))):
        for option in command.params:
            assert all(f"{name}" in page for name in option.opts if name.startswith("--"))


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    loads = re.compile(
        r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"?(https?:|//)|<link\b[^>]*\bhref=\"?(?:https?:|//)"
    )
    styles = re.compile(r"(?:url\(|@import)\s*['\"]?(?:https?:|//)")
    for page in site.rglob("*.html"):
        assert not loads.search(page.read_text(encoding="utf-8")), page
    for sheet in site.rglob("*.css"):
        assert not styles.search(sheet.read_text(encoding="utf-8")), sheet


def test_search_finds_a_page_without_network(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.get_by_role("textbox", name="Search").press_sequentially("Gauss")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/how-to/formulas.html*")
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]


def test_a_theme_chosen_for_one_kind_is_shown_for_all(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/source-format.html#chart")
    page.get_by_text("signal", exact=True).nth(1).click()
    picture = page.get_by_alt_text("venn in the theme signal")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.naturalWidth === 1200", arg=picture.element_handle())


@pytest.mark.parametrize("name", ["index", "first-talk", "source-format", "commands", "printing", "how-to/numbers"])
def test_a_page_fits_a_phone(browser: Browser, address: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "how-to/code", "commands"])
def test_what_is_read_can_be_told_from_its_ground(browser: Browser, address: str, name: str, scheme: str) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{address}/{name}.html")
    assert faults(page) == []


def faults(page: Page) -> list[str]:
    """What axe finds of contrast and alternative texts, with the elements."""
    rules = ["color-contrast", "image-alt", "link-name", "heading-order"]
    found = Axe().run(page, options={"runOnly": {"type": "rule", "values": rules}})
    return [f"{rule['id']}: {node['html']}" for rule in found.response["violations"] for node in rule["nodes"]]
