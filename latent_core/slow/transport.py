"""Transport average: the Wasserstein barycentre of the classes' decoded centroids, by POT's convolutional Sinkhorn.

Solomon et al., Convolutional Wasserstein distances, ACM Transactions on Graphics 2015; debiased as by Janati, Cuturi
and Gramfort, Debiased Sinkhorn barycenters, ICML 2020, so that one picture stays itself and strokes stay strokes.
"""

import os
import warnings
from dataclasses import replace

import numpy as np

from latent_core.language import mark, t
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished, OnStep, chosen

ORDER = 20
TITLE = "Transport average"
MEANING = "Moves the ink of every class's typical picture as little as it can until all agree on one picture."
WHAT = mark("An average of decoded pictures by optimal transport, made of pixels and not of a latent code.")
BLUR, SMALL, BLUR_OF_LARGE = 1e-3, 32, 8e-3
"""Entropy of the transport in squared widths of the picture, of pictures of up to SMALL pixels and of larger ones, for
which a pixel is less, and every step takes longer: less entropy is sharper and slower."""
TINY = 1e-250
"""Below this the kernel counts as 0; POT's own 1e-30 cuts off moves of half a picture, and tears strokes apart."""
BACKENDS = ("PYTORCH", "JAX", "CUPY", "TENSORFLOW")
"""Libraries that POT would import if it could; numpy is enough here."""


def why_not(model: Model, recipe: Recipe) -> str:
    """Why the recipe's pictures cannot be transported; "" where they can."""
    if model.card.shape[0] > 1:
        return t(
            "Transport moves ink of one kind: in colour, red, green and blue would be moved apart. Use another method."
        )
    return ""


def make(model: Model, recipe: Recipe, on_step: OnStep) -> Finished:
    """The barycentre with the recipe's shares as weights.

    Ink, how far a pixel is from the ground, is a mass that transport neither makes nor loses; afterwards the picture
    gets its ingredients' contrast back. What is drawn is darker or lighter than the ground, whichever leaves more room.
    """
    names = chosen(recipe)
    shares = np.array([recipe.shares()[name] for name in names])
    rows = [model.card.classes.index(name) for name in names]
    pictures = model.decode(model.stats["mean"][rows])[:, 0].astype(np.float64)  # (classes, height, width)
    ground = float(model.dataset.ground[0])
    away = 1.0 if ground < 0.5 else -1.0
    ink = barycentre((away * (pictures - ground)).clip(0, 1), shares)
    on_step(1, 1)
    picture = (ground + away * ink).clip(0, 1)[None].astype(np.float32)
    return Finished(picture, np.zeros(0, np.float32), replace(recipe, method="transport"), WHAT)


def barycentre(pictures: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """(height, width) 0..1: the Wasserstein barycentre of pictures, as bright at its brightest as they are on average.

    Args:
        pictures: (n, height, width) 0..1, none of them blank.
        shares: (n,) weights, sum 1.
    """
    for name in BACKENDS:
        os.environ.setdefault(f"POT_BACKEND_DISABLE_{name}", "1")
    from ot.bregman import convolutional_barycenter2d_debiased

    blur = BLUR if max(pictures.shape[1:]) <= SMALL else BLUR_OF_LARGE
    floor = 1e-9  # a pixel without any mass has no logarithm
    mass = pictures.sum(axis=(1, 2), keepdims=True) + floor * pictures[0].size
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says when the last digits did not settle, which nobody sees in 256 greys
        found = convolutional_barycenter2d_debiased((pictures + floor) / mass, blur, shares, stabThr=TINY)
    top = float(shares @ pictures.max(axis=(1, 2)))
    return np.clip(found * (top / found.max()), 0, 1)
