"""The training pictures whose codes lie nearest to a blend, as a list of small pictures."""

import base64
import html
import io

import numpy as np
import streamlit as st
from PIL import Image

from latent_core.evidence import Judge, became
from latent_core.models.model import Blend, Model
from pages.parts import surface

COUNT = 8
STYLE = """<style>
.medley-near { display: flex; flex-wrap: wrap; gap: 0.75rem; }
.medley-near > div { text-align: center; font-size: 0.875rem; }
.medley-near img { display: block; width: 4.5rem; height: 4.5rem; border-radius: 0.5rem; }
</style>"""


def heading(judge: Judge | None, blend: Blend) -> str:
    """What stands above the nearest pictures: it names the class that a blend turned into without being made of it."""
    usual = "Nearest training pictures"
    if judge is None:
        return usual
    shares = blend.recipe.shares()
    chosen = np.array([shares.get(name, 0) > 0 for name in judge.classes])
    other = became(judge.bits(blend.picture[None])[0], chosen) if chosen.any() else None
    return usual if other is None else f"It turned into {judge.classes[other]}: the nearest training pictures"


def nearest_pictures(model: Model, blend: Blend) -> None:
    """Shows the eight nearest training pictures with their classes, nearest first."""
    card = model.dataset.card
    rows = model.nearest(blend.latent, COUNT)
    names = [card.classes[int(model.dataset.rows["y"][row])] for row in rows]
    tiles = "".join(_tile(model.dataset.thumbs[row], html.escape(name)) for row, name in zip(rows, names, strict=True))
    st.html(f'{STYLE}<div class="medley-near" role="list" style="{surface.style(card)}">{tiles}</div>')
    if card.thumbs.kind == "reconstruction":
        st.caption(card.thumbs.note or "The originals may not be redistributed; these are a model's reconstructions.")


def _tile(picture: np.ndarray, name: str) -> str:
    """One picture with its class's name, which is safe to stand in HTML."""
    return f'<div role="listitem"><img src="{_url(picture)}" alt="Training picture of {name}">{name}</div>'


def _url(tile: np.ndarray) -> str:
    """A PNG data URL of a (height, width) or (height, width, 3) uint8 picture."""
    out = io.BytesIO()
    Image.fromarray(tile).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
