"""How the Generate page draws, as link parameters and back: family, filter and mode; a link is anybody's input."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.language import mark, point, t
from latent_core.recipes.limits import TAU, short
from latent_core.recipes.theta import Theta
from latent_core.recipes.untrusted import Notice, finite, one_of

KEYS = ("family", "tau", "mode")
"""The page's own query parameters."""
MODES = ("simple", "medium1", "medium2")
"""theta as one number, one a dimension, or one a dimension and class."""


@dataclass(frozen=True)
class Way:
    """family: of `latent_core.generators`; tau: least scorer probability that is kept, None for all; mode: of MODES."""

    family: str = "diagonal"
    tau: float | None = None
    mode: str = "simple"

    def to_query(self) -> dict[str, str]:
        """Link parameters; only what differs from a first visit."""
        query = {"family": self.family} if self.family != Way.family else {}
        query |= {"tau": f"{short(self.tau)}"} if self.tau is not None else {}
        return query | ({"mode": self.mode} if self.mode != Way.mode else {})


def from_query(
    query: Mapping[str, Any], refused: Mapping[str, str], scorer: bool, theta: Theta, grid: tuple[int, int]
) -> tuple[Way, list[Notice]]:
    """The way that a link asks for, and a sentence about each part of it that cannot be taken.

    Args:
        refused: every family's name, and why the model cannot use it, "" where it can.
        scorer: whether the model has one, which a filter needs.
        theta: the recipe's, whose pattern decides the least mode that can hold it.
        grid: size of the pattern.
    """
    said: list[Notice] = []
    family = one_of(query, "family", list(refused), Way.family, mark("family of generators"), said)
    if refused[family]:
        said.append(Notice(refused[family]))
        family = Way.family
    mode = one_of(query, "mode", MODES, MODES[0], mark("mode"), said)
    return Way(family, _tau(query.get("tau"), scorer, said), _wide_enough(mode, theta.cells(grid))), said


def _tau(given: Any, scorer: bool, said: list[Notice]) -> float | None:
    if given is None or given == "":
        return None
    tau = finite(given)
    if tau is None or tau not in TAU:
        said.append(
            Notice(
                t(
                    "tau must be a number from {low} to {high}; nothing is filtered.",
                    low=point(TAU.low),
                    high=point(TAU.high),
                )
            )
        )
        return None
    if not scorer:
        said.append(Notice(t("This model has no scorer.onnx, so its pictures cannot be filtered.")))
        return None
    return tau


def _wide_enough(mode: str, cells: np.ndarray) -> str:
    """The mode, or the next one that can hold the pattern."""
    least = 0 if (cells == 1).all() else 1 if (cells == cells[0]).all() else 2
    return MODES[max(least, MODES.index(mode))]


def shown(classes: Sequence[str], chosen: Sequence[str], most: int) -> list[int]:
    """Rows of the classes that are drawn: all of them where they fit, else the chosen ones."""
    picked = [row for row, name in enumerate(classes) if name in chosen]
    return list(range(len(classes))) if len(classes) <= most else (picked or list(range(3)))
