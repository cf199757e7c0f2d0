"""Pictures that a program composes: melodies, pairs, scenes and sprites."""

from itertools import pairwise

import numpy as np

from latent_core.datasets import LabelledImages, fashion, melodies, mnist, pairs, scenes, sprites


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
