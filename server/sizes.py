"""How many bytes a first visit brings, known before they come: a progress that has a total from its first word on."""

import re
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from server.compression import SMALLEST

LINKED = re.compile(r'(?:src|href)="\./((?:static|web)/[^"]+)"')


def linked(html: str) -> list[str]:
    """The scripts, styles and fonts that a page's HTML asks for, as paths below the app."""
    return list(dict.fromkeys(LINKED.findall(html)))


def sent(paths: Iterable[str], roots: Mapping[str, Path], brotli: bool) -> dict[str, int]:
    """Bytes that each file takes on its way, compressed as server/assets.py and server/compression.py do.

    Args:
        paths: below the app, such as web/start.js; those that are nowhere are left out.
        roots: the folder that is served at each first part of a path.
        brotli: whether the browser takes it, which it does over https and from this machine.
    """
    found = {}
    for path in paths:
        first, _, rest = path.partition("/")
        size = _sent(roots[first] / rest, brotli)
        if size:
            found[path] = size
    return found


def _sent(path: Path, brotli: bool) -> int:
    """0 where there is no such file."""
    for ending in (".br", ".gz") if brotli else (".gz",):
        kept = path.with_name(path.name + ending)
        if kept.is_file():
            return kept.stat().st_size
    if not path.is_file():
        return 0
    about = path.stat()
    return _compressed(str(path), about.st_mtime_ns, about.st_size)


@lru_cache(1024)
def _compressed(path: str, changed: int, size: int) -> int:
    if path.endswith((".woff2", ".png")) or size < SMALLEST:
        return size
    return min(size, len(zlib.compress(Path(path).read_bytes(), 6)))
