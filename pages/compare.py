"""Compare: one recipe through every model of the dataset, live; their figures, and two of them side by side."""

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.language import t
from pages.parts import loaders, state
from pages.parts.compare.view import compareview, order
from pages.parts.headline import headline, literal
from pages.parts.live_part import live_part

library = loaders.library()

headline(t("One recipe, every model. Drag the dot, and see which of them keeps all your classes."))


def live(now: state.View) -> None:
    for sentence in order(now.recipe, library)[1]:
        st.warning(literal(sentence))
    try:
        compareview(now, library)
    except (BrokenFolder, ValueError) as problem:
        st.warning(
            t("The models cannot be compared. {problem}", problem=literal(str(problem))), icon=":material/broken_image:"
        )


live_part(library, state.view(library), live)
st.page_link("learn.py", label=t("Which method? Chapter 11 of Learn"), icon=":material/menu_book:")
