"""The promises that every objective keeps."""

import dataclasses

import pytest
import torch

from latent_core import registry
from latent_core.training import networks, objectives
from latent_core.training.presets import Preset
from tests.unit.objectives.latents import batch

EVERY = registry.names(objectives.ROOM)


@pytest.mark.parametrize("name", EVERY)
def test_every_objective_gives_finite_terms_that_reach_the_encoder(name):
    objective, shape = objectives.make(name, {}), (1, 8, 8)
    network = objective.network(networks.trainable(objective.latent_kind, objective.likelihood)[0], 6, 3)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = network.build(shape, objective.size(8, 3))
        extra = torch.nn.ModuleDict({**objective.players(8, 3), **objective.opponents(8, 3, shape)})
    pictures = torch.rand(16, *shape, generator=torch.Generator().manual_seed(1))
    terms = objective.losses(model, extra, dataclasses.replace(batch(rows=16), pictures=pictures))
    assert ("reconstruction" in terms.own) == (objective.places == "encoded") and bool(terms.opposing) == bool(
        objective.opponents(8, 3, shape)
    )
    assert all(value.ndim == 0 and torch.isfinite(value) for value in (terms.own | terms.opposing).values())
    sum(value for term, value in terms.own.items() if term != "reconstruction").backward()
    felt = torch.cat([one.grad.flatten() for one in model.encoder.parameters() if one.grad is not None])
    assert torch.isfinite(felt).all() and felt.abs().sum() > 0


@pytest.mark.parametrize("name", EVERY)
def test_every_objective_is_a_frozen_dataclass_that_explains_itself(name):
    kind = objectives.kind(name)
    assert dataclasses.is_dataclass(kind) and kind.__dataclass_params__.frozen
    assert kind.__doc__ and not kind.__doc__.startswith(f"{kind.__name__}(")
    with pytest.raises(dataclasses.FrozenInstanceError):
        kind().nothing = 1


@pytest.mark.parametrize("name", EVERY)
def test_no_field_of_an_objective_has_the_name_of_another_flag_of_training(name):
    others = {one.name for one in dataclasses.fields(Preset)} | {"root", "models", "runs", "threads"}
    assert not others & {one.name for one in dataclasses.fields(objectives.kind(name))}


@pytest.mark.parametrize("name", ["elbo", "vq", "cvae", "poisson"])
def test_every_objective_measures_colour_alike(name, monkeypatch):
    objective, shape = objectives.make(name, {}), (3, 8, 8)
    network = objective.network(networks.trainable(objective.latent_kind, objective.likelihood)[0], 6, 3)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = network.build(shape, objective.size(8, 3))
    seen = []

    def measured(rebuilt, x):
        seen.append((rebuilt, x))
        return {"reconstruction": x.sum()}

    monkeypatch.setattr(objectives, "in_colour", measured)
    pictures = torch.rand(4, *shape, generator=torch.Generator().manual_seed(1))
    objective.losses(model, objective.players(8, 3), dataclasses.replace(batch(), pictures=pictures))
    ((rebuilt, x),) = seen
    assert torch.equal(x, pictures.flatten(1)) and rebuilt.shape == x.shape and 0 <= rebuilt.min() <= rebuilt.max() <= 1
