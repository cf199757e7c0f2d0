"""How fast a visit may speak, and how much it may let the server work: each message can cost a whole run of a page."""

import asyncio
import itertools

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import work
from server.allowance import Allowance

BURST = 60
"""Messages that may come at once."""
RATE = 15.0
"""Messages a second that may come for ever; a hand on a slider sends four."""


class Pace:
    """ASGI layer that takes a socket's messages no faster than `RATE`, and none while its visit has a debt of work:
    whoever sends more waits, and loses nothing."""

    def __init__(self, app: ASGIApp, burst: float = BURST, rate: float = RATE) -> None:
        self.app, self.burst, self.rate = app, burst, rate
        self._numbers = itertools.count(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, a socket's messages at their pace."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        messages = Allowance(self.burst, self.rate)
        with work.visit(str(next(self._numbers))) as (number, spent):

            async def at_its_pace() -> Message:
                message = await receive()
                if message["type"] == "websocket.receive":
                    messages.take(1)
                    while wait := max(messages.due(), spent.due()):
                        await asyncio.sleep(wait)
                return message

            others = [(name, value) for name, value in scope.get("headers", ()) if name != work.HEADER]
            await self.app({**scope, "headers": [*others, (work.HEADER, number.encode())]}, at_its_pace, send)
