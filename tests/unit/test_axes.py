"""The axes of a latent space: which are found, and that turning to them changes no picture."""

import numpy as np
import pytest
import torch
from scipy.stats import ortho_group

from latent_core import open_model
from latent_core.training import networks
from latent_core.training.objectives.mmd import KERNELS, discrepancy
from latent_core.training.steps import axes, publish, stages

LATENT = 5


def off_diagonal(covariances: np.ndarray) -> float:
    """Share of the squares of covariances (classes, latent, latent) that lies off their diagonals, 0..1."""
    diagonal = np.square(np.diagonal(covariances, axis1=1, axis2=2)).sum()
    return float(1 - diagonal / np.square(covariances).sum())


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.fixture
def rotation(rng):
    return ortho_group.rvs(LATENT, random_state=rng)


def test_axes_that_all_classes_share_are_found_from_their_covariances(rng, rotation):
    own = np.sort(rng.uniform(0.1, 2, (4, LATENT)) * [16, 8, 4, 2, 1])[:, ::-1]
    covariances = np.einsum("ij,kj,lj->kil", rotation, own, rotation)
    found = axes.joint_axes(covariances)
    assert off_diagonal(covariances) > 0.1 > 1e-12 > off_diagonal(found.T @ covariances @ found)
    np.testing.assert_allclose(np.abs(found.T @ rotation), np.eye(LATENT), atol=1e-6)


def test_no_rotation_makes_disagreeing_covariances_more_diagonal(rng):
    spread = rng.standard_normal((6, LATENT, LATENT))
    covariances = spread @ spread.transpose(0, 2, 1)
    covariances /= np.trace(covariances, axis1=1, axis2=2)[:, None, None]
    found = axes.joint_axes(covariances)
    np.testing.assert_allclose(found.T @ found, np.eye(LATENT), atol=1e-10)
    least = off_diagonal(found.T @ covariances @ found)
    others = ortho_group.rvs(LATENT, 200, random_state=rng)
    assert 0 < least < min(off_diagonal(other.T @ covariances @ other) for other in others)
    twice = axes.joint_axes(found.T @ covariances @ found)
    np.testing.assert_allclose(np.abs(twice), np.eye(LATENT), atol=1e-5)


@pytest.mark.parametrize(("network", "fields"), [("mlp", {"hidden": 12}), ("conv", {"width": 4})])
def test_turning_moves_latents_rigidly_and_changes_no_picture(rng, rotation, network, fields):
    torch.manual_seed(0)
    model = networks.build(network, fields, (1, 8, 8), LATENT).eval()
    pictures = rng.random((40, 1, 8, 8), np.float32)
    before, spread = stages.posterior(model, pictures)
    shown = stages.rebuild(model, before)
    axes.turn(model, rotation, pictures)
    after, turned = stages.posterior(model, pictures)
    np.testing.assert_allclose(after, before @ rotation, atol=1e-5)
    np.testing.assert_allclose(stages.rebuild(model, after), shown, atol=1e-5)
    np.testing.assert_allclose(turned**2, spread**2 @ rotation**2, rtol=0.02)


@pytest.mark.parametrize("kernel", KERNELS)
def test_the_discrepancy_cannot_see_how_latents_are_turned(rng, rotation, kernel):
    a, b = torch.from_numpy(rng.standard_normal((2, 30, LATENT)))
    turn = torch.from_numpy(rotation)
    assert discrepancy(a, b, kernel) == pytest.approx(float(discrepancy(a @ turn, b @ turn, kernel)), abs=1e-10)
    assert float(discrepancy(a, 2 * b, kernel)) > 1e-3


def test_two_models_of_one_size_have_different_titles():
    assert publish.title("mnist/mmd-20") == "MMD VAE, 20 dimensions"
    assert publish.title("mnist/mmd-20-smooth") == "MMD VAE, 20 dimensions, smooth"
    assert publish.title("mnist/label-guided-16") == "Label-guided VAE, 16 dimensions"
    assert publish.title("mnist/tc-16") == "beta-TCVAE, 16 dimensions"


@pytest.mark.parametrize("slug", ["mnist/mmd-20-smooth", "mnist/mmd-10-smooth"])
def test_the_models_that_were_turned_have_the_axes_of_their_classes(slug):
    covariances = open_model(slug).stats["covariance"].astype(np.float64)
    norm = covariances / np.trace(covariances, axis1=1, axis2=2)[:, None, None]
    again = axes.joint_axes(covariances)
    assert off_diagonal(norm) < off_diagonal(again.T @ norm @ again) + 0.002
    assert np.abs(again).max(0).mean() > 0.98
