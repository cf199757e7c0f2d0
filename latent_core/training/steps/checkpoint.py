"""Training state in one safetensors file, written at once or not at all: no pickle, safe to kill at any moment."""

import json
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn
from torch.optim import Adam

from latent_core.artifacts import write_file

NAME = "checkpoint.safetensors"


def save_state(folder: Path, modules: nn.ModuleDict, adam: Adam, note: dict[str, Any]) -> None:
    """Writes weights, Adam's moments and a JSON note (plan, epochs done, loss terms)."""
    tensors: dict[str, Tensor] = {f"weights/{name}": value for name, value in modules.state_dict().items()}
    for number, state in adam.state_dict()["state"].items():
        tensors |= {f"adam/{number}/{name}": value for name, value in state.items()}
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


def load_state(folder: Path, modules: nn.ModuleDict, adam: Adam) -> None:
    """Puts a checkpoint back into networks and optimiser, bit for bit."""
    weights: dict[str, Tensor] = {}
    moments: dict[int, dict[str, Tensor]] = {}
    with safe_open(folder / NAME, framework="pt") as file:
        for key in file.keys():  # noqa: SIM118 (a safetensors file is not a mapping)
            room, name = key.split("/", 1)
            value = file.get_tensor(key).clone()
            if room == "weights":
                weights[name] = value
            else:
                number, field = name.split("/")
                moments.setdefault(int(number), {})[field] = value
    modules.load_state_dict(weights)
    adam.load_state_dict({"state": moments, "param_groups": adam.state_dict()["param_groups"]})
