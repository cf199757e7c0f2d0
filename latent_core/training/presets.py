"""How the shipped models are trained: one line per model; `python -m latent_core train SLUG` reads it."""

import re
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from latent_core import datasets, registry

LINEAR = "linear"
OBJECTIVES = "training.objectives"
"""The room of objectives; it needs torch, so it is opened only where its fields are asked for."""
NAME = re.compile(r"^([a-z0-9_]+)/([a-z][a-z0-9-]*?)-([0-9]+)(-[a-z0-9-]+)?$")


@dataclass(frozen=True)
class Preset:
    """Everything that decides a model's weights, apart from the pictures."""

    objective: str
    """File name of the objective, or "linear" for eigen-images."""
    latent: int
    """Dimensions of the latent space (components of eigen-images)."""
    fields: dict[str, Any] = field(default_factory=dict)
    """Fields of the objective that differ from its defaults."""
    network: str = "mlp"
    """"mlp" (the paper's), "conv", or another of the room of networks."""
    width: int = 500
    """Hidden units of the MLP, or channels of a convolutional network."""
    epochs: int = 24
    """Passes over the training pictures."""
    batch: int = 128
    """Pictures a step."""
    learning_rate: float = 1e-3
    """Adam's step size; it falls to 0 over the last `decay` of training."""
    decay: float = 0.4
    """Share of the steps over which the learning rate falls."""
    augment: bool = False
    """Mirror and shift the pictures a little: for small sets of photographs."""
    bf16: bool = True
    """Matrix products in bfloat16: about 1.6 times as fast on recent processors, same quality."""
    ema_decay: float = 0.0
    """Decay per step of the moving average of the weights, which then ships instead of the last ones; 0 ships those."""
    rotate: bool = False
    """Rotate the latents, at the end, to the axes along which they vary most independently inside every class."""
    seed: int = 1
    """Of the first weights, the order of the pictures and the noise."""


STEADY: dict[str, Any] = {"decay": 0.0, "bf16": False, "ema_decay": 0.999}
"""The running mean of weights that never slow down: smoother between pictures than weights that settle."""
SMOOTH: dict[str, Any] = STEADY | {"fields": {"weight": 300.0, "noise": 0.05}, "epochs": 32, "rotate": True}
"""MMD models whose classes can be drawn from widely before they stop being readable (docs/log.md, 2026-11-25)."""

GAN: dict[str, Any] = {"epochs": 5, "batch": 64, "width": 32, "ema_decay": 0.999}
"""The running mean of weights, as those of either side of a game go round and round."""

SPRITES: dict[str, Any] = {"epochs": 210, "width": 200}
"""10,080 steps: before that no method tells itself from another by what its dimensions stand for."""

PAIRS: dict[str, Any] = {"network": "halves", "width": 400, "epochs": 10}
BRIEF: dict[str, Any] = PAIRS | {"epochs": 5}
"""Of those that draw each picture two or three times in a step."""

ANIMALS: dict[str, Any] = {
    "network": "deep", "width": 24, "epochs": 60, "batch": 64, "learning_rate": 2e-3, "decay": 0.6,
}  # fmt: skip
"""1,140 steps, each on other copies of the drawings: about five minutes of a core."""

