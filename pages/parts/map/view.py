"""The Python face of the map: what it is told, and what it tells back."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st
from msgspec import convert

from latent_core.language import known, mark
from latent_core.models.files import png
from latent_core.models.group_links import bytes_of, from_bits, to_bits, too_long
from latent_core.models.groups import MOST_GROUPS, Group, add_group, mark_of
from latent_core.models.halves import shown_alone
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.models.spectrum import tiles
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.untrusted import tame
from pages.parts import component, loaders, state
from pages.parts.map.link import KEYS, from_query, from_values
from pages.parts.props import Alone, GroupRef, MapChoice, MapProps, Marker, MarkerPart, ThumbsRef, plain
from pages.parts.refs import dataset_ref, model_ref

KEY = "mapview"
AMOUNT = 50.0
"""Amount of each class that the map sends to the Blend page: equal parts."""

LOST = mark("The map could not be loaded. Check the connection, then reload the page.")
LOADING = mark("Loading the map …")

_component = st.components.v2.component(
    "medley_map",
    html=f'<div class="medley map"><p role="status">{LOADING}</p></div>\n',
    css=component.styles("ui/ui.css", "map/map.css"),
    js=component.stub("map.js", ".medley", LOST, LOADING),
)


def mapview(view: state.View, library: Library) -> None:
    """Mounts the map of the recipe's model; choices made there reach the link, `Blend these classes` the Blend page."""
    model = loaders.model(view.recipe.slug)
    groups = [group for group in state.groups() if group.dataset == view.recipe.data]
    result = _component(
        key=KEY,
        data=component.data(plain(map_props(view, model, library, groups))),
        on_map_change=lambda: _chosen(model, groups),
        on_group_change=lambda: _grouped(state.heard(KEY, "group", once=True), model, library),
        on_blend_change=lambda: None,
    )
    chosen, asked = state.late("map", result.map), state.late("group", result.group)
    if chosen or asked:
        if chosen:
            _keep(chosen, model, groups)
        _grouped(asked, model, library)
        st.rerun()
    if warning := too_long(sum(map(len, state.aside()[0].values()))):
        st.caption(warning)
    sent = tame(result.blend)
    blended = [name for name in _names(model, groups) if name in sent] if isinstance(sent, list) else []
    if blended:
        state.put(replace(view.recipe, w=tuple((name, AMOUNT) for name in blended)))
        st.switch_page("blend.py")


def map_props(view: state.View, model: Model, library: Library, groups: Sequence[Group]) -> MapProps:
    """Everything that the map is told, as small JSON: the browser fetches points, pictures and graphs itself.

    Args:
        model: the recipe's, without groups.
        groups: the visitor's, of the model's dataset.
    """
    card, thumbs = model.card, model.dataset.card.thumbs
    link, nonce = state.aside()
    chosen = from_query(link, _names(model, groups), card.latent.size, card.rows)
    return MapProps(
        nonce=nonce,
        view=convert(chosen.to_json(), MapChoice),
        dataset=dataset_ref(model.dataset, library),
        model=model_ref(card, model.dataset),
        rows=card.rows,
        origins=bool(model.dataset.origins),
        artists=list(model.dataset.card.artists),
        thumbs=ThumbsRef(file=thumbs.file, columns=thumbs.columns, kind=thumbs.kind, note=known(thumbs.note)),
        groups=[GroupRef(name=group.name, rows=base64.b64encode(to_bits(group)).decode()) for group in groups],
        group_limit=MOST_GROUPS,
        marker=_marker(model.with_groups(groups), view.recipe),
        alone=_alone(model, chosen.row),
    )


def _alone(model: Model, row: int | None) -> Alone | None:
    """What the model makes of each half of the row that is looked at; None where no row is, or pictures are whole."""
    halves = model.dataset.card.halves
    if row is None or not halves:
        return None
    values = tiles(model.dataset, np.array([row])).astype(np.float32) / 255
    alone = np.concatenate([shown_alone(values, halves, half.name) for half in halves])
    return Alone(row=row, latents=np.round(model.encode(alone)[0].astype(np.float64), 5).tolist())


def _marker(model: Model, recipe: Recipe) -> Marker:
    """The recipe's blend, and the centroids of what it is made of."""
    blend = model.make(recipe)
    centroids = dict(zip(model.card.classes, model.stats["mean"], strict=True))
    parts = [MarkerPart(name=name, share=share, z=centroids[name].tolist()) for name, share in recipe.shares().items()]
    picture = f"data:image/png;base64,{base64.b64encode(png(blend)).decode()}"
    return Marker(z=blend.latent.tolist(), picture=picture, parts=parts)


def _names(model: Model, groups: Sequence[Group]) -> list[str]:
    """What can be chosen on the map: classes and groups, in the dataset's order."""
    return [*model.card.classes, *(group.name for group in groups)]


def _chosen(model: Model, groups: Sequence[Group]) -> None:
    """Takes what the visitor chose on the map, unless that was on an older link's."""
    message = state.heard(KEY, "map")
    if message is not None and (message.get("nonce") == state.aside()[1] or state.from_this_link(message)):
        _keep(message, model, groups)


def _keep(values: Mapping[str, Any], model: Model, groups: Sequence[Group]) -> None:
    """Keeps a choice in the link."""
    view = from_values(values, _names(model, groups), model.card.latent.size, model.card.rows)
    state.keep_aside(view.to_query(), KEYS)


def _grouped(values: Mapping[str, Any] | None, model: Model, library: Library) -> None:
    """Adds the selection as a group, or drops one."""
    known = state.groups()
    dataset = model.dataset.slug
    if values is None:
        return
    if isinstance(values.get("drop"), str):
        state.keep_groups(tuple(g for g in known if (g.dataset, g.name) != (dataset, values["drop"])), library)
    elif isinstance(values.get("add"), str) and len(values["add"]) <= 2 * bytes_of(model.card.rows) + 4:  # base64
        try:
            rows = from_bits(base64.b64decode(values["add"], validate=True))
            mark = mark_of(model.dataset.card)
            mine = [row for row in rows if row < model.card.rows]
            state.keep_groups(add_group(known, dataset, mine, state.used_numbers(dataset), mark), library)
        except (ValueError, binascii.Error):
            return  # the map itself offers neither an empty selection nor a fifth group
