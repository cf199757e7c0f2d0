"""The Compare page's live component: its data for the browser, and what comes back from there."""

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from latent_core.artifacts import FITTED_PLACES, BrokenFolder, ModelCard
from latent_core.blends import methods
from latent_core.language import known, mark, t
from latent_core.models import comparing, spectrum
from latent_core.models.dataset import EncodedDataset
from latent_core.models.groups import Group
from latent_core.models.halves import BOTH, asked_for, shown_alone
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.untrusted import Notice
from pages.parts import component, loaders, state
from pages.parts.compare import link
from pages.parts.props import (
    CellProps,
    CompareProps,
    Entry,
    ErrorProps,
    FigureProps,
    GroupRef,
    ModelRef,
    PairProps,
    plain,
)
from pages.parts.refs import dataset_ref, depth_words, group_ref, method_refs, model_ref, recipe_props

KEY = "compareview"
PICTURES = 8
"""Test pictures that both models of a pair rebuild."""
MOST_DRAWS = 1_000_000
LOST = mark("The comparison could not be loaded. Check the connection, then reload the page.")
LOADING = mark("Loading the models …")

_component = st.components.v2.component(
    "medley_compare",
    html=f'<div class="medley compare" data-ready="">\n<p role="status">{LOADING}</p></div>',
    css=component.styles("ui/ui.css", "ui/mixing.css", "compare/compare.css"),
    js=component.stub("compare.js", ".medley", LOST, LOADING),
)


def order(recipe: Recipe, library: Library) -> tuple[link.Order, list[Notice]]:
    """How the link wants the models to stand, and a sentence about each part of it that cannot be taken."""
    return link.from_query(state.aside()[0], library.models(recipe.data), recipe.model)


def compareview(view: state.View, library: Library) -> None:
    """Mounts the component; a recipe that is settled there, and how the models stand, reach the link."""
    sent = state.sent(KEY, "ask")
    half = asked_for(sent, library.dataset_cards[view.recipe.data].halves)
    result = _component(
        key=KEY,
        data=component.data(plain(compare_props(view, library, state.groups(), _draw(sent), half))),
        on_settled_change=lambda: state.take_from_mixer(KEY, library),
        on_shown_change=lambda: _keep(state.heard(KEY, "shown")),
        on_ask_change=lambda: None,
    )
    settled, shown = state.catch_up(result.settled, library), state.late("shown", result.shown)
    if shown:
        _keep(shown)
    if settled or shown:
        st.rerun()


def _keep(shown: Mapping[str, Any] | None) -> None:
    """Keeps how the models stand, which the page reads like a link's."""
    if shown is not None:
        words = [str(shown.get(key) or getattr(link.Order, key))[:60] for key in link.KEYS]
        state.keep_aside(link.Order(*words).to_query(), link.KEYS)


def _draw(asked: Any) -> int:
    """Which test pictures the visitor asked for; anything that is not a small number is the first ones."""
    draw = asked.get("draw") if isinstance(asked, Mapping) else None
    if not isinstance(draw, int) or isinstance(draw, bool):
        return 0
    return draw if 0 <= draw <= MOST_DRAWS else 0


def compare_props(
    view: state.View, library: Library, groups: Sequence[Group], draw: int, shown: str = BOTH
) -> CompareProps:  # fmt: skip
    """Everything small that the browser needs; models and statistics come over HTTP.

    Args:
        groups: the visitor's, those of other datasets included.
        draw: which test pictures the pair rebuilds.
        shown: which half of them alone is shown to the pair.
    """
    recipe = view.recipe
    cards = comparing.cards(recipe.data, library)
    dataset = loaders.dataset(recipe.data)
    mine = [group for group in groups if group.dataset == recipe.data]
    opened, faults = _opened([card.slug for card in cards]) if mine else ([], {})
    pair, unpaired = _paired(recipe, library, draw, shown)
    return CompareProps(
        nonce=view.nonce,
        recipe=recipe_props(recipe),
        dataset=dataset_ref(dataset, library),
        entries=[
            *(_entry(card, dataset, faults.get(card.slug, "")) for card in cards),
            *(_absent(slug, why) for slug, why in comparing.broken_of(recipe.data, library)),
        ],
        methods=method_refs(methods(library.latent_kind(recipe.data, recipe.model))),
        depths=depth_words(),
        groups=[_in_all(group_ref(group, dataset, opened)) for group in mine],
        sort=order(recipe, library)[0].sort,
        figures=[_figure(one) for one in comparing.figures(cards)],
        pair=pair,
        unpaired=unpaired,
    )


