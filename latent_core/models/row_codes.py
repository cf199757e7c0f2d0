"""Rows as few bytes: the gaps between them as Rice codes, which come close to the least that scattered rows need.

The first byte holds the parameter k (0 to 15) and, as 16, whether the rows that are left out are written instead; then
the number of rows written, seven bits a byte, the lowest first; then one code per row: the gap to the row before, its
k low bits behind a one that stands after as many zeros as its high bits count.
"""

from collections.abc import Sequence

import numpy as np

LEFT_OUT = 16


def encode(rows: Sequence[int]) -> bytes:
    """The rows (ascending, each once, at least one) as bytes; `decode` reads them back."""
    chosen = np.asarray(rows, np.int64)
    last = int(chosen[-1])
    out = np.setdiff1d(np.arange(last), chosen)
    inverse = len(out) < len(chosen)
    # Of rows that are left out the end is not known by itself: the last row stands behind them.
    written = np.append(out, last) if inverse else chosen
    gaps = np.diff(written, prepend=-1) - 1
    k = min(range(16), key=lambda k: len(gaps) * (k + 1) + int((gaps >> k).sum()))
    high = gaps >> k
    start = np.cumsum(high + 1 + k) - (1 + k)  # of each code's one
    bits = np.zeros(int(start[-1]) + 1 + k, np.uint8)
    bits[start] = 1
    for place in range(k):
        bits[start + 1 + place] = gaps >> (k - 1 - place) & 1
    return bytes([k + LEFT_OUT * inverse]) + _number(len(written)) + np.packbits(bits).tobytes()


def decode(code: bytes, most: int) -> list[int]:
    """The rows of `encode`.

    Args:
        most: rows that there are; no more come out, however the bytes were made.

    Raises:
        ValueError: not such bytes, or rows from `most` on.
    """
    if len(code) < 3 or code[0] >= 2 * LEFT_OUT:
        raise ValueError("it is damaged")
    k, inverse = code[0] % LEFT_OUT, code[0] >= LEFT_OUT
    count, begin = _read_number(code, 1)
    if not 0 < count <= most:
        raise ValueError(f"it names rows beyond the {most:,} that there are")
    bits = np.unpackbits(np.frombuffer(code, np.uint8, offset=begin))
    ones = np.where(bits == 1, np.arange(len(bits)), len(bits))
    following: list[int] = np.minimum.accumulate(ones[::-1])[::-1].tolist()  # the next one from each bit on
    values = bits.tolist()
    rows, at, row = [], 0, -1
    for _ in range(count):
        one = following[at] if at < len(values) else len(values)
        end = one + 1 + k
        if end > len(values):
            raise ValueError("it is damaged")
        low = 0
        for bit in values[one + 1 : end]:
            low = 2 * low + bit
        row += ((one - at) << k) + low + 1
        if row >= most:
            raise ValueError(f"it names rows beyond the {most:,} that there are")
        rows.append(row)
        at = end
    return np.setdiff1d(np.arange(row + 1), rows[:-1]).tolist() if inverse else rows


def _number(value: int) -> bytes:
    parts = [value >> shift & 127 for shift in range(0, max(value.bit_length(), 1), 7)]
    return bytes([*(part | 128 for part in parts[:-1]), parts[-1]])


def _read_number(code: bytes, at: int) -> tuple[int, int]:
    """The number, and where it ends."""
    value = 0
    for place, byte in enumerate(code[at : at + 4]):
        value |= (byte & 127) << 7 * place
        if byte < 128:
            return value, at + place + 1
    raise ValueError("it is damaged")
