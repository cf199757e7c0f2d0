"""Reads plain files only, and never more of them than was allowed: what a name leads to may be a pipe or a device."""

import os
import stat
from pathlib import Path

_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""O_NONBLOCK: a pipe that takes the file's place between a look and its opening is opened at once, and then refused."""
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class NotPlain(ValueError):
    """There is no plain file of a size that is allowed; the message goes on after a name: "is a pipe"."""


def read_plain(path: Path, most: int, links: bool = False) -> bytes:
    """All bytes of a plain file.

    Args:
        most: bytes that it may have.
        links: whether `path` may be a link to such a file.

    Raises:
        NotPlain: something else, nothing, more bytes than that, or what may not be read.
    """
    try:
        _check(path.stat() if links else path.lstat(), most)
        with os.fdopen(os.open(path, _OPENING | (0 if links else getattr(os, "O_NOFOLLOW", 0))), "rb") as opened:
            _check(os.fstat(opened.fileno()), most)
            content = opened.read(most + 1)
    except FileNotFoundError as error:
        raise NotPlain("is not there") from error
    except PermissionError as error:
        raise NotPlain("may not be read by this user") from error
    except (OSError, ValueError) as error:
        if isinstance(error, NotPlain):
            raise
        raise NotPlain(f"cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if len(content) > most:
        raise NotPlain(f"has more than {most} bytes")
    return content


def _check(facts: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(facts.st_mode):
        raise NotPlain(f"is {_KINDS.get(stat.S_IFMT(facts.st_mode), 'no file')}, where a plain file belongs")
    if facts.st_size > most:
        raise NotPlain(f"has {facts.st_size} bytes, more than {most}")
