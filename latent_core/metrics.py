"""Measures of models, each a number with a unit and a range; numpy in, numpy out (scikit-learn only where named)."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from latent_core import checked

ROWS = ("n", "latent")


def cross_entropy(pictures: np.ndarray, rebuilt: np.ndarray) -> float:
    """BCE = mean over pictures of -sum over pixels (x log x' + (1 - x) log(1 - x')), in nats per image, 0 upwards.

    It cannot reach 0 for grey pixels: a perfect copy still costs their own entropy.

    Args:
        pictures, rebuilt: (n, ...) 0..1, of one shape.

    Raises:
        ValueError: they are no such pictures.
    """
    pictures, rebuilt = _pair(pictures, rebuilt)
    x = pictures.reshape(len(pictures), -1).astype(np.float64)
    p = rebuilt.reshape(len(rebuilt), -1).astype(np.float64).clip(1e-6, 1 - 1e-6)
    return float(-(x * np.log(p) + (1 - x) * np.log(1 - p)).sum(1).mean())


def squared_error(pictures: np.ndarray, rebuilt: np.ndarray) -> float:
    """MSE = mean over pictures and pixels of (x - x')^2, in squared grey values, 0 (the same) to 1.

    Arguments and errors as in `cross_entropy`.
    """
    pictures, rebuilt = _pair(pictures, rebuilt)
    return float(np.square(pictures.astype(np.float64) - rebuilt).mean())


def divergence(mean: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """KL(q(z given x), N(0, I)) of each dimension, (latent,), nats per image, mean over the pictures, 0 upwards.

    (mean^2 + spread^2 - 1 - log spread^2) / 2.

    Args:
        mean, spread: (n, latent) posterior mean and standard deviation, spread > 0.

    Raises:
        ValueError: they are none.
    """
    mean, spread = _posteriors(mean, spread)
    square = np.square(spread.astype(np.float64))
    return 0.5 * (np.square(mean.astype(np.float64)) + square - 1 - np.log(square)).mean(0)


def total_correlation(mean: np.ndarray, spread: np.ndarray) -> float:
    """How much the numbers of a code say of one another, in nats, 0 upwards, as far as covariances tell.

    -1/2 log det of the correlations of all codes, Cov(mean) + diag(mean of spread^2): KL(q(z), product of q(z_d)) of a
    Gaussian with that covariance. What estimates q(z) by a mixture of posteriors (Chen et al. 2018) takes many narrow
    ones for correlated: ten nats for 10,000 independent codes of 16 numbers with spread 0.3, where this says 0.

    Args:
        mean, spread: (n, latent) posterior mean and standard deviation, spread > 0.

    Raises:
        ValueError: they are none.
    """
    mean, spread = _posteriors(mean, spread)
    centred = mean.astype(np.float64) - mean.mean(0, dtype=np.float64)
    covariance = centred.T @ centred / len(mean) + np.diag(np.square(spread.astype(np.float64)).mean(0))
    _, log_determinant = np.linalg.slogdet(covariance)
    return float(0.5 * (np.log(covariance.diagonal()).sum() - log_determinant))


def active_units(mean: np.ndarray, least: float = 0.01) -> int:
    """How many dimensions say something about the picture: var over pictures of mean > least; 0 to latent.

    Burda, Grosse and Salakhutdinov, Importance weighted autoencoders, 2016, section 5.2.

    Raises:
        ValueError: mean is no (n, latent) finite numbers.
    """
    mean = checked.finite(mean, ROWS, "means")
    return int((mean.astype(np.float64).var(0) > least).sum())


def encoded_std(mean: np.ndarray) -> np.ndarray:
    """Standard deviation of each dimension over the encoded pictures, (latent,), latent units; near 1 for N(0, I).

    Raises:
        ValueError: mean is no (n, latent) finite numbers.
    """
    return checked.finite(mean, ROWS, "means").astype(np.float64).std(0)


def perplexity(codes: np.ndarray, count: int) -> float:
    """exp of the entropy of how often each of `count` codes is used: 1 (always the same) to count (all equally often).

    Args:
        codes: (n, cells) whole numbers below count.

    Raises:
        ValueError: they are no such numbers.
    """
    used = checked.labels(np.ravel(codes), np.size(codes), count)
    share = np.bincount(used, minlength=count) / max(1, used.size)
    return float(np.exp(-(share * np.log(np.maximum(share, 1e-300))).sum()))


def neighbours(
    train: np.ndarray, train_y: np.ndarray, test: np.ndarray, test_y: np.ndarray, k: int = 10
) -> float:  # fmt: skip
    """k-NN: share of test latents whose class the k nearest training latents name by majority, 0..1.

    Chance is 1 / classes. Euclidean distance, a tie goes to the lowest class. Uses scikit-learn.

    Args:
        train, test: (n, latent); train_y, test_y: (n,).

    Raises:
        ValueError: latents or labels of other shapes, values that are not finite, or k below 1.
    """
    train = checked.finite(train, ROWS, "training latents")
    test = checked.finite(test, ("n", train.shape[1]), "test latents")
    train_y, test_y = checked.labels(train_y, len(train)), checked.labels(test_y, len(test))
    if k < 1:
        raise ValueError(f"k must be a whole number from 1; it was {k}")
    from sklearn.neighbors import KNeighborsClassifier

    k = min(k, len(train))
    return float(KNeighborsClassifier(k, algorithm="brute").fit(train, train_y).score(test, test_y))


def silhouette(mean: np.ndarray, y: np.ndarray, most: int = 5000) -> float:
    """Silhouette of the classes in latent space, -1 (mixed) to 1 (apart), on the first `most` rows; .1 is usual.

    Uses scikit-learn; Rousseeuw 1987.

    Raises:
        ValueError: no latents (n, latent), no label for each, or a single class.
    """
    mean = checked.finite(mean, ROWS)
    y = checked.labels(y, len(mean))
    if len(np.unique(y[:most])) < 2:
        raise ValueError("a silhouette needs rows of at least two classes")
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(mean[:most], y[:most]))


def accuracy(probabilities: np.ndarray, y: np.ndarray) -> float:
    """Share of rows whose most probable class is y, 0..1.

    Args:
        probabilities: (n, classes).
        y: (n,) class ids.

    Raises:
        ValueError: they are none, or probabilities are outside 0..1.
    """
    probabilities = checked.pictures(probabilities, ("n", "classes"), "probabilities")
    y = checked.labels(y, len(probabilities), probabilities.shape[1])
    return float((probabilities.argmax(1) == y).mean())


def same_class_cosine(pictures: np.ndarray, ground: np.ndarray | float = 0.0) -> np.ndarray:
    """Mean cosine of all ordered pairs of different pictures of one class, (classes,), -1..1; lower is more varied.

    Closed form, linear in the draws N: with u = x / |x| it is (|sum u|^2 - N) / (N (N - 1)). One draw gives 1. x is
    what is drawn, pictures less their ground: on a white one, all would be alike for being white.

    Args:
        pictures: (draws, classes, pixels) 0..1, none of them blank.
        ground: (pixels,) 0..1, or one number.

    Raises:
        ValueError: they are no such pictures.
    """
    pictures = checked.pictures(pictures, ("draws", "classes", "pixels"))
    pictures, draws = pictures - np.asarray(ground, pictures.dtype), len(pictures)
    length = np.sqrt(np.einsum("dcp,dcp->dc", pictures, pictures))
    unit = pictures / np.maximum(length, 1e-12)[:, :, None]
    total = np.square(unit.sum(0, dtype=np.float64)).sum(1)
    return (total - draws) / (draws * (draws - 1)) if draws > 1 else np.ones(pictures.shape[1])


class Disentanglement(NamedTuple):
    """DCI, each 0..1, higher is better; Eastwood and Williams, A framework for the quantitative evaluation, 2018."""

    disentanglement: float
    """How nearly each dimension matters for one factor only."""
    completeness: float
    """How nearly each factor is told by one dimension only."""
    informativeness: float
    """Share of test values, mean over factors, that are told right by all dimensions together."""


def mutual_information_gap(mean: np.ndarray, factors: np.ndarray, bins: int = 20) -> np.ndarray:
    """MIG of each factor, (factors,), 0 (no dimension knows more of it than another) to 1 (one tells all, alone).

    (I of the best dimension - I of the second) / H(factor), of dimensions in `bins` equal steps from their least to
    their largest value. Chen et al., Isolating sources of disentanglement, 2018, section 4.1.

    Args:
        mean: (n, latent).
        factors: (n, factors) whole numbers from 0.

    Raises:
        ValueError: other shapes, values that are not finite, or a factor with a single value.
    """
    mean, factors = _with_factors(mean, factors)
    low, high = mean.min(0), mean.max(0)
    steps = np.floor((mean - low) / np.maximum(high - low, 1e-12) * bins).clip(0, bins - 1).astype(int)
    gaps = []
    for factor in factors.T:
        known = np.sort([_information(step, factor) for step in steps.T])[::-1]
        gaps.append((known[0] - (known[1] if len(known) > 1 else 0)) / _information(factor, factor))
    return np.array(gaps)


def separated_predictability(mean: np.ndarray, factors: np.ndarray, ordered: Sequence[bool]) -> np.ndarray:
    """SAP of each factor, (factors,), 0..1: how much better the best dimension predicts it than the second.

    Predicted linearly from one dimension; the score is R^2, of a factor without order that of its values one by one,
    together. Kumar et al., Variational inference of disentangled latent concepts, 2018, section 3.

    Args:
        ordered: whether each factor's values are steps along a line.

    Other arguments and errors as in `mutual_information_gap`.
    """
    mean, factors = _with_factors(mean, factors)
    z = mean.astype(np.float64) - mean.mean(0, dtype=np.float64)
    variance = np.maximum(np.square(z).mean(0), 1e-12)
    gaps = []
    for factor, line in zip(factors.T, ordered, strict=True):
        target = factor[:, None].astype(np.float64) if line else np.eye(factor.max() + 1)[factor]
        target = target - target.mean(0)
        explained = np.square(z.T @ target / len(z)).sum(1) / variance
        score = np.sort(explained / np.square(target).mean(0).sum())[::-1]
        gaps.append(score[0] - (score[1] if len(score) > 1 else 0))
    return np.array(gaps)


def disentanglement(
    train: np.ndarray, train_factors: np.ndarray, test: np.ndarray, test_factors: np.ndarray, trees: int = 20
) -> Disentanglement:  # fmt: skip
    """DCI by the importances of a random forest for each factor. Uses scikit-learn; seed 0.

    Disentanglement is 1 - H(importances of a dimension, over factors), in units of its largest value and weighted by
    how much the dimension matters; completeness 1 - H(importances for a factor, over dimensions), the mean.

    Args:
        train, test: (n, latent); train_factors, test_factors: (n, factors) whole numbers from 0.

    Raises:
        ValueError: as in `mutual_information_gap`.
    """
    train, train_factors = _with_factors(train, train_factors)
    test, test_factors = _with_factors(test, test_factors)
    from sklearn.ensemble import RandomForestClassifier

    importance, right = [], []
    for known, wanted in zip(train_factors.T, test_factors.T, strict=True):
        forest = RandomForestClassifier(trees, max_features=None, min_samples_leaf=2, random_state=0).fit(train, known)
        importance.append(forest.feature_importances_)
        right.append(forest.score(test, wanted))
    by_dimension = np.array(importance).T  # (latent, factors)
    matters = by_dimension.sum(1) / by_dimension.sum()
    return Disentanglement(
        float(matters @ _certainty(by_dimension)), float(_certainty(by_dimension.T).mean()), float(np.mean(right))
    )


def _certainty(rows: np.ndarray) -> np.ndarray:
    """1 - entropy of each row, 0 (all alike) to 1 (a single one), in units of the largest entropy there can be."""
    if rows.shape[1] < 2:
        return np.ones(len(rows))
    share = rows / np.maximum(rows.sum(1, keepdims=True), 1e-12)
    entropy: np.ndarray = -(share * np.log(np.maximum(share, 1e-12))).sum(1)
    return 1 - entropy / np.log(rows.shape[1])


def _information(one: np.ndarray, other: np.ndarray) -> float:
    """Mutual information of two columns of whole numbers from 0, in nats."""
    both = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(both, (one, other), 1 / len(one))
    apart = both.sum(1, keepdims=True) * both.sum(0)
    seen = both > 0
    return float((both[seen] * np.log(both[seen] / apart[seen])).sum())


def _with_factors(mean: np.ndarray, factors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = checked.finite(mean, ROWS, "means")
    factors = np.asarray(factors)
    if factors.ndim != 2 or len(factors) != len(mean) or factors.dtype.kind not in "iu" or (factors < 0).any():
        raise ValueError("factors must be whole numbers from 0, one row for each latent and one column for each factor")
    if any(len(np.unique(column)) < 2 for column in factors.T):
        raise ValueError("a factor that never changes cannot be found in any latent")
    return mean, factors


def frechet_distance(one: np.ndarray, other: np.ndarray) -> float:
    """Frechet distance of two sets of features, in their squared units, 0 (the same mean and covariance) upwards.

    |m - m'|^2 + trace(C + C' - 2 (C C')^(1/2)): the Wasserstein distance of Gaussians with their moments. Sets of one
    source are not at 0, and are the nearer the more there is of them: print that floor beside it. Heusel et al., GANs
    trained by a two time-scale update rule, 2017, with another network's features.

    Args:
        one, other: (n, features), (m, features), 2 rows or more.

    Raises:
        ValueError: they are none.
    """
    one = checked.finite(one, ("n", "features"), "features").astype(np.float64)
    other = checked.finite(other, ("n", one.shape[1]), "features").astype(np.float64)
    if min(len(one), len(other)) < 2:
        raise ValueError("a covariance needs two rows of features or more")
    c, d = np.atleast_2d(np.cov(one.T, bias=True)), np.atleast_2d(np.cov(other.T, bias=True))
    values, vectors = np.linalg.eigh(c)
    root = vectors * np.sqrt(values.clip(0)) @ vectors.T
    shared = np.sqrt(np.linalg.eigvalsh(root @ d @ root).clip(0)).sum()
    return float(np.square(one.mean(0) - other.mean(0)).sum() + np.trace(c) + np.trace(d) - 2 * shared)


def lower_bound(share: float, n: int, z: float = 1.959964) -> float:
    """Lower end of Wilson's interval (95 % with both ends) of a share that was seen in n independent trials, 0..1.

    Wilson, Probable inference, the law of succession, and statistical inference, 1927.

    Raises:
        ValueError: n below 1, or no share.
    """
    if not (n >= 1 and 0 <= share <= 1 and np.isfinite(n)):
        raise ValueError(f"a share from 0 to 1 of at least one trial is needed; it was {share} of {n}")
    middle = share + z * z / (2 * n)
    around = z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(max(0.0, (middle - around) / (1 + z * z / n)))


def _posteriors(mean: np.ndarray, spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = checked.finite(mean, ROWS, "means")
    spread = checked.finite(spread, mean.shape, "standard deviations")
    if not (spread > 0).all():
        raise ValueError(f"standard deviations must be above 0; they were {spread.min():g} and more")
    return mean, spread


def _pair(pictures: np.ndarray, rebuilt: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    first = checked.pictures(pictures, ("n", checked.REST))
    return first, checked.pictures(rebuilt, first.shape, "rebuilt pictures")
