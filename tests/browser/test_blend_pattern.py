"""A pattern of theta in the link: the Blend page paints what Python computes, and can forget it."""

from dataclasses import replace

import numpy as np
from playwright.sync_api import Page, expect

from latent_core.models.model import Model
from latent_core.recipes.theta import Theta, to_text
from tests.browser.blending import floats, open_blend, python_blend, recipe_of, still
from tests.harness.serving import Server

CLOSE = 1e-5
CELLS = np.random.default_rng(5).integers(0, 101, (10, 20)) / 100
LINK = f"?data=mnist&model=mmd-20&w=3:50,8:20&theta=0.8&n=2&seed=7&pattern={to_text(CELLS)}"


def test_a_painted_theta_reaches_the_blend_and_can_be_forgotten(page: Page, app: Server) -> None:
    open_blend(page, app, LINK)
    recipe = recipe_of(page)
    assert recipe.theta.pattern == to_text(CELLS)
    made = python_blend(recipe)
    plain = python_blend(replace(recipe, theta=Theta(0.8)))
    assert np.abs(floats(page) - made.picture.ravel()).max() <= CLOSE
    assert np.abs(made.picture - plain.picture).max() > 0.05
    linear = Model(f"mnist/{Model(recipe.slug).dataset.card.linear}")
    eigen = linear.blend(dict(recipe.w), 0.8, 2, 7, "centre_of_mass", components=recipe.k).picture
    assert np.abs(floats(page, "eigen") - eigen.ravel()).max() <= CLOSE, "the pattern is not about its dimensions"
    page.get_by_role("button", name="Forget the pattern").click()
    still(page)
    assert recipe_of(page) == plain.recipe
    assert np.abs(floats(page) - plain.picture.ravel()).max() <= CLOSE
    expect(page.get_by_role("button", name="Forget the pattern")).to_be_hidden()


def test_another_model_drops_the_pattern(page: Page, app: Server) -> None:
    open_blend(page, app, LINK)
    page.get_by_role("combobox", name="Model").click()
    page.get_by_role("option", name="MMD VAE, 10 dimensions", exact=True).click()
    page.wait_for_url("**model=mmd-10**")
    still(page)
    recipe = recipe_of(page)
    assert recipe.theta.pattern == "" and recipe.theta.scale == 0.8
    assert np.abs(floats(page) - python_blend(recipe).picture.ravel()).max() <= CLOSE
