"""Search for the best blend: places for each class, so that the weakest of them shows best where they lie together.

Separable CMA-ES (Ros and Hansen, 2008; the package cma) asks for latents, amounts and a contrast curve, and is told how
good their pictures are. The guide, the judge that only steers, says what is in a picture; the judge that scores is
never asked here. One latent for all classes was tried first: it ends in torn pictures that only the guide likes.

Of many classes there are too many latents to move. Then every class has several typical places, which stay where they
are, and amounts of all of these are asked for.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from latent_core.evidence import Judge, sharpness
from latent_core.evidence.measures import Scorer
from latent_core.language import class_name, mark, t
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished, OnStep, chosen

ORDER = 10
TITLE = "Search for the best blend"
MEANING = "Tries 1,600 combinations and keeps the one in which the faintest class is clearest. Needs two classes."
WHAT = mark("Every class decoded from the place that the search found for it, then averaged, with more contrast.")
WHAT_OF_MANY = mark("Several typical pictures of every class, averaged in the amounts that the search found.")
FEWEST, FEW = 2, 5
"""Classes that a search needs, and up to which each has a latent of its own that is moved."""
GENERATIONS, CANDIDATES = 100, 16
"""Rounds, and tries a round."""
SOFT = 0.7
"""Bits: how soft the minimum over classes is, so that the second worst counts a little as well."""
DRAWN, VAGUE = 0.7, 20.0
"""Sharpness below DRAWN costs VAGUE bits a unit: a search for evidence alone ends in grey."""
FAR, FAR_OF_MANY = 0.05, 0.005
"""Bits that a try costs by its squared distance from the start, so that each class stays near its typical picture; of
many, whose places stay, so that no amount grows without need."""
SPREAD = 0.3
"""First step, in each class's own standard deviations."""
MIDDLE, WIDTH, REACH = 0.4, 0.12, 0.2
"""The contrast curve at the start: the grey value that stays in the middle, how soft it is; how far the first moves."""
PLACES = 200
"""Typical pictures of many classes together, at most."""
MOVED = 1 / 32
"""Of a picture's larger side: how far it is moved to see what is left of its evidence."""
TOP, BEND = 0.8, 0.3
"""The most ink of a picture of many at the start, and how far its exponent moves."""


def why_not(model: Model, recipe: Recipe) -> str:
    """Why there is nothing to search for, as a sentence; "" where there is."""
    names = chosen(recipe)
    if model.dataset.unjudged:
        return t("A search needs a judge to steer it. {why}", why=model.dataset.unjudged)
    if len(names) < FEWEST:
        return t("Only one class has any weight. Give weight to at least two.")
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
    columns = [guide.classes.index(name) for name in names]
    made = replace(recipe, method="search")
    if len(names) <= FEW:
        space = Space(model, model.stats["mean"][rows], model.stats["std"][rows])
        found = best(scorer(space, guide, facts.real, columns), space.size, recipe.seed, on_step)[None]
        return Finished(space.pictures(found)[0], space.places(found)[0], made, WHAT)
    many = Many.of(model, rows)
    usual = model.blend(dict.fromkeys(names, 1.0), method="decoded_mean").picture
    drawn = min(DRAWN, float(sharpness(usual[None], facts.real, model.dataset.ground)[0]))
    value = scorer(many, Moved(guide), facts.real, columns, drawn, FAR_OF_MANY)
    found = best(value, many.size, recipe.seed, on_step, middle=True)[None]
    finished = Finished(many.pictures(found)[0], many.places(found)[0], made, WHAT_OF_MANY)
    return replace(finished, without=many.without(found[0])) if len(names) == len(guide.classes) else finished


class Searched(Protocol):
    """What is searched: vectors (size,), all 0 at the start."""

    @property
    def model(self) -> Model:
        """Whose pictures they are."""

    @property
    def size(self) -> int:
        """Numbers in a vector."""

    def pictures(self, vectors: np.ndarray) -> np.ndarray:
        """(n, channels, height, width) float32 0..1 of vectors (n, size)."""


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

    def places(self, vectors: np.ndarray) -> np.ndarray:
        """(n, latent) float32: the mean of the latents by their amounts."""
        return np.einsum("nk,nkl->nl", self.amounts(vectors), self.latents(vectors)).astype(np.float32)

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


