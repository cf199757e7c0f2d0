"""The font of icons with those that are shown, in place of Streamlit's, which has 4,000 and weighs most of all fonts.

`.ci/icons.py` makes it.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit
from starlette.types import ASGIApp, Receive, Scope, Send

MEDIA = Path(streamlit.__file__).parent / "static" / "static" / "media"
FONT = "web/icons/symbols.woff2"


def replaced() -> Sequence[str]:
    """What Streamlit's styles ask for, below the app; none where its font has another name, and is shown."""
    return [f"static/media/{path.name}" for path in MEDIA.glob("MaterialSymbols-Rounded.*.woff2")]


class OurIcons:
    """ASGI layer that answers for Streamlit's font with ours: paths below /static are reserved for Streamlit's own.

    Args:
        base: the path that the app lies below, "" or like "/medley".
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.base = base
        self.paths = {f"{base}/{path}" for path in replaced()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on the request, for our font where it is for theirs."""
        if scope["type"] == "http" and scope["path"] in self.paths:
            path = f"{self.base}/{FONT}"
            scope = {**scope, "path": path, "raw_path": path.encode()}
        await self.app(scope, receive, send)
