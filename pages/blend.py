"""The Blend page, Medley's home: tap classes, drag the dot, watch them melt together."""

import streamlit as st

from latent_core.language import known
from pages.parts import loaders, state
from pages.parts.blend.first_picture import HEADLINE, THEN
from pages.parts.blend.nearest import heading, nearest_pictures
from pages.parts.blend.save import keep_it
from pages.parts.blend.slower import made, receive, slow_blends
from pages.parts.blend.view import live_mixer
from pages.parts.headline import headline, literal
from pages.parts.showing.lesson import lesson, lesson_line
from pages.parts.showing.view import gallery

library = loaders.library()
view = state.view(library)
model = loaders.model(view.recipe.slug).with_groups(state.groups())
blend = model.make(view.recipe)

receive()
lesson_line()
shown = lesson()
with st.container(horizontal=True, vertical_alignment="center", key="blend_head"):
    headline(known(HEADLINE), known(THEN))
    if shown.shows("share"):
        keep_it(blend, library)
live_mixer(view, library, blend, made(view.recipe))  # before anything slow, so that it is neither late nor dimmed
if shown.shows("gallery"):
    gallery(view, library)

if shown.shows("nearest"):
    st.subheader(literal(heading(loaders.dataset(view.recipe.data).judge, blend)), anchor=False)
    nearest_pictures(model, blend)

if shown.shows("slower"):
    slow_blends(model, view.recipe)
