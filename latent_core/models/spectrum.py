"""Eigen-images beside a VAE: what each component is worth, test pictures to rebuild, classes as eigen-coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.artifacts import BrokenFolder, ModelCard
from latent_core.language import t
from latent_core.models.dataset import EncodedDataset
from latent_core.models.library import Library
from latent_core.models.model import Model

ERROR = "squared error"
"""Name on every card of the mean squared error a pixel of rebuilt test pictures."""


@dataclass(frozen=True)
class Spectrum:
    """share (latent,) of the training pictures' variance, 0..1; error (latent + 1,) a pixel of n test pictures by k."""

    share: np.ndarray
    error: np.ndarray
    n: int

    @property
    def cumulative(self) -> np.ndarray:
        """(latent,) share of the variance that the first k components hold, k = 1..latent."""
        return np.cumsum(self.share, dtype=np.float64)


def read_spectrum(model: Model) -> Spectrum:
    """The spectrum of a linear model, measured by the workshop on all pictures.

    Raises:
        BrokenFolder: the model is not linear, or was encoded before spectra were measured.
    """
    arrays = model.own_stats
    if not {"share", "error"} <= set(arrays):
        raise BrokenFolder(
            t("{slug} holds no spectrum: make it again with python -m latent_core train {slug}.", slug=model.slug)
        )
    return Spectrum(arrays["share"], arrays["error"], squared_error(model.card)[1])


def squared_error(card: ModelCard) -> tuple[float, int]:
    """Error a pixel of test pictures on a model's card, and of how many pictures; nan and 0 where it is not there."""
    return next(((one.value, one.n) for one in card.metrics if one.what == ERROR), (float("nan"), 0))


def opposite(library: Library, dataset: str, model: str) -> str:
    """Name of the VAE that eigen-images are compared with: the chosen model; the dataset's default if that is linear.

    Returns:
        the name without its dataset; "" when the dataset has no VAE that can be opened.
    """
    names = [name for name in library.models(dataset) if library.model_cards[f"{dataset}/{name}"].kind == "vae"]
    for wanted in (model, library.dataset_cards[dataset].default_model):
        if wanted in names:
            return wanted
    return names[0] if names else ""


def held_out_rows(dataset: EncodedDataset, classes: Sequence[str], draw: int, count: int) -> np.ndarray:
    """(up to count,) shipped test rows of these classes, without repeats; the same draw gives the same rows.

    Draw 0 takes the first test picture of each class in turn, so that a first visit sees different classes.
    """
    ids = [dataset.card.classes.index(name) for name in classes]
    y, split = dataset.rows["y"], dataset.rows["split"]
    held = [np.flatnonzero((y == k) & (split == 1)) for k in ids]
    if draw:
        random = np.random.default_rng(draw)
        held = [random.permutation(rows) for rows in held]
        held = [held[i] for i in random.permutation(len(held))]
    longest = max((len(rows) for rows in held), default=0)
    turns = [rows[i] for i in range(min(longest, count)) for rows in held if i < len(rows)]
    return np.array(turns[:count], np.int64)


def tiles(dataset: EncodedDataset, rows: np.ndarray) -> np.ndarray:
    """(rows, channels, height, width) uint8 pictures of shipped rows, as their thumbnails hold them."""
    found = dataset.thumbs[rows]
    return np.ascontiguousarray(found[:, None] if found.ndim == 3 else np.moveaxis(found, 3, 1))


def coordinates(model: Model, means: np.ndarray, count: int) -> np.ndarray:
    """(classes, count): means of classes on the first components, in standard deviations of all training pictures.

    (m_kj - m_j) / s_j with m_j, s_j the mean and standard deviation of component j over all training pictures.

    Args:
        means: (classes, latent) of a linear model.
    """
    stats = model.stats
    share_of_class = (stats["count"] / stats["count"].sum())[:, None]
    centre = (share_of_class * stats["mean"]).sum(0)
    spread = np.sqrt((share_of_class * (np.square(stats["std"]) + np.square(stats["mean"] - centre))).sum(0))
    return ((means - centre) / np.maximum(spread, 1e-9))[:, :count]
