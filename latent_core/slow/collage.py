"""Collage of drawings: one real drawing a class, its strokes drawn anew thin and in a colour of its own."""

from dataclasses import replace

import numpy as np

from latent_core.artifacts import layout
from latent_core.evidence.own_ink import own_ink
from latent_core.language import class_name, known, mark, t
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished, OnStep, chosen
from latent_core.slow._arranging import arrange
from latent_core.slow._pen import INK, grey, placed

ORDER = 30
TITLE = "Collage of drawings"
MEANING = "Overlays one real drawing of each class, as thin coloured lines that cross as little as possible."
WHAT = mark("A collage of drawings, not a model's output.")
TEN = ("e69f00", "3b8fd6", "009e73", "d55e00", "cc79a7", "8a7bd8", "b8a51a", "35b5b5", "c44569", "8c8c8c")
"""The class colours of web/ui/colours.js; classes ten to nineteen, squares there, have the same ones lightened."""


def why_not(model: Model, recipe: Recipe) -> str:
    """Why there is no collage of these classes, as a sentence; "" where there is one."""
    card = model.dataset.card
    if layout.STROKES not in card.files:
        return t(
            "There are no pen lines of {title} ({file}), which a collage is made of.",
            title=known(card.title), file=layout.STROKES,
        )  # fmt: skip
    strange = [name for name in chosen(recipe) if name not in model.dataset.drawings]
    if strange:
        return t(
            "There are no drawings of {name}, so it cannot be part of a collage: take it out first.",
            name=class_name(strange[0]),
        )
    return ""


def make(model: Model, recipe: Recipe, on_step: OnStep) -> Finished:
    """(3, 112, 112) colour picture of the arranged drawings, one a chosen class; amounts do not count."""
    names, there = chosen(recipe), model.dataset.drawings
    poses = arrange([there[name] for name in names], recipe.seed, on_step)
    at = [placed(there[name][pose.drawing], pose) for name, pose in zip(names, poses, strict=True)]
    layers = np.stack([grey(points) for points in at])
    hues = np.stack([hue(model.card.classes.index(name)) for name in names])
    picture = (layers[:, None] * hues[:, :, None, None]).max(axis=0)  # crossings take the brighter of their colours
    shares = dict(zip(names, own_ink(layers, INK).tolist(), strict=True))
    alone = np.round(layers * 255).astype(np.uint8)
    return Finished(picture, np.zeros(0, np.float32), replace(recipe, method="collage"), WHAT, shares, alone)


def hue(index: int) -> np.ndarray:
    """(3,) float32 0..1: red, green and blue of the class at that place of the dataset's order."""
    colour = np.frombuffer(bytes.fromhex(TEN[index % len(TEN)]), np.uint8).astype(np.float32) / 255
    return colour + (1 - colour) * (0.4 if index // len(TEN) % 2 else 0.0)
