"""Pictures are checked before anything is trained."""

import numpy as np
import pytest

from latent_core.datasets import UnfitPictures, _checking
from latent_core.training.pictures import load as load_pictures
from tests.unit.datasets.squares import MADE, images

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
