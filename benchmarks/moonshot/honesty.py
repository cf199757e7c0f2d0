"""Is a positive leave-one-out worth anything? The same ink taken out in other ways, and blends that hold no class."""

from collections.abc import Callable

import numpy as np

from benchmarks.moonshot.methods import Judge
from latent_core import evidence


def scores(make: Callable[[np.ndarray], np.ndarray], judge: Judge, real: dict[str, float], n: int = 20) -> dict:
    """What judge B says of a blend of n classes with equal weights.

    Returns:
        lost (classes,) leave-one-out in bits; bits (classes,); sharp 0..1; picture (1, height, width); and
        matrix (classes, classes): row j, bits that each class loses when class j is taken out.
    """
    weights = np.full(n, 1 / n)
    lost = evidence.leave_one_out(make, weights, judge)
    picture = make(weights)
    bits = judge.bits(picture[None])[0]
    parts = np.stack([make(row) for row in evidence.without_each(weights)])
    sharp = float(evidence.sharpness(picture[None], real)[0])
    return {
        "lost": lost, "bits": bits, "sharp": sharp, "picture": picture, "parts": parts,
        "matrix": bits[None] - judge.bits(parts),
    }  # fmt: skip


def own_rank(matrix: np.ndarray) -> tuple[int, float]:
    """How many classes lose most when they themselves are taken out, and the AUC of own against others' removal.

    Args:
        matrix: (classes, classes): row j, bits that each class loses when class j is taken out.

    Returns:
        count 0..classes; AUC, the mean over classes of the share of other removals that cost it less (0.5 is chance).
    """
    own = np.diag(matrix)
    others = np.stack([np.delete(matrix[:, k], k) for k in range(len(matrix))])
    auc = ((own[:, None] > others) + 0.5 * (own[:, None] == others)).mean()
    return int((own > others.max(1)).sum()), float(auc)


def rubbed_out(picture: np.ndarray, part: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """The blend (1, height, width) with as much ink rubbed out as class k brought, but of its shape somewhere else.

    The difference of blend and part (the blend without k) is turned by quarters, mirrored and moved around the sheet at
    random, and its strength set so that the ink that goes is the same; where there is too little to take, all goes.
    """
    gone = np.maximum(picture - part, 0)
    wanted = float(np.maximum(picture.sum() - part.sum(), 0))
    moved = np.rot90(gone, chance.integers(4), (1, 2))
    moved = moved[:, :, ::-1] if chance.random() < 0.5 else moved
    moved = np.roll(moved, tuple(chance.integers(-30, 31, 2)), (1, 2))
    low, high = 0.0, 64.0
    for _ in range(24):
        middle = (low + high) / 2
        enough = (picture * np.clip(middle * moved, 0, 1)).sum() >= wanted
        low, high = (low, middle) if enough else (middle, high)
    return (picture * (1 - np.clip(high * moved, 0, 1))).astype(np.float32)


def against_rubbing(found: dict, judge: Judge, rounds: int = 30, seed: int = 0) -> tuple[int, float, np.ndarray]:
    """Own removal against as much ink rubbed out elsewhere.

    Returns:
        how many classes lose more by their own removal than by 95 of 100 rubbings; share of rubbings after which a
        class's bits fall (what "positive" is worth by chance); all rubbings' losses (classes, rounds) in bits.
    """
    chance = np.random.default_rng(seed)
    lost = []
    for k, part in enumerate(found["parts"]):
        rubbed = np.stack([rubbed_out(found["picture"], part, chance) for _ in range(rounds)])
        lost.append(found["bits"][k] - judge.bits(rubbed)[:, k])
    drawn = np.stack(lost)
    more = (found["lost"][:, None] > drawn).mean(1) >= 0.95
    return int(more.sum()), float((drawn > 0).mean()), drawn


def swapped(layers: np.ndarray, foreign: np.ndarray, finish: Callable, judge: Judge) -> np.ndarray:
    """(classes, strangers) bits that class k loses when a stranger's drawing takes its place: the ink stays.

    Args:
        layers: (classes, 1, height, width); foreign (strangers, 1, height, width).
        finish: layers (classes, ...) to a picture (1, height, width).
    """
    whole = judge.bits(finish(layers)[None])[0]
    lost = np.empty((len(layers), len(foreign)))
    for k in range(len(layers)):
        made = [finish(np.concatenate([layers[:k], one[None], layers[k + 1 :]])) for one in foreign]
        lost[k] = whole[k] - judge.bits(np.stack(made))[:, k]
    return lost


def absent(foreign: np.ndarray, finish: Callable, judge: Judge, sets: int = 10, n: int = 20, seed: int = 1) -> dict:
    """Blends of n strangers, in which no class is: how often does taking one out make a class's bits fall?

    Stranger number k stands for class k, as if its name were wrong. Returns share of falls and mean bits lost, and
    the most classes of 20 that had a positive "leave-one-out" in one blend.
    """
    chance, lost = np.random.default_rng(seed), []
    for _ in range(sets):
        layers = foreign[chance.choice(len(foreign), n, replace=False)]
        whole = judge.bits(finish(layers)[None])[0]
        made = np.stack([finish(np.delete(layers, k, 0)) for k in range(n)])
        lost.append(whole[:n] - judge.bits(made)[np.arange(n), np.arange(n)])
    drawn = np.stack(lost)
    return {"share": float((drawn > 0).mean()), "mean": float(drawn.mean()), "positive": (drawn > 0).sum(1)}
