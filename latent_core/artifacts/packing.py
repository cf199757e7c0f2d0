"""Files as they travel inside something else: packed, and kept packed for whoever asks next."""

import gzip
from pathlib import Path

from latent_core.recent import Recent

_packed: Recent[bytes] = Recent(48 * 2**20, len)


def packed(path: Path) -> bytes:
    """A file packed by gzip; one that is named so is taken as it is."""
    about = path.stat()

    def make() -> bytes:
        content = path.read_bytes()
        return content if path.suffix == ".gz" else gzip.compress(content, 6, mtime=0)

    return _packed.get_or_make((path, about.st_mtime_ns, about.st_size), make)
