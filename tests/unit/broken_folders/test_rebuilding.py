"""A model rebuilds the pictures of its dataset, or it is another's."""

from pathlib import Path

import numpy as np
import pytest

from latent_core.artifacts import BrokenFolder, agreement, layout, list_datasets, list_models
from latent_core.models.dataset import EncodedDataset
from latent_core.models.library import open_library
from latent_core.models.model import Model
from latent_core.models.rebuilding import check_rebuilding
from tests.unit import folders
from tests.unit.broken_folders.harm import Harm, other_decoder


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (
            lambda root: folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, other_decoder()),
            "its decoder is",
        ),
        (
            lambda root: folders.replace_file(
                root / "tiny", layout.THUMBS, folders.sheet(turned=True), layout.DATASET_CARD
            ),
            "the dataset's thumbnails are others",
        ),
    ],
)
def test_a_model_that_rebuilds_other_pictures_than_its_datasets_is_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, harm: Harm, sentence: str
) -> None:
    """Whoever writes a card anew has right hashes and right sizes; what the model does shows it."""
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    check_rebuilding(Model("tiny/elbo-2"))
    harm(root)
    assert not open_library(root).broken
    with pytest.raises(BrokenFolder, match=f"tiny/elbo-2 does not rebuild the pictures of Tiny.* {sentence}"):
        check_rebuilding(Model("tiny/elbo-2"))


def test_a_card_that_says_no_figure_is_held_to_the_mean_picture(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    folders.change_card(root / "tiny" / "elbo-2", metrics=[])
    check_rebuilding(Model("tiny/elbo-2"))
    folders.replace_file(root / "tiny" / "elbo-2", layout.DECODER, other_decoder())
    with pytest.raises(BrokenFolder, match="does not rebuild"):
        check_rebuilding(Model("tiny/elbo-2"))


def test_thumbnails_that_stand_in_for_pictures_may_be_means_of_classes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    monkeypatch.setenv("MEDLEY_MODELS", str(root))
    thumbs = {"file": layout.THUMBS, "columns": 3, "kind": "reconstruction"}
    folders.change_card(root / "tiny", layout.DATASET_CARD, thumbs=thumbs)
    folders.replace_file(root / "tiny", layout.THUMBS, folders.sheet(typical=True), layout.DATASET_CARD)
    check_rebuilding(Model("tiny/elbo-2"))


def test_every_model_that_ships_rebuilds_its_pictures_and_by_anothers_decoder_it_does_not() -> None:
    shared = {name: EncodedDataset(name) for name in list_datasets()}
    models = {slug: Model(slug, shared[name]) for name in shared for slug in list_models(name)}
    for model in models.values():
        check_rebuilding(model)
    for slug, other in (("mnist/elbo-2", "mnist/mmd-2"), ("mnist/mmd-20", "mnist/linear-20")):
        models[slug]._files.__dict__["decoder"] = models[other]._files.decoder
        with pytest.raises(BrokenFolder, match="its decoder is another one"):
            check_rebuilding(models[slug])


def test_a_dimension_that_never_changes_differs_by_rounding_alone_and_belongs() -> None:
    y, z = np.repeat([0, 1, 2], 50), np.random.default_rng(0).standard_normal((150, 2)).astype(np.float32)
    z[:, 0] += 4 * y
    z[:, 1] = 20.0855
    mean, std = (np.stack([part(z[y == k], 0) for k in range(3)]) for part in (np.mean, np.std))
    held = z.astype(np.float16).astype(np.float32)  # as files do
    assert agreement.stranger(y, mean, std, held) == -1
    assert agreement.stranger(y, mean[[1, 0, 2]], std, held) == 0
