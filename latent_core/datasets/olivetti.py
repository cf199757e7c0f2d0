"""Olivetti faces: 400 photographs of 40 people, 64x64 grey; AT&T Cambridge; free for research with credit."""

from pathlib import Path

import numpy as np

from latent_core.datasets import About, DataMissing, LabelledImages, Split
from latent_core.datasets._raw import below, cache_folder

ABOUT = About(
    title="Olivetti faces",
    what="Ten photographs of each of 40 people; the pictures shown here are a model's reconstructions.",
    source="https://cam-orl.co.uk/facedatabase.html",
    licence="free for research with credit; original photographs are not included",
    credit="AT&T Laboratories Cambridge",
    linear="linear-50",
    default_model="elbo-32",
    start=("Person 1", "Person 8", "Person 20"),
    rows=(320, 80),
    redraw="elbo-32",
)
PEOPLE, EACH, TRAIN_EACH = 40, 10, 8


def load(root: Path | None, split: Split) -> LabelledImages:
    """The first eight pictures of each person (train, 320) or the last two (test, 80)."""
    faces = _faces(root).reshape(PEOPLE, EACH, 64, 64)
    part = faces[:, :TRAIN_EACH] if split == "train" else faces[:, TRAIN_EACH:]
    labels = np.repeat(np.arange(PEOPLE, dtype=np.int16), part.shape[1])
    names = tuple(f"Person {number + 1}" for number in range(PEOPLE))
    return LabelledImages(part.reshape(-1, 64, 64, 1), labels, names)


def _faces(root: Path | None) -> np.ndarray:
    """All 400 pictures (400, 64, 64) uint8, ordered by person."""
    if root is None:
        from sklearn.datasets import fetch_olivetti_faces

        try:
            raw = fetch_olivetti_faces(data_home=str(cache_folder()))
        except Exception as error:
            message = f"the Olivetti faces could not be downloaded ({error}): give --root with olivettifaces.mat"
            raise DataMissing(message) from error
        return np.round(raw.images * 255).astype(np.uint8)
    from scipy.io import loadmat

    path = next(below(root, "olivettifaces.mat"), None)
    if path is None:
        raise DataMissing(f"no olivettifaces.mat below {root}")
    columns = loadmat(path)["faces"]  # (4096, 400), each column one picture, itself column by column
    return np.ascontiguousarray(columns.T.reshape(-1, 64, 64).transpose(0, 2, 1))
