"""What one visitor may take from the process: uploads, and files for every session."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

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


class UploadBudget:
    """ASGI layer that refuses uploads: no page takes files, and Streamlit itself sets no total limit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 to a body sent to Streamlit's upload address; pass everything else on."""
        upload = scope["type"] == "http" and UPLOADS in scope["path"] and scope["method"] in ("PUT", "POST")
        if upload:
            refused = PlainTextResponse("Medley takes no uploads.\n", 413, headers={"Connection": "close"})
            await refused(scope, receive, send)
        else:
            await self.app(scope, receive, send)
