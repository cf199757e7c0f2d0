"""Principal components."""

import numpy as np
import pytest
import torch

from latent_core.training.networks import linear
from latent_core.training.steps import stages


def test_all_components_rebuild_every_picture():
    pictures = np.random.default_rng(0).random((40, 1, 3, 4), np.float32) * 0.8 + 0.1
    model, share = linear.fit(pictures, 12)
    mean, spread = stages.posterior(model, pictures)
    assert np.abs(stages.rebuild(model, mean) - pictures).max() < 1e-5
    assert share.sum() == pytest.approx(1) and (spread == 0).all()
    assert (np.diff(share) <= 0).all()


def test_fewer_components_leave_just_the_variance_that_they_miss(digits):
    pictures = digits.train.pictures()
    model, share = linear.fit(pictures, 20)
    mean, _ = stages.posterior(model, pictures)
    centred = pictures.reshape(len(pictures), -1) - pictures.reshape(len(pictures), -1).mean(0)
    with torch.no_grad():
        rebuilt = model.decoder(torch.from_numpy(mean)).numpy()  # before clipping to 0..1
    missed = np.square(rebuilt - pictures.reshape(len(pictures), -1)).sum() / np.square(centred).sum()
    assert missed == pytest.approx(1 - share.sum(), rel=1e-3)


def test_too_many_components_are_refused():
    with pytest.raises(ValueError, match="1 to 12"):
        linear.fit(np.zeros((40, 1, 3, 4), np.float32), 13)
