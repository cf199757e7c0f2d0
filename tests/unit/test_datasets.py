"""Every dataset tells what it is; raw files are found by what they hold, not by where they lie."""

import gzip
import io
import struct
import sys
import zipfile
from itertools import pairwise

import numpy as np
import pytest
import torch
from PIL import Image

from latent_core import datasets, registry
from latent_core.datasets import (
    DataMissing,
    LabelledImages,
    UnfitPictures,
    _checking,
    _importing,
    _own,
    animals,
    fashion,
    melodies,
    mnist,
    olivetti,
    pairs,
    scenes,
    sprites,
)
from latent_core.datasets import _omniglot_files as omniglot_files
from latent_core.datasets._found import Wanted
from latent_core.datasets._raw import read_idx
from latent_core.datasets._redrawn import Redrawn
from latent_core.datasets._strokes import redraw
from latent_core.training.pictures import load as load_pictures

EVERY = registry.names("datasets")


MADE = ["animals", "digits", "melodies", "sprites"]
"""Those that need no files."""


@pytest.mark.parametrize("name", EVERY)
def test_a_dataset_says_where_it_comes_from_and_how_it_may_be_used(name):
    about = datasets.about(name)
    assert about.title and about.what and about.source.startswith("http") and about.licence and about.credit
    assert about.linear.startswith("linear-")


@pytest.mark.parametrize("name", [name for name in EVERY if name not in MADE])
def test_a_dataset_without_files_says_what_it_needs(name, tmp_path):
    with pytest.raises(DataMissing, match=str(tmp_path)):
        datasets.load(name, tmp_path, "train")


def test_an_unknown_dataset_is_answered_with_those_there_are():
    with pytest.raises(LookupError, match=r"no dataset 'nope'; there are \['animals', 'digits'"):
        datasets.load("nope", None, "train")


def test_digits_need_no_files_and_split_without_overlap():
    train, test = (datasets.load("digits", None, split) for split in ("train", "test"))
    assert len(train.x) + len(test.x) == 1797
    assert train.x.dtype == np.uint8 and train.x.shape[1:] == (8, 8, 1)
    pictures = train.pictures()
    assert pictures.shape[1:] == (1, 8, 8) and pictures.dtype == np.float32
    assert pictures.min() >= 0 and pictures.max() == 1
    assert set(train.y) == set(range(10)) == set(range(len(train.names)))


def test_a_melody_has_one_note_or_none_in_each_step_and_does_what_its_kind_says():
    test = melodies.load(None, "test")
    x = test.x[..., 0] > 0
    assert (x.sum(1) <= 1).all() and len(melodies.ABOUT.notes) == x.shape[1] and set(np.unique(test.x)) == {0, 255}
    assert list(melodies.ABOUT.notes) == sorted(melodies.ABOUT.notes, reverse=True), "the top row is the highest"
    rows = np.where(x.any(1), 27 - x.argmax(1), -1)
    moves = np.diff(rows, axis=1)
    kinds = {name: moves[test.y == number] for number, name in enumerate(test.names)}
    assert [len(one) for one in kinds.values()] == [400] * 10
    assert ((kinds["Rising"] == 1).sum(1) >= 12).all() and ((kinds["Falling"] == -1).sum(1) >= 12).all()
    assert (kinds["Arch"][:, :6].sum(1) > 0).all() and (kinds["Valley"][:, :6].sum(1) < 0).all()
    assert (np.abs(kinds["Trill"]).reshape(400, -1)[:, :3] == 1).all()
    assert (rows[test.y == 7][:, 1::2] == -1).all() and (rows[test.y == 7][:, ::2] >= 0).all()  # repeated notes
    assert len({one.tobytes() for one in kinds["Walk"]}) == 400


