"""The picture that a slower blend has made, with what is in it and a file to keep."""

import base64
import html

import streamlit as st

from latent_core import slow
from latent_core.evidence import listed
from latent_core.groups import with_groups
from latent_core.keep import png
from latent_core.model import Model
from latent_core.reading import read
from latent_core.recipe import Recipe
from latent_core.slow import Finished
from latent_core.slow.collage import hue
from pages.parts import loaders, state

SCALE = 8
STYLE = """<style>
.medley-slow { margin: 0; }
.medley-slow img { display: block; width: 100%; max-width: 28rem; border-radius: 0.75rem; image-rendering: pixelated; }
.st-key-slow_result [data-testid="stMetricValue"] { font-size: 1.625rem; }
.medley-inks { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; padding: 0 !important; margin: 0; list-style: none; }
.medley-inks li { display: flex; align-items: center; gap: 0.4rem; font-size: 0.875rem; }
.medley-inks i { width: 1.25rem; height: 0.3rem; border-radius: 0.15rem; outline: 0.15rem solid #000; }
</style>"""


def show(made: Finished, recipe: Recipe) -> None:
    """Shows the blend beside its figures; a line says what it was made of, and whether the mixer has moved on since.

    Args:
        recipe: the mixer's of now.
    """
    about, names = slow.method(made.recipe.method), slow.chosen(made.recipe)
    title = f"{about.TITLE}: {listed(names, 6)}"
    left, right = st.columns([4, 5], gap="medium")
    source = base64.b64encode(png(made)).decode()
    left.html(
        f'{STYLE}<figure class="medley-slow"><img src="data:image/png;base64,{source}" alt="{html.escape(title)}">'
        "</figure>"
    )
    with right.container(key="slow_result"):
        st.markdown(f"**{title}**")
        _figures(made, names)
        st.caption(f"{made.what} {_made_of(made, recipe)}")
        name = f"{made.recipe.method}-{made.recipe.data}-{'-'.join(names[:4])}".replace(" ", "_")
        st.download_button(
            "Keep this picture", lambda: png(made, SCALE), f"{name}.png", "image/png", on_click="ignore",
            icon=":material/download:", key="slow_png",
        )  # fmt: skip


def _figures(made: Finished, names: list[str]) -> None:
    """Own ink of a collage; else what the judge sees in the picture, and how sharp it is."""
    if made.own_ink:
        weakest = min(made.own_ink, key=lambda name: made.own_ink[name])
        st.metric(f"Least ink of its own: {weakest}", f"{100 * made.own_ink[weakest]:.0f} %", width="content")
        st.html(_inks(made))
        return
    model = _model(made)
    if model.dataset.judge is None:
        st.caption(model.dataset.unjudged)
        return
    reading = read(model, made, remove_one=False)
    if not reading.chosen:
        st.caption(reading.note)
        return
    weakest = min(reading.chosen, key=lambda name: reading.bits[name])
    with st.container(horizontal=True, gap="medium"):
        st.metric("Seen in the picture", f"{reading.k} of {reading.n}", width="content")
        st.metric(f"Weakest: {weakest}", f"{reading.bits[weakest]:+.1f} bits", width="content")
        st.metric("Sharpness", f"{reading.sharpness:.2f}", width="content")
    if reading.became:
        st.caption(f"It turned into {reading.became}, which was not chosen.")
    if reading.note:
        st.caption(reading.note)


def _inks(made: Finished) -> str:
    """Each class's colour and the share of its ink that is its own, as a list."""
    classes = _model(made).card.classes
    lines = []
    for name, share in made.own_ink.items():
        colour = ", ".join(f"{value:.0f}" for value in hue(classes.index(name)) * 255)
        lines.append(f'<li><i style="background: rgb({colour})"></i>{html.escape(name)} {100 * share:.0f} %</li>')
    return f'<ul class="medley-inks" aria-label="Ink of its own">{"".join(lines)}</ul>'


def _made_of(made: Finished, recipe: Recipe) -> str:
    """The model, and a word where the mixer shows something else by now."""
    same = (made.recipe.slug, made.recipe.w) == (recipe.slug, recipe.w)
    by = f"Made by {made.recipe.slug}." if made.latent.size or made.recipe.method == "transport" else ""
    if same:
        return by
    return f"{by} The mixer has changed since; this is still made of {listed(slow.chosen(made.recipe), 6)}."


def _model(made: Finished) -> Model:
    """The blend's model with the visitor's groups."""
    return with_groups(loaders.model(made.recipe.slug), state.groups(loaders.shelf())[0])
