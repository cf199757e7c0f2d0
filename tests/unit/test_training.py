"""Training can be killed and resumed without a trace, and what it finds is right."""

import os
import subprocess
import sys
import time
import types
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import save

from latent_core import artifacts, blends, datasets, registry
from latent_core.artifacts import layout
from latent_core.commands import items, progress
from latent_core.datasets import LabelledImages, _own
from latent_core.models.generator import Generator
from latent_core.models.measure import measure
from latent_core.models.model import Model
from latent_core.projections import umap
from latent_core.training import networks, objectives, presets
from latent_core.training.generators import code_prior
from latent_core.training.judges import classifier, judge
from latent_core.training.judges.mixtures import Mixer
from latent_core.training.networks import linear
from latent_core.training.pictures import Pictures, load
from latent_core.training.presets import Preset
from latent_core.training.steps import (
    checkpoint,
    goals,
    halves,
    levels,
    loop,
    priors,
    publish,
    shared,
    stages,
    verifying,
)

SMALL = Preset("elbo", 3, width=16, epochs=4, batch=32)


@pytest.fixture(scope="module")
def digits():
    return load("digits", None)


@pytest.fixture(scope="module")
def few(digits):
    return LabelledImages(digits.train.x[:160], digits.train.y[:160], digits.train.names)


@pytest.fixture(autouse=True)
def one_thread():
    torch.set_num_threads(1)


class Killed(Exception):
    """Stands for a kill signal in the middle of an epoch."""


@pytest.mark.parametrize("objective", presets.registry.names(presets.OBJECTIVES))
def test_a_killed_and_resumed_run_makes_the_same_weights_bit_for_bit(few, tmp_path, objective):
    plan = replace(SMALL, objective=objective, augment=objective == "mmd", ema_decay=0.9 if objective == "mmd" else 0)
    kind = objectives.kind(objective)
    plan = replace(plan, network=networks.trainable(kind.latent_kind, kind.likelihood)[0])
    if objective == "factor":
        plan = replace(plan, fields={"hidden": 32, "rate": 1e-3})
    plan = replace(plan, latent=8, width=4) if objective == "vq" else plan  # pictures of 8 x 8 have four cells

    def kill(step):
        if (step.epoch, step.step) == (3, 2):
            raise Killed

    whole = loop.train(plan, few, tmp_path / "whole", save_every=0)
    with pytest.raises(Killed):
        loop.train(plan, few, tmp_path / "killed", kill, save_every=0)
    assert checkpoint.read_note(tmp_path / "killed")["epoch"] == 2
    resumed = loop.train(plan, few, tmp_path / "killed", save_every=0)
    wanted = whole.modules.state_dict()
    assert wanted.keys() == resumed.modules.state_dict().keys()
    for name, value in resumed.modules.state_dict().items():
        assert torch.equal(value, wanted[name]), name
    assert resumed.terms == whole.terms


def test_what_is_known_of_a_foreground_is_learned_from(few, tmp_path):
    plan = replace(SMALL, objective="attribute2image", network="layers", epochs=1, augment=True)
    plain = LabelledImages(few.x[:32], few.y[:32], few.names)
    masked = replace(plain, mask=255 - plain.x[..., 0])
    terms = [loop.train(plan, one, tmp_path / str(i)).terms for i, one in enumerate((plain, masked))]
    assert terms[0].keys() == terms[1].keys() and terms[0]["gate"] != terms[1]["gate"]


def test_of_few_drawings_every_epoch_sees_other_copies_and_those_of_the_class(few, tmp_path, monkeypatch):
    fine = np.kron(few.x[:2], np.ones((1, 2, 2, 1), np.uint8))
    drawn = LabelledImages(few.x[:6], few.y[[0, 1, 0, 1, 0, 1]], few.names, None, fine, np.array([0, 1, 0, 1, 0, 1]))
    seen, plain = [], loop.Shown.drawn

    def watched(shown, chosen, rng):
        seen.append((chosen, plain(shown, chosen, rng)))
        return seen[-1][1]

    monkeypatch.setattr(loop.Shown, "drawn", watched)
    loop.train(replace(SMALL, epochs=2), drawn, tmp_path)
    (first, copies), (_, others) = seen
    assert copies.shape == (6, 1, 8, 8) and not any(torch.equal(one, other) for one in copies for other in others)
    near = ((copies[:, None] - torch.tensor(few.x[:2]).permute(0, 3, 1, 2) / 255) ** 2).mean((2, 3, 4)).argmin(1)
    assert (near == first % 2).float().mean() >= 0.5


