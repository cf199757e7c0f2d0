"""The shapes of the class clouds in latent space: covariance factors and mixtures of Gaussians."""

import numpy as np

from latent_core.metrics import active_units

COMPONENTS = 10
"""Gaussians of a mixture, unless more or fewer are asked for."""
ROWS_EACH = 5
"""Rows for each latent dimension that a component needs, at least; classes with few pictures get fewer components."""
FLOOR = 1e-3
"""Share of a class's mean variance that is added to every dimension of a component, so that no factor is singular."""


def clouds(
    mean: np.ndarray, y: np.ndarray, classes: int, clear: np.ndarray | None = None, pieces: int = COMPONENTS,
    seed: int = 1,
) -> dict[str, np.ndarray]:  # fmt: skip
    """What generators.safetensors holds, from the latents mu(x) of the training pictures.

    Args:
        mean: (n, latent) of pictures of the classes y (n,).
        clear: (n,) bool, the pictures that mixtures are fitted to; all without it. A class of which fewer than half are
            clear keeps all.
        pieces: Gaussians of a class's mixture at most.

    Returns:
        factor (classes, latent, latent): lower Cholesky factor of each class's covariance; weight (classes, k), centre
        (classes, k, latent) and spread (classes, k, latent, latent): a mixture of Gaussians with full covariances a
        class, heaviest component first, by scikit-learn (expectation maximisation from k-means), unused components of
        weight 0; the spread in half precision, as it is nearly all of the file; dead (latent,) uint8: 1 where the
        dimension says nothing about a picture.
    """
    latent = mean.shape[1]
    rows = [mean[y == c].astype(np.float64) for c in range(classes)]
    dead = np.array([active_units(mean[:, [d]]) == 0 for d in range(latent)], np.uint8)
    factor = np.stack([_factor(np.cov(one.T, bias=True).reshape(latent, latent)) for one in rows])
    k = max(components(len(one), latent, pieces) for one in rows)
    weight, centre = np.zeros((classes, k)), np.zeros((classes, k, latent))
    spread = np.zeros((classes, k, latent, latent))
    for c, one in enumerate(rows):
        good = one if clear is None else one[clear[y == c]]
        weight[c], centre[c], spread[c] = mixture(good if 2 * len(good) >= len(one) else one, k, pieces, seed)
    held = {"factor": factor, "weight": weight, "centre": centre}
    exact = {name: value.astype(np.float32) for name, value in held.items()}
    return exact | {"spread": spread.astype(np.float16), "dead": dead}


def components(rows: int, latent: int, pieces: int = COMPONENTS) -> int:
    """How many Gaussians that many rows can tell apart, 1 to `pieces`."""
    return max(1, min(pieces, rows // (ROWS_EACH * latent)))


def mixture(rows: np.ndarray, k: int, pieces: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """weight (k,), centre (k, latent) and spread (k, latent, latent) of one class; its rows may want fewer than k."""
    from sklearn.mixture import GaussianMixture

    k_used = components(len(rows), rows.shape[1], pieces)
    floor = FLOOR * max(float(rows.var(0).mean()), 1e-6)
    fitted = GaussianMixture(k_used, reg_covar=floor, random_state=seed, max_iter=200).fit(rows)
    order = np.argsort(-fitted.weights_, kind="stable")
    order = np.concatenate([order, np.repeat(order[:1], k - k_used)])  # unused ones repeat the first, with weight 0
    weight = np.where(np.arange(k) < k_used, fitted.weights_[order], 0.0)
    return weight, fitted.means_[order], np.stack([_factor(fitted.covariances_[i]) for i in order])


def _factor(covariance: np.ndarray) -> np.ndarray:
    """The lower Cholesky factor, with jitter on the diagonal for clouds that are flat."""
    tiny = 1e-6 * max(float(np.trace(covariance)) / len(covariance), 1e-12)
    return np.linalg.cholesky(covariance + tiny * np.eye(len(covariance)))
