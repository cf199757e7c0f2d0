"""The Python face of the Directions page: what its component is told, and what it tells back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import streamlit as st
from msgspec import convert

from latent_core.blends import named
from latent_core.language import known, mark
from latent_core.models.class_share import blurred
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.models.named_numbers import named_numbers
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.untrusted import Notice
from latent_core.titles import model_title
from pages.parts import component, state
from pages.parts.directions.link import KEYS, DirectionsView, Space, first_view, from_query, from_values
from pages.parts.props import BlockProps, DirectionsChoice, DirectionsProps, NumberName, plain
from pages.parts.refs import dataset_ref, group_ref, method_refs, model_ref, recipe_props

KEY = "directionsview"
SPHERE = "spherical"
"""The blending method that a morph on the sphere is."""
LOST = mark("The page's live part could not be loaded. Check the connection, then reload the page.")
LOADING = mark("Loading the model …")

_component = st.components.v2.component(
    "medley_directions",
    html=f'<div class="medley directions" data-ready="">\n<p role="status">{LOADING}</p></div>',
    css=component.styles("ui/ui.css", "directions/directions.css"),
    js=component.stub("directions.js", ".medley", LOST, LOADING),
)


def placed(recipe: Recipe, model: Model) -> tuple[DirectionsView, list[Notice]]:
    """What the link sets on the page, as far as the model and its dataset have it, and sentences about the rest."""
    return from_query(state.aside()[0], _space(recipe, model))


def directionsview(view: state.View, library: Library, model: Model) -> None:
    """Mounts the component; what is settled there reaches the link.

    Args:
        model: the recipe's, without groups.
    """
    result = _component(
        key=KEY,
        data=component.data(plain(directions_props(view, library, model))),
        on_place_change=lambda: _take(state.heard(KEY, "place"), view.recipe, model),
    )
    if (late := state.late("place", result.place)) is not None:
        _keep(late, view.recipe, model)
        st.rerun()


def directions_props(view: state.View, library: Library, model: Model) -> DirectionsProps:
    """Everything that the component is told, as small JSON; the browser fetches files itself."""
    recipe, card = view.recipe, model.card
    space = _space(recipe, model)
    mine = [group for group in state.groups() if group.dataset == recipe.data]
    cards = library.model_cards
    method, sphere = method_refs([named(recipe.method), named(SPHERE)])
    return DirectionsProps(
        nonce=view.nonce,
        recipe=recipe_props(recipe),
        shares=recipe.shares(),
        dataset=dataset_ref(model.dataset, library),
        model=model_ref(card, model.dataset),
        method=method,
        sphere=sphere,
        groups=[group_ref(group, model.dataset, [model]) for group in mine],
        rows=card.rows,
        blocks=_blocks(model),
        parted=[
            model_title(one.title)
            for slug, one in cards.items()
            if slug.startswith(f"{recipe.data}/") and one.latent.blocks
        ],
        named=[
            NumberName(number=number, factor=known(factor), share=share)
            for number, factor, share in named_numbers(model)
        ],
        first=convert(asdict(first_view(space)), DirectionsChoice),
        view=convert(asdict(placed(recipe, model)[0]), DirectionsChoice),
    )


def _blocks(model: Model) -> list[BlockProps]:
    """The named parts of the latent; those of a picture's halves have the halves' own names, where these have any."""
    latent, halves = model.card.latent, model.dataset.card.halves
    parted = halves if latent.kind == "halves" and halves else latent.blocks
    names = [one.name for one in parted]
    parts = zip(names, latent.blocks, strict=False)  # codes of halves together have no blocks
    return [BlockProps(name=known(name), start=one.start, end=one.end) for name, one in parts]


def _space(recipe: Recipe, model: Model) -> Space:
    names = [*model.card.classes, *(group.name for group in state.groups() if group.dataset == recipe.data)]
    card = model.card
    chosen = tuple(name for name, _ in recipe.w)
    instead = {}
    if blurred(model):
        found, rows = np.unique(model.dataset.rows["y"], return_index=True)
        instead = {card.classes[k]: row for k, row in zip(found.tolist(), rows.tolist(), strict=True)}
    return Space(tuple(names), chosen, card.latent.size, card.rows, len(card.latent.blocks), instead)


def _take(message: Mapping[str, Any] | None, recipe: Recipe, model: Model) -> None:
    """Takes where the visitor stands now, unless that was on an older link's page."""
    if message is not None and (message.get("nonce") == state.aside()[1] or state.from_this_link(message)):
        _keep(message, recipe, model)


def _keep(message: Mapping[str, Any], recipe: Recipe, model: Model) -> None:
    """Keeps it in the link."""
    space = _space(recipe, model)
    state.keep_aside(from_values(message, space)[0].to_query(space), KEYS)
