"""Reads a blend by its dataset's judge: which of its classes are really in the picture."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from latent_core import evidence
from latent_core.artifacts import BrokenFolder
from latent_core.evidence import Judge, Reading, baseline_bits, not_judged
from latent_core.models.model import Blend, Model
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.where import Where

Draw = Callable[[Recipe], np.ndarray]
"""The picture (channels, height, width) of a recipe."""


class NoJudge(LookupError):
    """Nothing can be said about this dataset's blends; the message is a sentence for people."""


def measure(
    model: Model, made: Blend | Recipe, remove_one: bool | None = None, without: np.ndarray | None = None
) -> Reading:  # fmt: skip
    """The reading of a blend, or of a recipe that the model makes first.

    Args:
        model: the model that made the blend; it makes the blends without each class.
        remove_one: whether to measure leave-one-out, which takes one more blend a class; without it, only when every
            class of the dataset is chosen, as bits alone do not tell presence then.
        without: (chosen, channels, height, width) uint8: the pictures without each of the chosen classes, in the
            recipe's order, where they are there already; then leave-one-out is measured of these.

    Raises:
        NoJudge: the dataset has no judge that fits.
        ValueError: leave-one-out is asked for and only one class is chosen.
    """
    _judge(model)
    blend = made if isinstance(made, Blend) else model.make(made)
    if without is None or not len(without):
        return _read(model, blend.picture, blend.recipe, lambda recipe: model.make(recipe).picture, remove_one)
    names = [name for name, share in blend.recipe.shares().items() if share > 0]

    def draw(recipe: Recipe) -> np.ndarray:
        left = [name for name in names if not recipe.shares().get(name, 0)]
        return without[names.index(left[0])].astype(np.float32) / 255 if left else blend.picture

    return _read(model, blend.picture, blend.recipe, draw, True)


def alternatives(
    model: Model, recipe: Recipe, linear: Model | None = None, remove_one: bool | None = None
) -> dict[str, Reading]:
    """Readings of the usual answers with the same amounts, which know no paint: Centre of mass, Eigen-image, Plain
    average.

    Args:
        linear: the dataset's linear model, if it is open already (with its groups, where the recipe names some).
        remove_one: as in `measure`.

    Returns:
        by title; without the Eigen-image where the dataset has no linear model.

    Raises:
        NoJudge: the dataset has no judge that fits.
    """
    _judge(model)
    return {
        title: _read(model, draw(recipe), recipe, draw, remove_one) for title, draw in _usual(model, recipe, linear)
    }


def _judge(model: Model) -> Judge:
    judge = model.dataset.judge
    if judge is None:
        raise NoJudge(model.dataset.unjudged)
    return judge


def _usual(model: Model, recipe: Recipe, linear: Model | None) -> Iterator[tuple[str, Draw]]:
    """Title and maker of each usual answer."""

    def centre(of: Model, one: Recipe) -> np.ndarray:
        return of.make(replace(one, method="centre_of_mass", where=Where())).picture

    yield "Centre of mass", lambda one: centre(model, one)
    eigen = linear or _linear(model)
    if eigen:
        yield "Eigen-image", lambda one: centre(eigen, one)
    yield "Plain average", lambda one: model.plain_average(one.shares())


def _linear(model: Model) -> Model | None:
    """The dataset's linear model, which may be this one; None where it cannot be opened."""
    slug = f"{model.dataset.slug}/{model.dataset.card.linear}"
    if model.slug == slug:
        return model
    try:
        return Model(slug, model.dataset).with_groups(model.groups)
    except BrokenFolder:
        return None


class _WithGroups:
    """A judge that says 0 bits about groups, which it does not know, so that they count as further classes."""

    def __init__(self, judge: Judge, groups: int) -> None:
        self.judge, self.groups = judge, groups

    def bits(self, pictures: np.ndarray) -> np.ndarray:
        """(n, classes and groups)."""
        return np.pad(self.judge.bits(pictures), ((0, 0), (0, self.groups)))


def _read(model: Model, picture: np.ndarray, recipe: Recipe, draw: Draw, remove_one: bool | None) -> Reading:
    judge, facts = _judge(model), model.dataset.card.judge
    assert facts is not None, "a judge comes with its facts"
    shares = {name: share for name, share in recipe.shares().items() if share > 0}
    unknown = [name for name in shares if name not in judge.classes]
    chosen = np.array([name in shares for name in judge.classes])
    everyone = bool(chosen.all())
    bits = judge.bits(picture[None])[0]
    wanted = remove_one or (remove_one is None and everyone and len(shares) > 1)
    without = _without_each(judge, recipe, shares, unknown, draw) if wanted else None
    seen = evidence.present(bits, chosen, without if everyone else None)
    other = evidence.became(bits, chosen)
    told = [name for name, yes in zip(judge.classes, chosen, strict=True) if yes]
    return Reading(
        bits=dict(zip(judge.classes, bits.tolist(), strict=True)),
        without=None if without is None else {name: float(without[judge.classes.index(name)]) for name in told},
        sharpness=round(float(evidence.sharpness(picture[None], facts.real, model.dataset.ground)[0]), 4),
        seen=tuple(name for name, yes in zip(judge.classes, seen, strict=True) if yes),
        chosen=tuple(told),
        became=None if other is None else judge.classes[other],
        baseline=baseline_bits(facts.baseline_bits, len(told)),
        recoverability=evidence.recoverability(bits, chosen) if told and not everyone else None,
        note=not_judged(unknown),
    )


def _without_each(
    judge: Judge, recipe: Recipe, shares: dict[str, float], unknown: list[str], draw: Draw
) -> np.ndarray:  # fmt: skip
    """(classes,) leave-one-out in bits; groups count as further classes and stay in every picture."""
    names = [*judge.classes, *unknown]

    def make(weights: np.ndarray) -> np.ndarray:
        given = zip(names, weights.tolist(), strict=True)
        return draw(replace(recipe, w=tuple((name, weight) for name, weight in given if weight > 0)))

    weights = np.array([shares.get(name, 0.0) for name in names])
    return evidence.leave_one_out(make, weights, _WithGroups(judge, len(unknown)))[: len(judge.classes)]