def test_the_seed_decides_and_the_global_generator_does_not(few, tmp_path):
    torch.manual_seed(1)
    first = loop.train(SMALL, few, tmp_path / "a").modules.state_dict()
    torch.manual_seed(2)
    again = loop.train(SMALL, few, tmp_path / "b").modules.state_dict()
    other = loop.train(replace(SMALL, seed=2), few, tmp_path / "c").modules.state_dict()
    assert all(torch.equal(first[name], again[name]) for name in first)
    assert not all(torch.equal(first[name], other[name]) for name in first)


def test_what_ships_may_be_the_running_mean_of_the_weights(few, tmp_path):
    plan = replace(SMALL, epochs=1, batch=160)  # one step: the mean begins with the weights after it
    last = loop.train(plan, few, tmp_path / "last").modules.state_dict()
    mean = loop.train(replace(plan, ema_decay=0.9), few, tmp_path / "mean").modules.state_dict()
    assert all(torch.equal(last[name], mean[name]) for name in last)
    two, steady = (loop.train(replace(plan, batch=80, ema_decay=a), few, tmp_path / f"two{a}") for a in (0, 0.75))
    first = loop.train(replace(plan, batch=80, ema_decay=1 - 1e-12), few, tmp_path / "first")
    name = "model.decoder.out.bias"
    wanted = 0.75 * first.modules.state_dict()[name] + 0.25 * two.modules.state_dict()[name]
    assert torch.allclose(steady.modules.state_dict()[name], wanted, atol=1e-7)


def test_a_run_with_other_settings_is_not_continued(few, tmp_path):
    loop.train(SMALL, few, tmp_path)
    with pytest.raises(loop.OtherPlan, match="other settings"):
        loop.train(replace(SMALL, epochs=9), few, tmp_path)


def test_a_damaged_checkpoint_means_a_new_start(few, tmp_path):
    (tmp_path / checkpoint.NAME).write_bytes(b"\x08\0\0\0\0\0\0\0half a fi")
    assert loop.train(SMALL, few, tmp_path).terms["reconstruction"] > 0


def test_losses_fall(few, tmp_path):
    seen = []
    loop.train(replace(SMALL, epochs=12), few, tmp_path, lambda step: seen.append(sum(step.terms.values())))
    assert np.mean(seen[-5:]) < 0.8 * np.mean(seen[:5])


def test_a_checkpoint_holds_weights_moments_and_plain_text_only(few, tmp_path):
    loop.train(SMALL, few, tmp_path)
    with safe_open(tmp_path / checkpoint.NAME, framework="np") as file:
        rooms = {key.split("/")[0] for key in file.keys()}  # noqa: SIM118
        assert rooms == {"weights", "adam"} and set(file.metadata()) == {"note"}
    assert [path.name for path in tmp_path.iterdir()] == [checkpoint.NAME]


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


def test_class_statistics_are_those_of_the_encoded_training_pictures(digits, tmp_path):
    from safetensors.numpy import load_file

    stages.fit("digits/linear-8", presets.preset("digits/linear-8"), digits, tmp_path)
    stages.encode(digits, tmp_path)
    model, _ = stages.open_model(tmp_path, digits.shape)
    mean, _ = stages.posterior(model, digits.train.pictures())
    stats = load_file(tmp_path / layout.STATS)
    sevens = mean[digits.train.y == 7]
    assert np.allclose(stats["mean"][7], sevens.mean(0), atol=1e-4)
    assert np.allclose(np.sqrt(np.diagonal(stats["covariance"][7])), stats["std"][7], rtol=1e-3, atol=1e-4)
    assert stats["count"].sum() == len(mean)
    z = load_file(tmp_path / layout.LATENTS)["z"]
    assert z.dtype == np.float16 and len(z) == len(digits.split) == len(digits.rows.y)


def test_a_step_asked_for_too_early_names_the_one_before(tmp_path, digits):
    with pytest.raises(stages.StageMissing, match="run encode first"):
        stages.project(tmp_path)
    with pytest.raises(stages.StageMissing, match="run train first"):
        stages.encode(digits, tmp_path)


