"""The live eigen-images component: its data for the browser, and what comes back from there."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import streamlit as st

from latent_core.blends import named
from latent_core.language import known, mark
from latent_core.models import spectrum
from latent_core.models.groups import Group
from latent_core.models.halves import BOTH, asked_for, shown_alone
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from pages.parts import component, state
from pages.parts.props import EigenProps, ErrorProps, SpectrumProps, TestPictures, plain
from pages.parts.refs import dataset_ref, group_ref, method_refs, model_ref, recipe_props

PICTURES = 8
COORDINATES = 5
EVERY, CHOSEN = "", "chosen"
"""What `Pictures of` can ask for beside a class: every class, or the classes of the recipe."""
MOST_DRAWS = 1_000_000
KEY = "eigenview"
CENTRE = "centre_of_mass"
"""The method of the Eigen-image: a linear model averages the same wherever it averages."""

LOST = mark("The eigen-images could not be loaded. Check the connection, then reload the page.")
LOADING = mark("Loading the eigen-images …")

_component = st.components.v2.component(
    "medley_eigen",
    html=f'<div class="medley eigen">\n<p class="eigen-progress" role="status">{LOADING}</p>\n</div>',
    css=component.styles("ui/ui.css", "eigen/eigen.css"),
    js=component.stub("eigen.js", ".eigen-progress", LOST, LOADING),
)


def eigenview(view: state.View, library: Library, linear: Model, vae: Model | None) -> None:
    """Mounts the component; k reaches the recipe when the slider is let go.

    Args:
        view: chosen classes, amounts and k, and the nonce that tells the component to take k over.
        linear: the dataset's eigen-images.
        vae: what they are compared with; None when the dataset has no VAE.
    """
    sent = state.sent(KEY, "ask")
    asked, shown = _asked(sent, linear.card.classes), asked_for(sent, linear.dataset.card.halves)
    mine = [group for group in state.groups() if group.dataset == view.recipe.data]
    result = _component(
        key=KEY,
        data=component.data(plain(eigen_props(view, library, linear, vae, mine, asked, shown))),
        on_k_change=lambda: _take_k(state.heard(KEY, "k"), view.recipe, library),
        on_ask_change=lambda: None,
    )
    if (late := state.late("k", result.k)) is not None:
        _take_k(late, view.recipe, library)
        st.rerun()


def _take_k(message: Mapping[str, Any] | None, recipe: Recipe, library: Library) -> None:
    if message is not None:
        state.take({**recipe.to_json(), "k": message.get("k")}, library)


def _asked(asked: Any, classes: list[str]) -> tuple[str, int]:
    """Which pictures the visitor asked for; anything that is not a known class and a small number is ignored."""
    if not isinstance(asked, Mapping):
        return EVERY, 0
    which, draw = asked.get("which"), asked.get("draw")
    known = isinstance(which, str) and (which in (EVERY, CHOSEN) or which in classes)
    small = isinstance(draw, int | float) and not isinstance(draw, bool) and 0 <= draw <= MOST_DRAWS
    return str(which) if known else EVERY, int(draw or 0) if small else 0


def eigen_props(
    view: state.View,
    library: Library,
    linear: Model,
    vae: Model | None,
    groups: Sequence[Group],
    asked: tuple[str, int],
    shown: str = BOTH,
) -> EigenProps:
    """Everything small that the browser needs; models and statistics come over HTTP.

    Groups are classes that people made: their statistics are in no file, so they come along.

    Args:
        asked: which pictures are rebuilt, see `_asked`.
        shown: which half of them alone is shown to the models.
    """
    method, centre = method_refs([named(view.recipe.method), named(CENTRE)])
    found, recipe = spectrum.read_spectrum(linear), view.recipe
    wider = linear.with_groups(groups)
    chosen = [name for name, _ in recipe.w]
    means = wider.stats["mean"][[wider.card.classes.index(name) for name in chosen]]
    error, n = spectrum.squared_error(vae.card) if vae else (float("nan"), 0)
    return EigenProps(
        nonce=view.nonce,
        recipe=recipe_props(recipe),
        shares=recipe.shares(),
        dataset=dataset_ref(linear.dataset, library),
        linear=model_ref(linear.card, linear.dataset),
        spectrum=SpectrumProps(share=_short(found.share, 6), error=_short(found.error, 6), n=found.n),
        vae=model_ref(vae.card, vae.dataset) if vae else None,
        vae_error=ErrorProps(value=error if np.isfinite(error) else None, n=n),
        method=method,
        centre=centre,
        groups=[group_ref(group, linear.dataset, [linear, *([vae] if vae else [])]) for group in groups],
        pictures=_pictures(linear, vae, [name for name in chosen if name in linear.card.classes], asked, shown),
        coordinates=_short(spectrum.coordinates(linear, means, COORDINATES), 2),
    )


def _pictures(
    linear: Model, vae: Model | None, chosen: list[str], asked: tuple[str, int], shown: str
) -> TestPictures:  # fmt: skip
    """The test pictures to rebuild, with their latents in both models.

    Latents are those of the shown tiles themselves, so that also where tiles stand in for originals each model rebuilds
    what is shown.
    """
    which, draw = asked
    card = linear.dataset.card
    classes = {EVERY: card.classes, CHOSEN: chosen or card.classes}.get(which, [which])
    rows = spectrum.held_out_rows(linear.dataset, classes, draw, PICTURES)
    tiles = spectrum.tiles(linear.dataset, rows)
    values = shown_alone(tiles.astype(np.float32) / 255, card.halves, shown)
    return TestPictures(
        which=which,
        draw=draw,
        shown=shown,
        originals=card.thumbs.kind == "original",
        note=known(card.thumbs.note),
        names=[card.classes[k] for k in linear.dataset.rows["y"][rows]],
        pixels=base64.b64encode(tiles.tobytes()).decode(),
        linear=_short(linear.encode(values)[0], 5),
        vae=_short(vae.encode(values)[0], 5) if vae else [],
    )


def _short(values: np.ndarray, digits: int) -> Any:
    return np.round(values.astype(np.float64), digits).tolist()
