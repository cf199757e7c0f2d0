"""The gallery below the mixer: its data for the browser, and what is chosen there."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.blends import methods
from latent_core.language import known, mark
from latent_core.models.library import Library
from latent_core.recipes.limits import SEED
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.untrusted import finite
from pages.parts import component, loaders, presets, state
from pages.parts.props import ShowingProps, Story, Tile, plain
from pages.parts.refs import dataset_ref, depth_words, method_refs, model_ref, recipe_props
from pages.parts.surprise import surprise

KEY = "showing"
LOST = mark("The gallery could not be loaded. Check the connection, then reload the page.")

_component = st.components.v2.component(
    "medley_showing",
    html='<div class="medley showing"></div>\n',
    css=component.styles("ui/ui.css", "ui/mixing.css", "showing/showing.css"),
    js=component.stub("showing.js", ".medley", LOST),
)


def gallery(view: state.View, library: Library) -> None:
    """Mounts the gallery; a preset that is chosen there, or a surprise, is shown by the mixer in the next run."""
    box = state.box(KEY)
    _component(
        key=KEY,
        data=component.data(plain(showing_props(view, library, bool(box.get("stories"))))),
        on_chosen_change=lambda: _show(state.heard(KEY, "chosen", once=True), library),
        on_stories_change=lambda: box.update(stories=True),
    )


def _show(chosen: Mapping[str, Any] | None, library: Library) -> None:
    """Shows the preset or the surprise that a browser names; anything else changes nothing."""
    if chosen is None:
        return
    found = {preset.key: recipe for preset, recipe in loaders.presets_of(library)}
    recipe, seed = found.get(str(chosen.get("preset"))), finite(chosen.get("seed"))
    if recipe is not None:
        state.put_from_gallery(recipe)
    elif seed is not None and seed in SEED:
        try:
            state.put_from_gallery(surprise(int(seed), library, loaders.model))
        except BrokenFolder as problem:
            state.put(state.recipe(), str(problem))


def showing_props(view: state.View, library: Library, stories: bool) -> ShowingProps:
    """The tiles of the gallery, and with `stories` what the browser needs to show each of them by itself."""
    found = loaders.presets_of(library)
    return ShowingProps(
        nonce=view.nonce,
        tiles=[_tile(preset, recipe, recipe == view.recipe, library) for preset, recipe in found],
        stories=[_story(preset, recipe, library) for preset, recipe in found] if stories else [],
        depths=depth_words(),
    )


def _tile(preset: presets.Preset, recipe: Recipe, shown: bool, library: Library) -> Tile:
    card = library.dataset_cards[recipe.data]
    return Tile(
        key=preset.key,
        title=known(preset.title),
        query=_query(recipe),
        shown=shown,
        ground=card.ground or [0.0],
        enlarge=card.enlarge,
    )


@lru_cache(64)
def _query(recipe: Recipe) -> str:
    """A preset's link: eleven are written in every run."""
    return urlencode(recipe.to_query(), safe=":,;")


def _story(preset: presets.Preset, recipe: Recipe, library: Library) -> Story:
    card, dataset = library.model_cards[recipe.slug], loaders.dataset(recipe.data)
    return Story(
        key=preset.key,
        title=known(preset.title),
        ask=known(preset.ask),
        told=known(preset.told),
        recipe=recipe_props(recipe),
        dataset=dataset_ref(dataset, library),
        model=model_ref(card, dataset),
        methods=method_refs(methods(card.latent.kind)),
    )