SHIPPED: dict[str, Preset] = {
    "mnist/elbo-2": Preset("elbo", 2, {"warm_up": 2000}, epochs=12),
    "mnist/elbo-10": Preset("elbo", 10, {"warm_up": 4000}),
    "mnist/elbo-16": Preset("elbo", 16, {"warm_up": 4000}),
    "mnist/elbo-20": Preset("elbo", 20, {"warm_up": 4000}),
    "mnist/elbo-20-plain": Preset("elbo", 20, **STEADY),
    "mnist/mmd-2": Preset("mmd", 2),
    "mnist/mmd-10": Preset("mmd", 10),
    "mnist/mmd-10-smooth": Preset("mmd", 10, **SMOOTH),
    "mnist/mmd-20": Preset("mmd", 20),
    "mnist/mmd-20-smooth": Preset("mmd", 20, **SMOOTH),
    "mnist/label-guided-16": Preset("label_guided", 16),
    "mnist/beta-16": Preset("beta", 16, {"warm_up": 2000}),
    "mnist/tc-16": Preset("tc", 16, {"warm_up": 2000}),
    "mnist/factor-16": Preset("factor", 16, {"warm_up": 2000, "hidden": 400}),
    "mnist/gamix-16": Preset("gamix", 16),
    "mnist/epanechnikov-16": Preset("epanechnikov", 16),
    "mnist/cvae-16": Preset("cvae", 16, {"warm_up": 2000}, network="labelled", width=400),
    "mnist/poisson-50": Preset("poisson", 50, {"warm_up": 2000}, network="counts", width=400),
    "mnist/ladder-24": Preset("ladder", 24, {"warm_up": 4000, "free": 5.0}, network="ladder", width=400),
    "mnist/gan-32": Preset("gan", 32, network="dcgan", **GAN),
    "mnist/cgan-32": Preset("cgan", 32, network="labelled_dcgan", **GAN),
    "mnist/dip-16": Preset("dip", 16, {"warm_up": 2000}),
    "mnist/vq-98": Preset("vq", 98, network="vq", width=16, epochs=8),
    "mnist/linear-20": Preset(LINEAR, 20),
    "mnist/linear-50": Preset(LINEAR, 50),
    "fashion/elbo-16": Preset("elbo", 16, {"warm_up": 4000}),
    "fashion/mmd-16": Preset("mmd", 16, {"warm_up": 2000}, epochs=16),
    "fashion/label-guided-16": Preset("label_guided", 16, epochs=16),
    "fashion/linear-50": Preset(LINEAR, 50),
    "omniglot/elbo-16": Preset("elbo", 16, {"warm_up": 3000}, epochs=50),
    "omniglot/mmd-16": Preset("mmd", 16, {"warm_up": 2000}, epochs=40),
    "omniglot/label-guided-16": Preset("label_guided", 16, epochs=40),
    "omniglot/linear-50": Preset(LINEAR, 50),
    "sprites/elbo-10": Preset("elbo", 10, {"warm_up": 2000}, **SPRITES),
    "sprites/beta-10": Preset("beta", 10, {"warm_up": 2000}, **SPRITES),
    "sprites/tc-10": Preset("tc", 10, {"warm_up": 2000}, **SPRITES),
    "sprites/factor-10": Preset("factor", 10, {"warm_up": 2000, "hidden": 400}, **SPRITES),
    "sprites/dip-10": Preset("dip", 10, {"warm_up": 2000}, **SPRITES),
    "sprites/linear-20": Preset(LINEAR, 20),
    "melodies/musicvae-16": Preset("musicvae", 16, {"warm_up": 1000}, network="bars", width=192, epochs=14),
    "melodies/linear-50": Preset(LINEAR, 50),
    "pairs/poe-16": Preset("poe", 16, {"warm_up": 1000}, **BRIEF),
    "pairs/mopoe-16": Preset("mopoe", 16, {"warm_up": 1000}, **BRIEF),
    "pairs/set-16": Preset("set", 16, {"warm_up": 1000}, **BRIEF),
    "pairs/moe-16": Preset("moe", 16, {"warm_up": 1000}, **PAIRS),
    "pairs/mmvm-16": Preset("mmvm", 16, {"warm_up": 1000}, **PAIRS),
    "pairs/linear-50": Preset(LINEAR, 50),
    "scenes/attribute2image-16": Preset(
        "attribute2image", 16, {"warm_up": 300, "kl": 8.0}, network="layers", width=300, epochs=30
    ),
    "scenes/linear-50": Preset(LINEAR, 50),
    "animals/label-guided-48": Preset(
        "label_guided",
        48,
        {"start": 30.0, "end": 30.0, "pull": 150.0, "hidden": 40},
        **ANIMALS | {"network": "even", "epochs": 150},
    ),
    "animals/elbo-48": Preset("elbo", 48, {"warm_up": 400}, **ANIMALS | {"epochs": 30}),
    "animals/mmd-48": Preset(
        "mmd",
        48,
        {"weight": 5000.0, "warm_up": 400, "noise": 0.2},
        **ANIMALS | {"network": "even", "epochs": 100},
    ),
    "animals/gamix-48": Preset(
        "gamix", 48, {"together": 20.0, "alone": 2.0, "sharp": 500.0, "channels": 16}, **ANIMALS
    ),
    "animals/linear-50": Preset(LINEAR, 50),
    "olivetti/elbo-32": Preset(
        "elbo", 32, {"kl": 0.03}, network="conv", width=12, epochs=600, batch=64, learning_rate=2e-3, augment=True
    ),
    "olivetti/linear-50": Preset(LINEAR, 50),
    "digits/elbo-8": Preset("elbo", 8, {"warm_up": 300}, width=64, epochs=30, batch=32, learning_rate=3e-3),
    "digits/linear-8": Preset(LINEAR, 8),
}


