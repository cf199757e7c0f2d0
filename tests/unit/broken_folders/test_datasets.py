"""A dataset's folder that anybody may have made is one sentence, and the others work."""

import os
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from latent_core.artifacts import layout
from latent_core.models.library import open_library
from tests.unit import folders
from tests.unit.broken_folders.harm import DEEP, NAN, Harm, Y, instead, one, origins, rows, shared, webp

# fmt: off
DATASETS: dict[str, tuple[Harm, str]] = {
    "label -1": (rows(y=one(Y, -1)), "rows.safetensors .*'y' with values outside 0 to 2"),
    "label 99": (rows(y=one(Y, 99)), "'y' with values outside 0 to 2"),
    "NaN labels": (rows(y=np.full(6, NAN, np.float32)), "'y' of float32, where whole numbers belong"),
    "labels of another length": (rows(y=Y[:5]), "of shape"),
    "split 2": (rows(split=np.full(6, 2, np.uint8)), "'split' with values outside 0 to 1"),
    "copies of 2": (origins(changed=np.full(6, 2, np.uint8)), "origins.safetensors .*'changed' with values outside"),
    "an artist without a name": (origins(artist=np.zeros(6, np.int16)), "'artist' with values outside 0 to -1"),
    "NaN means": (shared(layout.MEANS, lambda: save({"pictures": np.full((3, 16), NAN, np.float32)})), "'pictures'"),
    "means of 255": (
        shared(layout.MEANS, lambda: save({"pictures": np.full((3, 16), 255, np.float32)})), "outside 0 to 1",
    ),
    "NaN classifier": (
        shared(layout.CLASSIFIER, lambda: folders.classifier(np.full((16, 3), NAN, np.float32))), "classifier.onnx has",
    ),
    "another classifier": (
        shared(layout.CLASSIFIER, lambda: folders.classifier(np.ones((16, 3), np.float32))[:-30]), "classifier.onnx",
    ),
    "another sheet": (shared(layout.THUMBS, lambda: folders.sheet((8, 8))), "thumbs.webp is 8 x 8 pixels"),
    "sheet of noise": (shared(layout.THUMBS, lambda: b"RIFF" * 9), "thumbs.webp is no picture"),
    "moving sheet": (shared(layout.THUMBS, lambda: webp(2)), "no single sheet"),
    "no sheet": (
        lambda folder: folders.change_card(
            folder, layout.DATASET_CARD, thumbs={"file": "x.webp", "columns": 3, "kind": "original"}
        ), "does not list x.webp",
    ),
    "html as first model": (
        lambda folder: folders.change_card(folder, layout.DATASET_CARD, default_model='"><script>'), "default_model",
    ),
    "deep card": (
        lambda folder: (folder / layout.DATASET_CARD).write_text(f'{{"format": 2, "x": {DEEP}}}'), "nested too deep",
    ),
    "pipe as card": (instead(layout.DATASET_CARD, os.mkfifo), "is a pipe"),
}
# fmt: on


@pytest.mark.parametrize("harm", DATASETS)
def test_a_bad_dataset_is_one_sentence_and_the_others_work(root: Path, sound: Path, harm: str) -> None:
    shutil.copytree(sound / "tiny", root / "other")
    folders.change_card(root / "other", layout.DATASET_CARD, slug="other")
    for name in ("elbo-2", "linear-2"):
        folders.change_card(root / "other" / name, slug=f"other/{name}")
    hurt, sentence = DATASETS[harm]
    hurt(root / "tiny")
    library = open_library(root)
    assert library.datasets() == ["other"] and len(library.model_cards) == 2 and [*library.broken] == ["tiny"]
    assert re.search(sentence, library.broken["tiny"]), library.broken["tiny"]


def test_permuted_labels_are_noticed_in_each_model(root: Path) -> None:
    rows(y=np.roll(Y, 1))(root / "tiny")
    library = open_library(root)
    assert [*library.broken] == ["tiny/elbo-2", "tiny/linear-2"] and not library.datasets()
