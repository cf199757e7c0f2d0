"""The reading of one blend, its figures and its words; web/engine/sentences.js says the same in the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Reading:
    """A blend's evidence. Every number of bits is a log-likelihood ratio to base 2: 0 says nothing, above 0 is for it.

    bits: of every class that the judge knows; without: leave-one-out in bits of every chosen class, or None where it
    was not asked for; sharpness: 0..1; seen: chosen classes that are in the picture; chosen: classes with an amount
    above 0 (all chosen ones where every amount is 0); became: the class that it turned into instead; baseline: bits
    that classes which are not in a blend of so many have on average; recoverability: 0..1, 0.5 is chance, None where no
    class is left out; note: a sentence about what the judge does not know.
    """

    bits: dict[str, float]
    without: dict[str, float] | None
    sharpness: float
    seen: tuple[str, ...]
    chosen: tuple[str, ...]
    became: str | None
    baseline: float
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
        """How many and which can be seen, and which are missing; the note where no class is judged."""
        return verdict(self.chosen, self.seen) if self.chosen else self.note

    def to_json(self) -> dict[str, Any]:
        """The reading as plain JSON, with its sentence; bits to four decimals."""
        rounded = {name: round(value, 4) for name, value in self.bits.items()}
        without = self.without and {name: round(value, 4) for name, value in self.without.items()}
        own = [self.bits[name] for name in self.chosen]
        return {
            **{name: value for name, value in self.__dict__.items() if name != "baseline"},
            "bits": rounded, "without": without, "seen": list(self.seen), "chosen": list(self.chosen),
            "chance": self.baseline, "n": self.n, "k": self.k, "least": round(min(own), 4) if own else None,
            "mean": round(float(np.mean(own)), 4) if own else None, "sentence": self.sentence(),
        }  # fmt: skip


def listed(names: Sequence[str], most: int = 5) -> str:
    """ "3", "3 and 8", "3, 8 and 0"; more than `most` names end in "and 6 more"."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def verdict(chosen: Sequence[str], seen: Sequence[str], evenable: bool = True) -> str:
    """What can be seen: "You can see 2 of 4: 0 and 3. The 1 and the 7 are missing: give them more."

    Args:
        chosen: at least one class; seen: those of them that are in the picture.
        evenable: whether Even out can be pressed.
    """
    most = 12 if all(map(_is_sign, seen)) else 5
    said = f"You can see {len(seen)} of {len(chosen)}" + (f": {listed(seen, most)}." if seen else ".")
    missing = [f"the {name}" if _is_sign(name) else name for name in chosen if name not in seen]
    if not missing:
        return said
    which, (verb, them) = listed(missing), ("is", "it") if len(missing) == 1 else ("are", "them")
    cure = f": give {them} more" + (", or press Even out" if evenable else "") if len(chosen) > 1 else ""
    return f"{said} {which[0].upper()}{which[1:]} {verb} missing{cure}."


def turned_into(name: str) -> str:
    """What a blend became instead of what it is made of."""
    return f"It turned into {name}."


def not_judged(groups: Sequence[str]) -> str:
    """Why nothing is said about groups; "" without any."""
    if not groups:
        return ""
    verb = "are" if len(groups) > 1 else "is"
    return f"{listed(groups)} {verb} not judged: the judge knows the dataset's own classes only."


def baseline_bits(baseline: Mapping[str, float], n: int) -> float:
    """Bits by number of classes ("3"), at the number nearest to n; the smaller of two that are equally near."""
    if not baseline:
        return 0.0
    return baseline[min(sorted(baseline, key=int), key=lambda size: abs(int(size) - n))]


def _is_sign(name: str) -> bool:
    """Whether a name is a mere sign, as "8" or "ab", and no word."""
    return len(name) < 3
