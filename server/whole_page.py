"""A socket's first message runs the whole page: the session behind it may be a new one that knows no part of it."""

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg


class WholePageFirst:
    """ASGI layer that lets a page come back to a server that has started again.

    A part that runs by itself (st.fragment) asks for itself alone. A new session does not have it, and Streamlit then
    runs nothing at all, now and whenever it asks again.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, the first message of a socket as one about the whole page."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        first = True

        async def whole_first() -> Message:
            nonlocal first
            message = await receive()
            if first and message["type"] == "websocket.receive":
                first = False
                return whole(message)
            return message

        await self.app(scope, whole_first, send)


def whole(message: Message) -> Message:
    """The message; where it asks for a part of a page, as one that asks for all of it."""
    try:
        asked = BackMsg.FromString(message.get("bytes") or b"")
    except DecodeError:  # Streamlit's business
        return message
    if not asked.rerun_script.fragment_id:
        return message
    asked.rerun_script.fragment_id = ""
    asked.rerun_script.is_auto_rerun = False
    return {**message, "bytes": asked.SerializeToString()}
