"""What the mathematics of blending promises, for every method of the room, on decoders made here."""

import numpy as np
import pytest
import torch

from latent_core import evidence, open_model
from latent_core.blends import methods
from latent_core.graphs.graph import Graph, open_shared
from latent_core.training import export, networks

CLASSES, LATENT, SAMPLES = 4, 5, 3
NAMED = {one.name: one for one in methods()}
METHODS = list(NAMED)
LAYERS = ("mix_first", "mix_second", "mix_logits", "mix_pixels")
ALIKE = 1e-4
"""Largest difference of two pictures that count as the same, in grey values 0..1."""


@pytest.fixture(scope="module", params=["mlp", "conv"])
def decoder(request: pytest.FixtureRequest) -> Graph:
    with torch.random.fork_rng():
        torch.manual_seed(3)
        fields = {"hidden": 12} if request.param == "mlp" else {"width": 4}
        model = networks.build(request.param, fields, (1, 16, 16), LATENT).eval()
    for parameter in model.parameters():
        parameter.data = (3 * parameter.data).half().float()  # further from a flat grey, and as shipped: 16 bits
    return Graph(export.decoder(model, LATENT), "decoder")


class Bench:
    """Some classes in a latent space, and the picture that a method makes of them."""

    def __init__(self, decoder: Graph) -> None:
        random = np.random.default_rng(5)
        self.decoder = decoder
        self.mean = 2 * random.standard_normal((CLASSES, LATENT)).astype(np.float32)
        self.std = random.random((CLASSES, LATENT), np.float32) + 0.2
        self.noise = random.standard_normal((SAMPLES, LATENT)).astype(np.float32)
        self.weights = random.random(CLASSES).astype(np.float32) + 0.1
        self.weights /= self.weights.sum()

    def plan(self, method: str, rows=None, weights=None, theta=0.0, noise=None, depth=4.0) -> dict[str, np.ndarray]:
        rows = list(range(CLASSES)) if rows is None else rows
        weights = self.weights[rows] if weights is None else np.asarray(weights, np.float32)
        return open_shared(f"blend_{method}")(
            weights=weights / weights.sum(),
            theta=np.broadcast_to(np.float32(theta), (len(rows), LATENT)),
            noise=self.noise if noise is None else noise,
            mean=self.mean[rows],
            std=self.std[rows],
            depth=np.float32(depth),
        )

    def draw(self, method: str, **changes) -> np.ndarray:
        plan = self.plan(method, **changes)
        plan.pop("place")
        if NAMED[method].finish:
            rows = changes.get("rows") or list(range(CLASSES))
            weights = np.asarray(changes.get("weights", self.weights[rows]), np.float32)
            finish = open_shared(f"finish_{method}")
            given = {"pictures": self.decode(plan["z"]), "weights": weights[None] / weights.sum()}
            return finish(**given, ground=np.zeros(1, np.float32))["picture"][0]
        return self.decoder(**plan, keep=np.ones(LATENT, np.float32))["pictures"][0]

    def decode(self, z: np.ndarray) -> np.ndarray:
        eye = np.eye(len(z), dtype=np.float32)
        still = dict.fromkeys(LAYERS, eye)
        return self.decoder(z=z, keep=np.ones(LATENT, np.float32), stretch=np.float32(0), **still)["pictures"]


@pytest.fixture(scope="module")
def bench(decoder: Graph) -> Bench:
    return Bench(decoder)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("depth", range(5))
def test_one_class_without_variety_is_its_own_centroid(bench: Bench, method: str, depth: int) -> None:
    own = bench.decode(bench.mean[[2]])[0]
    np.testing.assert_allclose(bench.draw(method, rows=[2], weights=[0.7], depth=depth), own, atol=ALIKE)


@pytest.mark.parametrize("method", METHODS)
def test_all_weight_on_one_of_several_classes_is_that_class(bench: Bench, method: str) -> None:
    own = bench.decode(bench.mean[[1]])[0]
    np.testing.assert_allclose(bench.draw(method, weights=[0, 1, 0, 0]), own, atol=2e-3)


@pytest.mark.parametrize("method", METHODS)
def test_the_order_of_the_classes_does_not_matter(bench: Bench, method: str) -> None:
    turned = bench.draw(method, rows=[3, 1, 0, 2], theta=0.5)
    np.testing.assert_allclose(turned, bench.draw(method, theta=0.5), atol=ALIKE)


@pytest.mark.parametrize("method", METHODS)
def test_only_the_proportions_of_the_weights_matter(bench: Bench, method: str) -> None:
    np.testing.assert_allclose(bench.draw(method, weights=40 * bench.weights), bench.draw(method), atol=ALIKE)


@pytest.mark.parametrize("method", METHODS)
def test_without_variety_the_noise_does_not_matter(bench: Bench, method: str) -> None:
    other = np.random.default_rng(9).standard_normal((7, LATENT)).astype(np.float32)
    np.testing.assert_array_equal(bench.draw(method, noise=other), bench.draw(method))


