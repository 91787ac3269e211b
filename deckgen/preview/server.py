"""The server of the local page: this machine alone can reach it."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from types import TracebackType

import uvicorn

from deckgen.preview.app import Open, app
from deckgen.preview.live import Live

ADDRESS = "127.0.0.1"
PARTING_S = 2


class Server:
    """Serves a state as long as the context lasts, in a thread of its own.

    Errors: `OSError` if the port is taken.
    """

    def __init__(self, live: Live, opened: Open, port: int = 0) -> None:
        self._live = live
        self._socket = socket.socket()
        if os.name != "nt":  # where it would let two programs share a port
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((ADDRESS, port))
        self._socket.listen()  # so that the address answers as soon as it is told
        self.port: int = self._socket.getsockname()[1]
        token = secrets.token_urlsafe(16)
        self.url = f"http://{ADDRESS}:{self.port}/{token}/"
        hosts = (f"{ADDRESS}:{self.port}", f"localhost:{self.port}")
        config = uvicorn.Config(
            app(live, token, hosts, opened),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            http="h11",
            ws="none",
            timeout_graceful_shutdown=PARTING_S,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._live.close()
        self._server.should_exit = True
        self._thread.join(PARTING_S + 1)
        self._socket.close()
