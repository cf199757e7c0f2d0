"""How fast one visit may speak: each message can cost a whole run of a page."""

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BURST = 60
"""Messages that may come at once."""
RATE = 15.0
"""Messages a second that may come for ever; a hand on a slider sends four."""


class Pace:
    """ASGI layer that takes a socket's messages no faster than `RATE`: whoever sends more waits, and loses nothing."""

    def __init__(self, app: ASGIApp, burst: float = BURST, rate: float = RATE) -> None:
        self.app, self.burst, self.rate = app, burst, rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, a socket's messages at their pace."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        allowance, then = self.burst, time.monotonic()

        async def at_its_pace() -> Message:
            nonlocal allowance, then
            message = await receive()
            if message["type"] == "websocket.receive":
                now = time.monotonic()
                allowance, then = min(self.burst, allowance + self.rate * (now - then)) - 1, now
                if allowance < 0:
                    await asyncio.sleep(-allowance / self.rate)
            return message

        await self.app(scope, at_its_pace, send)
