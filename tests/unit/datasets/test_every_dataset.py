"""Every dataset tells what it is."""

import numpy as np
import pytest

from latent_core import datasets, registry
from latent_core.datasets import DataMissing
from tests.unit.datasets.squares import MADE

EVERY = registry.names("datasets")


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
