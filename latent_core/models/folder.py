"""What a model's folder holds: its card, its arrays and its graphs, each read when it is first asked for."""

import numpy as np

from latent_core.artifacts import ModelCard, folder_of, layout, open_model_card, read_arrays, read_file
from latent_core.graphs.graph import Graph
from latent_core.lazy import lazy


class ModelFolder:
    """A model's folder, opened; arrays stay read-only, and threads may share it.

    Raises:
        BrokenFolder: the folder is missing, damaged or of another format.
    """

    def __init__(self, slug: str) -> None:
        self.card: ModelCard = open_model_card(slug)
        self.slug = slug
        self.path = folder_of(slug)

    @lazy
    def stats(self) -> dict[str, np.ndarray]:
        """mean, std (classes, latent) of mu(x) over the training pictures, covariance, count."""
        return self._arrays(layout.STATS)

    @lazy
    def centres(self) -> np.ndarray:
        """(classes, clusters, latent) k-means centres of each class, those of the biggest clusters first."""
        return self._arrays(layout.CENTRES)["centres"]

    @lazy
    def latents(self) -> np.ndarray:
        """(rows, latent) float32: mu(x) of every shipped row."""
        return self._arrays(layout.LATENTS)["z"].astype(np.float32)

    @lazy
    def projections(self) -> dict[str, np.ndarray]:
        """pca (rows, up to 3) with pca_centre and pca_components; umap (rows, 2); umap3 (rows, 3)."""
        return self._arrays(layout.PROJECTIONS)

    @lazy
    def encoder(self) -> Graph:
        """pictures (n, channels, height, width) to mean and spread, each (n, latent)."""
        return self._graph(layout.ENCODER)

    @lazy
    def decoder(self) -> Graph:
        """A plan (`latent_core.blends`) and the dimensions that are kept, to pictures."""
        return self._graph(layout.DECODER)

    def _arrays(self, file: str) -> dict[str, np.ndarray]:
        return read_arrays(self.path, file, self.card)

    def _graph(self, file: str) -> Graph:
        return Graph(read_file(self.path, file, self.card), f"{self.slug}/{file}")
