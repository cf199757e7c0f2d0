"""The room of slower ways to blend: one method a file, made in a process of its own for the page.

A method's file has TITLE, which its button says too, MEANING (one honest line for people), ORDER (place in the list),
`why_not(model, recipe)`, a sentence where it cannot be used or "", and `make(model, recipe, on_step) -> Finished`.
Importing a method is cheap: cma, POT and scipy are imported inside `make`, so that a server may list the methods.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import ModuleType

import numpy as np

from latent_core import registry
from latent_core.models.model import Blend, Model
from latent_core.recipes.recipe import Recipe

ROOM = "slow"
OnStep = Callable[[int, int], None]
"""Told (step, steps), step from 1."""


@dataclass(frozen=True, eq=False, repr=False)
class Finished(Blend):
    """A blend by a slower method; its latent is empty where the picture is no decoded latent.

    what: what the picture is, for a caption; of a collage also own_ink: by class, the share of its ink that is its own,
    and layers (classes, height, width) uint8: each class's strokes alone, in the same order. without (classes,
    channels, height, width) uint8: the picture without each class in turn, where every class of the dataset is in it
    and the method can tell; else empty.
    """

    what: str = ""
    own_ink: Mapping[str, float] = field(default_factory=dict)
    layers: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 0), np.uint8))
    without: np.ndarray = field(default_factory=lambda: np.zeros((0, 0, 0, 0), np.uint8))


def names() -> list[str]:
    """Names of the methods, in the order in which people see them."""
    return list(registry.ordered(ROOM))


def method(name: str) -> ModuleType:
    """The module of a method.

    Raises:
        LookupError: no such method; the message says which ones there are.
    """
    return registry.get(ROOM, name)


def why_not(name: str, model: Model, recipe: Recipe) -> str:
    """Why the method cannot be used on the recipe, as a sentence; "" where it can."""
    sentence: str = method(name).why_not(model, recipe)
    return sentence


def make(
    name: str, recipe: Recipe, on_step: OnStep = lambda step, steps: None, model: Model | None = None
) -> Finished:  # fmt: skip
    """The blend of a recipe's classes by a slower method; the same recipe gives the same picture.

    Args:
        name: from `names()`; the recipe's own method, theta, n and depth do not count.
        recipe: its model, classes, amounts and seed.
        on_step: told how far it is.
        model: the recipe's model where it is open already, with groups where the recipe names some.

    Raises:
        LookupError: no such method.
        ValueError: the method cannot be used on this recipe; the message says why.
        BrokenFolder: the model cannot be opened.
    """
    model = model or Model(recipe.slug)
    problem = why_not(name, model, recipe)
    if problem:
        raise ValueError(problem)
    finished: Finished = method(name).make(model, recipe, on_step)
    return replace(finished, groups=model.named(recipe))


def chosen(recipe: Recipe) -> list[str]:
    """Names of the classes that have a share, in the dataset's order."""
    return [name for name, share in recipe.shares().items() if share > 0]
