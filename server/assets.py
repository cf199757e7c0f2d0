"""Files over HTTP: always revalidated by ETag, and taken from NAME.br or NAME.gz where only those are kept."""

import gzip
from pathlib import Path

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from latent_core.recent import Recent
from server.accepts import accepts

# Python's own table differs between versions and machines, and with `nosniff` a wrong type breaks a module.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
PACKED = {".br": "br", ".gz": "gzip"}  # smallest first; browsers take br over https and from this machine only

_unpacked: Recent[bytes] = Recent(32 * 1024 * 1024, len)


class Assets(StaticFiles):
    """One served folder. A folder that is missing, or goes missing, answers 404 and leaves the app running."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)

    async def check_config(self) -> None:
        """A missing folder is a 404 for its files; it is no error of the server."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path`, or its 304.

        Raises:
            HTTPException: 404 for anything that is not a plain visible file inside the folder, 405 for other methods.
        """
        if any(part.startswith(".") for part in Path(path).parts):
            raise HTTPException(404)
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            response = await self._packed(path, scope)
        if response.status_code != 304:
            response.headers["Content-Type"] = TYPES.get(Path(path).suffix, "application/octet-stream")
        response.headers["Cache-Control"] = "no-cache"
        return response

    async def _packed(self, path: str, scope: Scope) -> Response:
        """The file kept as `path`.br or `path`.gz, sent as it is kept to a client that takes it."""
        accepted = Headers(scope=scope).get("accept-encoding", "")
        for suffix, encoding in PACKED.items():
            if accepts(accepted, encoding) and self.lookup_path(path + suffix)[1]:
                response = await super().get_response(path + suffix, scope)
                if response.status_code == 200:
                    response.headers["Content-Encoding"] = encoding
                    whole = await anyio.to_thread.run_sync(_unpacked_length, self.lookup_path(f"{path}.gz")[0])
                    response.headers["X-Unpacked-Length"] = str(whole)
                break
        else:
            response = await super().get_response(f"{path}.gz", scope)
            if response.status_code == 200:
                full_path, _ = self.lookup_path(f"{path}.gz")
                content = await anyio.to_thread.run_sync(_unpack, full_path)
                response = Response(content, headers={"ETag": response.headers["etag"]})
        response.headers["Vary"] = "Accept-Encoding"
        return response


def _unpacked_length(path: str) -> int:
    """The length that a gzip file says at its end; 0 where it is not kept."""
    if not path:
        return 0
    with Path(path).open("rb") as file:
        file.seek(-4, 2)
        return int.from_bytes(file.read(4), "little")


def _unpack(path: str) -> bytes:
    """The bytes of a gzip file, kept for the next who takes no encodings: the picture engine's take .07 s of a core."""
    about = Path(path).stat()
    key = path, about.st_mtime_ns, about.st_size
    return _unpacked.get_or_make(key, lambda: gzip.decompress(Path(path).read_bytes()))