def _opened(slugs: Sequence[str]) -> tuple[list[Model], dict[str, str]]:
    """The models that can be opened, and why the others cannot: groups have statistics of their own in each."""
    models, faults = [], {}
    for slug in slugs:
        try:
            models.append(loaders.model(slug))
        except BrokenFolder as problem:
            faults[slug] = str(problem)
    return models, faults


def _in_all(group: GroupRef) -> GroupRef:
    """The group without its mean picture, which nothing on this page averages."""
    return GroupRef(name=group.name, moments=group.moments)


def _entry(card: ModelCard, dataset: EncodedDataset, why: str) -> Entry:
    error, n = spectrum.squared_error(card)
    return Entry(
        name=card.slug.split("/", 1)[1],
        model=model_ref(card, dataset),
        what=known(card.what),
        note=known(FITTED_PLACES) if card.places == "fitted" else "",
        error=ErrorProps(value=None if math.isnan(error) else error, n=n),
        averages_at=list(card.averages_at),
        why=why,
    )


def _absent(slug: str, why: str) -> Entry:
    """A model whose folder cannot be opened, so that nothing but its name is known."""
    name = slug.split("/", 1)[1]
    model = ModelRef(slug=slug, title=name, called="", latent=0, kind="", linear=False, code=0, ground=[])
    error = ErrorProps(value=None, n=0)
    return Entry(name=name, model=model, what="", note="", error=error, averages_at=[], why=why)


def _figure(one: comparing.Figure) -> FigureProps:
    cells = [None if cell is None else _cell(cell) for cell in one.cells]
    return FigureProps(what=one.what, unit=one.unit, split=one.split, n=one.n, better=one.better, cells=cells)


def _cell(one: comparing.Cell) -> CellProps:
    return CellProps(value=one.value, error=None if math.isnan(one.error) else one.error, best=one.best)


def _paired(recipe: Recipe, library: Library, draw: int, shown: str) -> tuple[PairProps | None, str]:
    """The recipe's model and the one beside it with pictures to rebuild, or None and the reason in a sentence."""
    beside = order(recipe, library)[0].beside
    if not beside:
        title = known(library.dataset_cards[recipe.data].title)
        return None, t("{dataset} has one model that can be opened, so there is none to put beside it.", dataset=title)
    try:
        models = [loaders.model(f"{recipe.data}/{name}") for name in (recipe.model, beside)]
        return _pair(models, recipe, draw, shown), ""
    except (BrokenFolder, ValueError) as problem:
        return None, str(problem)


def _pair(models: Sequence[Model], recipe: Recipe, draw: int, shown: str) -> PairProps:
    """Pictures that neither model was trained on, with their latents in both."""
    dataset = models[0].dataset
    card = dataset.card
    chosen = [name for name, _ in recipe.w if name in card.classes] or card.classes
    rows = spectrum.held_out_rows(dataset, chosen, draw, PICTURES)
    tiles = spectrum.tiles(dataset, rows)
    values = shown_alone(tiles.astype(np.float32) / 255, card.halves, shown)
    return PairProps(
        left=models[0].slug,
        right=models[1].slug,
        draw=draw,
        shown=shown,
        originals=card.thumbs.kind == "original",
        note=known(card.thumbs.note),
        names=[card.classes[k] for k in dataset.rows["y"][rows]],
        pixels=base64.b64encode(tiles.tobytes()).decode(),
        latents=[np.round(model.encode(values)[0].astype(np.float64), 5).tolist() for model in models],
    )
