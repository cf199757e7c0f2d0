"""Even out: amounts of the chosen classes with which the worst of them shows best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from latent_core.evidence import Judge
from latent_core.language import decimals, t
from latent_core.models.measure import NoJudge
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe

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
            went = {"before": decimals(self.before, 1), "after": decimals(self.after, 1)}
            return t("Evened out: the weakest class went from {before} to {after} bits.", **went)
        return t("No amounts were found that show the weakest class better, so nothing was changed.")


def even_out(model: Model, recipe: Recipe) -> Evened:
    """The recipe with amounts that raise min_k bits_k over the chosen classes; method, variety and seed stay.

    Steered by the guide alone: w_k <- w_k exp(-eta (b_k - mean b) / std b), the multiplicative weights of a game
    between classes (Freund and Schapire 1999), then random neighbours of the best amounts so far. The judge never
    proposes, it may only veto: amounts by which its worst class would lose, or fewer classes would have bits above 0,
    are not taken. Then the amounts half way are tried, and if they fail as well, the old recipe comes back. So nobody
    sees the worst class get worse, and the judge's figures stay those of an outsider but for one or two bits.

    Classes without an amount stay out; groups, which no judge knows, keep their proportion to the average class.

    Raises:
        NoJudge: the dataset has no judge that fits.
    """
    guide, judge = model.dataset.guide, model.dataset.judge
    if guide is None or judge is None:
        raise NoJudge(model.dataset.unjudged)
    search = _Search(model, recipe, guide)
    old = search.bits(judge, [recipe])[0]
    before = float(old.min()) if len(old) else 0.0
    for found in search.proposals() if len(old) > 1 else ():
        new = search.bits(judge, [found])[0]
        if _no_worse(new, old):
            return Evened(found, True, before, float(new.min()))
    return Evened(recipe, False, before, before)


def _no_worse(new: np.ndarray, old: np.ndarray) -> bool:
    """Whether the worst class has at least its old bits, and as many classes as before have bits above 0."""
    return bool(new.min() >= old.min() and (new > 0).sum() >= (old > 0).sum())


class _Search:
    """One run of the search, over log-weights u (classes with a share,)."""

    def __init__(self, model: Model, recipe: Recipe, guide: Judge) -> None:
        self.model, self.recipe, self.guide = model, recipe, guide
        shares = {name: share for name, share in recipe.shares().items() if share > 0}
        self.names = list(shares)
        self.start = np.log(list(shares.values()))
        self.judged = np.array([i for i, name in enumerate(shares) if name in guide.classes], np.int64)
        self.outputs = np.array([guide.classes.index(self.names[i]) for i in self.judged], np.int64)
        self.old = self.bits(guide, [recipe])[0]

    def proposals(self) -> Iterator[Recipe]:
        """The best amounts, then those half way to them; only what the guide finds better than the old ones."""
        best = self._best()
        for way in (1.0, 0.5):
            found = self._recipe(self.start + way * (best - self.start))
            if self._scores(self.bits(self.guide, [found]))[0] > self.old.min() + GAIN:
                yield found

    def bits(self, judge: Judge, recipes: Sequence[Recipe]) -> np.ndarray:
        """(recipes, chosen classes that judges know) bits."""
        return judge.bits(np.stack([self.model.make(recipe).picture for recipe in recipes]))[:, self.outputs]

    def _best(self) -> np.ndarray:
        """Log-weights, centred like those at the start, of the best amounts found."""
        best, score = self.start, -np.inf
        equal = self.start.copy()
        equal[self.judged] = self.start[self.judged].mean()
        for u in (self.start, equal):
            for eta in np.geomspace(FIRST, LAST, STEPS):
                bits = self.bits(self.guide, [self._recipe(u)])
                if self._scores(bits)[0] > score:
                    best, score = u, self._scores(bits)[0]
                u = u.copy()
                u[self.judged] -= eta * (bits[0] - bits.mean()) / max(bits.std(), 1e-6)
        random = np.random.default_rng(1)
        for spread in SPREADS:
            steps = random.standard_normal((TRIES, len(self.judged)))
            near = np.repeat(best[None], TRIES, axis=0)
            near[:, self.judged] += spread * (steps - steps.mean(axis=1, keepdims=True))
            scores = self._scores(self.bits(self.guide, [self._recipe(u) for u in near]))
            if scores.max() > score:
                best, score = near[scores.argmax()], scores.max()
        return best

    def _scores(self, bits: np.ndarray) -> np.ndarray:
        """(n,) the worst class's bits; -inf where the guide finds it worse than the old amounts."""
        return np.array([row.min() if _no_worse(row, self.old) else -np.inf for row in bits])

    def _recipe(self, u: np.ndarray) -> Recipe:
        """The recipe with these log-weights as amounts, rounded as the page rounds them; the largest is 100."""
        amounts = np.round(np.maximum(100 * np.exp(u - u.max()), FLOOR), 2)
        found = dict(zip(self.names, amounts.tolist(), strict=True))
        return replace(self.recipe, w=tuple((name, found.get(name, 0.0)) for name, _ in self.recipe.w))
