"""The Python face of the live mixer: what it is told, and what it tells back."""

import base64
import threading
from collections.abc import Sequence
from typing import Any

import streamlit as st

from latent_core.blends import methods
from latent_core.language import known, mark
from latent_core.models.even_out import even_out
from latent_core.models.files import png
from latent_core.models.groups import Group
from latent_core.models.library import Library
from latent_core.models.measure import NoJudge
from latent_core.models.model import Blend
from latent_core.recipes.recipe import Recipe, parse
from pages.parts import component, loaders, state
from pages.parts.props import BlendProps, MadeProps, plain
from pages.parts.refs import dataset_ref, depth_words, group_ref, method_refs, model_ref, recipe_props
from pages.parts.showing.lesson import lesson

KEY = "mixer"
CENTRE = "centre_of_mass"
"""The method of the small pictures `Centre of mass` and `Eigen-image`."""

PATIENCE = 10.0
"""s that Even out waits for its turn."""
CROWDED = mark("Many other blends are being evened out just now. Press Even out again in a moment.")
_evening = threading.BoundedSemaphore(1)
"""Even out takes up to a second of a core, and any visitor may ask for it again and again: one at a time."""

LOST = mark("The mixer could not be loaded. Check the connection, then reload the page.")

_component = st.components.v2.component(
    "medley_mixer",
    html='<div class="medley" data-ready=""></div>\n',
    css=component.styles("ui/ui.css", "ui/mixing.css", "blend/blend.css", "blend/making.css"),
    js=component.stub("blend.js", ".medley", LOST),
)


def live_mixer(view: state.View, library: Library, blend: Blend, made: MadeProps | None = None) -> None:
    """Mounts the mixer; when a control is let go there, its recipe reaches `state.take_from_mixer` before the next run.

    Args:
        view: the recipe to show, and the nonce that tells the mixer whether to take it over.
        blend: the same recipe's blend, shown until the browser has drawn its own.
        made: a slower blend of the same recipe.
    """
    result = _component(
        key=KEY,
        data=component.data(plain(blend_props(view, library, blend, state.groups(), lesson().controls, made))),
        on_settled_change=lambda: _answer(state.take_from_mixer(KEY, library), library),
        on_opened_change=lambda: state.reopen(KEY, library),
    )
    late = state.catch_up(result.settled, library)
    if late:
        _answer(late.get("ask"), library)
        st.rerun()


def _answer(ask: Any, library: Library) -> None:
    """Does what the mixer asks for beside keeping its recipe: "even" evens out the amounts of that recipe."""
    if ask != "even":
        return
    recipe = state.recipe()
    named = [group for group in state.groups() if group.name in dict(recipe.w)]
    model = loaders.model(recipe.slug).with_groups(named)
    if not _evening.acquire(timeout=PATIENCE):
        state.put(recipe, known(CROWDED))
        return
    try:
        evened = even_out(model, recipe)
    except NoJudge as why:
        state.put(recipe, str(why))
    else:
        state.put_evened(evened.recipe, evened.sentence())
    finally:
        _evening.release()


def blend_props(
    view: state.View, library: Library, blend: Blend, groups: Sequence[Group] = (), controls: Sequence[str] = (),
    made: MadeProps | None = None,
) -> BlendProps:  # fmt: skip
    """Everything the mixer is told: names, shapes and slugs; the browser fetches the files itself.

    Args:
        groups: the visitor's, those of other datasets included.
        controls: of a lesson, none where all are shown.
    """
    recipe = view.recipe
    dataset = loaders.dataset(recipe.data)
    model = library.model_cards[recipe.slug]
    linear = library.model_cards.get(f"{recipe.data}/{dataset.card.linear}")
    slugs = {recipe.slug, *([linear.slug] if linear else [])}
    picture = "" if view.stayed else f"data:image/png;base64,{base64.b64encode(png(blend)).decode()}"
    return BlendProps(
        nonce=view.nonce,
        told=view.told,
        recipe=recipe_props(recipe),
        first=recipe_props(_first(recipe, library)),
        picture=picture,
        made=made,
        dataset=dataset_ref(dataset, library),
        model=model_ref(model, dataset),
        linear=model_ref(linear, dataset) if linear else None,
        methods=method_refs(methods(model.latent.kind)),
        depths=depth_words(),
        centre=CENTRE,
        controls=list(controls),
        moves=view.moves,
        groups=[
            group_ref(group, dataset, [loaders.model(slug) for slug in slugs])
            for group in groups
            if group.dataset == recipe.data
        ],
    )


def _first(recipe: Recipe, library: Library) -> Recipe:
    """What `Reset` goes back to: the dataset's first blend with the same model."""
    first, _ = parse({"data": recipe.data, "model": recipe.model}, library)
    return first
