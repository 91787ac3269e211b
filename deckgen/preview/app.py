"""The addresses of the local page."""

from __future__ import annotations

import asyncio
import importlib.util
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from deckgen.preview.guard import Guard
from deckgen.preview.live import Live
from deckgen.preview.pictures import Cache, slide_picture

WIDTHS = (160, 240, 320, 480, 640, 800, 960, 1280, 1600, 1920, 2560, 3840)
"""How many pixels wide pictures are made; the page asks for one of these."""
ALIVE_S = 15.0
"""A stream that says nothing for so long says that it is there."""
FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}
"""The address of a picture holds the digest of its content."""
STATIC = Path(__file__).parent / "static"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FONTS = {
    "serif.ttf": ("fontpkg_newsreader", "Newsreader[opsz,wght].ttf"),
    "serif-italic.ttf": ("fontpkg_newsreader", "Newsreader-Italic[opsz,wght].ttf"),
    "sans.ttf": ("fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    "mono.ttf": ("fontpkg_source_code_pro", "SourceCodePro[wght].ttf"),
}
"""The page is set in the fonts of the theme `paper`, whose packages are installed with deckgen."""

Open = Callable[[str, int], str]
"""Opens a file at a line in the author's editor; gives what went wrong, empty if nothing did."""


def app(live: Live, token: str, hosts: Collection[str], opened: Open) -> ASGIApp:
    """The page of a talk under a token, for requests to these hosts."""
    cache = Cache()

    def slide(request: Request) -> Response:
        """The picture of a slide, after so many clicks or after the last."""
        digest, width = request.path_params["digest"], asked_width(request)
        step = whole(request.query_params["step"]) if "step" in request.query_params else None
        name = (digest, step, width)
        data = cache.get(name)
        if data is None:
            look = live.look(digest)
            if look is None or (step is not None and step > len(look.page.steps)):
                raise HTTPException(404)
            data = cache.put(name, slide_picture(look, step, width))
        return Response(data, media_type="image/png", headers=FOR_EVER)

    def page(request: Request) -> Response:
        """The picture of a page of a handout."""
        digest, number, width = request.path_params["digest"], request.path_params["number"], asked_width(request)
        name = (digest, number, width)
        data = cache.get(name)
        if data is None:
            sheets = live.sheets(digest)
            found = sheets.picture(number - 1, width) if sheets and 0 < number <= len(sheets.sizes) else None
            if found is None:
                raise HTTPException(404)
            data = cache.put(name, found)
        return Response(data, media_type="image/png", headers=FOR_EVER)

    async def events(_: Request) -> Response:
        return StreamingResponse(states(live), media_type="text/event-stream")

    async def open_place(request: Request) -> Response:
        """Open a place that the page shows; the answer is what went wrong."""
        try:
            asked = await request.json()
            place = (asked["file"], asked["line"])
            known = place in live.places()
        except (ValueError, KeyError, TypeError):
            raise HTTPException(400) from None
        if not known:
            raise HTTPException(404)
        return Response(await asyncio.to_thread(opened, *place), media_type="text/plain")

    routes = [
        *(Route(path, fixed(STATIC / f"{name}.html")) for path, name in PAGES.items()),
        *(Route(f"/static/{file.name}", fixed(file)) for file in sorted(STATIC.iterdir()) if file.suffix in TYPES),
        *(Route(f"/fonts/{name}", fixed(font_file(*font), "font/ttf")) for name, font in FONTS.items()),
        Route("/events", events),
        Route("/slides/{digest}.png", slide),
        Route("/pages/{digest}/{number:int}.png", page),
        Route("/open", open_place, methods=["POST"]),
    ]
    served = Starlette(routes=[Mount(f"/{token}", routes=routes)])
    served.router.redirect_slashes = False
    return Guard(served, token, hosts)


PAGES = {"/": "index", "/presenter": "presenter", "/audience": "audience"}


def fixed(file: Path, media_type: str = "") -> Callable[[Request], Response]:
    """An endpoint that answers with a file of ours."""

    def answer(_: Request) -> Response:
        return Response(file.read_bytes(), headers={"content-type": media_type or TYPES[file.suffix]})

    return answer


def font_file(package: str, name: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec and spec.origin, f"{package} is installed with deckgen"
    return Path(spec.origin).parent / "files" / name


def asked_width(request: Request) -> int:
    width = whole(request.query_params.get("width", ""))
    if width not in WIDTHS:
        raise HTTPException(400)
    return width


def whole(text: str) -> int:
    """A number of at most four digits."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise HTTPException(400)
    return int(text)


async def states(live: Live) -> AsyncIterator[bytes]:
    """The state, and again whenever it changes, as server-sent events. States that nobody waited for are left out."""
    loop, changed, sent = asyncio.get_running_loop(), asyncio.Event(), 0

    def wake() -> None:
        with suppress(RuntimeError):  # the server has stopped
            loop.call_soon_threadsafe(changed.set)

    stop = live.listen(wake)
    try:
        while not live.closed:
            changed.clear()
            revision, message = live.message()
            yield b": still here\n\n" if revision == sent else b"data: %s\n\n" % message
            sent = revision
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(changed.wait(), ALIVE_S)
    finally:
        stop()
