"""Groups as text that fits into a link, and back; a link is anybody's input, so nothing in it is trusted."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from latent_core.language import known, many, mark, t, whole
from latent_core.models import row_codes
from latent_core.models.groups import MOST_GROUPS, Group
from latent_core.recent import Recent

KEY = "group"
"""Name of the groups among a link's parameters, and in a saved recipe."""
MOST_ROWS = 2**20
MOST_TEXT = 60_000
"""Characters of a link's `group` that are looked at; four groups of 60,000 scattered rows need fewer."""
GAPS = "-"
"""Begins rows that are coded by their gaps; the others begin with the "e" of zlib's first byte."""
LONG_LINK = 8000
"""Characters from which on a link is cut or refused on its way by some servers and mail programs (nginx: 8 kB)."""
MOST_ENTRIES = 64
"""Groups of a link that are looked at: 4 of each of 16 datasets."""
_parsed: Recent[tuple[tuple[Group, ...], list[str], int]] = Recent(32)
"""Of links, their groups, datasets whose groups are of other rows, and how many others could not be read: every run of
every page asks for those of its link."""
_MARK = "~"
"""Between a dataset's name and its mark; links of before have none."""
_ENTRY = re.compile(r"^(\d{1,2})\.([A-Za-z0-9_-]+)$")


def pack(rows: Iterable[int]) -> str:
    """Rows as text of A-Z a-z 0-9 _ -: the shorter of their gaps coded (`row_codes`) and, as links always held them,
    one bit a row, deflated; in base64. `unpack` reads both."""
    chosen = sorted(set(rows))
    bits = np.zeros(chosen[-1] + 1, np.uint8)
    bits[chosen] = 1
    deflated = zlib.compress(np.packbits(bits, bitorder="little").tobytes(), 9)
    return min(GAPS + _text(row_codes.encode(chosen)), _text(deflated), key=len)


def _text(code: bytes) -> str:
    return base64.urlsafe_b64encode(code).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def unpack(text: str, rows: int = MOST_ROWS) -> tuple[int, ...]:
    """The rows of `pack`.

    Args:
        rows: of the dataset. A few bytes can unpack to gigabytes, so no more comes out than so many rows need.

    Raises:
        ValueError: not such a text, or one that names no row or rows beyond the dataset's.
    """
    most = bytes_of(rows)
    try:
        if text.startswith(GAPS):
            return tuple(row_codes.decode(_bytes(text.removeprefix(GAPS)), rows))
        raw = _bytes(text)
        machine = zlib.decompressobj()
        bits = machine.decompress(raw, most + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("it is damaged") from error
    if len(bits) > most:
        raise ValueError(f"it names rows beyond the {rows:,} that there are")
    if machine.unconsumed_tail or not machine.eof:
        raise ValueError("it is damaged")
    return from_bits(bits)


def bytes_of(rows: int) -> int:
    """Bytes of a bit field with a bit for each of so many rows."""
    return (rows + 7) // 8


def from_bits(bits: bytes) -> tuple[int, ...]:
    """Rows of a bit field, row 0 the lowest bit of the first byte; whoever calls bounds its length.

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


STRANGE = mark(
    "The groups of {name} in this link were chosen in another dataset of that name, in which their rows are other "
    "pictures. They were left out."
)


def parse(
    text: str, rows: Mapping[str, int], marks: Mapping[str, str] | None = None
) -> tuple[tuple[Group, ...], list[str]]:
    """The groups in an untrusted link, and a sentence about what was left out.

    Args:
        text: like `mnist~Ab3_-x:1.eJxj,2.eJxk;fashion:1.eJxm`.
        rows: number of shipped rows of each dataset that can be opened.
        marks: of these datasets; groups that were chosen in another dataset of the same name are left out.
    """
    marks = marks or {}
    if not text:
        return (), []
    text = text[:MOST_TEXT]
    key = text, tuple(rows.items()), tuple(marks.items())
    found, strangers, bad = _parsed.get_or_make(key, lambda: _read(text, rows, marks))
    said = [known(STRANGE).format(name=name) for name in strangers]
    if bad:
        left_out = "{n} of the groups in the link could not be read and were left out."
        said.append(many(bad, left_out, "{n} of the groups in the link could not be read and were left out."))
    return found, said


def _read(text: str, rows: Mapping[str, int], marks: Mapping[str, str]) -> tuple[tuple[Group, ...], list[str], int]:
    """What `_parsed` keeps; whatever can be refused unseen is not unpacked."""
    found: list[Group] = []
    strangers: list[str] = []
    parts = [part.partition(":") for part in text.split(";")]
    entries = [(name.partition(_MARK), entry) for name, _, several in parts for entry in several.split(",")]
    for (dataset, _, marked), entry in entries[:MOST_ENTRIES]:
        if dataset in rows and marked and marks.get(dataset, marked) != marked:
            strangers.append(dataset)
            continue
        match = _ENTRY.match(entry)
        if not match or dataset not in rows:
            continue
        number = int(match[1])
        taken = [group.number for group in found if group.dataset == dataset]
        if number < 1 or number in taken or len(taken) >= MOST_GROUPS:
            continue
        try:
            group = Group(dataset, number, unpack(match[2], rows[dataset]), marks.get(dataset, marked))
        except ValueError:
            continue
        if group.rows[-1] < rows[dataset]:
            found.append(group)
    bad = len(entries) - len(found) - len(strangers)
    return tuple(found), list(dict.fromkeys(strangers)), bad


def to_text(groups: Sequence[Group]) -> str:
    """The groups as a link's `group`; `parse` reads it back."""
    datasets = dict.fromkeys((group.dataset, group.mark) for group in groups)
    return ";".join(
        f"{name}{_MARK * bool(marked)}{marked}:"
        + ",".join(f"{g.number}.{pack(g.rows)}" for g in groups if (g.dataset, g.mark) == (name, marked))
        for name, marked in datasets
    )


def too_long(characters: int) -> str:
    """What is said about a link with groups that may not arrive; "" where it will."""
    if characters <= LONG_LINK:
        return ""
    return t(
        "The link has {characters} characters, and some servers and mail programs take no more than {most}. "
        "Its groups make it long: smaller ones shorten it, and a saved PNG or recipe carries them at any size.",
        characters=whole(characters), most=whole(LONG_LINK),
    )  # fmt: skip