def test_maps_of_the_same_latents_are_the_same_file(quick, tmp_path):
    (tmp_path / layout.LATENTS).write_bytes(save({"z": np.random.default_rng(0).random((9, 4)).astype(np.float16)}))
    made = set()
    for _ in range(6):
        stages.project(tmp_path)
        made.add((tmp_path / layout.PROJECTIONS).read_bytes())
    assert len(made) == 1


def test_a_worker_gives_the_answer_of_its_function():
    assert stages.in_worker(divmod, 17, 5) == (3, 2)


def test_the_small_classifier_learns(digits):
    trained = classifier.train(digits.train, 150)
    with torch.no_grad():
        shares = trained(torch.from_numpy(digits.test.pictures())).numpy()
    assert np.allclose(shares.sum(1), 1, atol=1e-5)
    assert (shares.argmax(1) == digits.test.y).mean() > 0.75


def test_a_tile_of_the_sprite_is_its_row(digits):
    import io

    from PIL import Image

    x = digits.rows.x[:10]
    sheet = np.asarray(Image.open(io.BytesIO(shared.sprite(x, 4))).convert("L"))
    assert sheet.shape == (3 * 8, 4 * 8)
    assert (sheet[8:16, 16:24] == x[6, ..., 0]).all()


def small_training(which, few):
    """The training of a classifier or a judge: (on_step, resume) to its weights."""
    if which == "classifier":
        return lambda on_step, resume: classifier.train(few, 6, on_step=on_step, resume=resume)
    x, y = torch.from_numpy(few.pictures()), torch.from_numpy(few.y).long()
    spec = {"judge": judge.JUDGE, "guide": judge.GUIDE}[which]

    def train(on_step, resume):
        mixer = Mixer(x, y, 10, x.flip(2), spec.mixings, torch.Generator().manual_seed(spec.seed))
        return judge.train(spec, mixer, 6, on_step, resume)

    return train


