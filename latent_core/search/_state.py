"""The state of a search in a file, written after every round, so that a search that was ended goes on from there."""

import contextlib
from pathlib import Path
from typing import Any

import msgspec

from latent_core.artifacts import write_file

FORMAT = 1


class State(msgspec.Struct, kw_only=True):
    """How far a search is.

    order: what is searched for. round: rounds that are done. theta, step: (groups, latent) where the optimiser is and
    how far it looks around. weight: what an error costs now. ratio: (classes,) errors seen over those expected.
    best: (cosine, accuracy) after each round. looked: by scale in thousandths, what calibration saw there:
    error by class, pictures. evaluations: settings tried. seconds, cpu_seconds: used so far.
    """

    order: dict[str, Any]
    format: int = FORMAT
    round: int = 0
    theta: list[list[float]] = []
    step: list[list[float]] = []
    weight: float = 0.0
    ratio: list[float] = []
    best: list[tuple[float, float]] = []
    looked: dict[str, tuple[list[float], int]] = {}
    evaluations: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0


def resumed(path: Path | None, order: dict[str, Any]) -> State:
    """The state in the file, or a new one where there is none of this order that can be read."""
    if path is not None and path.is_file():
        with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, OSError):
            state = msgspec.json.decode(path.read_bytes(), type=State)
            if state.format == FORMAT and state.order == order:
                return state
    return State(order=order)


def save(path: Path | None, state: State) -> None:
    """Writes the state; without a path there is nothing to do."""
    if path is not None:
        write_file(path, msgspec.json.encode(state))
