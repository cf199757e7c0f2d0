"""One process at a time: a lock on a folder, which ends with the process that holds it, however that ends."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # a system without such locks; then nothing keeps two processes apart
    fcntl = None  # type: ignore[assignment]


class Busy(OSError):
    """Another process works on the same thing; the message says what, and what to do."""


@contextlib.contextmanager
def alone(folder: Path, what: str, otherwise: str = "", wait: bool = False) -> Iterator[None]:
    """Holds a folder while something is made in it; one that is empty afterwards goes, with those made for it.

    Args:
        what: is being made, for the message: "mnist/elbo-10 is being trained".
        otherwise: what else one may do than wait.
        wait: until the other process has ended.

    Raises:
        Busy: another process holds it.
    """
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY) if fcntl else -1
    try:
        try:
            if fcntl:
                fcntl.flock(held, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise Busy(f"{what} by another process just now: wait until it has ended{otherwise}") from error
        yield
    finally:
        if fcntl:
            os.close(held)
        for one in dict.fromkeys([folder, *made]):
            with contextlib.suppress(OSError):  # not empty: something was made
                one.rmdir()
