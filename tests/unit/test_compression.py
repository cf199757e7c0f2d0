"""The memory of compressed files: one compression a version, whoever asks and however many at once."""

import asyncio
import gzip
import os

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from server.compression import CompressOnce

TEXT = b"latent " * 2000


class Files:
    """An inner app with one file a path; counts how often a body was read."""

    def __init__(self, cache: str = "no-cache", **files: bytes) -> None:
        self.cache = cache
        self.files = files
        self.asked = 0
        self.version = 1
        self.reads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        self.reads += scope["method"] == "GET"
        name = scope["path"].strip("/")
        headers = {
            "ETag": f'"{name}{self.version}"',
            "Content-Type": "application/octet-stream",
            "Cache-Control": self.cache,
        }
        await asyncio.sleep(0)
        await Response(self.files[name], headers=headers, media_type="application/octet-stream")(scope, receive, send)


async def fetch(app: CompressOnce, path: str, accepts: str = "gzip") -> tuple[dict[str, str], bytes]:
    """Headers and body of one GET."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    headers = [(b"accept-encoding", accepts.encode())]
    await app({"type": "http", "method": "GET", "path": path, "headers": headers}, receive, send)
    found = {name.decode(): value.decode() for name, value in messages[0]["headers"]}
    return found, b"".join(message.get("body", b"") for message in messages[1:])


def test_many_at_once_cost_one_compression() -> None:
    async def crowd() -> list[tuple[dict[str, str], bytes]]:
        return await asyncio.gather(*[fetch(app, "/text") for _ in range(50)])

    files = Files(text=TEXT)
    app = CompressOnce(files)
    answers = asyncio.run(crowd())
    assert files.reads == 1
    assert all(gzip.decompress(body) == TEXT and headers["content-encoding"] == "gzip" for headers, body in answers)
    assert app.busy == {}


def test_a_new_version_is_sent_at_once() -> None:
    files = Files(text=TEXT)
    app = CompressOnce(files)
    first, _ = asyncio.run(fetch(app, "/text"))
    files.files["text"], files.version = TEXT[::-1], 2
    second, body = asyncio.run(fetch(app, "/text"))
    assert gzip.decompress(body) == TEXT[::-1] and first["etag"] != second["etag"]


def test_what_gains_nothing_is_sent_as_it_is() -> None:
    noise = os.urandom(5000)
    files = Files(noise=noise, small=b"x" * 100)
    app = CompressOnce(files)
    for path in ("/noise", "/small"):
        headers, body = asyncio.run(fetch(app, path))
        assert "content-encoding" not in headers and body == files.files[path.strip("/")]


def test_a_client_without_gzip_gets_the_file() -> None:
    headers, body = asyncio.run(fetch(CompressOnce(Files(text=TEXT)), "/text", accepts="identity"))
    assert "content-encoding" not in headers and body == TEXT


def test_the_memory_keeps_its_budget() -> None:
    files = Files(**{f"f{i}": os.urandom(500).hex().encode() * 3 for i in range(40)})
    app = CompressOnce(files, budget=5000)
    for i in range(40):
        asyncio.run(fetch(app, f"/f{i}"))
    assert app.held <= 5000 and app.held == sum(len(packed or b"") for packed in app.kept.values())
    reads = files.reads
    asyncio.run(fetch(app, "/f39"))
    assert files.reads == reads


def test_a_file_that_never_changes_is_asked_for_once() -> None:
    files = Files("public, immutable, max-age=31536000", text=TEXT)
    app = CompressOnce(files)
    answers = [asyncio.run(fetch(app, "/text")) for _ in range(3)]
    assert files.asked == 2  # which version, and its bytes
    assert answers[0] == answers[1] == answers[2] and gzip.decompress(answers[2][1]) == TEXT


def test_a_visitor_who_leaves_does_not_cut_what_is_for_all() -> None:
    class Streams(Files):
        """Its answer stops where it hears that the client has gone, before anything is sent."""

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            while True:
                try:
                    message = await asyncio.wait_for(receive(), 0.01)
                except TimeoutError:
                    break
                if message["type"] == "http.disconnect":
                    return
            await super().__call__(scope, receive, send)

    async def leave(app: CompressOnce) -> list[Message]:
        messages: list[Message] = []

        async def send(message: Message) -> None:
            messages.append(message)

        async def gone() -> Message:
            return {"type": "http.disconnect"}

        headers = [(b"accept-encoding", b"gzip")]
        await app({"type": "http", "method": "GET", "path": "/text", "headers": headers}, gone, send)
        return messages

    assert gzip.decompress(asyncio.run(leave(CompressOnce(Streams(text=TEXT))))[1]["body"]) == TEXT
