"""The training loop: pictures in, a trained VAE out; it can be killed at any moment and goes on where it was."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Adam
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from latent_core import datasets
from latent_core.datasets import LabelledImages
from latent_core.datasets._redrawn import Redrawn
from latent_core.training import networks, objectives
from latent_core.training.presets import Preset
from latent_core.training.steps import checkpoint
from latent_core.training.steps.augment import mirror_and_shift


@dataclass(frozen=True)
class Step:
    """Where training is: epochs are counted from 1; terms are the batch's losses in nats per image."""

    epoch: int
    epochs: int
    step: int
    steps: int
    terms: dict[str, float]


class OtherPlan(ValueError):
    """The folder holds a checkpoint that was trained with other settings, or on other pictures."""


@dataclass
class Run:
    """A model with what trains along, and the story of its training."""

    modules: nn.ModuleDict
    terms: dict[str, float]
    """Mean of each loss term over the last epoch, nats per image."""
    seconds: float

    @property
    def model(self) -> networks.Autoencoder:
        """The autoencoder itself."""
        found = self.modules["model"]
        assert isinstance(found, networks.Autoencoder)
        return found


def train(
    plan: Preset,
    data: LabelledImages,
    folder: Path,
    on_step: Callable[[Step], None] = lambda step: None,
    save_every: float = checkpoint.EVERY,
    pictures: str = "",
) -> Run:
    """Trains, or goes on with the training in `folder`.

    The order of the pictures and the noise come from (seed, epoch), so that a resumed run makes the same weights, bit
    for bit on one thread, as one that was never stopped.

    Args:
        folder: where the checkpoint lives.
        save_every: least seconds between two checkpoints; the last epoch always writes one.
        pictures: their fingerprint, where it is known already.

    Raises:
        OtherPlan: the folder's checkpoint belongs to other settings or pictures.
    """
    objective = objectives.make(plan.objective, plan.fields)
    modules = fresh(plan, objective, data)
    adam = Adam(_groups(plan, objective, modules), fused=True)
    ema = AveragedModel(modules, multi_avg_fn=get_ema_multi_avg_fn(plan.ema_decay)) if plan.ema_decay else None
    checkpointed = nn.ModuleDict({**modules, "ema": ema}) if ema else modules
    note: dict[str, Any] = {"plan": asdict(plan), "pictures": pictures or datasets.fingerprint(data)}
    note |= {"epoch": 0, "seconds": 0.0, "terms": {}}
    found = checkpoint.read_note(folder)
    if found is not None:
        if found["pictures"] != note["pictures"]:
            raise OtherPlan(f"{folder} holds a run on other pictures: delete it to train on those that are there now")
        if found["plan"] != note["plan"]:
            raise OtherPlan(f"{folder} holds a run with other settings: delete it, or give the same settings again")
        checkpoint.load_state(folder, checkpointed, adam)
        note = found
    x = torch.tensor(data.x).permute(0, 3, 1, 2).contiguous()
    if data.mask is not None:
        x = torch.cat([x, torch.tensor(data.mask)[:, None]], 1)
    shown, y = Shown(x, *_redrawn(data)), torch.tensor(data.y).long()
    begun, saved = time.monotonic() - note["seconds"], time.monotonic()
    for epoch in range(note["epoch"], plan.epochs):
        note["terms"] = _epoch(plan, objective, modules, adam, ema, (shown, y), epoch, on_step)
        note |= {"epoch": epoch + 1, "seconds": time.monotonic() - begun}
        if time.monotonic() - saved >= save_every or epoch + 1 == plan.epochs:
            checkpoint.save_state(folder, checkpointed, adam, note)
            saved = time.monotonic()
    ready = ema.module if ema else modules
    assert isinstance(ready, nn.ModuleDict)
    return Run(ready.eval(), note["terms"], note["seconds"])


def fresh(plan: Preset, objective: objectives.Objective, data: LabelledImages) -> nn.ModuleDict:
    """Untrained networks, their weights drawn from the plan's seed without touching torch's global generator."""
    shape: networks.Shape = (data.x.shape[3], data.x.shape[1], data.x.shape[2])
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(plan.seed)
        classes = len(data.names)
        network = objective.network(plan.network, plan.width, classes)
        model = network.build(shape, objective.size(plan.latent, classes))
        players = objective.players(plan.latent, classes)
        opponents = objective.opponents(plan.latent, classes, shape)
        return nn.ModuleDict({"model": model, "extra": players, "opponents": opponents})


