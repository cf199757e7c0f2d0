"""Quiz: who is in a blend, and where one class becomes another; your answers beside the judge's and chance."""

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.language import t
from pages.parts import loaders, state
from pages.parts.headline import headline, literal
from pages.parts.live_part import live_part
from pages.parts.quiz.view import asked, quizview

library = loaders.library()

headline(t("Look closely. Who is in the picture?"))


def live(now: state.View) -> None:
    for sentence in asked(now.recipe.data, library)[1]:
        st.warning(literal(sentence))
    try:
        quizview(now, library)
    except (BrokenFolder, ValueError) as problem:
        st.warning(f"{t('The quiz cannot be shown.')} {literal(str(problem))}", icon=":material/broken_image:")


live_part(library, state.view(library), live)

with st.expander(t("How the answers are counted"), icon=":material/function:"):
    st.markdown(
        t(
            r"""
**Nothing is stored on the server.** Your answers stay in this tab until you close it; *Save my answers* writes them
into a file of yours.

* **Who is in this picture?** shows blends of one to three classes. *The judge* names every class with more than 0 bits,
  as on the Blend page. *Chance* is somebody who ticks as many as you did, at random: how many of these are right
  follows a hypergeometric distribution, and the sum over all pictures is worked out exactly.
* **At which point does one become the other?** is the method of constant stimuli: nine mixtures, each three times, in
  an order that the seed decides, every time a new drawing. A logistic curve
  $p(x) = 1 / (1 + e^{-(a + b x)})$ is fitted to your answers, by penalised maximum likelihood (Firth 1993), so that
  answers without a doubtful one still have a fit. The point is $-a/b$; its error comes from the curvature of the
  likelihood by the delta method. Few answers make wide errors: that is said, not hidden.
* **The judge's curve** is its own choice between the two classes on the very pictures that you saw.
"""
        )
    )