def test_every_digit_stands_beside_an_item_of_its_class_always_the_same(monkeypatch):
    def numbered(*y):
        x = np.zeros((6, 28, 28, 1), np.uint8) + np.arange(6, dtype=np.uint8)[:, None, None, None]
        return LabelledImages(x, np.array(y, np.int16), tuple("012"))

    digits, items = numbered(0, 1, 1, 0, 1, 2), numbered(1, 0, 0, 1, 2, 0)
    monkeypatch.setattr(mnist, "load", lambda root, split: digits)
    monkeypatch.setattr(fashion, "load", lambda root, split: items)
    found = pairs.load(None, "train")
    assert found.x.shape == (6, 28, 56, 1) and found.names[3] == "3 Dress" and np.array_equal(found.y, digits.y)
    left, right = found.x[:, 0, 0, 0], found.x[:, 0, -1, 0]
    assert np.array_equal(left, np.arange(6)) and np.array_equal(items.y[right], digits.y)
    assert {*right[digits.y == 1]} == {0, 3}, "where there are too few items, they are taken again"
    assert len({*right[digits.y == 0]}) == 2 and np.array_equal(pairs.load(None, "train").x, found.x)
    assert [half.name for half in pairs.ABOUT.halves] == ["digit", "item"]


def test_animals_that_no_network_sees_are_by_other_artists_and_every_drawing_has_its_licence(monkeypatch):
    monkeypatch.setattr(animals, "EACH", 8)
    train, test = animals.load(None, "train"), animals.load(None, "test")
    assert train.x.shape[1:] == test.x.shape[1:] == (64, 64, 3) and len(train.names) == len(set(train.names)) == 20
    drawn = len(train.originals)
    assert {*np.bincount(train.y)} == {8} and np.bincount(train.y[:drawn]).min() == 5 and len(test.x) == 37
    mean = train.originals.reshape(drawn, 64, 2, 64, 2, 3).astype(float).mean((2, 4))
    assert np.abs(mean - train.x[:drawn]).max() <= 0.5, "the first ones are the drawings, a quarter of the size"
    assert (train.x[:, 0, 0] == 255).all(1).mean() > 0.9, "copies stay on white"
    near = np.abs(test.x.reshape(37, 1, -1).astype(int) - train.x.reshape(1, len(train.x), -1)).mean(2).min(1)
    assert near.min() > 8, "no held-out drawing is among the training pictures"
    folder = animals.artifacts.folder_of("animals")
    told = (folder / "licences.md").read_text()
    for artist in animals.artists():
        licence = artist["licence"].replace("CC-", "CC ").replace("-4", " 4")
        assert f"| {artist['name']} | {artist['by']} | {licence} |" in told
    assert {artist["split"] for artist in animals.artists() if "mojione" in artist["package"]} == {"test"}
    assert all((folder / name).is_file() for name in animals.ABOUT.originals)