def split_slug(slug: str) -> tuple[str, str, int]:
    """Dataset, objective and latent size that a model's name tells: "mnist/elbo-10-wide" is mnist, elbo, 10.

    Raises:
        ValueError: not of the form DATASET/OBJECTIVE-LATENT[-ANYTHING]; the message shows one that is.
        LookupError: no such dataset or objective.
    """
    found = NAME.match(slug)
    if found is None:
        raise ValueError(f"'{slug}' is not a model's name: it needs DATASET/OBJECTIVE-LATENT, such as mnist/elbo-10")
    dataset, objective, latent = found[1], found[2].replace("-", "_"), int(found[3])
    if dataset not in datasets.names():
        datasets.find(dataset)  # which says what there is
    if objective != LINEAR and objective not in registry.names(OBJECTIVES):
        raise LookupError(f"there is no objective '{found[2]}'; there are {[*registry.names(OBJECTIVES), LINEAR]}")
    if not 1 <= latent <= 4096:
        raise ValueError(f"'{slug}' asks for {latent} latent dimensions; 1 to 4096 are possible")
    return dataset, objective, latent


def preset(slug: str) -> Preset:
    """The shipped hyper-parameters of a model, or the defaults for a name or for pictures of the user's own."""
    dataset, objective, latent = split_slug(slug)
    plan = SHIPPED.get(slug) or usual(objective, latent)
    found = datasets.find(dataset)
    return for_pictures(plan, found.counts) if hasattr(found, "counts") and objective != LINEAR else plan


def usual(objective: str, latent: int) -> Preset:
    """The defaults, with a network that the objective can train."""
    if objective == LINEAR:
        return Preset(objective, latent)
    from latent_core.training import networks, objectives  # they need torch

    found = objectives.kind(objective)
    name = networks.trainable(found.latent_kind, found.likelihood)[0]
    return Preset(objective, latent, network=name, width=Preset.width if name == networks.USUAL else CONV_WIDTH)


CONV_WIDTH = 16
"""Channels of a convolutional network where nobody chose them."""
STEPS, MOST_EPOCHS = 4000, 600
"""Optimiser steps of a model of somebody's own pictures, as far as so many passes over them can give them."""
FLAT = 3 * 32 * 32
"""Numbers in a picture up to which dense layers read it as it is; convolutions read larger ones."""


def for_pictures(plan: Preset, counts: datasets.Counts) -> Preset:
    """The settings for so many pictures of that size: enough steps for few, a network that fits large ones.

    What an objective does at a certain step (`warm_up`, `turn`, `cool`) is put where it belongs in so many steps.
    """
    batch = 128 if counts.train >= 4000 else 32
    each = -(-counts.train // batch)
    epochs = min(MOST_EPOCHS, max(plan.epochs, -(-STEPS // each)))
    from latent_core.training import objectives

    known = {one.name for one in fields(objectives.kind(plan.objective))}
    times = {"warm_up": epochs * each // 10, "turn": epochs * each // 3, "cool": epochs * each // 2}
    own = {name: value for name, value in times.items() if name in known}
    flat = counts.shape[0] * counts.shape[1] * counts.shape[2] <= FLAT
    if plan.network == Preset.network:
        network, width = (Preset.network, Preset.width) if flat else ("conv", CONV_WIDTH)
        plan = replace(plan, network=network, width=width)
    return replace(plan, batch=batch, epochs=epochs, fields=own)


def command(slug: str, plan: Preset) -> str:
    """The command line that trains this model with these settings; flags only where they differ from the preset."""
    from latent_core.training import objectives

    usual, given = asdict(preset(slug)), asdict(plan)
    defaults = {} if plan.objective == LINEAR else asdict(objectives.make(plan.objective, usual.pop("fields")))
    own = given.pop("fields")
    changed = {name: value for name, value in given.items() if name in usual and value != usual[name]}
    changed |= {name: value for name, value in own.items() if value != defaults.get(name)}
    words = [f"python -m latent_core train {slug}"]
    for name, value in changed.items():
        flag = name.replace("_", "-")
        words.append(
            f"--{flag if value is not False else 'no-' + flag}" + ("" if isinstance(value, bool) else f" {value}")
        )
    return " ".join(words)
