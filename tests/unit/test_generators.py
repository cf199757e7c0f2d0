"""Generators: what each family draws, what the measures say of known pictures, and what bad input is told."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latent_core import artifacts, metrics
from latent_core.artifacts import layout
from latent_core.generators import COVARIANCES, Kit, families
from latent_core.graphs.graph import open_shared
from latent_core.models.generator import Generator, decode
from latent_core.models.model import Model
from latent_core.models.scores import measure

CLASSES, LATENT = 3, 4
FITTED = [
    slug
    for name in artifacts.list_datasets()
    for slug in artifacts.list_models(name)
    if layout.CURVES in artifacts.open_model_card(slug).files
]


def run(family: str, draws: int = 5, **changes: np.ndarray | float) -> np.ndarray:
    """Latents of made-up statistics."""
    chance = np.random.default_rng(1)
    factor = np.tril(chance.random((CLASSES, LATENT, LATENT)) + 0.2)
    held = {
        "noise": chance.standard_normal((draws, CLASSES, LATENT + 1)), "theta": chance.random((CLASSES, LATENT)),
        "n": 1.0, "mean": chance.random((CLASSES, LATENT)), "std": chance.random((CLASSES, LATENT)), "factor": factor,
        "weight": np.array([[0.7, 0.3]] * CLASSES), "centre": chance.random((CLASSES, 2, LATENT)),
        "spread": np.stack([factor, 2 * factor], axis=1),
    } | changes  # fmt: skip
    inputs = next(one.inputs for one in families() if one.name == family)
    graph = open_shared(f"generate_{family}")
    return graph(**{name: np.asarray(held[name], np.float32) for name in inputs})["z"]


def test_a_diagonal_factor_is_the_papers_generator():
    std = np.random.default_rng(2).random((CLASSES, LATENT))
    factor = np.stack([np.diag(row) for row in std])
    assert np.allclose(run("diagonal", std=std), run("full_covariance", factor=factor), atol=1e-6)


def test_a_mixture_of_one_component_is_the_full_covariance():
    chance = np.random.default_rng(3)
    mean, factor = chance.random((CLASSES, LATENT)), np.tril(chance.random((CLASSES, LATENT, LATENT)))
    alone = run("mixture", weight=np.ones((CLASSES, 1)), centre=mean[:, None], spread=factor[:, None])
    assert np.allclose(alone, run("full_covariance", mean=mean, factor=factor), atol=1e-6)


def test_a_mixture_draws_its_components_by_their_weights():
    centre = np.stack([np.zeros((CLASSES, LATENT)), np.ones((CLASSES, LATENT))], axis=1)
    z = run("mixture", draws=4000, theta=np.zeros((CLASSES, LATENT)), centre=centre)
    assert np.isin(z, (0, 1)).all() and np.allclose(z[:, :, 0].mean(0), 0.3, atol=0.03)


@pytest.mark.parametrize("family", [one.name for one in families()])
def test_theta_and_n_are_one_number(family):
    theta = np.full((CLASSES, LATENT), 0.8)
    assert np.allclose(run(family, theta=theta, n=4.0), run(family, theta=theta / 2), atol=1e-6)


@pytest.mark.parametrize("family", ["diagonal", "full_covariance"])
def test_theta_zero_is_the_centroid(family):
    mean = np.random.default_rng(4).random((CLASSES, LATENT))
    assert np.allclose(run(family, theta=np.zeros((CLASSES, LATENT)), mean=mean), mean, atol=1e-7)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 12), st.integers(1, 4), st.integers(0, 99))
def test_the_closed_form_of_the_cosine_is_that_of_all_pairs(draws, classes, seed):
    pictures = np.random.default_rng(seed).random((draws, classes, 9)).astype(np.float32) * 0.99 + 0.01
    unit = pictures / np.linalg.norm(pictures, axis=2, keepdims=True)
    pairs = [[unit[i, c] @ unit[j, c] for i in range(draws) for j in range(draws) if i != j] for c in range(classes)]
    assert np.allclose(metrics.same_class_cosine(pictures), np.mean(pairs, axis=1), atol=1e-5)
    graph = open_shared("alike")
    assert np.allclose(
        graph(pictures=pictures, ground=np.zeros(9, np.float32))["cosine"], np.mean(pairs, axis=1), atol=1e-5
    )


def test_the_share_that_is_right_counts_the_wanted_class():
    said = np.array([[[0.9, 0.1], [0.8, 0.2]], [[0.4, 0.6], [0.3, 0.7]]], np.float32)
    assert open_shared("right")(probabilities=said)["right"].tolist() == [0.5, 0.5]


def test_the_lower_bound_is_wilsons():
    assert metrics.lower_bound(0.5, 100) == pytest.approx(0.4038, abs=1e-4)
    assert 0.99 < metrics.lower_bound(1.0, 1000) < 1 and metrics.lower_bound(0.0, 10) == 0
    with pytest.raises(ValueError, match="at least one trial"):
        metrics.lower_bound(0.5, 0)


@pytest.mark.parametrize("slug", FITTED)
def test_a_fitted_model_draws_right_and_varied_pictures_of_every_family(slug):
    model = Model(slug)
    kit = Kit(model.card, model.folder)
    curves, usable = kit.curves, {one.name for one in families() if not kit.why_not(one.name)}
    assert curves is not None and {one.family for one in curves.families} == usable
    assert len(usable) == (len(families()) if model.card.latent.size <= COVARIANCES else 1)
    for curve in curves.families:
        if curve.tau is None and curve.family != "mixture":
            assert curve.cosine[0] == pytest.approx(1, abs=1e-3) and np.all(np.diff(curve.cosine) < 1e-3)
        i = len(curve.scale) // 2
        again = measure(Generator(model, curve.family), curve.scale[i], 30, 5, tau=curve.tau)
        assert again.cosine == pytest.approx(curve.cosine[i], abs=0.05)
        assert again.classifier == pytest.approx(curve.classifier[i], abs=0.05)
        assert again.reconstruction == pytest.approx(curve.reconstruction[i], abs=0.05)


def test_a_draw_does_not_depend_on_how_many_are_asked_for_nor_do_filtered_ones_fail_the_filter():
    generator = Generator(Model("mnist/mmd-20"), "mixture")
    assert np.array_equal(generator.latents(0.5, 7, 3)[:4], generator.latents(0.5, 4, 3))
    assert np.array_equal(generator.latents(0.5, 7, 3)[4:], generator.latents(0.5, 3, 3, first=4))
    z, kept = generator.sample(1.0, 20, 3, tau=0.9)
    chance = generator.kit.latent_classifier(z=z.reshape(-1, 20))["probabilities"].reshape(20, 10, 10)
    assert (np.einsum("dcc->dc", chance) >= 0.9).all() and 0.5 < kept.min() < 1
    assert decode(generator.model, z).shape == (20, 10, 784)


@pytest.mark.parametrize(
    ("theta", "sentence"),
    [(1.2, "from 0"), (-0.1, "from 0"), (np.nan, "from 0"), (np.ones((2, 2)), "it was of")],
)
def test_a_theta_that_cannot_be_is_refused_with_a_sentence(theta, sentence):
    with pytest.raises(ValueError, match=sentence):
        Generator(Model("mnist/mmd-20")).latents(theta, 2)


@pytest.mark.parametrize("slug", ["mnist/mmd-10", "mnist/mmd-20"])
def test_covariances_kept_in_half_precision_are_drawn_from_like_others(slug):
    """mmd-20's, of thirty pieces, would otherwise not fit a folder of 5 MB."""
    generator = Generator(Model(slug), "mixture")
    kept = artifacts.read_arrays(generator.model.folder, layout.CLOUDS, generator.model.card)["spread"].dtype
    assert kept == (np.float16 if slug == "mnist/mmd-20" else np.float32)
    z = generator.latents(0.5, 3)
    assert generator.kit.arrays["spread"].dtype == z.dtype == np.float32 and np.isfinite(z).all()


