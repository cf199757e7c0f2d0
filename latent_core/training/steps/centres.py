"""k-means centres of each class's latents: the several ways in which a class is drawn."""

import numpy as np

CLUSTERS = 4


def centres(z: np.ndarray, y: np.ndarray, classes: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Centres of CLUSTERS clusters of each class, the biggest cluster first; by scikit-learn, five starts.

    A class with fewer different latents has fewer clusters; its biggest stands in for the others, with a share of 0.

    Args:
        z: (n, latent) training latents of classes y (n,), each with a row or more.

    Returns:
        centres (classes, clusters, latent) float32 and share (classes, clusters) of the class's rows.
    """
    from sklearn.cluster import KMeans

    found, share = [], []
    for number in range(classes):
        mine = z[y == number].astype(np.float64)
        clusters = min(CLUSTERS, len(np.unique(mine, axis=0)))
        fitted = KMeans(clusters, n_init=5, random_state=seed).fit(mine)
        count = np.bincount(fitted.labels_, minlength=clusters)
        order = np.argsort(-count, kind="stable")
        missing = CLUSTERS - clusters
        places = fitted.cluster_centers_[order]
        found.append(np.concatenate([places, places[:1].repeat(missing, axis=0)]))
        share.append(np.concatenate([count[order] / count.sum(), np.zeros(missing)]))
    return {"centres": np.stack(found).astype(np.float32), "share": np.stack(share).astype(np.float32)}
