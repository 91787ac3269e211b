"""The preview in a real browser, beside a source that is edited."""

from __future__ import annotations

import json
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import TALK, chromium, previewed

expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    (root / "source").mkdir()
    (root / "source" / "bread.yaml").write_text(TALK, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def url(root: Path) -> Iterator[str]:
    with previewed(root) as url:
        yield url


@pytest.fixture
def source(root: Path, url: str) -> Iterator[Path]:
    """The source, which is as it was after the test, and shown so."""
    file = root / "source" / "bread.yaml"
    before = until(lambda: told(url)["talk"])
    yield file
    write(file, TALK)
    assert until(lambda: told(url)["talk"] == before)


def told(url: str) -> Any:
    """What the page is told of the talk now."""
    with urlopen(f"{url}events") as stream:
        return json.loads(stream.readline().removeprefix(b"data: "))


def until(holds: Callable[[], Any]) -> Any:
    """What holds at last, asked for again and again; what it is after half a minute if it does not."""
    end = time.monotonic() + 30
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


@pytest.fixture
def context(browser: Browser, url: str) -> Iterator[BrowserContext]:
    """A user who has opened nothing yet. Whatever the test does, nothing is asked of other hosts, and nothing fails."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, permissions=["clipboard-read", "clipboard-write"]
    )
    asked: list[str] = []
    wrong: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda problem: wrong.append(str(problem.error)))
    yield context
    context.close()
    assert asked and not [address for address in asked if not address.startswith(url)]
    assert not wrong


@pytest.fixture
def page(context: BrowserContext, url: str) -> Page:
    """The preview, when deck and handout are built."""
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#pair")).to_have_text("Deck and handout are in step", timeout=60_000)
    return page


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def drawn(page: Page, selector: str) -> bool:
    """Whether a picture has been loaded."""
    return bool(page.eval_on_selector(selector, "image => image.complete && image.naturalWidth > 0"))


def test_it_shows_slides_notes_and_the_handout(page: Page, root: Path) -> None:
    expect(page).to_have_title("Bread · deckgen")
    expect(page.locator("#slides button")).to_have_count(5)
    expect(page.locator("#slide")).to_have_attribute("alt", re.compile("Bread\nA Baker"))
    expect(page.locator("#notes")).to_have_text("Welcome.")
    expect(page.locator("#pages .sheet")).not_to_have_count(0)
    for picture in ("#slide", "#slides li:first-child img", "#pages li:first-child img"):
        until(partial(drawn, page, picture))
        assert drawn(page, picture), picture
    assert {"bread.pptx", "bread-handout.pdf"} <= {file.name for file in (root / "build").iterdir()}


def test_a_change_is_seen_and_the_place_is_kept(page: Page, source: Path) -> None:
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    expect(page.locator("#slide-title")).to_have_text("Bread needs four things")
    handout = page.locator("#pages img").first.get_attribute("src")
    write(source, TALK.replace("Flour, Water", "Rye flour, Water").replace("Pass the", "Hand the"))
    expect(page.locator("#slide")).to_have_attribute("alt", re.compile("Rye flour"))
    expect(page.locator("#notes")).to_contain_text("Hand the loaf round")
    expect(page.locator("#said")).to_have_text(re.compile("Slide 3 changed|are built"))
    expect(page.locator("#slide-title")).to_have_text("Bread needs four things")
    expect(page.locator("#pair")).to_have_text("Deck and handout are in step", timeout=60_000)
    expect(page.locator("#pages img").first).not_to_have_attribute("src", str(handout))
    page.reload()
    expect(page.locator("#slide-title")).to_have_text("Bread needs four things")


def test_a_new_slide_before_it_does_not_move_the_place(page: Page, source: Path) -> None:
    page.locator("#slides button").nth(4).click()
    write(
        source,
        TALK.replace("  - section: Oven\n", "  - title: Rest\n    bullets: [Wait]\n  - section: Oven\n"),
    )
    expect(page.locator("#slides button")).to_have_count(6)
    expect(page.locator("#slide-title")).to_have_text("Heat makes it rise")
    expect(page.locator("#slides [aria-current]")).to_have_attribute("aria-label", "Slide 6, Heat makes it rise")
    line = TALK.splitlines().index("  - title: Heat makes it rise") + 3
    expect(page.locator("#slide-place")).to_have_text(f"source/bread.yaml:{line}")


def test_an_error_stands_on_top_with_its_line_until_it_is_mended(page: Page, source: Path) -> None:
    source.write_text(TALK.replace("    reveal:", "    reveel:"))
    problem = page.locator(".problem")
    expect(problem).to_have_count(1)
    expect(problem.locator(".message")).to_have_text("unknown key 'reveel'")
    expect(problem.locator(".hint")).to_have_text("did you mean 'reveal'?")
    expect(problem.locator("pre")).to_contain_text("reveel: by-item")
    expect(problem.locator(".place").first).to_have_text(re.compile(r"^source/bread\.yaml:\d+:5$"))
    expect(page.locator("#problems")).to_contain_text("The slides are those from before.")
    expect(page.locator("#pair")).to_have_text("Not built: there are errors")
    expect(page.locator("#said")).to_contain_text("1 error: source/bread.yaml")
    expect(page.locator("#slides button")).to_have_count(5)
    problem.get_by_role("button", name="slide 3").click()
    expect(page.locator("#slide-title")).to_have_text("Bread needs four things")
    write(source, TALK)
    expect(page.locator("#problems")).to_be_hidden()
    expect(page.locator("#pair")).to_have_text("Deck and handout are in step", timeout=60_000)


def test_keys_lead_through_the_slides(page: Page) -> None:
    title = page.locator("#slide-title")
    for key, expected in (
        ("ArrowDown", "Dough"), ("PageDown", "Bread needs four things"), ("ArrowUp", "Dough"),
        ("End", "Heat makes it rise"),
        ("ArrowDown", "Heat makes it rise"), ("Home", "Bread"), ("4", "Bread"), ("Enter", "Oven"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(title).to_have_text(expected)
    page.keyboard.press("h")
    expect(page.locator("#handout")).to_be_hidden()
    page.keyboard.press("h")
    expect(page.locator("#handout")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(title).to_have_text("Oven")


def test_keys_of_the_browser_stay_its_own(page: Page, url: str) -> None:
    """Such as those that set the zoom back; and a number leads to its slide wherever the focus is."""
    for view in ("", "presenter"):
        page.goto(f"{url}{view}")
        expect(page.locator("#talk")).to_have_text("Bread")
        pressed = "key => document.body.dispatchEvent(new KeyboardEvent('keydown', %s))"
        assert page.evaluate(pressed % "{key, ctrlKey: true, bubbles: true, cancelable: true}", "0")
        assert not page.evaluate(pressed % "{key, bubbles: true, cancelable: true}", "5")
        page.keyboard.press("Shift")
        page.locator("#show-keys").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("5")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
        expect(page.locator("#slide")).to_have_attribute("alt", re.compile("Steam first"))


def test_the_focus_is_kept_while_the_talk_changes(page: Page, source: Path) -> None:
    chip = page.locator(".sheet").get_by_role("button", name="Slide 3", exact=True).first
    chip.focus()
    write(source, TALK.replace("Steam first", "Steam at first"))
    expect(page.locator("#said")).to_have_text(re.compile("Slide 5 changed"))
    expect(page.locator("#pair")).to_have_text("Deck and handout are in step", timeout=60_000)
    expect(chip).to_be_focused()
    write(source, TALK.replace("reveal:", "reveel:"))
    page.locator(".problem .place").first.focus()
    write(source, TALK.replace("reveal:", "reveel:").replace("Steam", "Steem"))
    write(source, TALK.replace("reveal:", "reveell:"))
    expect(page.locator(".problem .message")).to_have_text("unknown key 'reveell'")
    expect(page.locator("#problems")).to_be_focused()


def test_the_tab_key_comes_to_the_list_once_and_arrows_move_in_it(page: Page) -> None:
    page.locator("#slides [aria-current]").focus()
    page.keyboard.press("ArrowDown")
    focused = page.locator("#slides button:focus")
    expect(focused).to_have_attribute("aria-label", "Slide 2, Dough")
    assert page.locator("#slides button[tabindex='0']").count() == 1
    page.keyboard.press("Tab")
    expect(page.locator("#slides button:focus")).to_have_count(0)


def test_a_slide_is_never_shown_under_the_title_of_another(page: Page) -> None:
    """While its large picture is on its way, its small one stands there."""
    small_ones = page.locator("#slides img")
    assert until(lambda: small_ones.evaluate_all("all => all.every((image) => image.naturalWidth)"))
    small = page.locator("#slides img").last.evaluate("image => image.src")
    large, held = re.compile(r"/slides/.*width=(?!240)"), []
    page.route(large, lambda route: held.append(route))
    with page.expect_request(large):
        page.keyboard.press("End")
    expect(page.locator("#slide-title")).to_have_text("Heat makes it rise")
    expect(page.locator("#slide")).to_have_js_property("src", small)
    for route in held:
        route.continue_()
    page.unroute(large)
    expect(page.locator("#slide")).not_to_have_js_property("src", small)


def test_slides_and_pages_lead_to_each_other(page: Page) -> None:
    page.locator("#slides button").nth(4).click()
    chosen = page.locator(".sheet[data-current]")
    expect(chosen).to_have_count(1)
    expect(chosen.locator("p")).to_contain_text("5")
    number = (
        page.locator(".sheet").evaluate_all("all => all.findIndex(sheet => sheet.hasAttribute('data-current'))") + 1
    )
    expect(page.locator("#slide-facts")).to_contain_text(f"handout page {number}")
    expect(chosen).to_be_in_viewport()
    page.locator(".sheet > button").first.click()
    expect(page.locator("#slide-title")).to_have_text("Bread")
    page.locator(".sheet").get_by_role("button", name="Slide 3", exact=True).first.click()
    expect(page.locator("#slide-title")).to_have_text("Bread needs four things")
    expect(page.locator(".sheet[data-current] [aria-current]")).to_have_text("3")


def test_it_copies_the_place_of_a_slide(page: Page) -> None:
    page.keyboard.press("End")
    page.keyboard.press("e")
    expect(page.locator("#toast")).to_contain_text("Copied source/bread.yaml:")
    line = TALK.splitlines().index("  - title: Heat makes it rise") + 1
    assert page.evaluate("() => navigator.clipboard.readText()") == f"source/bread.yaml:{line}"


def test_it_opens_a_slide_in_the_editor(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(TALK, encoding="utf-8")
    editor = tmp_path / "editor.py"
    editor.write_text("import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(' '.join(sys.argv[2:]))")
    with previewed(
        tmp_path, "talk.yaml", "--editor", f"{sys.executable} {editor} {tmp_path}/opened {{line}} {{file}}"
    ) as url:
        page = browser.new_page()
        page.goto(url)
        expect(page.locator("#slides button")).to_have_count(5, timeout=60_000)
        page.locator("#slide-place").click()
        expect(page.locator("#toast")).to_have_text("Opened talk.yaml:1")
        page.close()
        opened = tmp_path / "opened"
        until(lambda: opened.exists() and opened.read_text())
    assert opened.read_text() == f"1 {tmp_path / 'talk.yaml'}"


def test_the_presenter_leads_the_window_of_the_audience(page: Page, context: BrowserContext) -> None:
    page.keyboard.press("ArrowDown")
    page.keyboard.press("p")
    expect(page.locator("#where")).to_have_text("Slide 2 of 5")
    with context.expect_page() as opened:
        page.keyboard.press("a")
    audience = opened.value
    picture = audience.locator("#slide")
    expect(picture).to_have_attribute("alt", re.compile("Dough"))
    page.bring_to_front()
    page.keyboard.press("PageDown")
    expect(picture).to_have_attribute("alt", re.compile("Bread needs four things"))
    expect(page.locator("#notes")).to_contain_text("Pass the loaf round")
    expect(page.locator("#next-title")).to_have_text("with the next click")
    for key, step in (("ArrowRight", "1"), (" ", "2"), ("PageUp", "1"), ("PageDown", "2"), ("PageDown", "all")):
        page.keyboard.press(key)
        expect(picture).to_have_attribute("src", re.compile(f"step={step}$" if step != "all" else r"width=\d+$"))
        assert until(lambda: drawn(page, "#slide"))
    page.keyboard.press("b")
    expect(picture).not_to_be_visible()
    page.keyboard.press("b")
    expect(picture).to_be_visible()
    page.keyboard.press("5")
    page.keyboard.press("Enter")
    expect(picture).to_have_attribute("alt", re.compile("Steam first"))
    expect(page.locator("#next-title")).to_have_text("The end")
    audience.keyboard.press("Home")
    expect(page.locator("#where")).to_have_text("Slide 1 of 5")
    expect(picture).to_have_attribute("alt", re.compile("A Baker"))
    page.keyboard.press("p")
    expect(page.locator("#slide-title")).to_have_text("Bread")


def all_loaded(page: Page) -> bool:
    """Whether all slides are there as large as the one that is shown: a picture for each, and for each click before
    the last."""
    [width] = re.findall(r"width=\d+", str(page.locator("#slide").get_attribute("src")))
    loaded = page.evaluate("() => performance.getEntriesByType('resource').map(({ name }) => name)")
    return len({address for address in loaded if re.search(rf"{width}(&step=\d)?$", address)}) == 5 + 3


def test_the_talk_goes_on_when_the_program_has_ended(browser: Browser, tmp_path: Path) -> None:
    """In both windows, in sizes that were not asked for before as well."""
    (tmp_path / "talk.yaml").write_text(TALK, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    with previewed(tmp_path, "talk.yaml", "--only", "deck") as url:
        page.goto(f"{url}presenter")
        expect(page.locator("#where")).to_have_text("Slide 1 of 5", timeout=60_000)
        with context.expect_page() as opened:
            page.keyboard.press("a")
        audience = opened.value
        expect(audience.locator("#slide")).to_have_attribute("alt", re.compile("A Baker"))
        assert until(partial(all_loaded, page)) and until(partial(all_loaded, audience))
    page.bring_to_front()
    expect(page.locator("#toast")).to_have_text("deckgen has ended; the talk goes on")
    page.set_viewport_size({"width": 900, "height": 700})
    page.keyboard.press("End")
    for each in (page, audience):
        expect(each.locator("#slide")).to_have_attribute("alt", re.compile("Steam first"))
        assert until(partial(drawn, each, "#slide"))
    context.close()


def test_notes_begin_at_their_beginning_and_keep_their_place(page: Page, source: Path) -> None:
    write(source, TALK.replace("notes: Welcome.", "notes: |\n" + "  Welcome to you all.\n\n" * 40))
    stage = page.locator("#stage")
    expect(page.locator("#notes p")).to_have_count(40)
    stage.evaluate("stage => { stage.scrollTop = 400 }")
    page.locator("#notes p").nth(30).evaluate("p => getSelection().selectAllChildren(p)")
    write(source, source.read_text().replace("Steam first", "Steam at first"))
    expect(page.locator("#said")).to_have_text(re.compile("Slide 5 changed|are built"))
    assert stage.evaluate("stage => stage.scrollTop") == 400
    assert page.evaluate("() => getSelection().toString().trim()") == "Welcome to you all."
    page.keyboard.press("ArrowDown")
    expect(page.locator("#slide-title")).to_have_text("Dough")
    assert stage.evaluate("stage => stage.scrollTop") == 0


def test_a_link_over_the_list_leads_to_the_slide_that_is_shown(page: Page) -> None:
    page.keyboard.press("End")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#stage")).to_be_focused()
    expect(page.locator("#slide-title")).to_have_text("Heat makes it rise")


def test_words_of_ours_are_english_in_a_talk_that_is_not(page: Page, source: Path) -> None:
    write(
        source,
        TALK.replace("title: Bread\n", "title: Brot\nlanguage: de\n").replace("notes: Welcome.", "notes: Hallo."),
    )
    expect(page.locator("#talk")).to_have_text("Brot")
    assert page.locator("#talk").evaluate("found => found.lang") == "de"
    assert page.locator("#notes p").evaluate("found => found.closest('[lang]').lang") == "de"
    page.keyboard.press("End")
    expect(page.locator("#notes p")).to_have_text("No notes")
    assert page.locator("#notes p").evaluate("found => found.closest('[lang]').lang") == "en"


def test_the_presenter_sees_an_edit_and_the_time(page: Page, source: Path) -> None:
    page.goto(re.sub("#.*", "presenter#four", page.url))
    expect(page.locator("#slot")).to_have_text("of 10:00")
    expect(page.locator("#elapsed")).to_have_text("0:00")
    page.keyboard.press("t")
    expect(page.locator("#elapsed")).to_have_text(re.compile("0:(0[1-9]|[1-5].)"))
    expect(page.locator("#pace")).to_have_text("on time")
    page.keyboard.press("t")
    expect(page.locator("#run")).to_have_text("Go on")
    page.evaluate("() => sessionStorage.setItem('deckgen timer', JSON.stringify({spent: 5 * 60_000, since: null}))")
    page.reload()
    expect(page.locator("#elapsed")).to_have_text("5:00")
    expect(page.locator("#pace")).to_have_text("3 min behind")
    write(source, TALK.replace("Pass the", "Hand the"))
    expect(page.locator("#notes")).to_contain_text("Hand the")
    expect(page.locator("#where")).to_contain_text("Slide 3 of 5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_a_screen_reader_out(browser: Browser, url: str, source: Path, scheme: str) -> None:
    """By axe-core's rules, of the slides, of an error, of the presenter's view, and of a narrow window."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#pages .sheet")).not_to_have_count(0, timeout=60_000)
    accessible(page)
    write(source, TALK.replace("    reveal:", "    reveel:"))
    expect(page.locator(".problem")).to_have_count(1)
    accessible(page)
    page.set_viewport_size({"width": 500, "height": 900})
    accessible(page)
    page.goto(f"{url}presenter")
    expect(page.locator("#where")).to_contain_text("Slide 1")
    accessible(page)
    context.close()


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()


