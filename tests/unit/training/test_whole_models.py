"""From somebody's own pictures to a model: all sizes, numbers of classes and kinds of latents."""

import numpy as np
import torch

from latent_core import artifacts, blends, registry
from latent_core.commands import items
from latent_core.models.generator import Generator
from latent_core.models.measure import measure
from latent_core.models.model import Model
from latent_core.training import networks, objectives
from latent_core.training.steps import goals, levels, priors, publish, stages, verifying
from tests.unit.training.small import made, own_pictures


def test_a_model_of_codes_goes_all_the_way(quick, tmp_path, monkeypatch):
    """From training to blends and a prior. That every objective trains and every network is exported stands in
    test_loop and test_export; that a model of plain numbers is made, checked and blended, in test_cli."""
    assert {objectives.kind(name).latent_kind for name in registry.names(objectives.ROOM)} <= {*artifacts.LATENT_KINDS}
    found, runs = own_pictures(classes=2, each=4), tmp_path / "runs"
    monkeypatch.setenv("MEDLEY_MODELS", str(tmp_path / "models"))
    list(items.make_shared(found, None, runs, steps=1))
    made(found, "vq", None, runs, 8, network="vq")
    model = Model("mine/vq-8")
    everyone = dict.fromkeys(model.card.classes, 50)
    for method in blends.methods("codes"):
        assert np.isfinite(model.blend(everyone, 0.5, method=method.name).picture).all(), method.name
    alone = model.blend({model.card.classes[1]: 1}, method="code_vote").latent
    assert np.array_equal(alone, model.stats["mean"][1])
    card = priors.fit_prior(model.slug, found, priors.usual(model.card))
    assert card.prior == artifacts.Prior("fitted", "codes one after the other")
    assert {goals.PERPLEXITY, goals.CONFIDENCE, goals.ENTROPY} <= {one.what for one in card.metrics}
    z = Generator(Model(model.slug), "code_by_code").latents(1.0, 3)
    book = stages.networks_of(card, artifacts.folder_of(card.slug)).decoder.book.T.numpy()
    away = np.abs(z.reshape(-1, 1, 2) - book).max(2).min(1)
    assert z.shape == (3, 2, 8) and away.max() < 1e-3, "only codes are drawn"


def test_two_small_classes_in_colour_and_not_square_become_a_model_with_judges(quick, tmp_path, monkeypatch):
    shape = (9, 42, 3)
    found = own_pictures(classes=2, each=4, shape=shape)
    monkeypatch.setenv("MEDLEY_MODELS", str(tmp_path / "models"))
    list(items.make_shared(found, None, tmp_path / "runs", steps=1))
    made(found, "elbo", None, tmp_path / "runs", network="conv")
    said = list(items.make_judges(found, None, None, tmp_path / "runs", steps=1))
    assert "has its judges" in said[-1]
    model = Model("mine/elbo-2")
    blend = model.blend(dict.fromkeys(model.card.classes[:2], 1))
    assert blend.picture.shape == (shape[2], *shape[:2]) and model.card.pictures == found.fingerprint
    assert measure(model, blend).n == 2
    assert not list(tmp_path.rglob(".*")) and (tmp_path / "runs" / "mine" / "shared").exists() is False


def test_a_latent_with_named_blocks_becomes_a_model_that_blends_and_that_verify_believes(quick, tmp_path, monkeypatch):
    monkeypatch.setenv("MEDLEY_MODELS", str(tmp_path / "models"))
    found = own_pictures(classes=2)
    list(items.make_shared(found, None, tmp_path / "runs", steps=1))
    made(found, "cgan", None, tmp_path / "runs", network="labelled")
    model = Model("mine/cgan-2")
    card = model.card
    assert "as its card says" in verifying.verify(model.slug) and card.latent.kind == "labelled"
    assert model.blend(dict.fromkeys(card.classes, 1)).picture.max() > 0
    blocks = [(one.name, one.start, one.end) for one in card.latent.blocks]
    assert blocks == [("style", 0, 2), ("class", 2, 4)] and card.network.fields["labels"] == 2
    assert {goals.DRAWN, goals.NEIGHBOURS, goals.CORRELATION} <= {one.what for one in card.metrics}
    assert card.places == "fitted" and card.prior.kind == "matched" and "reconstruction" not in card.terms
    learned = priors.taught(card.slug, "gaussians", found, each=4, passes=1)
    assert 0 <= learned.value <= 1 and learned.n == len(found.test.y)


def test_the_card_of_a_ladder_says_what_each_level_tells():
    found, network = own_pictures("digits", classes=2), networks.of_width("ladder", 8)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = network.build(found.shape, 6).eval()
    ladder = objectives.make("ladder", {})
    story = {"objective": ["ladder", {}], "latent": 6, "blocks": ladder.blocks(6, 2), "seed": 1}
    value = {one.what: one.value for one in publish.measured("digits/ladder-6", model, found, None, story)}
    assert [(one.name, one.end) for one in publish.latent_of(story, model).blocks] == [("coarse", 2), ("fine", 6)]
    told = value[goals.TOP] + value[goals.FINE]
    assert value[goals.BOUND] > told > 0
    mean, y = np.arange(24.0, dtype=np.float32).reshape(4, 6), np.array([0, 1, 0, 1])
    z = levels.tops_between(model, mean, y, 1)
    assert (z[:, 2:] == 0).all() and np.allclose(z[:, :2].reshape(2, 2, 2).sum(0), mean[:, :2].reshape(2, 2, 2).sum(0))
