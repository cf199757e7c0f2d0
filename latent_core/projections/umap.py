"""UMAP of the latents, a map that keeps neighbours together; McInnes, Healy and Melville 2018, exact neighbours."""

import warnings
from typing import Any

import numpy as np

NEIGHBOURS = 15
MIN_DIST = 0.1


def project(latents: np.ndarray, seed: int) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Two maps of the same neighbour graph: umap (n, 2) and umap3 (n, 3), float32, centred on 0.

    Importing umap takes seconds, so it happens here and never when a page is served.

    Args:
        latents: (n, latent), n >= 5.
        seed: random_state; the same seed gives the same map on the same machine.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # umap misses an optional library that nothing here needs
        import umap
        from sklearn.neighbors import NearestNeighbors

    used: dict[str, Any] = {
        "n_neighbors": min(NEIGHBOURS, len(latents) - 1),
        "min_dist": MIN_DIST,
        "metric": "euclidean",
        "random_state": seed,
        "init": "spectral" if latents.shape[1] > 3 else "pca",
        "version": umap.__version__,
    }
    given = latents.astype(np.float32)
    arrays = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # umap warns that a fixed seed means one thread, which is the intention
        # Exact neighbours: at these sizes as quick as UMAP's own estimate, which takes half a minute to compile.
        distances, rows = NearestNeighbors(n_neighbors=used["n_neighbors"]).fit(given).kneighbors(given)
        known = rows, distances.astype(np.float32), None
        for name, dimensions in (("umap", 2), ("umap3", 3)):
            places = umap.UMAP(
                used["n_neighbors"], n_components=dimensions, min_dist=MIN_DIST, random_state=seed, n_jobs=1,
                init=used["init"] if dimensions <= given.shape[1] else "random", precomputed_knn=known,
            ).fit_transform(given)  # fmt: skip
            arrays[name] = (places - places.mean(0)).astype(np.float32)
    return arrays, used
