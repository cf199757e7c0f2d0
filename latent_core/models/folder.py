"""What a model's folder holds: its card, its dataset, and its arrays, read when they are first asked for."""

from functools import cached_property

import numpy as np

from latent_core.artifacts import BrokenFolder, ModelCard, folder_of, open_model_card, read_arrays
from latent_core.models.dataset import EncodedDataset


class Stored:
    """A model's folder, opened; arrays are read when first used and stay read-only.

    Raises:
        BrokenFolder: the folder is missing, damaged or of another format.
    """

    def __init__(self, slug: str) -> None:
        self.card: ModelCard = open_model_card(slug)
        self.slug = slug
        self.folder = folder_of(slug)
        self.grid = len(self.card.classes), self.card.latent.size  # a copy's groups are not in it
        self.dataset = EncodedDataset(slug.split("/", 1)[0])
        if self.card.classes != self.dataset.card.classes:
            raise BrokenFolder(f"{slug} has other classes than its dataset: make it again (see the README).")

    @cached_property
    def stats(self) -> dict[str, np.ndarray]:
        """mean, std (classes, latent) of mu(x) over the training pictures, covariance, count."""
        shape = (len(self.card.classes), self.card.latent.size)
        return read_arrays(self.folder / "stats.safetensors", {"mean": shape, "std": shape})

    @cached_property
    def centres(self) -> np.ndarray:
        """(classes, clusters, latent) k-means centres of each class, those of the biggest clusters first."""
        shape = (None, None, self.card.latent.size)  # a copy with groups knows more classes than the file
        return read_arrays(self.folder / "centres.safetensors", {"centres": shape})["centres"]

    @cached_property
    def latents(self) -> np.ndarray:
        """(rows, latent) float32: mu(x) of every shipped row."""
        shape = (self.card.rows, self.card.latent.size)
        return read_arrays(self.folder / "latents.safetensors", {"z": shape})["z"].astype(np.float32)

    @cached_property
    def projections(self) -> dict[str, np.ndarray]:
        """pca (rows, up to 3) with pca_centre and pca_components; umap (rows, 2); umap3 (rows, 3)."""
        rows, latent = self.card.rows, self.card.latent.size
        maps = {"pca": (rows, None), "umap": (rows, 2), "umap3": (rows, 3)}
        shapes = {**maps, "pca_centre": (latent,), "pca_components": (None, latent)}
        return read_arrays(self.folder / "projections.safetensors", shapes)
