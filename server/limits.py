"""How the process treats its visitors: files for every session, answers without delay, no uploads."""

import gc
import socket

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from latent_core.language import speaking, t
from server.speech import language_of

UPLOADS = "/_stcore/upload_file/"
OPEN_FILES = 65_536  # Streamlit holds four a session, so the usual 1,024 would end at 253 visitors


def raise_open_files(wanted: int = OPEN_FILES) -> int:
    """Raise this process's limit of open files as far as the system lets it, and return the limit that now holds."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    reachable = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < reachable:
        resource.setrlimit(resource.RLIMIT_NOFILE, (reachable, hard))
        return reachable
    return soft


def send_at_once() -> int:
    """Switch off Nagle's algorithm on the sockets that listen, so that all connections inherit it; how many there were.

    Streamlit 1.67 makes its socket in a way that keeps asyncio from doing this, and then each small answer waits for
    the client's delayed acknowledgement: 40 ms a request, and as much between the messages of a script run.
    """
    listening = [one for one in gc.get_objects() if type(one) is socket.socket and _listens(one)]
    for one in listening:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return len(listening)


def _listens(one: socket.socket) -> bool:
    """Whether this is an open TCP socket that accepts connections."""
    internet = one.fileno() >= 0 and one.family in (socket.AF_INET, socket.AF_INET6)
    return internet and one.type == socket.SOCK_STREAM and one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 1


class UploadBudget:
    """ASGI layer that refuses uploads: no page takes files, and Streamlit itself sets no total limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 to a body sent to Streamlit's upload address; pass everything else on."""
        upload = scope["type"] == "http" and UPLOADS in scope["path"] and scope["method"] in ("PUT", "POST")
        if upload:
            with speaking(language_of(scope)):
                said = t("Medley takes no uploads.")
            refused = PlainTextResponse(f"{said}\n", 413, headers={"Connection": "close"})
            await refused(scope, receive, send)
        else:
            await self.app(scope, receive, send)
