"""Which quiz is played, as link parameters and back; a link is anybody's input."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from latent_core.language import class_name, mark, t
from latent_core.recipes import lists
from latent_core.recipes.limits import SEED
from latent_core.recipes.untrusted import Notice, number, one_of, plain

KEYS = ("quiz", "turn", "between")
"""The page's own query parameters."""
KINDS = ("who", "point")
"""Who is in this picture? At which point does one become the other?"""
FIRST_TURN = 1


@dataclass(frozen=True)
class Quiz:
    """kind: of KINDS; turn: the seed of its pictures, 0..2^32-1; between: the two classes of the second kind, none
    where the dataset's first two are meant."""

    kind: str = KINDS[0]
    turn: int = FIRST_TURN
    between: tuple[str, ...] = ()

    def to_query(self) -> dict[str, str]:
        """Link parameters; only what differs from a first visit."""
        query = {"quiz": self.kind} if self.kind != KINDS[0] else {}
        query |= {"turn": str(self.turn)} if self.turn != FIRST_TURN else {}
        return query | ({"between": ",".join(map(lists.escaped, self.between))} if self.between else {})


def from_query(query: Mapping[str, Any], classes: Sequence[str], start: Sequence[str]) -> tuple[Quiz, list[Notice]]:
    """The quiz that a link asks for, and a sentence about each part of it that cannot be taken.

    Args:
        classes: all of the dataset, at least two.
        start: those of its first blend.
    """
    said: list[Notice] = []
    kind = one_of(query, "quiz", KINDS, Quiz.kind, mark("quiz"), said)
    turn = int(number(query, "turn", FIRST_TURN, SEED, said))
    first, second = _two(classes, start)
    given = query.get("between")
    if not isinstance(given, str) or not given:
        return Quiz(kind, turn, (first, second)), said
    names = [lists.plain(name) for name in given[:500].split(",")]
    if len(names) == 2 and names[0] != names[1] and set(names) <= set(classes):
        return Quiz(kind, turn, (names[0], names[1])), said
    told = t(
        "“{given}” does not name two classes of this dataset; {first} and {second} are shown.",
        given=plain(given), first=class_name(first), second=class_name(second),
    )  # fmt: skip
    said.append(Notice(told))
    return Quiz(kind, turn, (first, second)), said


def _two(classes: Sequence[str], start: Sequence[str]) -> tuple[str, str]:
    """The two classes that a first visit goes between."""
    first, second = [*dict.fromkeys([*start, *classes])][:2]
    return first, second