@dataclass(frozen=True)
class Many:
    """What is searched for many classes: vectors (size,) of an amount for each of their typical places, and the two
    numbers of a contrast curve.

    All 0 is equal parts, and the curve's start. z: (places, latent), those of a class together; apart: (places,
    channels, pixels), how far what they decode to is from the ground; classes: (places,) the class of each, from 0.
    """

    model: Model
    z: np.ndarray
    apart: np.ndarray
    classes: np.ndarray

    @classmethod
    def of(cls, model: Model, rows: list[int]) -> "Many":
        """The centres of the clusters of these classes of the model, the biggest ones of each, as many for all."""
        each = max(1, min(model.centres.shape[1], PLACES // len(rows)))
        z = model.centres[rows, :each].reshape(-1, model.centres.shape[2])
        apart = model.decode(z) - model.dataset.ground[:, None, None]
        return cls(model, z, apart.reshape(*apart.shape[:2], -1), np.repeat(np.arange(len(rows)), each))

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        return len(self.z) + 2

    def amounts(self, vectors: np.ndarray) -> np.ndarray:
        """(n, places) float32, sums 1."""
        grown = np.exp(vectors[:, :-2])
        return (grown / grown.sum(axis=1, keepdims=True)).astype(np.float32)

    def places(self, vectors: np.ndarray) -> np.ndarray:
        """(n, latent) float32: the mean of the places by their amounts."""
        return (self.amounts(vectors) @ self.z).astype(np.float32)

    def pictures(self, vectors: np.ndarray) -> np.ndarray:
        """(n, channels, height, width) float32 0..1: the average after decoding, its ink through top x^g.

        x is the ink of the average, stretched to reach 1: the ground stays as it is, and hues do.
        """
        return self._drawn(self.amounts(vectors), vectors)

    def without(self, vector: np.ndarray) -> np.ndarray:
        """(classes, channels, height, width) uint8: the picture of a vector (size,) without each class in turn, the
        proportions of the others and the curve kept."""
        kept = self.amounts(vector[None]) * (self.classes != np.arange(self.classes[-1] + 1)[:, None])
        shown = self._drawn(kept / kept.sum(axis=1, keepdims=True), vector[None])
        return np.round(shown * 255).astype(np.uint8)

    def _drawn(self, amounts: np.ndarray, vectors: np.ndarray) -> np.ndarray:
        ground = self.model.dataset.ground[:, None]
        mean = np.tensordot(amounts, self.apart, 1)
        ink = np.abs(mean).max(axis=1)
        mixed = ink / np.maximum(ink.max(axis=1, keepdims=True), 1e-6)
        bend, top = np.exp(BEND * vectors[:, -2:-1]), 1 / (1 + (1 / TOP - 1) * np.exp(-vectors[:, -1:]))
        hue = mean / np.maximum(ink, 1e-30)[:, None]
        shown = ground + (top * mixed**bend).astype(np.float32)[:, None] * hue
        return shown.clip(0, 1).reshape(len(amounts), *self.model.card.shape).astype(np.float32)


@dataclass(frozen=True)
class Moved:
    """The guide's mean bits of a picture and of four that are moved by a pixel or two: what those do not have is an
    accident."""

    guide: Judge

    def bits(self, pictures: np.ndarray) -> np.ndarray:
        """(n, classes) for pictures (n, channels, height, width)."""
        height, width = pictures.shape[2:]
        by = max(1, round(MOVED * max(height, width)))
        wide = np.pad(pictures, ((0, 0), (0, 0), (by, by), (by, by)), mode="edge")
        corners = [(by, by), (0, by), (2 * by, by), (by, 0), (by, 2 * by)]
        moved = [wide[:, :, top : top + height, left : left + width] for top, left in corners]
        return np.mean([self.guide.bits(one) for one in moved], axis=0)


def scorer(
    space: Searched, guide: Scorer, real: Mapping[str, float], columns: list[int], drawn: float = DRAWN,
    far: float = FAR,
) -> Callable[[np.ndarray], np.ndarray]:  # fmt: skip
    """A function from vectors (n, size) to how good their pictures are (n,), in bits.

    softmin_k bits_k - VAGUE max(0, drawn - Q) - far |vector|^2, with softmin = -SOFT ln mean exp(-bits / SOFT).

    Args:
        real: what sharpness Q is measured against.
        columns: the guide's numbers of the classes.
        drawn: sharpness below which a picture is vague.
        far: what the distance from the start costs.
    """

    def value(vectors: np.ndarray) -> np.ndarray:
        pictures = space.pictures(vectors)
        bits = guide.bits(pictures)[:, columns].astype(np.float64)
        least = bits.min(axis=1)
        softmin = least - SOFT * np.log(np.exp((least[:, None] - bits) / SOFT).mean(axis=1))
        vague = np.maximum(0, drawn - sharpness(pictures, real, space.model.dataset.ground).astype(np.float64))
        return softmin - VAGUE * vague - far * (vectors**2).sum(axis=1)

    return value


def best(
    value: Callable[[np.ndarray], np.ndarray], size: int, seed: int, on_step: OnStep, middle: bool = False
) -> np.ndarray:
    """(size,) the best vector that was tried, the start (all 0) among them.

    Args:
        value: of vectors (n, size), higher is better.
        seed: of the tries.
        on_step: told (round, rounds).
        middle: whether to take the middle of the last tries instead, unless it is worse than the start: less of what
            only the guide likes is in it than in the luckiest try.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that it cannot plot
        import cma

    options = {"popsize": CANDIDATES, "seed": seed % 2**31 + 1, "CMA_diagonal": True, "verbose": -9}
    strategy = cma.CMAEvolutionStrategy(np.zeros(size), SPREAD, options)
    found = np.zeros(size)
    top = start = value(found[None])[0]
    for step in range(GENERATIONS):
        asked = strategy.ask()
        values = value(np.stack(asked))
        strategy.tell(asked, (-values).tolist())
        if values.max() > top:
            found, top = np.array(asked[values.argmax()]), values.max()
        on_step(step + 1, GENERATIONS)
    last = np.array(strategy.result.xfavorite)
    return last if middle and value(last[None])[0] >= start else found
