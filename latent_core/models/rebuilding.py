"""Whether a model rebuilds its dataset's pictures as well as its card says: some rows decoded beside their thumbnails.

Hashes say that files are those of a card; a card that was written anew with another model's decoder has right hashes.
"""

import numpy as np

from latent_core.artifacts import BrokenFolder
from latent_core.models.dataset import EncodedDataset
from latent_core.models.model import Model
from latent_core.models.spectrum import squared_error, tiles

ROWS = (16, 64)
"""Fewest and most rows that are rebuilt."""
PIXELS = 50_000
"""In all rows that are rebuilt, unless the fewest have more: that takes some milliseconds."""
MOST_SIGMAS = 6.0
"""How far the mean error of a few pictures may lie above the card's, which is of many, in standard errors."""
MOST_SPREAD = 1.5
"""Standard deviation of pictures' errors, as a part of their mean; 1.3 at most in what ships."""
MARGIN = 1.25
"""Times the card's error: graphs may be run by another version of the runtime."""
COMPRESSED = 1e-3
"""What large sheets of thumbnails lose (quality 90), and more."""
STAND_IN = 3.0
"""The same where a model's reconstructions, or the means of classes, stand in for pictures: those are others by
themselves (1.7 with means)."""


def check_rebuilding(model: Model) -> None:
    """Refuses a decoder that does not make the dataset's pictures of the model's latents.

    Where the card says no figure, it is to do better than their mean picture alone.
    Among all models that ship, another one's decoder of the same sizes has at least twice the error of the right one.

    Raises:
        BrokenFolder: it does not, or the dataset's thumbnails are pictures of something else.
    """
    dataset = model.dataset
    rows = chosen(dataset)
    shown = tiles(dataset, rows).astype(np.float32) / np.float32(255)
    made = model.decode(model.latents[rows])
    error = np.square(made - shown).reshape(len(rows), -1).mean(1)
    found = float(error.mean())
    said, n = squared_error(model.card)
    if n:
        margin = MARGIN if dataset.card.thumbs.kind == "original" else STAND_IN
        chance = MOST_SIGMAS * min(float(error.std()), MOST_SPREAD * said) / float(np.sqrt(len(error)))
        most, than = margin * said + chance + COMPRESSED, f"where its card says {said:.3g}"
    else:
        most = MARGIN * float(np.square(shown - shown.mean(0)).mean())
        than = "and its card says none"
    if not found <= most:
        sheet = unlike_means(dataset, rows, shown)
        other = "the dataset's thumbnails are others" if sheet else "its decoder is another one"
        raise BrokenFolder(
            f"{model.slug} does not rebuild the pictures of {dataset.card.title}: their squared error is {found:.3g} "
            f"{than}, so {other}. Copy the folder again, or make it again."
        )


def unlike_means(dataset: EncodedDataset, rows: np.ndarray, shown: np.ndarray) -> bool:
    """Whether pictures are nearer to the mean of all classes than to that of their own: then they are of others."""
    flat, means = shown.reshape(len(rows), -1), dataset.means
    own, all_of_them = (np.square(flat - mean).mean() for mean in (means[dataset.rows["y"][rows]], means.mean(0)))
    return bool(own > all_of_them)


def chosen(dataset: EncodedDataset) -> np.ndarray:
    """Up to 64 rows, fewer of large pictures, evenly spread over test rows, which the figures on cards are of."""
    test = np.flatnonzero(dataset.rows["split"] == 1)
    rows = test if len(test) else np.arange(len(dataset.rows["y"]))
    most = min(max(PIXELS // int(np.prod(dataset.card.shape)), ROWS[0]), ROWS[1])
    return rows[np.linspace(0, len(rows) - 1, min(most, len(rows))).astype(int)]
