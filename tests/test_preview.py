"""The server of the preview: who may ask for what, and what it tells of a talk."""

from __future__ import annotations

import asyncio
import io
import json
import re
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from deckgen.build import Build, Options, build
from deckgen.diagnostics import Diagnostic, Span, error, warning
from deckgen.preview.app import app, states
from deckgen.preview.editor import arguments, open_at
from deckgen.preview.following import Following, Outcome
from deckgen.preview.handouts import printed
from deckgen.preview.live import Live
from deckgen.preview.pictures import Cache
from deckgen.preview.state import Files
from deckgen.talk import Talk, prepare
from deckgen.typeset.cuts import default_folder
from deckgen.world import MemoryWorld, packaged_themes
from tests.browser import TALK
from tests.command import deckgen, project

HOST = "127.0.0.1:4444"
FILE = "source/bread.yaml"
WORLD = MemoryWorld({FILE: TALK.encode()}, default_folder())
POST = {"origin": f"http://{HOST}", "content-type": "application/json"}


def files(text: str = TALK) -> Files:
    return Files(lambda file: file, lambda file: text if file == FILE else None)


def talk_of(text: str) -> Talk:
    talk, found = prepare(MemoryWorld({FILE: text.encode()}, default_folder()), FILE)
    assert talk, found
    return talk


@pytest.fixture(scope="module")
def talk() -> Talk:
    return talk_of(TALK)


@pytest.fixture(scope="module")
def made() -> Build:
    return build(WORLD, FILE, Options())


@pytest.fixture
def live(talk: Talk, made: Build) -> Live:
    live = Live(FILE, files(), editor=True)
    live.show(talk, ())
    live.print(printed(made, talk.show), talk, (), "built")
    return live


opened_places: list[tuple[str, int]] = []


@pytest.fixture
def client(live: Live) -> TestClient:
    def opened(file: str, line: int) -> str:
        opened_places.append((file, line))
        return ""

    return TestClient(app(live, "token", [HOST], opened), base_url=f"http://{HOST}")


def state(live: Live) -> Any:
    return json.loads(live.message()[1])


def test_only_the_address_with_the_token_is_answered(client: TestClient) -> None:
    assert client.get("/token/").status_code == 200
    for path in ("/", "/token", "/Token/", "/tokens/", "/x/token/", "/token/x", "/token/static/", "/presenter"):
        assert client.get(path, follow_redirects=False).status_code == 404, path


@pytest.mark.parametrize("host", ["evil.example", "evil.example:4444", "127.0.0.1", "127.0.0.1:80", "localhost", ""])
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/token/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "path",
    [
        "/token/static/../app.py",
        "/token/static/..%2fapp.py",
        "/token/static/%2e%2e/app.py",
        "/token/../token/static/..\\app.py",
        "/token/static//etc/passwd",
        "/token/fonts/../../../../etc/passwd",
        "/token/slides/../../app.png?width=640",
        "/token/static/app.py",
    ],
)
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (400, 404)


