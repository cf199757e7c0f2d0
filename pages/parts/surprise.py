"""Surprise me: a recipe out of a seed, over all datasets that are there, that is good to look at."""

import random
from collections.abc import Callable

import numpy as np

from latent_core.artifacts import BrokenFolder
from latent_core.blends import methods
from latent_core.language import t
from latent_core.models.library import Library
from latent_core.models.measure import measure
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe, parse
from latent_core.recipes.theta import Theta

TRIES = 6
"""Recipes that are drawn, of which the best one is shown."""
MOST = 4
"""Classes at most: with more, one blend looks like another."""


def surprise(seed: int, library: Library, model: Callable[[str], Model]) -> Recipe:
    """The recipe of a seed; the same one as long as the same models are there.

    Of a few blends of a dataset's first model it is the one in which most of its classes are found, and of these the
    crispest; without a judge the one with most contrast.

    Args:
        seed: 0 to 2^32 - 1.
        model: opens a model by its slug; may raise BrokenFolder, and then another dataset is taken.

    Raises:
        BrokenFolder: no dataset can be shown.
    """
    rng = random.Random(seed)
    datasets = list(library.datasets())
    rng.shuffle(datasets)
    fault = BrokenFolder(t("There is no model to blend with."))
    for data in datasets:
        first, _ = parse({"data": data}, library)
        try:
            opened = model(first.slug)
        except BrokenFolder as problem:
            fault = problem
            continue
        tried = [_drawn(first, rng, library) for _ in range(TRIES)]
        return max(tried, key=lambda recipe: _looks(opened, recipe))
    raise fault


def _drawn(first: Recipe, rng: random.Random, library: Library) -> Recipe:
    """Two to four classes of a dataset, in unequal parts, with some variety."""
    classes = list(library.classes(first.data))
    names = rng.sample(classes, min(len(classes), rng.randint(2, MOST)))
    usual = [one.name for one in methods(library.latent_kind(first.data, first.model))][:2]
    return Recipe(
        data=first.data,
        model=first.model,
        w=tuple((name, float(rng.choice((40, 60, 80, 100)))) for name in classes if name in names),
        theta=Theta(rng.choice((0.0, 0.2, 0.4))),
        seed=rng.randrange(100_000),
        method=rng.choice(usual),
        k=first.k,
    )


def _looks(model: Model, recipe: Recipe) -> tuple[float, float]:
    """How good a blend is to look at: what part of its classes is found in it, and how crisp it is."""
    blend = model.make(recipe)
    if model.dataset.judge is None:
        return 0.0, float(np.std(blend.picture))
    reading = measure(model, blend, remove_one=False)
    return reading.k / max(1, reading.n), reading.sharpness
