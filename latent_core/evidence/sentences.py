"""The reading of one blend, its figures and its words; web/engine/sentences.js says the same in the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.language import class_name, known, many, mark, t


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
        chosen, seen, faintly = ([class_name(name) for name in names] for names in (self.chosen, self.seen, faint))
        return verdict(chosen, seen, faintly) if self.chosen else self.note

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
    comma = t(", ##between the names of a list")
    if len(names) > most:
        return t("{names} and {more} more", names=comma.join(names[: most - 1]), more=len(names) - most + 1)
    return t("{names} and {last}", names=comma.join(names[:-1]), last=names[-1]) if len(names) > 1 else "".join(names)


def mixture(shares: Mapping[str, float]) -> str:
    """What is mixed: "3", "3 and 8, half each", "60 % 3 and 40 % 8".

    Args:
        shares: of the chosen classes; sum 1.
    """
    used = [(name, share) for name, share in shares.items() if share > 0]
    named = listed([class_name(name) for name, _ in used])
    if len(used) == 1:
        return named
    if all(abs(share - used[0][1]) < 1e-6 for _, share in used):
        return t("{names}, half each", names=named) if len(used) == 2 else t("{names}, equal parts", names=named)
    used.sort(key=lambda one: -one[1])
    return listed([t("{percent} {name}", percent=_percent(share), name=class_name(name)) for name, share in used])


def _percent(share: float) -> str:
    """A share 0..1 as whole percent; "under 1 %" for a trace."""
    return t("under 1 %") if 0 < share < 0.005 else t("{share} %", share=int(np.floor(100 * share + 0.5)))


def verdict(chosen: Sequence[str], seen: Sequence[str], faint: Sequence[str] = (), evenable: bool = False) -> str:
    """What the judge finds: "A judge network finds 2 of 4: 0 and 3. 1 and 7 are hard to find. Give them more weight."

    Args:
        chosen: at least one class; seen: those of them that are in the picture; faint: those of them with little
            evidence.
        evenable: whether Even out can be pressed, and was not pressed just now.
    """
    missing = [name for name in chosen if name not in seen]
    said = [_found(len(chosen), seen, faint)]
    if missing:
        names = listed(missing)
        said.append(many(len(missing), "{names} is hard to find.", "{names} are hard to find.", names=names))
    if missing and len(chosen) > 1:
        said.append(_cure(len(missing), bool(seen), evenable))
    return " ".join(said)


def _cure(missing: int, some: bool, evenable: bool) -> str:
    """What helps to find those that are missing, where some are found."""
    if not some:
        return t("Choose fewer classes, or press Even out.") if evenable else t("Choose fewer classes.")
    if evenable:
        return many(missing, "Give it more weight, or press Even out.", "Give them more weight, or press Even out.")
    return many(missing, "Give it more weight.", "Give them more weight.")


def _found(n: int, seen: Sequence[str], faint: Sequence[str]) -> str:
    """How many of n are found, and who, the clear ones first."""
    most = 12 if all(map(_is_sign, seen)) else 5
    k = len(seen)
    if not seen:
        return t("A judge network finds {k} of {all}.", k=k, all=n)
    if not faint:
        return t("A judge network finds {k} of {all}: {names}.", k=k, all=n, names=listed(seen, most))
    if len(faint) == k:
        return t("A judge network finds {k} of {all}, faintly: {names}.", k=k, all=n, names=listed(seen, most))
    clear, faintly = listed([name for name in seen if name not in faint], most), listed(faint, most)
    return t(
        "A judge network finds {k} of {all}: {clear} clearly, {faint} faintly.", k=k, all=n, clear=clear, faint=faintly
    )


CLEAR = 2.0
"""Bits from which a class is clearly in a picture; below minus that it is not in it."""
SHARP, SOFT, GREY = 60, 30, 15
"""Sharpness in hundredths from which a picture is sharp, soft, or still more than a grey cloud."""
TIMES = (
    mark("three"), mark("four"), mark("five"), mark("six"), mark("seven"), mark("eight"), mark("nine"), mark("ten"),
)  # fmt: skip
SUBJECTS = {
    "Centre of mass": mark("the centre of mass"),
    "Eigen-image": mark("the eigen-image"),
    "Plain average": mark("the plain average"),
}
"""The pictures as a sentence names them."""


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
        return t("sharp")
    return t("soft") if hundredths >= SOFT else t("blurred") if hundredths >= GREY else t("grey")


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
        look = _ratio(blend.hundredths, best)
        more.append(t("the blend shows {count}, {look}", count=blend.count, look=look))
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in ("; ".join(more), "; ".join(rest)) if text)


def answer(n: int, noun: str, pictures: Sequence[Shown]) -> str:
    """Where all classes of a dataset are chosen: whether one picture can show them, and what each of these does.

    Args:
        noun: what the classes are ("digits"); pictures: as in `comparison`, at least one.
    """
    best = max(one.count for one in pictures)
    sharpest = max(one.hundredths for one in pictures if one.count == best)
    look = 0 if sharpest >= SHARP else 1 if sharpest >= SOFT else 2
    word = t("No.")
    if best == n:
        word = (t("Yes."), t("Yes, though softly."), t("Yes, but not sharply."))[look]
    elif 4 * best >= 3 * n:
        word = (t("Nearly."), t("Nearly, though softly."), t("Nearly, and not sharply."))[look]
    asked = t("Can one picture show {all} {noun}?", all=n, noun=noun)
    return f"{asked} {word} {comparison(n, pictures)}".rstrip()


def removal(n: int, lower: int, found: int) -> str:
    """What the remove-one test says of a picture of n classes.

    Args:
        lower: how many score lower without their share; found: how many of these the judge finds.
    """
    if lower == n and found == lower:
        return t(
            "Remove-one test: taking any one of the {all} out lowers its own score ({lower} of {all}).",
            lower=lower, all=n,
        )  # fmt: skip
    if lower == n:
        return many(
            found,
            "Remove-one test: taking any one of the {all} out lowers its own score ({lower} of {all}); {n} of these "
            "scores above 0 as well, and only those count as found.",
            "Remove-one test: taking any one of the {all} out lowers its own score ({lower} of {all}); {n} of these "
            "score above 0 as well, and only those count as found.",
            lower=lower, all=n,
        )  # fmt: skip
    if found == lower:
        return t("Remove-one test: taking one out lowers its own score for {lower} of {all}.", lower=lower, all=n)
    return many(
        found,
        "Remove-one test: taking one out lowers its own score for {lower} of {all}; {n} of these scores above 0 as "
        "well, and only those count as found.",
        "Remove-one test: taking one out lowers its own score for {lower} of {all}; {n} of these score above 0 as "
        "well, and only those count as found.",
        lower=lower, all=n,
    )  # fmt: skip


def _look(one: Shown, blend: Shown) -> int:
    """0 sharper than the blend, 1 about as sharp, 2 less sharp, 3 a grey cloud beside it."""
    a, b = one.hundredths, blend.hundredths
    if 10 * max(a, b) <= 11 * min(a, b):
        return 1
    if a > b:
        return 0
    return 3 if a < GREY <= b else 2


def _clause(group: Sequence[Shown], key: tuple[int, int], n: int) -> str:
    evidence, how = key
    counts = listed([str(count) for count in sorted({one.count for one in group}, reverse=True)])
    shown = (t("more ({counts} of {all})", counts=counts, all=n), t("as many"), t("fewer ({counts})", counts=counts))
    cloud = many(len(group), "as a grey cloud", "as grey clouds")
    look = (t("more sharply"), t("about as sharply"), t("less sharply"), cloud)[how]
    names = listed([known(SUBJECTS.get(one.title, one.title)) for one in group])
    return many(
        len(group), "{names} shows {shown}, {look}", "{names} show {shown}, {look}",
        names=names, shown=shown[evidence], look=look,
    )  # fmt: skip


def _ratio(own: int, other: int) -> str:
    """How sharp something is beside another, from their hundredths."""
    if 10 * max(own, other) <= 11 * min(own, other):
        return t("about as sharp")
    if own < other:
        return t("less sharp")
    if not other or 4 * own < 7 * other:
        return t("sharper")
    times = (2 * own + other) // (2 * other)
    if times == 2:
        return t("twice as sharp")
    return t("{times} times as sharp", times=known(TIMES[times - 3]) if times < 3 + len(TIMES) else times)


def turned_into(name: str) -> str:
    """What a blend became instead of what it is made of."""
    return t("It turned into {name}.", name=name)


def not_judged(groups: Sequence[str]) -> str:
    """Why nothing is said about groups; "" without any."""
    if not groups:
        return ""
    return many(
        len(groups),
        "{names} is not judged: the judge knows the dataset's own classes only.",
        "{names} are not judged: the judge knows the dataset's own classes only.",
        names=listed(groups),
    )


def baseline_bits(baseline: Mapping[str, float], n: int) -> float:
    """Bits by number of classes ("3"), at the number nearest to n; the smaller of two that are equally near."""
    if not baseline:
        return 0.0
    return baseline[min(sorted(baseline, key=int), key=lambda size: abs(int(size) - n))]


def _is_sign(name: str) -> bool:
    """Whether a name is a mere sign, as "8" or "ab", and no word."""
    return len(name) < 3