@pytest.mark.parametrize("method", METHODS)
def test_several_draws_are_one_draw_with_their_mean(bench: Bench, method: str) -> None:
    one = bench.noise.mean(0, keepdims=True)
    np.testing.assert_allclose(bench.draw(method, theta=0.8, noise=one), bench.draw(method, theta=0.8), atol=ALIKE)


@pytest.mark.parametrize("method", METHODS)
def test_only_theta_over_root_n_matters_for_how_varied_a_blend_is(bench: Bench, method: str) -> None:
    random = np.random.default_rng(11)
    spread = {}
    for theta, n in ((0.3, 1), (0.6, 4), (0.9, 9)):
        places = [
            bench.plan(method, theta=theta, noise=random.standard_normal((n, LATENT)).astype(np.float32))["place"][0]
            for _ in range(600)
        ]
        spread[n] = np.std(places, axis=0)
    np.testing.assert_allclose(spread[4], spread[1], rtol=0.15)
    np.testing.assert_allclose(spread[9], spread[1], rtol=0.15)


def test_averaging_at_depth_0_is_the_centre_of_mass(bench: Bench) -> None:
    for theta in (0.0, 0.7):
        at_latent = bench.draw("averaging_depth", depth=0, theta=theta)
        np.testing.assert_allclose(at_latent, bench.draw("centre_of_mass", theta=theta), atol=ALIKE)


def test_the_average_after_decoding_is_depth_4_through_a_curve_that_one_class_does_not_feel(bench: Bench) -> None:
    at_pixels = bench.draw("averaging_depth", depth=4, theta=0.7)
    made = bench.draw("decoded_mean", theta=0.7)
    h = float((bench.weights**2).sum())
    top = at_pixels.max()
    curve = 1 + 0.5 * h * (1 - h) - 0.4 * (1 - h) ** 12
    np.testing.assert_allclose(made, top * (at_pixels / top) ** curve, atol=1e-3)
    assert curve > 1.05 and made.max() == pytest.approx(top, abs=1e-3)


def test_consensus_is_crisp_and_still_tells_which_classes_went_in() -> None:
    model = open_model("omniglot/label-guided-16")
    judge, facts = model.dataset.judge, model.dataset.card.judge
    assert judge is not None and facts is not None
    random, found = np.random.default_rng(4), {"consensus": [], "centre_of_mass": []}
    for _ in range(12):
        rows = random.choice(20, 5, replace=False)
        chosen = np.isin(np.arange(20), rows)
        for method, figures in found.items():
            w = {model.card.classes[k]: 1.0 for k in rows}
            picture = model.blend(w, method=method).picture
            sharp = evidence.sharpness(picture[None], facts.real)[0]
            figures.append((sharp, evidence.recoverability(judge.bits(picture[None])[0], chosen)))
    crisp, usual = (np.mean(figures, axis=0) for figures in found.values())
    assert crisp[0] > 0.7 and crisp[1] > 0.85 and (crisp > usual).all()


def test_the_product_of_gaussians_is_their_precision_weighted_mean(bench: Bench) -> None:
    precision = bench.weights[:, None] / bench.std**2
    expected = (precision * bench.mean).sum(0) / precision.sum(0)
    np.testing.assert_allclose(bench.plan("product")["z"][0], expected, atol=1e-4)


def test_averaging_before_and_after_the_last_layer_is_the_same(bench: Bench) -> None:
    before, after = (bench.draw("averaging_depth", depth=depth) for depth in (2, 3))
    np.testing.assert_allclose(before, after, atol=ALIKE)


def test_the_depths_are_different_pictures(bench: Bench) -> None:
    made = [bench.draw("averaging_depth", depth=depth) for depth in (0, 1, 2, 4)]
    assert min(np.abs(a - b).max() for i, a in enumerate(made) for b in made[:i]) > 0.005


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
def test_two_classes_on_the_sphere_are_spherical_interpolation(bench: Bench, share: float) -> None:
    a, b = bench.mean[:2].astype(np.float64)
    lengths = np.linalg.norm([a, b], axis=1)
    angle = np.arccos(a @ b / lengths.prod())
    between = (np.sin((1 - share) * angle) * a / lengths[0] + np.sin(share * angle) * b / lengths[1]) / np.sin(angle)
    expected = between * ((1 - share) * lengths[0] + share * lengths[1])
    found = bench.plan("spherical", rows=[0, 1], weights=[1 - share, share])["z"][0]
    np.testing.assert_allclose(found, expected, atol=2e-3)


@pytest.mark.parametrize("method", METHODS)
def test_classes_without_weight_leave_no_trace(bench: Bench, method: str) -> None:
    with_empty = bench.draw(method, weights=[0.6, 0, 0.4, 0])
    np.testing.assert_allclose(with_empty, bench.draw(method, rows=[0, 2], weights=[0.6, 0.4]), atol=2e-3)