def test_pages_say_what_a_browser_may_do_with_them(client: TestClient) -> None:
    for path in ("/token/", "/token/presenter", "/token/audience", "/token/static/page.js", "/nothing"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
    assert client.get("/token/fonts/serif.ttf").headers["content-type"] == "font/ttf"


def test_files_are_read_and_no_more(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert client.request(method, "/token/", headers=POST).status_code == 405, method
    assert client.get("/token/open").status_code == 405


def test_only_the_page_may_have_a_place_opened(client: TestClient, live: Live) -> None:
    place = state(live)["talk"]["slides"][2]["place"]
    body = json.dumps({"file": place["file"], "line": place["line"]})
    for headers in (
        {},
        {**POST, "origin": "http://evil.example"},
        {**POST, "content-type": "text/plain"},
        {**POST, "origin": "null"},
    ):
        assert client.post("/token/open", content=body, headers=headers).status_code == 403, headers
    assert client.get("/token/", headers={"origin": "http://evil.example"}).status_code == 403
    opened_places.clear()
    assert client.post("/token/open", content=body, headers=POST).text == ""
    assert opened_places == [(FILE, place["line"])]
    for file, line in (("/etc/passwd", 1), (FILE, 9999), ("../x", 1), (FILE, [])):
        answer = client.post("/token/open", content=json.dumps({"file": file, "line": line}), headers=POST)
        assert answer.status_code in (400, 404)
    assert client.post("/token/open", content="[", headers=POST).status_code == 400
    assert len(opened_places) == 1


def picture(client: TestClient, path: str) -> Image.Image:
    answer = client.get(f"/token/{path}")
    assert answer.status_code == 200, path
    assert "immutable" in answer.headers["cache-control"]
    return Image.open(io.BytesIO(answer.content))


def test_a_slide_is_drawn_at_the_width_asked_for(client: TestClient, live: Live) -> None:
    four = state(live)["talk"]["slides"][2]
    assert picture(client, f"slides/{four['digest']}.png?width=640").size == (640, 360)
    assert picture(client, f"slides/{four['digest']}.png?width=1280").size == (1280, 720)
    for bad in ("", "?width=641", "?width=99999999", "?width=-1", "?width=640&step=-1", "?width=640&step=x"):
        assert client.get(f"/token/slides/{four['digest']}.png{bad}").status_code == 400, bad
    assert client.get(f"/token/slides/{four['digest']}.png?width=640&step=4").status_code == 404
    assert client.get("/token/slides/0000.png?width=640").status_code == 404


def test_each_click_shows_more_of_a_slide(client: TestClient, live: Live) -> None:
    four = state(live)["talk"]["slides"][2]
    assert four["steps"] == 3
    path = f"slides/{four['digest']}.png?width=640"
    ink = [sum(picture(client, f"{path}&step={step}").convert("L").histogram()[:128]) for step in range(4)]
    assert ink == sorted(set(ink))
    assert picture(client, f"{path}&step=3").tobytes() == picture(client, path).tobytes()


def test_pages_of_the_handout_are_drawn(client: TestClient, live: Live) -> None:
    [handout] = state(live)["handouts"]
    count = len(handout["pages"])
    width, height = picture(client, f"pages/{handout['digest']}/{count}.png?width=640").size
    assert (width, round(height / 10)) == (640, 91)
    for number in (0, count + 1, 9999):
        assert client.get(f"/token/pages/{handout['digest']}/{number}.png?width=640").status_code == 404
    assert client.get("/token/pages/none/1.png?width=640").status_code == 404


def test_the_state_links_slides_and_pages_both_ways(live: Live) -> None:
    told = state(live)
    [handout] = told["handouts"]
    first, _ = handout["places"]["heat"]
    assert "heat" in handout["pages"][first - 1]["slides"]
    assert "four" not in handout["pages"][first - 1]["slides"]
    assert told["pair"] == "built"


def test_the_state_tells_what_stands_beside_a_slide(live: Live) -> None:
    told = state(live)["talk"]
    four = told["slides"][2]
    assert (told["title"], told["minutes"], told["sections"]) == ("Bread", 10, {"1": "Dough", "2": "Oven"})
    assert {"Bread needs four things", "Flour", "Water", "Salt"} <= set(four["text"].splitlines())
    assert [run["text"] for run in four["notes"][0]["runs"]] == ["Pass the ", "loaf", " round:"]
    assert four["notes"][0]["runs"][1]["bold"] is True
    assert four["notes"][2] == {
        "level": 0, "marker": "–", "runs": [{"text": "read", "link": "https://example.com/"}],
    }  # fmt: skip
    assert four["place"]["text"] == f"{FILE}:10"
    assert (four["minutes"], four["soFar"]) == (2, 2)


def test_errors_leave_the_last_slides(live: Live, talk: Talk) -> None:
    before = state(live)["talk"]
    live.show(
        None, (warning(Span(FILE, 90, 3), "too long"), error(Span(FILE, 13, 5), "no such key", "did you mean minutes?"))
    )
    told = state(live)
    assert told["stale"] and told["talk"] == before and told["pair"] == "failed"
    problem, other = told["problems"]
    assert (problem["severity"], problem["message"], problem["hint"]) == (
        "error",
        "no such key",
        "did you mean minutes?",
    )
    assert (problem["place"]["text"], problem["column"], problem["slide"]) == (f"{FILE}:13", 5, "four")
    assert (problem["excerpt"], problem["caret"]) == ("    minutes: 2", 4)
    assert other["slide"] == "heat"
    live.show(talk, ())
    assert not state(live)["stale"] and not state(live)["problems"]


def test_only_pictures_of_changed_slides_have_new_addresses(live: Live) -> None:
    before = {slide["id"]: slide["digest"] for slide in state(live)["talk"]["slides"]}
    live.show(talk_of(TALK.replace("Steam first", "Steam at first").replace("Welcome", "Good morning")), ())
    after = {slide["id"]: slide["digest"] for slide in state(live)["talk"]["slides"]}
    assert [name for name in before if before[name] != after[name]] == ["heat"]
    assert live.look(before["heat"]), "a browser may still ask for the picture from before"
    paper = {f"themes/paper/{file.name}": file.read_bytes() for file in (packaged_themes() / "paper").iterdir()}
    paper["themes/paper/handout.css"] += b"/* for print */"
    printed_otherwise, _ = prepare(MemoryWorld({FILE: TALK.encode(), **paper}, default_folder()), FILE)
    assert printed_otherwise
    live.show(printed_otherwise, ())
    assert {slide["id"]: slide["digest"] for slide in state(live)["talk"]["slides"]} == before
    live.show(talk_of(TALK.replace("theme: paper", "theme: night")), ())
    assert not set(after.values()) & {slide["digest"] for slide in state(live)["talk"]["slides"]}


def test_a_stream_tells_each_state_and_ends_with_the_server(live: Live, talk: Talk) -> None:
    async def told() -> list[bytes]:
        stream = states(live)
        found = [await anext(stream)]
        threading.Timer(0.1, lambda: live.show(None, (error(Span(FILE), "broken"),))).start()
        found.append(await asyncio.wait_for(anext(stream), 5))
        threading.Timer(0.1, live.close).start()
        found += [message async for message in stream]
        return found

    first, second = asyncio.run(told())
    assert first.startswith(b"data: {") and first.endswith(b"}\n\n") and first.count(b"\n") == 2
    assert b"broken" in second and b"broken" not in first


@dataclass
class Answer:
    talk: Talk | None
    diagnostics: tuple[Diagnostic, ...] = ()
    changed: tuple[str, ...] = ("four",)


class Scripted:
    """A session that says what it is told to; a pair takes until `go` is set."""

    def __init__(self, talk: Talk | None, pair: Build | Exception) -> None:
        self.talk, self._pair = talk, pair
        self.go, self.pairs, self.rests = threading.Event(), 0, 0

    def refresh(self) -> Answer:
        if self.talk is None:
            raise RuntimeError("out of order")
        return Answer(self.talk)

    def pair(self) -> Build:
        self.pairs += 1
        assert self.go.wait(10)
        if isinstance(self._pair, Exception):
            raise self._pair
        return self._pair

    def rest(self) -> None:
        self.rests += 1

    def close(self) -> None:
        self.go.set()


def until(live: Live, pair: str) -> Any:
    """The state as soon as the pair is in this one."""
    changed = threading.Event()
    stop = live.listen(changed.set)
    while state(live)["pair"] != pair:
        assert changed.wait(10)
        changed.clear()
    stop()
    return state(live)


def test_a_burst_of_changes_makes_two_pairs_at_most(talk: Talk, made: Build) -> None:
    live, session, written = Live(FILE, files(), False), Scripted(talk, made), list[Build]()
    told: list[Outcome] = []
    with Following(session, live, FILE, written.append, told.append) as following:
        for _ in range(5):
            following.refresh()
        assert state(live)["pair"] == "building"
        session.go.set()
        until(live, "built")
        end = time.monotonic() + 10
        while not told and time.monotonic() < end:
            time.sleep(0.01)
    assert [(outcome.built, outcome.changed) for outcome in told] == [(True, ("four",))]
    assert 1 <= session.pairs <= 2 and len(written) == session.rests == session.pairs
    assert state(live)["handouts"]


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (OSError(28, "No space left on device", "build"), "no room is left on the disk of build"),
        (RuntimeError("odd"), "has a fault: RuntimeError: odd"),
    ],
)
def test_what_goes_wrong_with_a_pair_is_said_on_the_page(talk: Talk, problem: Exception, says: str) -> None:
    live, session = Live(FILE, files(), False), Scripted(talk, problem)
    session.go.set()
    with Following(session, live, FILE, lambda build: None, lambda outcome: None) as following:
        following.refresh()
        told = until(live, "failed")
    assert says in told["problems"][0]["message"]
    assert told["talk"]["title"] == "Bread"


