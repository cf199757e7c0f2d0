"""A run of training can be killed and resumed without a trace, and its plan decides what comes out."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors import safe_open

from latent_core.datasets import LabelledImages
from latent_core.training import networks, objectives, presets
from latent_core.training.steps import checkpoint, loop
from tests.unit.training.small import SMALL, Killed


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
