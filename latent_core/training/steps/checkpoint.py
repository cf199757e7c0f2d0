"""Training state in one safetensors file, written at once or not at all: no pickle, safe to kill at any moment."""

import json
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn
from torch.optim import Optimizer

from latent_core.artifacts import write_file

NAME = "checkpoint.safetensors"


EVERY = 5.0
"""Least seconds between two checkpoints."""


def save_state(
    folder: Path, modules: nn.Module, adam: Optimizer, note: dict[str, Any], chance: Mapping[str, Tensor] | None = None
) -> None:  # fmt: skip
    """Writes weights, Adam's moments, a JSON note (plan, epochs done, loss terms), and states of random generators."""
    tensors: dict[str, Tensor] = {f"weights/{name}": value for name, value in modules.state_dict().items()}
    for number, state in adam.state_dict()["state"].items():
        tensors |= {f"adam/{number}/{name}": value for name, value in state.items()}
    tensors |= {f"chance/{name}": value for name, value in (chance or {}).items()}
    held = {name: value.detach().clone().contiguous() for name, value in tensors.items()}
    write_file(folder / NAME, save(held, metadata={"note": json.dumps(note)}))


def read_note(folder: Path) -> dict[str, Any] | None:
    """The note of the folder's checkpoint; None where there is none, or it is damaged and training must start again."""
    try:
        with safe_open(folder / NAME, framework="pt") as file:
            note: dict[str, Any] = json.loads((file.metadata() or {})["note"])
            return note
    except (OSError, SafetensorError, KeyError, ValueError):
        return None


def load_state(folder: Path, modules: nn.Module, adam: Optimizer) -> dict[str, Tensor]:
    """Puts a checkpoint back into networks and optimiser, bit for bit; the states of random generators that it holds.

    Moments lie in memory as their weights do, which a fused optimiser takes for granted.
    """
    weights: dict[str, Tensor] = {}
    moments: dict[int, dict[str, Tensor]] = {}
    chance: dict[str, Tensor] = {}
    parameters = [one for group in adam.param_groups for one in group["params"]]
    with safe_open(folder / NAME, framework="pt") as file:
        for key in file.keys():  # noqa: SIM118 (a safetensors file is not a mapping)
            room, name = key.split("/", 1)
            value = file.get_tensor(key).clone()
            if room == "weights":
                weights[name] = value
            elif room == "chance":
                chance[name] = value
            else:
                number, field = name.split("/")
                of = parameters[int(number)]
                laid = torch.empty_like(of).copy_(value) if value.shape == of.shape else value
                moments.setdefault(int(number), {})[field] = laid.detach()
    modules.load_state_dict(weights)
    adam.load_state_dict({"state": moments, "param_groups": adam.state_dict()["param_groups"]})
    return chance


@dataclass(frozen=True)
class Resume:
    """Where a small training is kept until its result has been written, so that a killed one goes on.

    what: it is made from: name, pictures, steps. A checkpoint of anything else is not gone on from.
    """

    folder: Path
    what: dict[str, Any]
    every: float = EVERY

    def clear(self) -> None:
        """Forgets the training: its result has been written."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Progress:
    """A training that may be kept: its network, its optimiser and its random generator (torch's own is kept too).

    Args:
        resume: None keeps nothing.
    """

    def __init__(self, resume: Resume | None, network: nn.Module, adam: Optimizer, rng: torch.Generator) -> None:
        self._resume, self._network, self._adam, self._rng = resume, network, adam, rng
        self._saved = time.monotonic()

    def begin(self) -> int:
        """Steps that were done before, whose state network, optimiser and generators now have."""
        found = read_note(self._resume.folder) if self._resume else None
        if self._resume is None or found is None or found.get("what") != self._resume.what:
            return 0
        chance = load_state(self._resume.folder, self._network, self._adam)
        self._rng.set_state(chance["own"])
        torch.set_rng_state(chance["torch"])
        return int(found["step"])

    def done(self, step: int, steps: int) -> None:
        """Notes that so many steps are done; writes that down from time to time, and at the end."""
        if self._resume and (step == steps or time.monotonic() - self._saved >= self._resume.every):
            chance = {"own": self._rng.get_state(), "torch": torch.get_rng_state()}
            note = {"what": self._resume.what, "step": step}
            save_state(self._resume.folder, self._network, self._adam, note, chance)
            self._saved = time.monotonic()
