"""k-means centres of each class's latents: the several ways in which a class is drawn."""

import numpy as np

CLUSTERS = 4


def centres(z: np.ndarray, y: np.ndarray, classes: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Centres of CLUSTERS clusters of each class, the biggest cluster first; by scikit-learn, five starts.

    Args:
        z: (n, latent) training latents of classes y (n,), each with at least CLUSTERS rows.

    Returns:
        centres (classes, clusters, latent) float32 and share (classes, clusters) of the class's rows.
    """
    from sklearn.cluster import KMeans

    found, share = [], []
    for number in range(classes):
        fitted = KMeans(CLUSTERS, n_init=5, random_state=seed).fit(z[y == number].astype(np.float64))
        count = np.bincount(fitted.labels_, minlength=CLUSTERS)
        order = np.argsort(-count, kind="stable")
        found.append(fitted.cluster_centers_[order])
        share.append(count[order] / count.sum())
    return {"centres": np.stack(found).astype(np.float32), "share": np.stack(share).astype(np.float32)}
