"""The Python face of the map: what it is told, and what it tells back."""

import base64
import binascii
from pathlib import Path
from typing import Any

import streamlit as st

from latent_core.models import group_links
from latent_core.models.files import png
from latent_core.models.groups import MOST_GROUPS, Group, add_group
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from pages.parts import component, loaders, state
from pages.parts.map import link as map_link

WEB = Path(__file__).resolve().parents[3] / "web"
KEY = "mapview"
MOST_PACKED = 400_000
"""Characters of a selection that are looked at; 60,000 rows need 10,000."""
AMOUNT = 50.0
"""Amount of each class that the map sends to the Blend page: equal parts."""

LOST = "The map could not be loaded. Check the connection, then reload the page."

_component = st.components.v2.component(
    "medley_map",
    html='<div class="medley-map"></div>\n',
    css=(WEB / "map" / "map.css").read_text(encoding="utf-8"),
    js=component.stub("map.js", ".medley-map", LOST),
)


def mapview(view: state.View, library: Library) -> None:
    """Mounts the map of the recipe's model; choices made there reach the link, `Blend these classes` the Blend page."""
    plain = loaders.model(view.recipe.slug)
    known = state.groups()
    mine = [group for group in known if group.dataset == view.recipe.data]
    result = _component(
        key=KEY,
        data=facts(view, plain, mine),
        on_map_change=lambda: _chosen(plain, mine),
        on_group_change=lambda: _grouped(plain, library),
        on_blend_change=lambda: None,
    )
    chosen = _known_names(result.blend, plain, mine)
    if chosen:
        amounts = tuple((name, AMOUNT) for name in chosen)
        state.put(Recipe(**{**view.recipe.__dict__, "w": amounts}))
        st.switch_page("blend.py")


def facts(view: state.View, plain: Model, mine: list[Group]) -> dict[str, Any]:
    """Everything that the map is told, as small JSON: the browser fetches points, pictures and graphs itself."""
    card, dataset = plain.card, plain.dataset.card
    model = plain.with_groups(mine)
    link, nonce = state.aside()
    names = [*card.classes, *(group.name for group in mine)]
    chosen = map_link.from_query(link, names, card.latent.size, card.rows)
    blend = model.make(view.recipe)
    centroid = {name: model.stats["mean"][i].tolist() for i, name in enumerate(model.card.classes)}
    parts = [{"name": name, "share": share, "z": centroid[name]} for name, share in view.recipe.shares().items()]
    return {
        "nonce": nonce,
        "view": chosen.to_json(),
        "facts": {
            "slug": view.recipe.slug,
            "dataset": view.recipe.data,
            "classes": list(card.classes),
            "symbols": dict(dataset.symbols),
            "shape": list(card.shape),
            "latent": card.latent.size,
            "rows": card.rows,
            "thumbs": {name: getattr(dataset.thumbs, name) for name in ("file", "columns", "kind", "note")},
        },
        "groups": [{"name": g.name, "rows": base64.b64encode(group_links.to_bits(g)).decode()} for g in mine],
        "groupLimit": MOST_GROUPS,
        "marker": {
            "z": blend.latent.tolist(),
            "picture": f"data:image/png;base64,{base64.b64encode(png(blend)).decode()}",
            "parts": parts,
        },
    }


def _chosen(model: Model, mine: list[Group]) -> None:
    """Keeps what the visitor chose on the map; values of an older link's map are not taken."""
    values = state.sent(KEY, "map")
    _, nonce = state.aside()
    if isinstance(values, dict) and values.get("nonce") == nonce:
        names = [*model.card.classes, *(group.name for group in mine)]
        kept = map_link.from_values(values, names, model.card.latent.size, model.card.rows)
        state.keep_aside(kept.to_query(), map_link.KEYS)


def _grouped(model: Model, library: Library) -> None:
    """Adds the selection as a group, or drops one."""
    values = state.sent(KEY, "group")
    known = state.groups()
    dataset = model.dataset.slug
    if not isinstance(values, dict):
        return
    if isinstance(values.get("drop"), str):
        state.keep_groups(tuple(g for g in known if (g.dataset, g.name) != (dataset, values["drop"])), library)
    elif isinstance(values.get("add"), str) and len(values["add"]) <= MOST_PACKED:
        try:
            rows = group_links.from_bits(base64.b64decode(values["add"], validate=True))
            state.keep_groups(add_group(known, dataset, [row for row in rows if row < model.card.rows]), library)
        except (ValueError, binascii.Error):
            return  # the map itself offers neither an empty selection nor a fifth group


def _known_names(names: Any, model: Model, mine: list[Group]) -> list[str]:
    """The classes and groups among untrusted names, in the dataset's order."""
    if not isinstance(names, list):
        return []
    return [name for name in [*model.card.classes, *(group.name for group in mine)] if name in names]
