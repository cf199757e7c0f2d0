"""What to search for: the order that the command line, the page and Python give alike."""

import math
from dataclasses import asdict, dataclass, fields
from typing import Any

from latent_core.search._catalogue import KINDS, OPTIMISERS, optimisers

MAX_SEED = 2**32 - 1
MOST_EVALUATIONS = 100_000
MOST_WORKERS = 64


@dataclass(frozen=True)
class Order:
    """A search in full: the same order gives the same result, whatever `workers` is.

    model: slug, such as mnist/mmd-20. kind: a name of `KINDS`. accuracy: share of pictures that must be right by the
    lower end of the 95 % interval, worst: the same of each class, as it is measured; both 0..1, by the classifier
    trained on the model's own reconstructions. seed: 0..2^32-1. optimiser: a name of `OPTIMISERS`, "" for the kind's
    own. budget: settings that the optimiser may try for each set of theta that it searches by itself, 0 for its own.
    weight: instead of `accuracy` and `worst`, the weight of Eq. 4's second term. tau: of a filter, 0..1. workers:
    processes at once.

    Raises:
        ValueError: a value that no search can use; the message says which and why.
    """

    model: str
    kind: str = "medium1"
    accuracy: float = 0.995
    worst: float = 0.98
    seed: int = 1
    optimiser: str = ""
    budget: int = 0
    weight: float | None = None
    tau: float = 0.95
    workers: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"there is no family {self.kind!r} to search; there are {list(KINDS)}")
        known = ["", *OPTIMISERS] if KINDS[self.kind].form.rounds else ["", "bisection"]
        if self.optimiser not in known:
            names = known[1:]
            raise ValueError(f"{self.kind} is not searched by {self.optimiser!r}; there are {names}")
        for name in ("accuracy", "worst", "tau"):
            value = getattr(self, name)
            if not (isinstance(value, int | float) and 0 <= value < 1):
                raise ValueError(f"{name} must be a number from 0 to below 1; it was {value}")
        limits = {"seed": (0, MAX_SEED), "budget": (0, MOST_EVALUATIONS), "workers": (1, MOST_WORKERS)}
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if not (isinstance(value, int) and low <= value <= high):
                raise ValueError(f"{name} must be a whole number from {low} to {high}; it was {value}")
        if self.weight is not None and not (math.isfinite(self.weight) and 0 <= self.weight <= 1000):
            raise ValueError(f"weight must be a number from 0 to 1000; it was {self.weight}")

    @property
    def steered(self) -> str:
        """The optimiser that is used: the one asked for, or the kind's own."""
        return self.optimiser or optimisers(self.kind)[0]

    def identity(self) -> dict[str, Any]:
        """Everything that the result depends on, as plain JSON."""
        return {name: value for name, value in asdict(self).items() if name != "workers"}

    def command(self) -> str:
        """The command line that orders the same search."""
        defaults = {field.name: field.default for field in fields(self)}
        shown = ("kind", "accuracy", "seed")
        flags = {"kind": "family"}  # the flag is older than the word
        said = [
            f"--{flags.get(name, name)} {value}"
            for name, value in asdict(self).items()
            if name in shown or value != defaults[name]
        ]
        return "python -m latent_core search " + " ".join(said)


def read(values: dict[str, Any]) -> Order:
    """An order out of plain JSON; unknown keys are an error.

    Raises:
        ValueError: as `Order`, or a key that it does not have, or none for the model.
    """
    known = {field.name for field in fields(Order)}
    strange = sorted(set(values) - known)
    if strange or not isinstance(values.get("model"), str):
        raise ValueError(f"a search is ordered with {sorted(known)} and a model; not with {strange or 'no model'}")
    return Order(**values)
