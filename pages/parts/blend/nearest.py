"""The training pictures whose codes lie nearest to a blend, as a list of small pictures."""

import base64
import html
import io
from functools import lru_cache

import numpy as np
import streamlit as st
from PIL import Image

from latent_core.evidence import Judge, became
from latent_core.language import class_name, known, many, t
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
    usual = t("Nearest training pictures")
    if judge is None:
        return usual
    shares = blend.recipe.shares()
    chosen = np.array([shares.get(name, 0) > 0 for name in judge.classes])
    other = became(judge.bits(blend.picture[None])[0], chosen) if chosen.any() else None
    if other is None:
        return usual
    return t("It turned into {name}: the nearest training pictures", name=class_name(judge.classes[other]))


def nearest_pictures(model: Model, blend: Blend) -> None:
    """Shows the eight nearest training pictures with their classes, nearest first."""
    card = model.dataset.card
    rows = model.nearest(blend.latent, COUNT)
    names = [card.classes[int(model.dataset.rows["y"][row])] for row in rows]
    tiles = "".join(
        _tile(model.dataset.thumbs[row], html.escape(class_name(name)), html.escape(model.dataset.origin(int(row))))
        for row, name in zip(rows, names, strict=True)
    )
    st.html(f'{STYLE}<div class="medley-near" role="list" style="{surface.style(card)}">{tiles}</div>')
    copies = int(model.dataset.origins["changed"][rows].sum()) if model.dataset.origins else 0
    if copies:
        st.caption(
            many(
                copies,
                "{n} of these {all} is a changed copy of a drawing: turned, shifted or bent a little.",
                "{n} of these {all} are changed copies of drawings: turned, shifted or bent a little.",
                all=len(rows),
            )
        )
    if card.thumbs.kind == "reconstruction":
        usual = t("The originals may not be redistributed; these are a model's reconstructions.")
        st.caption(known(card.thumbs.note) or usual)


def _tile(picture: np.ndarray, name: str, origin: str) -> str:
    """One picture with its class's name and what is known of its origin, which are safe to stand in HTML."""
    words = t("Training picture of {name}", name=name) + (f". {origin}" if origin else "")
    url = _url(picture.tobytes(), picture.shape)
    return f'<div role="listitem"><img src="{url}" alt="{words}" title="{origin}">{name}</div>'


@lru_cache(256)
def _url(pixels: bytes, shape: tuple[int, ...]) -> str:
    """A PNG data URL of a (height, width) or (height, width, 3) uint8 picture; most were asked for just before."""
    out = io.BytesIO()
    Image.fromarray(np.frombuffer(pixels, np.uint8).reshape(shape)).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"
