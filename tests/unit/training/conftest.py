"""What small trainings learn from."""

import types

import pytest
import torch

from latent_core import datasets
from latent_core.datasets import LabelledImages
from latent_core.projections import umap
from latent_core.training.pictures import load
from latent_core.training.steps import stages


@pytest.fixture(scope="session")
def digits():
    return load("digits", None)


@pytest.fixture(scope="session")
def few(digits):
    return LabelledImages(digits.train.x[:160], digits.train.y[:160], digits.train.names)


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture
def quick(monkeypatch):
    """No UMAP, which takes half a minute to compile; and the dataset is there, though not in a file."""
    flat = lambda z, seed: ({"umap": z[:, :1].repeat(2, 1), "umap3": z[:, :1].repeat(3, 1)}, {})  # noqa: E731
    monkeypatch.setattr(umap, "project", flat)
    monkeypatch.setattr(datasets, "names", lambda: ["mine"])
    monkeypatch.setattr(datasets, "find", lambda name: types.SimpleNamespace())
    monkeypatch.setattr(stages, "in_worker", lambda function, *values: function(*values))
