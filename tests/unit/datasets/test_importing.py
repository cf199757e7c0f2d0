"""A person's own pictures: imported from what people have, split by a seed."""

import numpy as np
import pytest
from PIL import Image

from latent_core import datasets
from latent_core.datasets import DataMissing, UnfitPictures, _importing, _own
from latent_core.datasets._found import Wanted
from tests.unit.datasets.squares import squares


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
