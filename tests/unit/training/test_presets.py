"""What is trained to ship: names, commands and goals."""

from dataclasses import replace

import pytest

from latent_core import datasets
from latent_core.training import presets
from latent_core.training.steps import goals, halves


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