def test_too_few_draws_an_unknown_family_and_a_filter_without_a_scorer_are_refused():
    model = Model("mnist/mmd-20")
    generator = Generator(model)
    for call, sentence in (
        (lambda: generator.latents(0.5, 0), "draws must be a whole number from 1"),
        (lambda: generator.latents(0.5, 2, n=0), "n must be a whole number from 1"),
        (lambda: measure(generator, 0.5, 1), "at least 2 draws"),
        (lambda: Generator(model, "cauchy"), "no family of generators"),
        (lambda: generator.sample(1.0, 3, tau=1.5), "tau must be a number from 0 to below 1"),
    ):
        with pytest.raises(ValueError, match=sentence):
            call()


def test_a_model_without_the_files_says_how_to_make_them():
    model = Model("mnist/linear-20")
    kit = Kit(model.card, model.folder)
    assert (
        kit.reconstruction_classifier is None
        and kit.latent_classifier is None
        and kit.curves is None
        and not kit.has(layout.CLOUDS)
    )
    assert kit.why_not("diagonal") == "" and "python -m latent_core generators" in kit.why_not("mixture")
    scores = measure(Generator(model), 0.3, 5)
    assert scores.reconstruction is None and 0 < scores.classifier <= 1


def test_a_class_with_one_drawing_is_named():
    model = Model("mnist/mmd-20")
    std = model.stats["std"].copy()
    std[4] = 0
    lonely = SimpleNamespace(card=model.card, folder=model.folder, stats={**model.stats, "std": std})
    with pytest.raises(ValueError, match="4 has a single drawing"):
        Generator(lonely)


def test_statistics_that_are_not_numbers_end_in_a_sentence():
    model = Model("mnist/mmd-20")
    broken = SimpleNamespace(
        card=model.card, folder=model.folder, slug=model.slug,
        stats={**model.stats, "mean": np.full_like(model.stats["mean"], np.nan)},
    )  # fmt: skip
    with pytest.raises(ValueError, match="not numbers"):
        Generator(broken).latents(0.5, 2)


@pytest.mark.parametrize("slug", [slug for slug in FITTED if "mmd" in slug])
def test_an_mmd_vae_has_not_collapsed(slug):
    """With a single narrow kernel and a large weight all latents become one; several widths keep them apart."""
    card = artifacts.open_model_card(slug)
    found = {one.what: one.value for one in card.metrics}
    assert found["divergence from N(0, I)"] > 1
    assert found["least encoded std"] > 0.7 or slug.endswith("-smooth")  # which leaves up to a fifth of them unused
    assert found["active dimensions"] >= 0.8 * card.latent.size
    drawn_by_strangers = slug.startswith("animals/")  # 37 drawings of 20 classes: .05 by chance, and each counts .03
    assert found["k-NN (10)"] > (0.5 if drawn_by_strangers else 0.9 if card.latent.size >= 10 else 0.6)
    assert {layout.RECONSTRUCTION_CLASSIFIER, layout.LATENT_CLASSIFIER} <= set(card.files)
    assert (layout.CLOUDS in card.files) == (card.latent.size <= COVARIANCES)
