"""Raw files are found by what they hold, not by where they lie."""

import gzip
import io
import struct
import sys
import zipfile

import numpy as np
import pytest
from PIL import Image

from latent_core.datasets import DataMissing, mnist, olivetti
from latent_core.datasets import _omniglot_files as omniglot_files
from latent_core.datasets._raw import read_idx
from latent_core.datasets._strokes import redraw


def write_idx(path, values, packed=False):
    held = b"\0\0\x08" + bytes([values.ndim]) + struct.pack(f">{values.ndim}i", *values.shape) + values.tobytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(held) if packed else held)


@pytest.mark.parametrize("packed", [False, True])
def test_idx_sets_with_the_same_file_names_are_told_apart_by_their_labels(tmp_path, packed):
    labels = {"a": [9, 0, 0, 3, 0, 2, 7, 2], "z/deep": [5, 0, 4, 1, 9, 2, 1, 3]}
    end = ".gz" if packed else ""
    for number, (folder, first) in enumerate(labels.items()):
        for start in ("train", "t10k"):
            y = np.array(first, np.uint8)
            write_idx(tmp_path / folder / f"{start}-labels-idx1-ubyte{end}", y, packed)
            write_idx(
                tmp_path / folder / f"{start}-images-idx3-ubyte{end}", np.full((8, 2, 3), number, np.uint8), packed
            )
    found = mnist.load(tmp_path, "test")
    assert found.x.shape == (8, 2, 3, 1) and (found.x == 1).all() and list(found.y[:3]) == [5, 0, 4]


def test_a_file_that_is_not_idx_is_refused(tmp_path):
    (tmp_path / "x").write_bytes(b"hello, world")
    with pytest.raises(DataMissing, match="not an IDX file"):
        read_idx(tmp_path / "x")


def test_faces_stand_upright_and_are_split_by_picture(tmp_path):
    from scipy.io import savemat

    picture = np.zeros((64, 64), np.uint8)
    picture[10, 50] = 255
    faces = np.repeat(picture.flatten(order="F")[:, None], 400, axis=1)
    faces[0] = np.arange(400) % 10
    savemat(tmp_path / "olivettifaces.mat", {"faces": faces})
    train, test = olivetti.load(tmp_path, "train"), olivetti.load(tmp_path, "test")
    assert (train.x[:, 10, 50] == 255).all() and (len(train.x), len(test.x)) == (320, 80)
    assert set(train.x[:, 0, 0, 0]) == set(range(8)) and set(test.x[:, 0, 0, 0]) == {8, 9}
    assert list(test.y[:4]) == [0, 0, 1, 1]


def test_a_stroke_drawn_anew_stays_in_the_picture_and_follows_its_seed():
    ink = np.zeros((105, 105), bool)
    ink[20:90, 50:53] = True
    first, again, other = (redraw(ink, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()
    assert first.shape == (28, 28) and first.max() == 255
    assert 20 < (first > 127).sum() < 100  # about 20 pixels long, one to three wide
    assert first[0].max() == first[-1].max() == 0


def test_drawings_are_read_from_zip_files_by_writer(tmp_path):
    dot = np.full((105, 105), 255, np.uint8)
    with zipfile.ZipFile(tmp_path / "images_background_small1.zip", "w") as packed:
        for writer in range(1, 21):
            picture = dot.copy()
            picture[writer, writer] = 0
            held = io.BytesIO()
            Image.fromarray(picture).save(held, "PNG")
            packed.writestr(f"images_background_small1/Latin/character02/0684_{writer:02d}.png", held.getvalue())
    found = omniglot_files.drawings(tmp_path, [("Latin", 2)])
    assert [np.argwhere(ink).tolist() for ink in found[0][:2]] == [[[1, 1]], [[2, 2]]]
    with pytest.raises(DataMissing, match=r"Greek character 4"):
        omniglot_files.drawings(tmp_path, [("Latin", 2), ("Greek", 4)])


def test_a_broken_pair_of_torch_and_torchvision_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "torchvision.datasets", None)
    with pytest.raises(DataMissing, match=r"install the pair that requirements\.txt names"):
        mnist.load(None, "train")
