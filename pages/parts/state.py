"""Every session key and query parameter of the app: the recipe, and where it came from. Nothing else touches either."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from latent_core.recipe import Recipe, parse, with_model
from latent_core.shelf import Shelf

RECIPE_KEYS = ("data", "model", "w", "theta", "n", "seed", "method", "depth", "k")
RECIPE, WRITTEN, NONCE, SAID = "recipe", "written_query", "recipe_nonce", "recipe_said"


@dataclass(frozen=True)
class View:
    """What a page shows: the recipe, its nonce (changes when the recipe did not come from the mixer) and notices."""

    recipe: Recipe
    nonce: int
    said: tuple[str, ...]


def view(shelf: Shelf) -> View:
    """The recipe of this visit: the link's when the link changed (deep link, Back), else the session's, else the first.

    The link always ends up holding the whole recipe, so a reload, a dropped connection or a restart loses nothing.
    """
    query = {key: value for key, value in st.query_params.to_dict().items() if key in RECIPE_KEYS}
    if RECIPE not in st.session_state or (query and query != st.session_state.get(WRITTEN)):
        _keep(*parse(query, shelf), foreign=True)
    elif not _still_there(st.session_state[RECIPE], shelf):
        _keep(*parse(st.session_state[RECIPE].to_json(), shelf), foreign=True)
    write_link()
    return View(st.session_state[RECIPE], st.session_state[NONCE], st.session_state[SAID])


def take(values: Any, shelf: Shelf) -> None:
    """Keeps a recipe that the mixer sent; it is a visitor's input, so it is parsed like a link."""
    if isinstance(values, dict):
        _keep(*parse(values, shelf), foreign=False)


def choose_model(slug: str, shelf: Shelf) -> None:
    """Keeps the same recipe for another model."""
    _keep(with_model(st.session_state[RECIPE], slug, shelf), [], foreign=True)


def put(recipe: Recipe) -> None:
    """Keeps a recipe that a page made (a preset, a lasso, a neighbour)."""
    _keep(recipe, [], foreign=True)


def write_link() -> None:
    """Puts the recipe into the address bar, beside parameters that are not the recipe's."""
    wanted = st.session_state[RECIPE].to_query()
    have = st.query_params.to_dict()
    others = {key: value for key, value in have.items() if key not in RECIPE_KEYS}
    if have != {**others, **wanted}:
        st.query_params.from_dict({**others, **wanted})
    st.session_state[WRITTEN] = wanted


def _keep(recipe: Recipe, said: list[str], foreign: bool) -> None:
    st.session_state[RECIPE] = recipe
    st.session_state[SAID] = tuple(said)
    st.session_state[NONCE] = st.session_state.get(NONCE, 0) + foreign


def _still_there(recipe: Recipe, shelf: Shelf) -> bool:
    return recipe.data in shelf.datasets() and recipe.model in shelf.models(recipe.data)
