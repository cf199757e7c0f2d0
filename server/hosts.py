"""Who may talk to the server: by the names it answers to, and from its own pages only."""

from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketClose
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from latent_core.language import known, mark, speaking, t
from server import sentence
from server.speech import language_of

STRANGE_HOST = mark(
    "This server does not answer to the name that it was asked by. Whoever runs it adds the name to "
    "server.allowedHosts (docs/serving.md)."
)
USUAL_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


class KnownHosts:
    """ASGI layer: requests by a name in server.allowedHosts, and sockets opened by a page of this very server.

    Streamlit asks for the name on the WebSocket alone, and compares host names without their ports, so that any other
    server of this machine could open a visitor's socket. A proxy must pass on the Host that the browser asked for, or
    its address stands in server.corsAllowedOrigins.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 to another name, close a foreign page's socket, pass everything else on."""
        if scope["type"] == "http" and not is_host_allowed(Headers(scope=scope).get("host")):
            with speaking(language_of(scope)):
                answer = sentence.page(421, t("Another name"), known(STRANGE_HOST))
            await answer(scope, receive, send)
        elif scope["type"] == "websocket" and not _from_here(WebSocket(scope, receive, send)):
            await receive()
            await WebSocketClose(code=1008)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _from_here(socket: WebSocket) -> bool:
    """Whether a page of this server, or of an address that the configuration names, opens the socket; no browser
    leaves the origin out, so whoever does is none and cannot be misled by a foreign page."""
    origin, host = socket.headers.get("origin"), socket.headers.get("host", "")
    if origin is None:
        return True
    asked = _place(origin)
    if asked is None:
        return False
    scheme = urlsplit(origin).scheme
    named = st.get_option("server.corsAllowedOrigins") or []
    return asked in (
        _place(f"{scheme}://{host}"),
        *(_place(one if "//" in one else f"{scheme}://{one}") for one in named),
    )


def _place(url: str) -> tuple[str, int] | None:
    """Host and port of an address; None where it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port or USUAL_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None
