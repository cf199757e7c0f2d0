"""Security headers on every response, with a content policy that allows no inline script but Streamlit's own."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.shell import shell


def inline_script_hashes(html: str) -> list[str]:
    """CSP sources ('sha256-...') of the scripts that stand inside a page."""
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts]


def content_policy(html: str) -> str:
    """The Content-Security-Policy for Streamlit's page `html`.

    blob: is where Streamlit puts the script of a component, 'wasm-unsafe-eval' lets ONNX Runtime Web compile, and
    Streamlit's styles (emotion) need 'unsafe-inline' in style-src.
    """
    policy = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "blob:", "'wasm-unsafe-eval'", *inline_script_hashes(html)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "connect-src": "'self' blob: data:",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())


class SecurityHeaders:
    """ASGI layer that adds the headers to each HTTP response; the WebSocket passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.values = {
            "Content-Security-Policy": content_policy(shell()),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "SAMEORIGIN",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in self.values.items():
                    found[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)
