"""A reconstruction that labels guide."""

import pytest
import torch

from latent_core.training.objectives import label_guided
from latent_core.training.posteriors import Gaussian
from tests.unit.objectives.latents import batch


def test_the_label_weight_starts_loud_turns_at_its_step_and_ends_quiet():
    guided = label_guided.LabelGuided()
    assert guided.weight(0) == pytest.approx(20)
    assert guided.weight(4000) == pytest.approx((20 + 0.01) / 2)
    assert guided.weight(3900) == pytest.approx(20, rel=1e-3)
    assert guided.weight(4200) == pytest.approx(0.01, rel=1e-4)
    assert guided.weight(10**9) == pytest.approx(0.01)


def test_the_label_guided_pull_is_weak_on_purpose():
    """|mean| and not its square; the mean over dimensions and not the sum."""
    q = Gaussian(torch.full((4, 6), 3.0), torch.zeros(4, 6))
    guided = label_guided.LabelGuided()
    terms = guided.regulariser(q, q.mean, batch(10**6, classes=2), guided.players(6, 2))
    assert terms["kl"].item() == pytest.approx(1.5)


def test_the_label_guided_reconstruction_is_a_squared_error():
    cost = label_guided.LabelGuided().reconstruction(torch.zeros(2, 10), torch.ones(2, 10))["reconstruction"]
    assert cost.item() == pytest.approx(10 * 0.25)
