"""The reading of one blend: a figure a class, and the sentence that people see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Reading:
    """A blend's evidence. Every number of bits is a log-likelihood ratio to base 2: 0 says nothing, above 0 is for it.

    bits: of every class that the judge knows; without: leave-one-out in bits of every chosen class, or None where it
    was not asked for; sharpness: 0..1; seen: chosen classes that are in the picture; chosen: classes with an amount
    above 0 (all chosen ones where every amount is 0); became: the class that it turned into instead; chance: bits that
    classes which are not in a blend of so many have on average; recoverability: 0..1, 0.5 is chance, None where no
    class is left out; note: a sentence about what the judge does not know.
    """

    bits: dict[str, float]
    without: dict[str, float] | None
    sharpness: float
    seen: tuple[str, ...]
    chosen: tuple[str, ...]
    became: str | None
    chance: float
    recoverability: float | None
    note: str = ""

    @property
    def n(self) -> int:
        """How many classes are chosen, of those that the judge knows."""
        return len(self.chosen)

    @property
    def k(self) -> int:
        """How many of them are seen."""
        return len(self.seen)

    def sentence(self) -> str:
        """How many and which can be seen, and which are missing; web/words.js says the same in the same words."""
        if not self.chosen:
            return self.note
        missing = [_called(name) for name in self.chosen if name not in self.seen]
        said = f"You can see {self.k} of {self.n}" + (f": {listed(self.seen, 12)}." if self.seen else ".")
        if missing:
            which, (verb, them) = listed(missing), ("is", "it") if len(missing) == 1 else ("are", "them")
            cure = f": give {them} more, or press Even out" if self.n > 1 else ""
            said += f" {which[0].upper()}{which[1:]} {verb} missing{cure}."
        return said

    def to_json(self) -> dict[str, Any]:
        """The reading as plain JSON, with its sentence; bits to four decimals."""
        rounded = {name: round(value, 4) for name, value in self.bits.items()}
        without = self.without and {name: round(value, 4) for name, value in self.without.items()}
        own = [self.bits[name] for name in self.chosen]
        return {
            **self.__dict__, "bits": rounded, "without": without, "seen": list(self.seen), "chosen": list(self.chosen),
            "n": self.n, "k": self.k, "least": round(min(own), 4) if own else None,
            "mean": round(float(np.mean(own)), 4) if own else None, "sentence": self.sentence(),
        }  # fmt: skip


def listed(names: Sequence[str], most: int = 5) -> str:
    """ "3", "3 and 8", "3, 8 and 0"; more than `most` names end in "and 6 more"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def chance_level(chance: Mapping[str, float], n: int) -> float:
    """Bits by number of classes ("3"), at the number nearest to n; the smaller of two that are equally near."""
    if not chance:
        return 0.0
    return chance[min(sorted(chance, key=int), key=lambda size: abs(int(size) - n))]


def _called(name: str) -> str:
    """ "the 1" for names that are mere signs, and the name itself for words."""
    return f"the {name}" if len(name) < 3 else name
