"""Where in the picture a class counts more: paint, in an 8 x 8 grid of fields over the picture.

A class has a level from 0 (no paint) to 3 in every field, and each level makes it count 8 times as much there as its
amount says. A field's shares are share_c 8^level_c over their sum; every field is a blend of its own by these shares,
and between the middles of neighbouring fields their blends fade into one another (`fade_fields` in blends/_helpers.py),
so that seams are as wide as a field. This is ours; it works with every live method. Where pictures are averaged, it is
a local weight for each class and pixel, sum 1.

As text it is a list like that of amounts, `Cat:CODE,Panda:CODE`. A code is 22 signs of base64url: 16 bytes, four fields
a byte from its lowest bits on, row after row. Classes without paint are left out, and "" is a blend without paint.
"""

import base64
import binascii
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from latent_core.recipes import lists
from latent_core.recipes.limits import shown

SIDE = 8
"""Fields in a row, and in a column."""
MOST = 3
"""The highest level."""
TIMES = 8
"""How many times as much each level makes a class count."""
_BYTES = SIDE * SIDE // 4
_CODE = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
_PLACES = np.arange(4, dtype=np.uint8) * 2
"""Bits below each of a byte's four fields."""


@dataclass(frozen=True)
class Where:
    """Paint of some classes, (name, code) each in the order that was given; classes without any paint are dropped.

    Raises:
        ValueError: a code that is none, or a class twice.
    """

    parts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        kept = tuple((name, _spelled(_bytes(name, code))) for name, code in self.parts)
        names = [name for name, _ in kept]
        if len(set(names)) < len(names):
            raise ValueError(f"a class can be painted once only; these were given: {names}")
        object.__setattr__(self, "parts", tuple((name, code) for name, code in kept if code.strip("A")))

    @classmethod
    def from_text(cls, text: str) -> "Where":
        """What `text` wrote.

        Raises:
            ValueError: it is none; the message says what would be.
        """
        pairs = [one.partition(":") for one in text.split(",")] if text else []
        return cls(tuple((lists.plain(name), code) for name, _, code in pairs))

    @classmethod
    def from_levels(cls, levels: Mapping[str, np.ndarray]) -> "Where":
        """The paint with these whole levels, 0 to 3, in fields (8, 8) of each class, the top row first.

        Raises:
            ValueError: an array of another shape, or other numbers.
        """
        return cls(tuple((name, _code(name, np.asarray(given))) for name, given in levels.items()))

    @property
    def text(self) -> str:
        """The paint as links, JSON and flags hold it; "" without paint."""
        return ",".join(f"{lists.escaped(name)}:{code}" for name, code in self.parts)

    @property
    def names(self) -> tuple[str, ...]:
        """The classes that are painted."""
        return tuple(name for name, _ in self.parts)

    def __bool__(self) -> bool:
        """Whether there is any paint."""
        return bool(self.parts)

    def only(self, names: Collection[str]) -> "Where":
        """The paint of these classes, in their order."""
        return Where(tuple((name, self._codes[name]) for name in names if name in self._codes))

    def renamed(self, names: Mapping[str, str]) -> "Where":
        """The same paint for classes that are called otherwise now."""
        return Where(tuple((names.get(name, name), code) for name, code in self.parts))

    def levels(self, names: Sequence[str]) -> np.ndarray:
        """(names, 64) uint8, 0..3: the level of each class in each field, row after row."""
        found = np.zeros((len(names), SIDE * SIDE), np.uint8)
        for row, name in zip(found, names, strict=True):
            if name in self._codes:
                row[:] = (_bytes(name, self._codes[name])[:, None] >> _PLACES & MOST).ravel()
        return found

    def ways(self, names: Sequence[str], shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The different shares that fields have.

        Args:
            names: classes of a blend.
            shares: (names,) of sum 1.

        Returns:
            (ways, names) float32, each of sum 1, and which of them each field has: (ways, 64) float32, 0 or 1.
        """
        different, place = np.unique(self.levels(names).T, axis=0, return_inverse=True)
        local = np.asarray(shares, np.float64) * float(TIMES) ** different
        fields = np.eye(len(different), dtype=np.float32)[:, place.ravel()]
        return (local / local.sum(1, keepdims=True)).astype(np.float32), fields

    @cached_property
    def _codes(self) -> dict[str, str]:
        return dict(self.parts)


def _bytes(name: str, code: str) -> np.ndarray:
    """(16,) uint8 of a class's code."""
    try:
        if isinstance(code, str) and _CODE.fullmatch(code):
            return np.frombuffer(base64.b64decode(code + "==", altchars=b"-_", validate=True), np.uint8)
    except binascii.Error:  # the pattern lets none through, but that is not this function's to know
        pass
    raise ValueError(
        f"where {shown(name)} shows must be 22 letters, digits, - or _, as Medley writes them; it was {shown(code)}"
    )


def _spelled(given: np.ndarray) -> str:
    """The one spelling of these bytes."""
    return base64.urlsafe_b64encode(given.tobytes()).decode().rstrip("=")


def _code(name: str, levels: np.ndarray) -> str:
    if levels.shape != (SIDE, SIDE) or not np.isin(levels, range(MOST + 1)).all():
        raise ValueError(f"where {shown(name)} shows must be ({SIDE}, {SIDE}) whole levels from 0 to {MOST}")
    return _spelled((levels.astype(np.uint8).reshape(_BYTES, 4) << _PLACES).sum(1, dtype=np.uint8))