def test_the_window_can_be_narrow(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    expect(page.locator("#slide")).to_be_in_viewport()


def test_each_style_of_the_handout_can_be_seen(page: Page, source: Path) -> None:
    write(source, TALK.replace("theme: paper", "theme: paper\nhandout: [article, grid-6, slides]"))
    style = page.get_by_label("Style of the handout")
    expect(style.locator("option")).to_have_count(3, timeout=60_000)
    page.locator("#slides button").nth(4).click()
    style.select_option("handout-slides")
    expect(page.locator(".sheet")).to_have_count(5)
    expect(page.locator(".sheet[data-current] p")).to_have_text("Page 55")
    expect(page.locator("#slide-facts")).to_contain_text("handout page 5")
    style.select_option("handout-grid-6")
    expect(page.locator(".sheet")).to_have_count(1)
    expect(page.locator(".sheet[data-current] [aria-current]")).to_have_text("5")


def test_it_says_when_deckgen_has_ended(browser: Browser, root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "source", tmp_path / "source")
    page = browser.new_page()
    with previewed(tmp_path) as url:
        page.goto(url)
        expect(page.locator("#slides button")).to_have_count(5, timeout=60_000)
    expect(page.locator("#pair")).to_have_text("deckgen has ended; started again, it opens a new page")
    page.close()
