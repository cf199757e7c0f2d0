"""Addresses that lead nowhere: 404 and a sentence, where Streamlit would answer 200 with its own page."""

from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from latent_core.language import speaking, t
from server import sentence
from server.speech import language_of


class MissingPages:
    """ASGI layer that knows the pages; any other HTML page that comes from behind it is Streamlit's guess.

    Args:
        pages: paths of the pages that there are.
    """

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app = app
        self.pages = frozenset(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a page that nobody knows becomes a 404."""
        if scope["type"] != "http" or scope["path"] in self.pages:
            await self.app(scope, receive, send)
            return
        missing = False

        async def unless_missing(message: Message) -> None:
            nonlocal missing
            if message["type"] == "http.response.start":
                kind = dict(message.get("headers", ())).get(b"content-type", b"")
                missing = message["status"] == 200 and kind.startswith(b"text/html")
            if not missing:
                await send(message)

        await self.app(scope, receive, unless_missing)
        if missing:
            home = min(self.pages, key=len)
            with speaking(language_of(scope)):
                words = t("No such page"), t("There is no page at this address."), t("Open Medley")
                answer = sentence.page(404, *words, home)
            await answer(scope, receive, send)