@pytest.mark.parametrize("killed", [1, 4, 6])
@pytest.mark.parametrize("which", ["classifier", "judge", "guide"])
def test_a_killed_classifier_or_judge_goes_on_and_has_the_same_weights_bit_for_bit(which, killed, few, tmp_path):
    train = small_training(which, few)
    whole = train(lambda step, steps: None, None)
    resume, steps_of_the_second = checkpoint.Resume(tmp_path / which, {"steps": 6}, every=0), []

    def kill(step, steps):
        if step == killed:
            raise Killed

    with pytest.raises(Killed):
        train(kill, resume)
    torch.rand(7)  # whatever torch's own generator has given meanwhile
    again = train(lambda step, steps: steps_of_the_second.append(step), resume)
    assert steps_of_the_second == list(range(killed + 1, 7))
    for one, other in zip(whole.state_dict().values(), again.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_a_training_of_something_else_is_not_gone_on_from(few, tmp_path):
    train, steps = small_training("classifier", few), []
    train(lambda step, steps: None, checkpoint.Resume(tmp_path, {"pictures": "these"}, every=0))
    train(lambda step, _: steps.append(step), checkpoint.Resume(tmp_path, {"pictures": "those"}, every=0))
    assert steps == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("slug", presets.SHIPPED)
def test_a_preset_agrees_with_its_name(slug):
    dataset, objective, latent = presets.split_slug(slug)
    plan = presets.preset(slug)
    assert (plan.objective, plan.latent) == (objective, latent)
    assert dataset in datasets.registry.names("datasets")


def test_a_models_command_tells_what_differs_from_its_preset():
    plan = presets.preset("mnist/elbo-20")
    assert presets.command("mnist/elbo-20", plan) == "python -m latent_core train mnist/elbo-20"
    other = replace(plan, fields={"kl": 2.0, "warm_up": 4000}, bf16=False, seed=7)
    wanted = "python -m latent_core train mnist/elbo-20 --bf16 --seed 7 --kl 2.0".replace("--bf16", "--no-bf16")
    assert presets.command("mnist/elbo-20", other) == wanted
    assert presets.command("mnist/linear-20", presets.preset("mnist/linear-20")).endswith("mnist/linear-20")


def test_goals_are_about_models_that_ship():
    assert goals.GOALS.keys() <= presets.SHIPPED.keys()
    digit, item = (half.name for half in datasets.about("pairs").halves)
    assert halves.rebuilt(digit, item) == goals.DIGIT and halves.rebuilt(item, digit) == goals.ITEM
    assert halves.agreeing(digit, item) == goals.ALIKE


# A prior of codes: what it draws is what it says.


def row_of(cells):
    """The decoder of a row of cells, each with one of three codes of one number: 0, 1, 2."""
    decoder = networks.build("vq", {"width": 2, "codes": 3}, (1, 4, 4 * cells), cells).decoder
    decoder.book.copy_(torch.arange(3)[None])
    return decoder


def drawn_codes(prior, draws, theta=1.0, n=1.0):
    """(draws, classes, cells) codes that it draws."""
    classes, cells = prior.kind.num_embeddings, prior.cells
    noise = torch.randn(draws, classes, cells + 1, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        return prior(noise, torch.full((classes, cells), theta), torch.tensor(n), torch.eye(classes)).round().long()


@pytest.mark.parametrize(("theta", "n"), [(1.0, 1.0), (0.5, 1.0), (1.0, 4.0)])
def test_codes_are_drawn_as_often_as_their_probabilities_say_and_variety_is_their_temperature(theta, n):
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(0)
        prior = code_prior.CodePrior(row_of(2), 2).eval()
        for one in prior.parameters():
            one.mul_(3)  # probabilities that differ
    drawn = drawn_codes(prior, 4000, theta, n)
    pairs = torch.cartesian_prod(torch.arange(3), torch.arange(3))
    for y in (0, 1):
        with torch.no_grad():
            said = (prior.logits(pairs, torch.full((9,), y)) / (theta / n**0.5)).log_softmax(2)
        wanted = said.gather(2, pairs[:, :, None]).sum((1, 2)).exp()
        seen = torch.bincount(3 * drawn[:, y, 0] + drawn[:, y, 1], minlength=9) / 4000
        assert wanted.sum().item() == pytest.approx(1, abs=1e-4) and (seen - wanted).abs().max() < 0.03


def test_a_prior_learns_which_codes_follow_which_and_what_that_costs():
    y = torch.arange(40) % 2
    codes = torch.stack([y, 2 - y, y], 1)  # 0 2 0, or 1 1 1
    prior = code_prior.train(row_of(3), codes, y, 2, epochs=40)
    assert code_prior.nats(prior, codes, y) < 0.05
    drawn = drawn_codes(prior, 50)
    assert (drawn[:, 0] == codes[0]).all(1).float().mean() > 0.9 and (drawn[:, 1] == codes[1]).all(
        1
    ).float().mean() > 0.9


# Pictures of somebody's own: all sizes and numbers of classes train, and nothing is mixed with other pictures.


def own_pictures(name="mine", classes=3, each=8, shape=(8, 8, 1), seed=0):
    rng = np.random.default_rng(seed)
    bases = (rng.random((classes, 1, *shape)) > 0.6) * 200
    x = (bases + rng.integers(0, 55, (classes, each, *shape))).reshape(-1, *shape).astype(np.uint8)
    y, names = np.repeat(np.arange(classes, dtype=np.int16), each), tuple(f"class {i}: <{i}>" for i in range(classes))
    mixed = rng.permutation(len(x))
    train, test = (LabelledImages(x[rows], y[rows], names) for rows in (mixed, np.arange(0, len(x), each)))
    return Pictures(name, _own.about(name, "here", "nobody", "none", train, test), train, test)


@pytest.fixture
def quick(monkeypatch):
    """No UMAP, which takes half a minute to compile; and the dataset is there, though not in a file."""
    flat = lambda z, seed: ({"umap": z[:, :1].repeat(2, 1), "umap3": z[:, :1].repeat(3, 1)}, {})  # noqa: E731
    monkeypatch.setattr(umap, "project", flat)
    monkeypatch.setattr(datasets, "names", lambda: ["mine"])
    monkeypatch.setattr(datasets, "find", lambda name: types.SimpleNamespace())
    monkeypatch.setattr(stages, "in_worker", lambda function, *values: function(*values))


def made(found, objective, root, runs, latent=2, **how):
    plan = Preset(objective, latent, **{"width": 8, "epochs": 1, "batch": 8} | how)
    slug = f"{found.name}/{objective}-{latent}"
    return list(items.make_model(slug, plan, found, root, runs))


def test_a_model_of_codes_goes_all_the_way(quick, tmp_path, monkeypatch):
    """From training to blends and a prior. That every objective trains and every network is exported stands above and
    in test_export; that a model of plain numbers is made, checked and blended, in test_cli."""
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


def test_pictures_that_changed_behind_a_run_a_dataset_or_a_model_are_refused(quick, tmp_path):
    found, other = own_pictures(), own_pictures(seed=1)
    models, runs = tmp_path / "models", tmp_path / "runs"
    list(items.make_shared(found, models, runs, steps=1))
    made(found, "elbo", models, runs)
    with pytest.raises(stages.OtherPictures, match=r"other pictures of mine .* give these another name"):
        made(other, "mmd", models, runs)
    with pytest.raises(stages.OtherPictures):
        list(items.make_shared(other, models, runs, steps=1))
    with pytest.raises(stages.OtherPictures):
        list(items.make_judges(other, None, models, runs, steps=1))
    with pytest.raises(loop.OtherPlan, match="a run on other pictures: delete it"):
        loop.train(Preset("elbo", 2, width=8, epochs=1, batch=8), other.train, runs / "mine/elbo-2")
    with pytest.raises(stages.OtherPictures, match="delete it and train again"):
        stages.encode(other, runs / "mine/elbo-2")


def test_data_keeps_the_judges_of_the_same_pictures(quick, tmp_path):
    found, runs = own_pictures(), tmp_path / "runs"
    list(items.make_shared(found, tmp_path, runs, steps=1))
    list(items.make_judges(found, None, tmp_path, runs, steps=1))
    before = artifacts.open_dataset("mine", tmp_path)
    list(items.make_shared(found, tmp_path, runs, steps=2))
    after = artifacts.open_dataset("mine", tmp_path)
    assert after.judge == before.judge and after.files[layout.JUDGE] == before.files[layout.JUDGE]


def test_a_killed_making_of_what_models_share_goes_on_to_the_same_files_and_leaves_nothing(
    quick, tmp_path, monkeypatch
):  # fmt: skip
    found, ways = own_pictures(), {}
    monkeypatch.setattr(shared, "Resume", partial(checkpoint.Resume, every=0))
    at = progress.Item.at
    for way in ("whole", "killed"):
        models, runs = tmp_path / way / "models", tmp_path / way / "runs"
        if way == "killed":

            def kill(bar, step, steps):
                at(bar, step, steps)
                if (step, steps) == (3, 5):
                    raise Killed

            monkeypatch.setattr(progress.Item, "at", kill)
            with pytest.raises(Killed):
                list(items.make_shared(found, models, runs, steps=5))
            assert not models.exists() and [*runs.rglob("*.safetensors")]
            monkeypatch.setattr(progress.Item, "at", at)
        list(items.make_shared(found, models, runs, steps=5))
        ways[way] = {path.name: path.read_bytes() for path in (models / "mine").iterdir()}
        assert not runs.exists() or not any(path.is_file() for path in runs.rglob("*"))
    assert ways["whole"] == ways["killed"]


def test_two_trainings_of_one_name_at_once_are_kept_apart(quick, tmp_path):
    with (
        artifacts.alone(tmp_path / "mine/elbo-2", "it"),
        pytest.raises(artifacts.Busy, match="mine/elbo-2 is being trained by another process"),
    ):
        made(own_pictures(), "elbo", tmp_path / "models", tmp_path)
    assert list(tmp_path.iterdir()) == []


PARENT = """
import os, sys, time
from pathlib import Path
from latent_core.training.steps import stages

def work(place):
    Path(place).write_text(str(os.getpid()))
    time.sleep(60)

if __name__ == "__main__":
    stages.in_worker(work, sys.argv[1])
"""


def test_a_worker_ends_with_its_parent_that_is_killed(tmp_path):
    (tmp_path / "parent.py").write_text(PARENT)
    place, house = tmp_path / "pid", str(Path(__file__).resolve().parents[2])
    parent = subprocess.Popen([sys.executable, tmp_path / "parent.py", place], env=os.environ | {"PYTHONPATH": house})
    wait_for(lambda: place.is_file() and place.read_text())
    worker = int(place.read_text())
    os.kill(worker, 0)
    parent.kill()
    parent.wait()
    wait_for(lambda: not Path(f"/proc/{worker}").exists())


def wait_for(true, seconds=40):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)
