"""Trainings of a moment, and pictures of somebody's own for them."""

import numpy as np

from latent_core.commands import items
from latent_core.datasets import LabelledImages, _own
from latent_core.training.pictures import Pictures
from latent_core.training.presets import Preset

SMALL = Preset("elbo", 3, width=16, epochs=4, batch=32)


class Killed(Exception):
    """Stands for a kill signal in the middle of an epoch."""


def own_pictures(name="mine", classes=3, each=8, shape=(8, 8, 1), seed=0):
    rng = np.random.default_rng(seed)
    bases = (rng.random((classes, 1, *shape)) > 0.6) * 200
    x = (bases + rng.integers(0, 55, (classes, each, *shape))).reshape(-1, *shape).astype(np.uint8)
    y, names = np.repeat(np.arange(classes, dtype=np.int16), each), tuple(f"class {i}: <{i}>" for i in range(classes))
    mixed = rng.permutation(len(x))
    train, test = (LabelledImages(x[rows], y[rows], names) for rows in (mixed, np.arange(0, len(x), each)))
    return Pictures(name, _own.about(name, "here", "nobody", "none", train, test), train, test)


def made(found, objective, root, runs, latent=2, **how):
    plan = Preset(objective, latent, **{"width": 8, "epochs": 1, "batch": 8} | how)
    slug = f"{found.name}/{objective}-{latent}"
    return list(items.make_model(slug, plan, found, root, runs))