def test_a_fault_does_not_end_the_preview(talk: Talk) -> None:
    live, session = Live(FILE, files(), False), Scripted(None, Build())
    with Following(session, live, FILE, lambda build: None, lambda outcome: None) as following:
        following.refresh()
        assert "out of order" in state(live)["problems"][0]["message"]
        session.talk = talk
        following.refresh()
        assert not state(live)["problems"]


def test_an_interrupt_is_no_fault(talk: Talk) -> None:
    class Cut(Scripted):
        def refresh(self) -> Answer:
            try:
                raise KeyboardInterrupt
            finally:
                raise OSError("cut short while it is put away")

    with (
        pytest.raises(KeyboardInterrupt),
        Following(Cut(talk, Build()), Live(FILE, files(), False), FILE, lambda _: None, lambda _: None) as following,
    ):
        following.refresh()


def test_an_editor_is_started_without_a_shell(tmp_path: Path) -> None:
    file = tmp_path / "a talk; $(touch x).yaml"
    assert arguments("code -g {file}:{line}", file, 7) == ["code", "-g", f"{file}:7"]
    assert arguments("'my editor' +{line} {file}", file, 0) == ["my editor", "+1", str(file)]
    for bad in ("code", "code '{file}", ""):
        with pytest.raises(ValueError):
            arguments(bad, file, 1)
    assert "can't be started" in open_at("no-such-editor {file}", file, 1)


