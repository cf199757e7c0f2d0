"""Search for the best blend: a latent for each class, so that the weakest of them shows best where they lie together.

Separable CMA-ES (Ros and Hansen, 2008; the package cma) asks for latents, amounts and a contrast curve, and is told how
good their pictures are. The guide, the judge that only steers, says what is in a picture; the judge that scores is
never asked here. One latent for all classes was tried first: it ends in torn pictures that only the guide likes.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from latent_core.evidence import Judge, sharpness
from latent_core.language import class_name, mark, t
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished, OnStep, chosen

ORDER = 10
TITLE = "Search for the best blend"
MEANING = (
    "Tries 1,000 combinations and keeps the one in which the faintest class is clearest. Works with 2 to 5 classes."
)
WHAT = mark("Every class decoded from the place that the search found for it, then averaged, with more contrast.")
FEWEST, MOST = 2, 5
GENERATIONS, CANDIDATES = 100, 16
"""Rounds, and tries a round."""
SOFT = 0.7
"""Bits: how soft the minimum over classes is, so that the second worst counts a little as well."""
DRAWN, VAGUE = 0.7, 20.0
"""Sharpness below DRAWN costs VAGUE bits a unit: a search for evidence alone ends in grey."""
FAR = 0.05
"""Bits that a try costs by its squared distance from the start, so that each class stays near its typical picture."""
SPREAD = 0.3
"""First step, in each class's own standard deviations."""
MIDDLE, WIDTH, REACH = 0.4, 0.12, 0.2
"""The contrast curve at the start: the grey value that stays in the middle, how soft it is; how far the first moves."""


def why_not(model: Model, recipe: Recipe) -> str:
    """Why there is nothing to search for, as a sentence; "" where there is."""
    names = chosen(recipe)
    if model.dataset.unjudged:
        return t("A search needs a judge to steer it. {why}", why=model.dataset.unjudged)
    if len(names) < FEWEST:
        return t("Only one class has any weight. Give weight to 2 to 5.")
    if len(names) > MOST:
        return t(
            "One picture cannot show {n} classes well enough to search for it: choose 2 to 5 classes.", n=len(names)
        )
    guide = model.dataset.guide
    strange = [name for name in names if guide and name not in guide.classes]
    if strange:
        return t(
            "The judges do not know {name}, so there is nothing to steer by: take it out first.",
            name=class_name(strange[0]),
        )
    return ""


def make(model: Model, recipe: Recipe, on_step: OnStep) -> Finished:
    """The best picture that was tried; amounts and theta do not count, the seed does. It lies at the mean latent."""
    guide, facts = model.dataset.guide, model.dataset.card.judge
    assert guide and facts, "why_not has seen to that"
    names = chosen(recipe)
    rows = [model.card.classes.index(name) for name in names]
    space = Space(model, model.stats["mean"][rows], model.stats["std"][rows])
    value = scorer(space, guide, facts.real, [guide.classes.index(name) for name in names])
    found = best(value, space.size, recipe.seed, on_step)[None]
    place = np.einsum("k,kl->l", space.amounts(found)[0], space.latents(found)[0]).astype(np.float32)
    return Finished(space.pictures(found)[0], place, replace(recipe, method="search"), WHAT)


@dataclass(frozen=True)
class Space:
    """What is searched: vectors (size,) of a latent a class, amounts, and the two numbers of a contrast curve.

    All 0 is every class's centroid, equal parts, and the curve's start. mean, std: (classes, latent).
    """

    model: Model
    mean: np.ndarray
    std: np.ndarray

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return self.mean.size + len(self.mean) + 2

    def latents(self, vectors: np.ndarray) -> np.ndarray:
        """(n, classes, latent) of vectors (n, size), whose unit is each class's own standard deviation."""
        moved = vectors[:, : self.mean.size].reshape(-1, *self.mean.shape)
        return self.mean + self.std * moved

    def amounts(self, vectors: np.ndarray) -> np.ndarray:
        """(n, classes), sums 1."""
        grown = np.exp(vectors[:, self.mean.size : -2])
        return grown / grown.sum(axis=1, keepdims=True)

    def pictures(self, vectors: np.ndarray) -> np.ndarray:
        """(n, channels, height, width) float32 0..1: the average after decoding, through the curve.

        curve(x) = (s((x - middle) / width) - s(-middle / width)), stretched to reach 1, where s is the logistic
        function and x the ink of the average, stretched to reach 1: the ground stays as it is, and hues do.
        """
        z = self.latents(vectors).reshape(-1, self.mean.shape[1])
        decoded = self.model.decode(z)
        ground = self.model.dataset.ground[:, None]
        each = decoded.reshape(len(vectors), len(self.mean), len(ground), -1) - ground
        apart = np.einsum("nk,nkcp->ncp", self.amounts(vectors).astype(np.float32), each)
        ink = np.abs(apart).max(axis=1)
        mixed = ink / np.maximum(ink.max(axis=1, keepdims=True), 1e-6)
        middle = (MIDDLE + REACH * vectors[:, -2:-1]).astype(np.float32)
        width = (WIDTH * np.exp(vectors[:, -1:])).astype(np.float32)
        curved = np.tanh((mixed - middle) / (2 * width)) - np.tanh(-middle / (2 * width))
        curved /= np.maximum(curved.max(axis=1, keepdims=True), 1e-6)
        hue = apart / np.maximum(ink, 1e-30)[:, None]
        return (ground + curved[:, None] * hue).clip(0, 1).reshape(len(vectors), *decoded.shape[1:])


def scorer(
    space: Space, guide: Judge, real: Mapping[str, float], columns: list[int]
) -> Callable[[np.ndarray], np.ndarray]:
    """A function from vectors (n, size) to how good their pictures are (n,), in bits.

    softmin_k bits_k - VAGUE max(0, DRAWN - Q) - FAR |vector|^2, with softmin = -SOFT ln mean exp(-bits / SOFT).

    Args:
        real: what sharpness Q is measured against.
        columns: the guide's numbers of the classes.
    """

    def value(vectors: np.ndarray) -> np.ndarray:
        pictures = space.pictures(vectors)
        bits = guide.bits(pictures)[:, columns].astype(np.float64)
        least = bits.min(axis=1)
        softmin = least - SOFT * np.log(np.exp((least[:, None] - bits) / SOFT).mean(axis=1))
        vague = np.maximum(0, DRAWN - sharpness(pictures, real, space.model.dataset.ground).astype(np.float64))
        return softmin - VAGUE * vague - FAR * (vectors**2).sum(axis=1)

    return value


def best(value: Callable[[np.ndarray], np.ndarray], size: int, seed: int, on_step: OnStep) -> np.ndarray:
    """(size,) the best vector that was tried, the start (all 0) among them.

    Args:
        value: of vectors (n, size), higher is better.
        seed: of the tries.
        on_step: told (round, rounds).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it cannot plot
        import cma

    options = {"popsize": CANDIDATES, "seed": seed % 2**31 + 1, "CMA_diagonal": True, "verbose": -9}
    strategy = cma.CMAEvolutionStrategy(np.zeros(size), SPREAD, options)
    found = np.zeros(size)
    top = value(found[None])[0]
    for step in range(GENERATIONS):
        asked = strategy.ask()
        values = value(np.stack(asked))
        strategy.tell(asked, (-values).tolist())
        if values.max() > top:
            found, top = np.array(asked[values.argmax()]), values.max()
        on_step(step + 1, GENERATIONS)
    return found