def _groups(plan: Preset, objective: objectives.Objective, modules: nn.ModuleDict) -> list[dict[str, Any]]:
    """What Adam makes smaller: what trains together, and opponents at a rate of their own; "full" is a group's rate."""
    opponents = [*modules["opponents"].parameters()]
    others = [one for name in ("model", "extra") for one in modules[name].parameters()]
    groups: list[dict[str, Any]] = [{"params": others, "full": plan.learning_rate}]
    if opponents:
        groups.append({"params": opponents, "full": objective.opponents_rate})
    return [group | {"betas": (objective.momentum, 0.999)} for group in groups]


def _epoch(
    plan: Preset,
    objective: objectives.Objective,
    modules: nn.ModuleDict,
    adam: Adam,
    ema: AveragedModel | None,
    data: tuple["Shown", Tensor],
    epoch: int,
    on_step: Callable[[Step], None],
) -> dict[str, float]:
    """One pass over the pictures, which a mask may follow as one more channel; the mean of each loss term, in nats."""
    shown, y = data
    rng = torch.Generator().manual_seed(plan.seed * 1_000_003 + epoch)
    order = torch.randperm(len(y), generator=rng)
    batches = -(-len(y) // plan.batch)
    model, players, opponents = modules["model"], modules["extra"], modules["opponents"]
    assert isinstance(model, networks.Autoencoder)
    assert isinstance(players, nn.ModuleDict) and isinstance(opponents, nn.ModuleDict)
    extra, channels = nn.ModuleDict({**players, **opponents}), model.decoder.shape[0]
    sums: dict[str, float] = {}
    for number, chosen in enumerate(order.split(plan.batch)):
        step = epoch * batches + number
        _set_rate(adam, plan, step / (batches * plan.epochs))
        drawn = shown.drawn(chosen, rng)
        if plan.augment:
            drawn = mirror_and_shift(drawn, rng)
        pictures, mask = drawn[:, :channels], drawn[:, channels:] if drawn.shape[1] > channels else None
        batch = objectives.Batch(pictures, y[chosen], step, rng, plan.bf16, mask)
        losses = objective.losses(model, extra, batch)
        adam.zero_grad()
        _total(losses.own).backward()
        if losses.opposing:
            for one in opponents.parameters():
                one.grad = None  # the other terms would have them see less
            _total(losses.opposing).backward()
        for group in adam.param_groups:
            nn.utils.clip_grad_norm_(group["params"], 1000.0)
        adam.step()
        terms = losses.own | losses.opposing
        if ema:
            ema.update_parameters(modules)
        values = {name: value.item() for name, value in terms.items()}
        for name, value in values.items():
            sums[name] = sums.get(name, 0.0) + value * len(chosen)
        on_step(Step(epoch + 1, plan.epochs, number + 1, batches, values))
    return {name: value / len(y) for name, value in sums.items()}


@dataclass(frozen=True)
class Shown:
    """What a training sees: pictures (n, channels, height, width) uint8; of few drawings, other copies each time."""

    x: Tensor
    redrawn: Redrawn | None
    drawn_from: Tensor | None

    def drawn(self, chosen: Tensor, rng: torch.Generator) -> Tensor:
        """The chosen pictures, float32, 0..1."""
        if self.redrawn is None or self.drawn_from is None:
            return self.x[chosen].float() / 255
        return self.redrawn.draw(self.drawn_from[chosen], rng)


def _redrawn(data: LabelledImages) -> tuple[Redrawn | None, Tensor | None]:
    """What draws a dataset's originals anew, and of which of them each picture is; nothing where it has none."""
    if data.originals is None or data.drawn_from is None:
        return None, None
    originals = torch.tensor(data.originals).permute(0, 3, 1, 2).float() / 255
    return Redrawn(originals, data.x.shape[1]), torch.tensor(data.drawn_from)


def _total(terms: dict[str, Tensor]) -> Tensor:
    """The sum of some terms."""
    return torch.stack(list(terms.values())).sum()


def _set_rate(adam: Adam, plan: Preset, done: float) -> None:
    """Full speed at first, then straight down to 0 over the last `decay` of the run."""
    left = (1 - done) / plan.decay if plan.decay > 0 else 1.0
    for group in adam.param_groups:
        group["lr"] = group["full"] * min(1.0, left)
