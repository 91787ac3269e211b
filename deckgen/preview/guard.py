"""Who may ask: the browser that was given the address, on this machine, for a page of ours."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Lets through what comes under the token, for one of our hosts, and from no other site.

    The host is checked since any site may let its own name lead to this machine (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, token: str, hosts: Collection[str]) -> None:
        self._app, self._token, self._hosts = app, token, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        if scope["type"] != "http":
            return
        status, problem = self._refusal(scope)
        refused = PlainTextResponse(problem, status) if status else self._app
        await refused(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> tuple[int, str]:
        """The status and the reason to refuse a request; 0 if there is none."""
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return 421, "this address is not served here\n"
        first = scope["path"].split("/")[1] if scope["path"].startswith("/") else ""
        if not secrets.compare_digest(first.encode(), self._token.encode()):
            return 404, "there is nothing here: use the address that `deckgen preview` shows\n"
        origin = headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc not in self._hosts
        if foreign or (scope["method"] == "POST" and (origin is None or not is_json(headers))):
            return 403, "only the page itself may ask for this\n"
        return 0, ""


def is_json(headers: Headers) -> bool:
    """Whether a body is said to be JSON, which a form of another site can't send unasked."""
    return headers.get("content-type", "").split(";")[0].strip() == "application/json"