def test_a_drawing_is_redrawn_on_white_the_same_by_the_same_seed():
    ink = torch.ones(2, 3, 32, 32, dtype=torch.float64)
    ink[0, 1:, 8:24, 8:24] = 0  # red
    redrawn = Redrawn(ink, 16)
    first, again, other = (
        redrawn.draw(torch.tensor([0, 1, 0]), torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert torch.equal(first, again) and not torch.equal(first, other) and first.shape == (3, 3, 16, 16)
    assert (first[1] > 0.999).all(), "white stays white"
    assert (first[:, :, 0] > 0.999).all() and not torch.equal(first[0], first[2])
    red = first[0, :, 7:9, 7:9].mean((1, 2))
    assert red[0] > 0.7 and red[1:].max() < 0.4
    assert torch.equal(redrawn.plain()[0, 1, 4:12, 4:12], torch.zeros(8, 8, dtype=torch.float64))


def test_a_scene_is_its_background_where_its_digit_is_not_and_white_where_it_is_all_ink(monkeypatch):
    ink = np.zeros((3, 28, 28), np.uint8)
    ink[:, 10:18, 10:18], ink[:, 9, 10:18] = 255, 51
    digits = LabelledImages(ink[..., None], np.array([3, 1, 4], np.int16), tuple("0123456789"))
    monkeypatch.setattr(scenes.mnist, "load", lambda root, split: digits)
    found = {split: scenes.load(None, split) for split in ("train", "test")}
    x, behind = found["test"].x[..., 0] / 255, scenes.backgrounds("test", 3)
    assert np.array_equal(found["test"].mask, ink) and np.array_equal(found["test"].y, digits.y)
    assert np.abs(x - behind)[ink == 0].max() < 0.003 and (x[ink == 255] == 1).all()
    assert np.abs(x - (0.2 + 0.8 * behind))[ink == 51].max() < 0.003
    assert behind.max() <= scenes.BRIGHTEST and np.abs(np.diff(behind, axis=2)).max() < 0.05, "clouds have no edges"
    assert (found["train"].x != found["test"].x).any() and (scenes.load(None, "test").x == found["test"].x).all()


def test_sprites_are_every_combination_once_and_differ_in_what_their_factors_say():
    train, test = sprites.load(None, "train"), sprites.load(None, "test")
    known = np.concatenate([sprites.factors("train"), sprites.factors("test")])
    x = np.concatenate([train.x, test.x])[..., 0]
    assert (len(train.x), len(test.x)) == (6144, 2048) and len(np.unique(known, axis=0)) == np.prod(sprites.COUNTS)
    assert len({one.tobytes() for one in x}) == len(x) == 8192
    assert (known[:, 0] == np.concatenate([train.y, test.y])).all()
    few, which = x[:1500].astype(np.float32), known[:1500]
    ink, along = few.sum((1, 2)), np.arange(32) + 0.5
    middle = np.stack([few.sum(1) @ along, few.sum(2) @ along], 1) / ink[:, None]
    assert np.abs(middle - (9 + 2 * which[:, 3:])).max() < 4  # of mass, which is not far from that of a shape's size
    for shape in range(4):
        area = [ink[(which[:, 0] == shape) & (which[:, 1] == size)] for size in range(4)]
        assert all(small.max() < large.min() for small, large in pairwise(area))
    upright = (known[:, :3] == [1, 3, 0]).all(1) & (known[:, 4] == 2)  # big arrows in one row of places
    one, other = (x[upright & (known[:, 3] == place)][0].astype(int) for place in (1, 6))
    assert np.array_equal(np.roll(one, 10, 1), other)
    assert one[:13].sum(1).argmax() in range(10, 13)  # the head's wide end lies in the middle: it points upwards


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


# A person's own pictures: checked before anything is trained, imported from what people have, split by a seed.


def squares(classes=3, each=20, height=8, width=9, channels=1, seed=0):
    """Noisy pictures of classes that differ: x (n, height, width, channels) uint8 and y (n,), class after class."""
    rng = np.random.default_rng(seed)
    bases = (rng.random((classes, 1, height, width, channels)) > 0.6) * 200
    x = bases + rng.integers(0, 55, (classes, each, height, width, channels))
    return x.reshape(-1, height, width, channels).astype(np.uint8), np.repeat(np.arange(classes, dtype=np.int16), each)


def images(names=("a", "b", "c"), change=lambda x: x, label=lambda y: y, **how):
    x, y = squares(classes=how.pop("classes", 3), **how)
    mixed = np.random.default_rng(1).permutation(len(x))
    return LabelledImages(change(x[mixed]), label(y[mixed]), names)


WRONG = {
    "floats 0..1": ({"change": lambda x: x / 255}, r"0 to 0\.\d+: write np\.round\(x \* 255\)\.astype\(np\.uint8\)"),
    "16 bits": ({"change": lambda x: x.astype(np.uint16) * 257}, r"uint16.*np\.round\(x / \d+ \* 255\)"),
    "signed": ({"change": lambda x: x / 127.5 - 1}, "BLACK -1, WHITE 0"),
    "NaN": ({"change": lambda x: np.where(x > 250, np.nan, x)}, "not finite"),
    "objects": ({"change": lambda x: x.astype(object)}, "array of numbers"),
    "no channels": ({"change": lambda x: x[..., 0]}, r"write x\[\.\.\., None\]"),
    "RGBA": ({"channels": 4}, "they have 4: put transparent ones on a ground"),
    "channels first": ({"channels": 3, "change": lambda x: x.transpose(0, 3, 1, 2)}, "channels come last"),
    "too small": ({"height": 7}, "each side must have 8 to 256 pixels"),
    "too large": ({"width": 257}, "each side must have 8 to 256 pixels"),
    "one value": (
        {"change": lambda x: x * (np.arange(len(x)) > 1)[:, None, None, None]},
        "2 of the training pictures",
    ),
    "labels from 1": ({"label": lambda y: y + 1}, "they count from 1: write y - 1"),
    "no label": ({"label": lambda y: np.where(y == 2, -1, y)}, "-1 mostly means no label"),
    "labels as floats": ({"label": lambda y: y.astype(float)}, "whole numbers"),
    "too few labels": ({"label": lambda y: y[:-1]}, "59 labels"),
    "an empty class": ({"names": ("a", "b", "c", "d")}, r"at least 3 training pictures: d \(0\)"),
    "one class": ({"names": ("a",), "classes": 1}, "one class only"),
    "too many classes": ({"names": tuple(map(str, range(201)))}, "201 classes: 2 to 200"),
    "one name twice": ({"names": ("a", "b", "a")}, "several classes have one name"),
    "no name": ({"names": ("a", "b", " ")}, "without a name"),
    "a control character": ({"names": ("a", "b", "c\n")}, "control characters"),
    "sorted pictures": ({"each": 400, "change": lambda x: x, "label": np.sort}, "are sorted; shuffle them"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_pictures_are_refused_before_training_with_what_to_do(what):
    how, said = WRONG[what]
    with pytest.raises(UnfitPictures, match=said):
        _checking.check("mine", images(**how), images(**how, seed=1), (500, 500))


def test_all_that_is_wrong_is_said_at_once():
    bad = images(names=("a", "a", "c"), change=lambda x: x / 255, label=lambda y: y + 1)
    with pytest.raises(UnfitPictures) as refusal:
        _checking.check("mine", bad, bad, (500, 500))
    assert len(refusal.value.problems) == 5 and str(refusal.value).startswith("mine cannot be used yet; 5 things")


@pytest.mark.parametrize("how", [{}, {"classes": 2, "names": ("a", "b")}, {"channels": 3, "height": 256, "width": 8}])
def test_usual_pictures_pass(how):
    _checking.check("mine", images(**how), images(**how, seed=1), (500, 500))


@pytest.mark.parametrize("name", MADE)
def test_the_datasets_that_come_with_medley_pass_the_same_check(name):
    assert load_pictures(name, None).fingerprint == load_pictures(name, None).fingerprint


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A folder for sources; own datasets are kept beside it."""
    monkeypatch.setenv("MEDLEY_PICTURES", str(tmp_path / "kept"))
    return tmp_path


def folders(where, names=("a", "b", "c"), kind="png", change=lambda x: x, **how):
    """A folder of class folders."""
    x, y = squares(len(names), **how)
    for number, (picture, label) in enumerate(zip(x, y, strict=True)):
        place = where / names[label] / f"{number}.{kind}"
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(change(picture[..., 0] if picture.shape[2] == 1 else picture)).save(place)
    return where


def imported(source, name="mine", wanted=None, **how):
    return _importing.import_pictures(source, name, wanted or Wanted(), **how)


def parts(name="mine"):
    return [datasets.load(name, None, split) for split in ("train", "test")]


def test_a_folder_of_folders_becomes_a_dataset_with_the_same_pixels(own):
    made = imported(folders(own / "src"))
    train, test = parts()
    assert (made.train, made.test) == (51, 9) and train.x.shape[1:] == (8, 9, 1)
    assert np.bincount(train.y).tolist() == [17, 17, 17] and np.bincount(test.y).tolist() == [3, 3, 3]
    there = {picture.tobytes() for picture in squares()[0]}
    assert {picture.tobytes() for part in (train, test) for picture in part.x} == there
    assert train.names == ("a", "b", "c") and "mine" in datasets.names()
    assert datasets.about("mine").what.startswith("60 pictures of 3 classes, 9 by 8 pixels, grey")
    assert [path.name for path in (own / "kept").iterdir()] == ["mine.safetensors"]


def test_the_seed_decides_the_split_and_other_pictures_are_not_written_over(own):
    imported(folders(own / "src"))
    first = datasets.fingerprint(*parts())
    imported(own / "src")
    assert datasets.fingerprint(*parts()) == first
    with pytest.raises(ValueError, match="holds other pictures"):
        imported(own / "src", seed=2)
    imported(own / "src", seed=2, replace=True)
    assert datasets.fingerprint(*parts()) != first


ARRAYS = {
    "uint8": lambda x, y: {"x": x, "y": y},
    "floats": lambda x, y: {"x": x / 255, "y": y},
    "no channels": lambda x, y: {"images": x[..., 0], "labels": y},
    "channels first": lambda x, y: {"x": x.transpose(0, 3, 1, 2), "y": y[:, None]},
    "one-hot": lambda x, y: {"x": x, "y": np.eye(3)[y]},
    "words": lambda x, y: {"x": x, "y": np.array(["0", "1", "2"])[y]},
    "16 bits with a span": lambda x, y: {"x": x.astype(np.uint16) * 257, "y": y},
}


@pytest.mark.parametrize("kind", ARRAYS)
def test_arrays_of_any_usual_kind_become_the_same_pictures(own, kind):
    np.savez(own / "mine.npz", **ARRAYS[kind](*squares()))
    imported(own / "mine.npz", wanted=Wanted(span=(0, 65535) if "span" in kind else None))
    there = {picture.tobytes() for picture in squares()[0]}
    assert {picture.tobytes() for part in parts() for picture in part.x} == there
    assert parts()[0].names == ("0", "1", "2")


def test_a_split_that_the_source_makes_is_kept(own):
    (x, y), (held, of) = squares(), squares(each=4, seed=0)
    np.savez(own / "mine.npz", x_train=x, y_train=y, x_test=held, y_test=of, names=["one", "two", "three"])
    made = imported(own / "mine.npz")
    assert (made.train, made.test, parts()[0].names) == (60, 12, ("one", "three", "two"))
    folders(own / "src" / "train"), folders(own / "src" / "val", each=2)
    made = imported(own / "src", "both")
    assert (made.train, made.test) == (60, 6)


def test_a_table_of_paths_and_labels_is_read_and_its_lost_files_are_named(own):
    folders(own / "pool", names=("p",), each=24)
    lines = [f"pool/p/{i}.png;{'cat, small' if i % 2 else 'dog'}" for i in range(24)]
    (own / "table.csv").write_text("\n".join(["\ufeffpath;label", *lines]), encoding="utf-8")
    imported(own / "table.csv")
    assert parts()[0].names == ("cat, small", "dog")
    (own / "bare.csv").write_text(
        "\n".join([*(line.replace(";", ",", 1) for line in lines if "dog" in line), "no/such.png,dog"])
    )
    with pytest.raises(UnfitPictures, match=r"1 paths name no file.*no/such\.png \(line 13\)"):
        imported(own / "bare.csv", "bare")


NAMES = (
    "a:b", "a,b", "a+b", "a&b", "<b>a", "100%", "x" * 200, "עברית", "🎉 party", "0", "10", "2", "Group 1", "a b",
    "*_[x](y)_*", "$x$",
)  # fmt: skip


def test_class_names_may_be_all_that_a_folder_can_be_called(own):
    made = imported(folders(own / "src", names=NAMES, each=4))
    names = parts()[0].names
    assert set(names) == {name if name != "Group 1" else "Group 1 (class)" for name in NAMES}
    assert names.index("2") < names.index("10") and any("Group 1 (class)" in note for note in made.notes)
    from latent_core.artifacts.card import decode, encode
    from tests.unit.folders import dataset_card

    card = dataset_card(classes=list(names), start=[names[0]])
    assert decode(encode(card), type(card)).classes == list(names)


@pytest.mark.parametrize(
    ("mode", "wanted", "value"),
    [("RGBA", Wanted(), 255), ("RGBA", Wanted(ground="black"), 0), ("I;16", Wanted(span=(0, 65535)), 128)],
)
def test_transparent_and_deep_files_are_what_they_look_like(own, mode, wanted, value):
    deep = mode == "I;16"
    for name in "ab":
        (own / "src" / name).mkdir(parents=True)
        for i in range(4):
            x = np.full((8, 8), 32896, np.uint16) if deep else np.zeros((8, 8, 4), np.uint8)
            x[0, i] = 65535 if deep else (90, 90, 90, 255)
            Image.fromarray(x).save(own / "src" / name / f"{i}.png")
    imported(own / "src", wanted=wanted)
    assert set(np.unique(parts()[0].x)) == {value, 255 if deep else 90}


def test_pictures_of_many_sizes_become_one_and_that_is_said(own):
    folders(own / "src", names=("a", "b"), height=90, width=200, each=5, channels=3)
    folders(own / "src", names=("c",), height=50, width=100, each=5, channels=3)
    made = imported(own / "src")
    assert parts()[0].x.shape[1:] == (29, 64, 3) and "2 different sizes become 64 x 29" in made.notes[0]
    imported(own / "src", "small", Wanted((8, 10), channels=1, invert=True))
    assert parts("small")[0].x.shape[1:] == (8, 10, 1)


def test_everything_wrong_with_a_folder_is_said_at_once_and_nothing_is_written(own):
    folders(own / "src", each=3)
    (own / "src" / "empty").mkdir()
    (own / "src" / "loose.png").write_bytes(b"x")
    (own / "src" / "a" / "broken.png").write_bytes(b"not a picture")
    with pytest.raises(UnfitPictures) as refusal:
        imported(own / "src")
    assert [word in str(refusal.value) for word in ("empty", "in no class's folder", "broken.png")] == [True] * 3
    (own / "src" / "loose.png").unlink(), (own / "src" / "a" / "broken.png").unlink(), (own / "src" / "empty").rmdir()
    with pytest.raises(
        UnfitPictures,
        match=r"one thing is wrong:\n.*at least 4 pictures, 3 to learn from .*: a \(3\), b \(3\), c \(3\)",
    ):
        imported(own / "src")
    assert not (own / "kept").exists()


@pytest.mark.parametrize(
    ("name", "said"), [("My Cats", "such as my_cats"), ("mnist", "comes with Medley"), ("../x", "such as x")]
)
def test_a_name_that_cannot_be_gets_one_that_can(own, name, said):
    with pytest.raises(ValueError, match=said):
        imported(folders(own / "src"), name)


def test_rows_that_ship_show_every_class_however_rare(own):
    x, y = squares(3, 40, 200, 200)
    keep = np.concatenate([np.arange(80), np.arange(80, 85)])
    np.savez(own / "mine.npz", x=x[keep], y=y[keep])
    imported(own / "mine.npz", wanted=Wanted((200, 200)))
    assert set(np.bincount(parts()[0].y[:12])) == {4}
    assert _own.shipped_rows(9000, 2000, 200, 256, 256) == (800, 224) and _own.shipped_rows(9000, 2000, 10, 28, 28) == (
        9000,
        2000,
    )


def test_a_damaged_own_dataset_says_how_to_get_it_back(own):
    imported(folders(own / "src"))
    (own / "kept" / "mine.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0half a fi")
    for ask in (lambda: datasets.about("mine"), lambda: datasets.load("mine", None, "train")):
        with pytest.raises(DataMissing, match="import the pictures again with --replace"):
            ask()
