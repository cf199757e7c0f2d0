"""The Blend page, Medley's home: tap classes, drag the dot, watch them melt together."""

import streamlit as st

from latent_core.language import known
from latent_core.models.model import Model
from pages.parts import loaders, state
from pages.parts.blend.first_picture import HEADLINE, THEN
from pages.parts.blend.nearest import heading, nearest_pictures
from pages.parts.blend.save import keep_it
from pages.parts.blend.slower import made, receive, seen_of, slow_blends, times_made
from pages.parts.blend.view import live_mixer
from pages.parts.headline import headline, literal
from pages.parts.live_part import live_part
from pages.parts.showing.lesson import lesson, lesson_line
from pages.parts.showing.view import gallery

library = loaders.library()
view = state.view(library)
shown = lesson()


def opened(now: state.View) -> Model:
    """The recipe's model, with the visitor's groups."""
    return loaders.model(now.recipe.slug).with_groups(state.groups())


def live(now: state.View) -> None:
    """The mixer, and what says something of every blend."""
    model = opened(now)
    blend = model.make(now.recipe)
    live_mixer(now, library, blend, made(now.recipe))  # before anything slow, so that it is neither late nor dimmed
    if shown.shows("gallery"):
        gallery(now, library)
    if shown.shows("nearest"):
        st.subheader(literal(heading(loaders.dataset(now.recipe.data).judge, blend)), anchor=False)
        nearest_pictures(model, blend)


receive()
lesson_line()
with st.container(horizontal=True, vertical_alignment="center", key="blend_head"):
    headline(known(HEADLINE), known(THEN))
    if shown.shows("share"):
        live_part(library, view, lambda now: keep_it(now.recipe, library))
live_part(library, view, live, others=lambda now: seen_of(opened(now), now.recipe))
if shown.shows("slower"):
    live_part(library, view, lambda now: slow_blends(opened(now), now.recipe), others=lambda now: times_made())
