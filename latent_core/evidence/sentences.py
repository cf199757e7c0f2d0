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
        """How many and which the judge finds, and which not; the note where no class is judged."""
        faint = [name for name in self.seen if self.bits.get(name, CLEAR) < CLEAR]
        return verdict(self.chosen, self.seen, faint) if self.chosen else self.note

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


def mixture(shares: Mapping[str, float]) -> str:
    """What is mixed: "3", "3 and 8, half each", "60 % 3 and 40 % 8".

    Args:
        shares: of the chosen classes; sum 1.
    """
    used = [(name, share) for name, share in shares.items() if share > 0]
    if len(used) == 1:
        return used[0][0]
    if all(abs(share - used[0][1]) < 1e-6 for _, share in used):
        named = listed([name for name, _ in used])
        return f"{named}, half each" if len(used) == 2 else f"{named}, equal parts"
    used.sort(key=lambda one: -one[1])
    return listed([f"{_percent(share)} {name}" for name, share in used])


def _percent(share: float) -> str:
    """A share 0..1 as whole percent; "under 1 %" for a trace."""
    return "under 1 %" if 0 < share < 0.005 else f"{int(np.floor(100 * share + 0.5))} %"


def verdict(chosen: Sequence[str], seen: Sequence[str], faint: Sequence[str] = (), evenable: bool = False) -> str:
    """What the judge finds: "A judge network finds 2 of 4: 0 and 3. 1 and 7 are hard to find. Give them more weight."

    Args:
        chosen: at least one class; seen: those of them that are in the picture; faint: those of them with little
            evidence.
        evenable: whether Even out can be pressed, and was not pressed just now.
    """
    said = f"A judge network finds {len(seen)} of {len(chosen)}{_found(seen, faint)}."
    missing = [name for name in chosen if name not in seen]
    if not missing:
        return said
    said += f" {listed(missing)} {'is' if len(missing) == 1 else 'are'} hard to find."
    if len(chosen) < 2:
        return said
    cure = f"Give {'it' if len(missing) == 1 else 'them'} more weight" if seen else "Choose fewer classes"
    return f"{said} {cure}{', or press Even out' if evenable else ''}."


def _found(seen: Sequence[str], faint: Sequence[str]) -> str:
    """Who is found, the clear ones first: ": 0 and 3", ", faintly: 0 and 3", ": 0 clearly, 3 faintly"."""
    most = 12 if all(map(_is_sign, seen)) else 5
    if not seen:
        return ""
    if not faint:
        return f": {listed(seen, most)}"
    if len(faint) == len(seen):
        return f", faintly: {listed(seen, most)}"
    clear = [name for name in seen if name not in faint]
    return f": {listed(clear, most)} clearly, {listed(faint, most)} faintly"


CLEAR = 2.0
"""Bits from which a class is clearly in a picture; below minus that it is not in it."""
SHARP, SOFT, GREY = 60, 30, 15
"""Sharpness in hundredths from which a picture is sharp, soft, or still more than a grey cloud."""
COUNTED = ["zero", "one", "twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@dataclass(frozen=True)
class Shown:
    """What one picture of a comparison shows: its title, how many of the chosen classes the judge finds, sharpness."""

    title: str
    count: int
    sharpness: float

    @property
    def hundredths(self) -> int:
        """Sharpness as it is printed, so that no word contradicts a figure."""
        return int(np.floor(100 * self.sharpness + 0.5))


def look_word(sharpness: float) -> str:
    """Sharpness in a word."""
    hundredths = int(np.floor(100 * sharpness + 0.5))
    if hundredths >= SHARP:
        return "sharp"
    return "soft" if hundredths >= SOFT else "blurred" if hundredths >= GREY else "grey"


def comparison(n: int, pictures: Sequence[Shown]) -> str:
    """How the blend stands beside the other pictures, by both axes: what they show of n classes, and how sharply.

    "The plain average shows more (18 of 20), as a grey cloud; the blend shows 15, three times as sharp."

    Args:
        pictures: the blend first; "" where it is alone, or where nothing is judged.
    """
    if not n or len(pictures) < 2:
        return ""
    blend, *others = pictures
    groups: dict[tuple[int, int], list[Shown]] = {}
    for one in others:
        evidence = 0 if one.count > blend.count else 1 if one.count == blend.count else 2
        groups.setdefault((evidence, _look(one, blend)), []).append(one)
    more = [_clause(groups[key], key, n) for key in sorted(groups) if key[0] == 0]
    rest = [_clause(groups[key], key, n) for key in sorted(groups) if key[0] > 0]
    if more:
        best = max(one.hundredths for key in groups if key[0] == 0 for one in groups[key])
        more.append(f"the blend shows {blend.count}, {_ratio(blend.hundredths, best)}")
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in ("; ".join(more), "; ".join(rest)) if text)


def answer(n: int, noun: str, pictures: Sequence[Shown]) -> str:
    """Where all classes of a dataset are chosen: whether one picture can show them, and what each of these does.

    Args:
        noun: what the classes are ("digits"); pictures: as in `comparison`, at least one.
    """
    best = max(one.count for one in pictures)
    sharpest = max(one.hundredths for one in pictures if one.count == best)
    softly = "" if sharpest >= SHARP else ", though softly" if sharpest >= SOFT else ", but not sharply"
    word = f"Yes{softly}" if best == n else f"Nearly{softly.replace('but', 'and')}" if 4 * best >= 3 * n else "No"
    return f"Can one picture show {n} {noun}? {word}. {comparison(n, pictures)}".rstrip()


def removal(n: int, lower: int, found: int) -> str:
    """What the remove-one test says of a picture of n classes.

    Args:
        lower: how many score lower without their share; found: how many of these the judge finds.
    """
    said = f"Remove-one test: taking any one of the {n} out lowers its own score ({lower} of {n})"
    if lower < n:
        said = f"Remove-one test: taking one out lowers its own score for {lower} of {n}"
    if found == lower:
        return f"{said}."
    above = f"{found} of these {'scores' if found == 1 else 'score'} above 0 as well"
    return f"{said}; {above}, and only those count as found."


def _look(one: Shown, blend: Shown) -> int:
    """0 sharper than the blend, 1 about as sharp, 2 less sharp, 3 a grey cloud beside it."""
    a, b = one.hundredths, blend.hundredths
    if 10 * max(a, b) <= 11 * min(a, b):
        return 1
    if a > b:
        return 0
    return 3 if a < GREY <= b else 2


def _clause(group: Sequence[Shown], key: tuple[int, int], n: int) -> str:
    evidence, look = key
    many = len(group) > 1
    counts = listed([str(count) for count in sorted({one.count for one in group}, reverse=True)])
    shows = (f"more ({counts} of {n})", "as many", f"fewer ({counts})")[evidence]
    looks = ("more sharply", "about as sharply", "less sharply", "as grey clouds" if many else "as a grey cloud")[look]
    names = listed([f"the {one.title[0].lower()}{one.title[1:]}" for one in group])
    return f"{names} show{'' if many else 's'} {shows}, {looks}"


def _ratio(own: int, other: int) -> str:
    """How sharp something is beside another, from their hundredths."""
    if 10 * max(own, other) <= 11 * min(own, other):
        return "about as sharp"
    if own < other:
        return "less sharp"
    if not other or 4 * own < 7 * other:
        return "sharper"
    times = (2 * own + other) // (2 * other)
    return "twice as sharp" if times == 2 else f"{COUNTED[times] if times < len(COUNTED) else times} times as sharp"


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
