"""Groups as text that fits into a link, and back; a link is anybody's input, so nothing in it is trusted."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from latent_core.models.groups import MOST_GROUPS, Group

MOST_ROWS = 2**20
MOST_TEXT = 60_000
"""Characters of a link's `group` that are looked at; four groups of 60,000 scattered rows need fewer."""
_ENTRY = re.compile(r"^(\d{1,2})\.([A-Za-z0-9_-]+)$")


def pack(rows: Iterable[int]) -> str:
    """Rows as text of A-Z a-z 0-9 _ -: one bit a row, deflated, in base64; `unpack` reads it back."""
    chosen = np.asarray(sorted(set(rows)), np.int64)
    bits = np.zeros(int(chosen[-1]) + 1 if len(chosen) else 0, np.uint8)
    bits[chosen] = 1
    packed = zlib.compress(np.packbits(bits, bitorder="little").tobytes(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack(text: str) -> tuple[int, ...]:
    """The rows of `pack`.

    Raises:
        ValueError: not such a text, or one that names no row or rows from 1,048,576 on.
    """
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        machine = zlib.decompressobj()
        bits = machine.decompress(raw, MOST_ROWS // 8)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError("it is damaged") from error
    if machine.unconsumed_tail or not machine.eof:
        raise ValueError("it is damaged")
    return from_bits(bits)


def from_bits(bits: bytes) -> tuple[int, ...]:
    """Rows of a bit field, row 0 the lowest bit of the first byte.

    Raises:
        ValueError: no bit is set.
    """
    rows = np.flatnonzero(np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little"))
    if not len(rows):
        raise ValueError("it names no row")
    return tuple(rows.tolist())


def to_bits(group: Group) -> bytes:
    """The group's rows as a bit field, the form that the browser reads."""
    bits = np.zeros(group.rows[-1] + 1, np.uint8)
    bits[list(group.rows)] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def parse(text: str, rows: Mapping[str, int]) -> tuple[tuple[Group, ...], list[str]]:
    """The groups in an untrusted link, and a sentence about what was left out.

    Args:
        text: like `mnist:1.eJxj,2.eJxk;fashion:1.eJxm`.
        rows: number of shipped rows of each dataset that can be opened.
    """
    found: list[Group] = []
    bad = 0
    for part in text[:MOST_TEXT].split(";") if text else ():
        dataset, _, entries = part.partition(":")
        for entry in entries.split(","):
            match = _ENTRY.match(entry)
            try:
                if not match or dataset not in rows:
                    raise ValueError("no group")
                group = Group(dataset, int(match[1]), unpack(match[2]))
                names = [other.name for other in found if other.dataset == dataset]
                crowded = group.name in names or len(names) >= MOST_GROUPS
                if crowded or group.rows[-1] >= rows[dataset] or group.number < 1:
                    raise ValueError("it does not fit")
                found.append(group)
            except ValueError:
                bad += 1
    said = [f"{bad} of the groups in the link could not be read and were left out."] if bad else []
    return tuple(found), said


def to_text(groups: Sequence[Group]) -> str:
    """The groups as a link's `group`; `parse` reads it back."""
    datasets = dict.fromkeys(group.dataset for group in groups)
    parts = (",".join(f"{g.number}.{pack(g.rows)}" for g in groups if g.dataset == name) for name in datasets)
    return ";".join(f"{name}:{part}" for name, part in zip(datasets, parts, strict=True))
