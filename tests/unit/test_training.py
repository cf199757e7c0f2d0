"""Training can be killed and resumed without a trace, and what it finds is right."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors import safe_open

from latent_core import datasets
from latent_core.artifacts import layout
from latent_core.datasets import LabelledImages
from latent_core.training import presets
from latent_core.training.judges import classifier
from latent_core.training.networks import linear
from latent_core.training.pictures import load
from latent_core.training.presets import Preset
from latent_core.training.steps import checkpoint, goals, loop, shared, stages

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


@pytest.mark.parametrize("objective", ["elbo", "mmd", "label_guided"])
def test_a_killed_and_resumed_run_makes_the_same_weights_bit_for_bit(few, tmp_path, objective):
    plan = replace(SMALL, objective=objective, augment=objective == "mmd", ema_decay=0.9 if objective == "mmd" else 0)

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


def test_a_worker_gives_the_answer_of_its_function():
    assert stages.in_worker(divmod, 17, 5) == (3, 2)


def test_the_small_classifier_learns(digits):
    judge = classifier.train(digits.train, 150)
    with torch.no_grad():
        shares = judge(torch.from_numpy(digits.test.pictures())).numpy()
    assert np.allclose(shares.sum(1), 1, atol=1e-5)
    assert (shares.argmax(1) == digits.test.y).mean() > 0.75


def test_a_tile_of_the_sprite_is_its_row(digits):
    import io

    from PIL import Image

    x = digits.rows.x[:10]
    sheet = np.asarray(Image.open(io.BytesIO(shared.sprite(x, 4))).convert("L"))
    assert sheet.shape == (3 * 8, 4 * 8)
    assert (sheet[8:16, 16:24] == x[6, ..., 0]).all()


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