def test_pictures_longest_unused_are_given_up() -> None:
    cache = Cache(limit=10)
    for name in "abc":
        cache.put(name, b"1234")
        cache.get("a")
    assert [cache.get(name) is not None for name in "abc"] == [True, False, True]


def test_the_command_tells_what_it_can_not_do(tmp_path: Path) -> None:
    root = project(tmp_path / "p", one=TALK, two=TALK)
    (root / "build").mkdir()
    for options, says in (
        ([], "there are several sources"),
        (["source/one.yaml", "--editor", "code"], "write {file}"),
        (["source/one.yaml", "--theme", "papr"], "did you mean 'paper'?"),
        (["build"], "build is a folder without sources: name a source"),
    ):
        done = deckgen("preview", "--no-browser", *options, cwd=root)
        assert done.returncode == 2 and says in done.stderr, done.stderr
    for source, says in (("source/onne.yaml", "did you mean source/one.yaml?"), ("nowhere/talk.yaml", "no file")):
        done = deckgen("preview", "--no-browser", source, cwd=root)
        assert done.returncode == 1 and says in done.stderr, done.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = deckgen("preview", "--no-browser", "source/one.yaml", "--port", port, cwd=root)
    assert done.returncode == 1 and f"port {port} can't be had: another program has it" in done.stderr
    assert re.search(r"take one such as \d+$", done.stderr.strip())
