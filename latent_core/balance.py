"""Even out: amounts of the chosen classes with which the worst of them shows best."""

from dataclasses import dataclass, replace

import numpy as np

from latent_core.evidence import Judge, least
from latent_core.model import Model
from latent_core.reading import NoJudge
from latent_core.recipe import Recipe

STEPS = 20
"""Multiplicative steps from each of two starts: the amounts as they are, and equal parts."""
FIRST, LAST = 0.6, 0.05
"""Length of the first and the last of them, in nats of weight a standard deviation of evidence."""
SPREADS = (0.3, 0.15, 0.07)
TRIES = 8
"""Random neighbours of the best amounts, so many a spread (nats of weight): the minimum of several has corners."""
FLOOR = 1.0
"""Least amount of a chosen class where the largest has 100, so that none is given up."""
GAIN = 0.005
"""Bits that the guide must see gained before amounts are worth changing."""


@dataclass(frozen=True)
class Evened:
    """Amounts after evening out; before and after are the worst chosen class's bits by the judge, not by the guide."""

    recipe: Recipe
    changed: bool
    before: float
    after: float

    def sentence(self) -> str:
        """What happened, for people."""
        if self.changed:
            return f"Evened out: the weakest class went from {self.before:.1f} to {self.after:.1f} bits."
        return "No amounts were found that show the weakest class better, so nothing was changed."


def even_out(model: Model, recipe: Recipe) -> Evened:
    """The recipe with amounts that raise min_k bits_k over the chosen classes; method, variety and seed stay.

    Steered by the guide alone: w_k <- w_k exp(-eta (b_k - mean b) / std b), the multiplicative weights of a game
    between classes (Freund and Schapire 1999), then random neighbours of the best amounts so far. The judge never
    proposes, it may only veto: amounts by which its own worst class would lose are not taken, and the old recipe comes
    back. So no class that people see as the worst gets worse, and the judge's figures stay those of an outsider, but
    for this one bit.

    Classes without an amount stay out; groups, which no judge knows, keep their proportion to the average class.

    Raises:
        NoJudge: the dataset has no judge that fits.
    """
    guide, judge = model.dataset.guide, model.dataset.judge
    if guide is None or judge is None:
        raise NoJudge(model.dataset.unjudged)
    search = _Search(model, recipe, guide)
    before = search.worst(judge, recipe)
    if len(search.judged) > 1:
        found, gain = search.run()
        after = search.worst(judge, found)
        if gain > GAIN and after >= before:
            return Evened(found, True, before, after)
    return Evened(recipe, False, before, before)


class _Search:
    """One run of the search, over log-weights u (classes with a share,)."""

    def __init__(self, model: Model, recipe: Recipe, guide: Judge) -> None:
        self.model, self.recipe, self.guide = model, recipe, guide
        shares = {name: share for name, share in recipe.shares().items() if share > 0}
        self.names = list(shares)
        self.start = np.log(list(shares.values()))
        self.judged = np.array([i for i, name in enumerate(shares) if name in guide.classes], np.int64)
        self.outputs = np.array([guide.classes.index(self.names[i]) for i in self.judged], np.int64)

    def run(self) -> tuple[Recipe, float]:
        """The best amounts, and by how many bits they are better than the recipe's own by the guide."""
        at_first = self.worst(self.guide, self.recipe)
        equal = self.start.copy()
        equal[self.judged] = self.start[self.judged].mean()
        random = np.random.default_rng(1)
        best, score = self.start, -np.inf
        for u in (self.start, equal):
            for eta in np.geomspace(FIRST, LAST, STEPS):
                bits = self._bits(u[None])[0]
                if bits.min() > score:
                    best, score = u, bits.min()
                u = u.copy()
                u[self.judged] -= eta * (bits - bits.mean()) / max(bits.std(), 1e-6)
        for spread in SPREADS:
            near = np.repeat(best[None], TRIES, axis=0)
            steps = random.standard_normal((TRIES, len(self.judged)))
            near[:, self.judged] += spread * (steps - steps.mean(axis=1, keepdims=True))
            worst = self._bits(near).min(axis=1)
            if worst.max() > score:
                best, score = near[worst.argmax()], worst.max()
        return self._recipe(best), float(score - at_first)

    def worst(self, judge: Judge, recipe: Recipe) -> float:
        """Bits of the worst chosen class that judges know; 0 where there is none."""
        if not len(self.judged):
            return 0.0
        chosen = np.zeros(len(judge.classes), bool)
        chosen[self.outputs] = True
        return least(judge.bits(self.model.make(recipe).picture[None])[0], chosen)

    def _bits(self, many: np.ndarray) -> np.ndarray:
        """(n, judged classes) the guide's bits of the blends with log-weights (n, classes)."""
        pictures = [self.model.make(self._recipe(u)).picture for u in many]
        return self.guide.bits(np.stack(pictures))[:, self.outputs]

    def _recipe(self, u: np.ndarray) -> Recipe:
        """The recipe with these log-weights as amounts, rounded as the page rounds them; the largest is 100."""
        amounts = np.round(np.maximum(100 * np.exp(u - u.max()), FLOOR), 2)
        found = dict(zip(self.names, amounts.tolist(), strict=True))
        return replace(self.recipe, w=tuple((name, found.get(name, 0.0)) for name, _ in self.recipe.w))
