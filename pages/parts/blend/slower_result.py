"""The picture that a slower blend has made, with what is in it and a file to keep."""

import html
import re

import streamlit as st

from latent_core import slow
from latent_core.evidence import listed
from latent_core.language import class_name, decimals, known, t
from latent_core.models.files import png
from latent_core.models.measure import measure
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from pages.parts import loaders, surface
from pages.parts.blend import inks
from pages.parts.blend.inks import url
from pages.parts.headline import literal, percent

SCALE = 8
STYLE = """<style>
.medley-slow {
    position: relative; margin: 0; max-width: 28rem; border-radius: 0.75rem; overflow: hidden;
}
.medley-slow img { display: block; width: 100%; }
.st-key-slow_result [data-testid="stMetricValue"] { font-size: 1.625rem; }
</style>"""


def show(made: Finished, recipe: Recipe) -> None:
    """Shows the blend beside its figures; a line says what it was made of, and whether the mixer has moved on since.

    Args:
        recipe: the mixer's of now.
    """
    about, names = slow.method(made.recipe.method), slow.chosen(made.recipe)
    title = t("{title}: {names}", title=known(about.TITLE), names=_listed(made.recipe))
    model = loaders.model(made.recipe.slug).with_groups(made.groups)
    with st.container(key="slow_made"):
        left, right = st.columns([4, 5], gap="medium")
    over = inks.layers(made, model)
    look, alt = surface.style(model.dataset.card), html.escape(title)
    shown = f'<figure class="medley-slow" style="{look}"><img src="{url(made.picture)}" alt="{alt}">{over}</figure>'
    left.html(f"{STYLE}{shown}")
    with right.container(key="slow_result"):
        st.markdown(f"**{literal(title)}**")
        _figures(made, model)
        hint = t("Point at a class to see its drawing alone.") if made.own_ink else ""
        st.caption(" ".join(filter(None, (known(made.what), hint, literal(_made_of(made, recipe))))))
        name = re.sub(r"[^\w.-]+", "_", f"{made.recipe.method}-{made.recipe.data}-{'-'.join(names[:4])}")[:80]
        st.download_button(
            t("Keep this picture"), lambda: png(made, SCALE), f"{name}.png", "image/png", on_click="ignore",
            icon=":material/download:", key="slow_png",
        )  # fmt: skip


def same(made: Finished, recipe: Recipe) -> bool:
    """Whether a recipe has the model and the amounts that a slower blend was made of."""
    return (made.recipe.slug, made.recipe.w) == (recipe.slug, recipe.w)


def _figures(made: Finished, model: Model) -> None:
    """Own ink of a collage; else what the judge sees in the picture, and how sharp it is."""
    if made.own_ink:
        weakest = min(made.own_ink, key=lambda name: made.own_ink[name])
        share = percent(made.own_ink[weakest], 0)
        name = literal(class_name(weakest))
        st.markdown(t("Least visible: {name} ({share} of its lines are uncovered)", name=name, share=share))
        st.html(inks.legend(made, model))
        return
    if model.dataset.judge is None:
        st.caption(model.dataset.unjudged)
        return
    reading = measure(model, made, remove_one=False, without=made.without)
    if not reading.chosen:
        st.caption(literal(reading.note))
        return
    weakest = min(reading.chosen, key=lambda name: reading.bits[name])
    everyone = reading.recoverability is None
    known_of = not everyone or reading.without is not None
    with st.container(horizontal=True, gap="medium"):
        if known_of:
            st.metric(t("Seen in the picture"), t("{k} of {all}", k=reading.k, all=reading.n), width="content")
        bits = f"{'+' * (reading.bits[weakest] >= 0)}{decimals(reading.bits[weakest], 1)}"
        name = literal(class_name(weakest))
        st.metric(t("Weakest: {name}", name=name), t("{bits} bits", bits=bits), width="content")
        st.metric(t("Sharpness"), decimals(reading.sharpness, 2), width="content")
    if not known_of:
        st.caption(t("Every class is chosen: bits alone cannot tell which of them are there."))
    if reading.became:
        st.caption(t("It turned into {name}, which was not chosen.", name=literal(class_name(reading.became))))
    if reading.note:
        st.caption(literal(reading.note))


def _made_of(made: Finished, recipe: Recipe) -> str:
    """The model, and a word where the mixer shows something else by now."""
    by = "" if made.own_ink else t("Made by {model}.", model=made.recipe.slug)
    if same(made, recipe):
        return by
    changed = t("The mixer has changed since; this is still made of {names}.", names=_listed(made.recipe))
    return f"{by} {changed}".strip()


def _listed(recipe: Recipe) -> str:
    """The classes that a slower blend is made of."""
    return listed([class_name(name) for name in slow.chosen(recipe)], 6)
