"""Files and folders that are written whole or not at all, leave nothing behind when killed, and say where room is."""

import contextlib
import errno
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SCRATCH = re.compile(r"^\.(?P<name>.+)\.(?P<process>\d+)\.medley-(?P<kind>part|old)$")
"""What is being written, and what it will replace, until it has its place: hidden, with the process that writes it."""
STALE = 24 * 3600
"""s after which nothing is being written any more, whatever process has that number now."""


class NoRoom(OSError):
    """The disk is full; the message names the place and what may be freed."""


def write_file(path: Path, content: bytes) -> Path:
    """Puts the bytes at `path` through a hidden sibling and a rename.

    Raises:
        NoRoom: the disk is full; what was there before is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    sweep(path.parent)
    scratch = beside(path)
    try:
        put(scratch, content)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return path


def put(path: Path, content: bytes) -> None:
    """Writes bytes and flushes them to the disk.

    Raises:
        NoRoom: the disk is full.
    """
    with roomy(path, len(content)), path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


@contextlib.contextmanager
def roomy(path: Path, size: int = 0) -> Iterator[None]:
    """Turns the system's word for a full disk into a sentence about `path`, which should get `size` bytes."""
    try:
        yield
    except OSError as error:
        if error.errno not in FULL or isinstance(error, NoRoom):
            raise
        raise NoRoom(no_room(path, size)) from error


def no_room(path: Path, size: int = 0) -> str:
    """The sentence about a full disk."""
    folder = next((one for one in (path.parent, *path.parent.parents) if one.is_dir()), Path("/"))
    try:
        left = f"{shutil.disk_usage(folder).free / 1e6:.0f} MB are free there"
    except OSError:
        left = "the disk is full"
    needs = f", which needs {size / 1e6:.1f} MB" if size >= 100_000 else ""
    return (
        f"there is no room for {path}{needs}; {left}. Free some (runs/ holds checkpoints, which finished models do not "
        "need; ~/.cache/medley downloads), then give the same command again: it goes on where it stopped"
    )


def beside(path: Path, kind: str = "part") -> Path:
    """The hidden sibling in which something is written ("part") or kept until it is replaced ("old")."""
    return path.with_name(f".{path.name}.{os.getpid()}.medley-{kind}")


def sweep(folder: Path) -> None:
    """Clears what killed processes left in a folder; a folder that one of them had just moved aside comes back."""
    for path in list(folder.iterdir()) if folder.is_dir() else ():
        found = SCRATCH.match(path.name)
        if not found or not _left(path, int(found["process"])):
            continue
        target = path.with_name(found["name"])
        if found["kind"] == "old" and not target.exists():
            path.replace(target)
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def sweep_below(folder: Path, depth: int = 3) -> None:
    """Clears the same in a folder and in those below it, as far as one may; what cannot be cleared stays."""
    with contextlib.suppress(OSError):
        sweep(folder)
        if depth:
            for below in [one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()]:
                sweep_below(below, depth - 1)


def _left(path: Path, process: int) -> bool:
    """Whether nobody writes there any more."""
    try:
        if time.time() - path.lstat().st_mtime > STALE:
            return True
        os.kill(process, 0)
    except (ProcessLookupError, FileNotFoundError, OverflowError):
        return True
    except PermissionError:  # it lives, and belongs to somebody else
        return False
    return False
