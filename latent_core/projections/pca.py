"""Principal components of the latents: a map with an exact position for every latent, seen or not."""

from typing import Any

import numpy as np


def project(latents: np.ndarray, seed: int) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """The three strongest components: place = (z - centre) @ components^T.

    Spaces of fewer than three dimensions get components of zeros, so that every model has the same arrays.

    Args:
        latents: (n, latent), n >= 2.
        seed: not used; nothing here is left to chance.

    Returns:
        pca (n, 3), pca_centre (latent,), pca_components (3, latent), pca_share (3,) shares of the variance, 0..1.
    """
    from sklearn.decomposition import PCA

    wide = latents.astype(np.float64)
    found = PCA(min(3, *wide.shape), svd_solver="full").fit(wide)
    components = np.zeros((3, wide.shape[1]))
    share = np.zeros(3)
    components[: len(found.components_)] = found.components_
    share[: len(found.components_)] = found.explained_variance_ratio_
    arrays = {
        "pca": (wide - found.mean_) @ components.T,
        "pca_centre": found.mean_,
        "pca_components": components,
        "pca_share": share,
    }
    return {name: value.astype(np.float32) for name, value in arrays.items()}, {"components": 3}
