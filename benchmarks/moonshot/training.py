"""Trains what the moonshot needs, by Medley's own recipes: two VAEs (two seeds) and two judges of the big sheet."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load, save
from torch import Tensor, nn

from benchmarks.moonshot.canvas import pictures
from latent_core.artifacts import write_file
from latent_core.datasets import LabelledImages
from latent_core.training.judges import judge
from latent_core.training.judges.mixtures import Mixer
from latent_core.training.presets import Preset
from latent_core.training.steps import loop

PLAN = Preset(
    "elbo", 64, {"kl": 0.1, "warm_up": 1000}, network="conv", width=16, epochs=5, batch=32, learning_rate=2e-3,
    bf16=False,
)  # fmt: skip
"""A small pull to the prior, so that lines of 1.2 pixels stay lines."""
SEEDS = (1, 2)
STEPS = {"judge": 1500, "guide": 1500}
"""Steps of the judge that only scores (B) and of the guide that steers (A)."""
SPECS = {"judge": judge.JUDGE, "guide": judge.GUIDE}


def vae(drawn: dict[str, np.ndarray], seed: int, runs: Path, on_step: Callable = lambda step: None) -> nn.Module:
    """The trained autoencoder of one seed; goes on, or is read, where RUNS holds it already."""
    data = LabelledImages(drawn["train"], drawn["train_y"], tuple(map(str, range(20))))
    plan = Preset(**{**PLAN.__dict__, "seed": seed})
    return loop.train(plan, data, runs / f"vae{seed}", on_step).model


class Bits:
    """A judge of 112-pixel pictures, who reads them at half their size (as Medley's judges do above 32 pixels)."""

    def __init__(self, net: nn.Module, temperature: float) -> None:
        self.net = judge.Bits(net, temperature).eval()

    def bits(self, pictures: np.ndarray) -> np.ndarray:
        """(n, 20) float32 bits for pictures (n, 1, 112, 112) in 0..1."""
        with torch.no_grad():
            parts = torch.from_numpy(np.ascontiguousarray(pictures, np.float32)).split(100)
            return torch.cat([self.net(part) for part in parts]).numpy()


def mixer(drawn: dict[str, np.ndarray], split: str, families: tuple, seed: int) -> Mixer:
    """Mixtures of halved pictures of "train" (with the strangers to learn from) or of "test" (with the others)."""
    x, y = halved(drawn[split]), torch.from_numpy(drawn[f"{split}_y"]).long()
    others = halved(drawn["learn" if split == "train" else "foreign"])
    return Mixer(x, y, 20, others, families, torch.Generator().manual_seed(seed))


def halved(x: np.ndarray) -> Tensor:
    """(n, 1, 56, 56) of (n, 112, 112, 1) uint8."""
    return torch.cat([judge.shrunk(torch.from_numpy(pictures(part))) for part in np.array_split(x, 8)])


def one_judge(
    drawn: dict[str, np.ndarray], name: str, runs: Path, on_step: Callable[[int, int], None] = lambda step, steps: None
) -> Bits:
    """The judge (B) or the guide (A), trained or read from RUNS."""
    spec, kept = SPECS[name], runs / f"{name}.safetensors"
    if kept.is_file():
        held = load(kept.read_bytes())
        heat = float(held.pop("temperature"))
        net = spec.network((1, 56, 56), 20)
        net.load_state_dict(held)
        return Bits(net.eval(), heat)
    net = judge.train(spec, mixer(drawn, "train", spec.mixings, spec.seed), STEPS[name], on_step)
    heat = judge.temperature(net, mixer(drawn, "test", spec.mixings, spec.seed + 1))
    write_file(kept, save({**net.state_dict(), "temperature": torch.tensor(heat)}))
    return Bits(net, heat)
