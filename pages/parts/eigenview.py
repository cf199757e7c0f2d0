"""The live eigen-images component: its data for the browser, and what comes back from there."""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from latent_core import eigen
from latent_core.model import Model
from latent_core.recipe import Recipe

WEB = Path(__file__).resolve().parents[2] / "web"
PICTURES = 6
COORDINATES = 5
EVERY, CHOSEN = "", "chosen"
"""What `Pictures of` can ask for beside a class: every class, or the classes of the recipe."""
MOST_DRAWS = 1_000_000
KEY = "eigenview"

_LOADER = """
const loaded = import(new URL("/web/eigen.js", location.origin));
export default async function (component) {
  try {
    return (await loaded).default(component);
  } catch (problem) {
    const place = component.parentElement.querySelector(".progress");
    if (place) place.textContent = "This part of the page could not be loaded. Reload the page to try again.";
    console.warn(problem);
  }
}
"""
_HTML = """<div class="eigen">
<p class="progress" role="status">Loading the eigen-images …</p>
</div>"""

_component = st.components.v2.component(
    "medley_eigen", html=_HTML, css=(WEB / "eigen.css").read_text(encoding="utf-8"), js=_LOADER
)


def eigenview(linear: Model, vae: Model | None, recipe: Recipe, nonce: int, on_k: Any) -> None:
    """Mounts the component.

    Args:
        linear: the dataset's eigen-images.
        vae: what they are compared with; None when the dataset has no VAE.
        recipe: chosen classes, amounts and k.
        nonce: changes when k has to follow the recipe, and not the visitor's hand.
        on_k: called with the component's untrusted k after a release.
    """
    asked = _asked(st.session_state.get(KEY), linear.card.classes)
    _component(
        key=KEY,
        data=_data(linear, vae, recipe, nonce, asked),
        on_k_change=lambda: on_k((st.session_state.get(KEY) or {}).get("k")),
        on_ask_change=lambda: None,
    )


def _asked(state: Any, classes: list[str]) -> tuple[str, int]:
    """Which pictures the visitor asked for; anything that is not a known class and a small number is ignored."""
    asked = state.get("ask") if isinstance(state, Mapping) else None
    if not isinstance(asked, Mapping):
        return EVERY, 0
    which, draw = asked.get("which"), asked.get("draw")
    if which not in (EVERY, CHOSEN) and (not isinstance(which, str) or which not in classes):
        which = EVERY
    small = isinstance(draw, int | float) and not isinstance(draw, bool) and 0 <= draw <= MOST_DRAWS
    return str(which), int(draw) if small else 0


def _data(linear: Model, vae: Model | None, recipe: Recipe, nonce: int, asked: tuple[str, int]) -> dict[str, Any]:
    """Everything small that the browser needs; models and statistics come over HTTP."""
    spectrum = eigen.spectrum(linear)
    chosen = [name for name, _ in recipe.w]
    return {
        "dataset": recipe.data,
        "title": linear.dataset.card.title,
        "shape": linear.card.shape,
        "classes": linear.card.classes,
        "linear": {
            "slug": linear.slug,
            "latent": linear.card.latent,
            "share": _short(spectrum.share, 6),
            "error": _short(spectrum.error, 6),
            "n": spectrum.n,
        },
        "vae": vae and _facts(vae),
        "recipe": {**asdict(recipe), "w": dict(recipe.w), "shares": recipe.shares()},
        "nonce": nonce,
        "pictures": _pictures(linear, vae, chosen, asked),
        "coordinates": _short(eigen.coordinates(linear, chosen, COORDINATES), 2),
    }


def _facts(vae: Model) -> dict[str, Any]:
    """The VAE's name, size and error on all test pictures."""
    error, n = eigen.squared_error(vae.card)
    return {
        "slug": vae.slug,
        "title": vae.card.title,
        "latent": vae.card.latent,
        "error": error if np.isfinite(error) else None,
        "n": n,
    }


def _pictures(linear: Model, vae: Model | None, chosen: list[str], asked: tuple[str, int]) -> dict[str, Any]:
    """The test pictures to rebuild, with their latents in both models.

    Latents are those of the shown tiles themselves, so that also where tiles stand in for originals each model rebuilds
    what is shown.
    """
    which, draw = asked
    card = linear.dataset.card
    classes = {EVERY: card.classes, CHOSEN: chosen}.get(which, [which])
    rows = eigen.held_out_rows(linear.dataset, classes, draw, PICTURES)
    tiles = eigen.tiles(linear.dataset, rows)
    values = tiles.astype(np.float32) / 255
    return {
        "which": which,
        "draw": draw,
        "originals": card.thumbs.kind == "original",
        "note": card.thumbs.note,
        "names": [card.classes[k] for k in linear.dataset.rows["y"][rows]],
        "pixels": base64.b64encode(tiles.tobytes()).decode(),
        "linear": _short(linear.encode(values)[0], 5),
        "vae": _short(vae.encode(values)[0], 5) if vae else [],
    }


def _short(values: np.ndarray, digits: int) -> Any:
    return np.round(values.astype(np.float64), digits).tolist()
