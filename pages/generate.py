"""New pictures of every class from nothing but statistics: how varied they are, and how right."""

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.language import t
from latent_core.titles import model_title
from pages.parts import loaders, state
from pages.parts.generate.search_found import receive
from pages.parts.generate.search_panel import recall, search_panel
from pages.parts.generate.view import generateview, sampled_from, way, why_not
from pages.parts.headline import headline, literal
from pages.parts.live_part import live_part

library = loaders.library()
receive(state.box("search"))  # what a search has found is in what is shown
view = state.view(library)
model = loaders.model(view.recipe.slug)

headline(t("Pictures that nobody drew. Give them variety, and see when they stop being right."))
problem = why_not(model)
if problem:
    said = t("{model} cannot make new pictures.", model=literal(model_title(model.card.title)))
    st.warning(f"{said} {literal(problem)}", icon=":material/broken_image:")
    st.stop()
if model.card.prior.kind == "fitted":
    st.caption(sampled_from(model.card))
recall(state.box("search"), model)  # before the live part, which keeps what was found


def live(now: state.View) -> None:
    for sentence in way(model, now.recipe)[1]:
        st.warning(literal(sentence))
    try:
        generateview(now, library, model, state.box("search").get("found"))
    except (BrokenFolder, ValueError) as trouble:
        st.warning(f"{t('The pictures cannot be shown.')} {literal(str(trouble))}", icon=":material/broken_image:")


live_part(library, view, live)
search_panel(model)
