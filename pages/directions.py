"""Directions: which ways lead from a picture, and what it becomes on them."""

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.language import t
from pages.parts import loaders, state
from pages.parts.directions.view import directionsview, placed
from pages.parts.headline import headline, literal
from pages.parts.live_part import live_part

library = loaders.library()

headline(t("Every picture has neighbours. Take a step, and see what it becomes."))


def live(view: state.View) -> None:
    model = loaders.model(view.recipe.slug)
    for sentence in placed(view.recipe, model)[1]:
        st.warning(literal(sentence))
    try:
        directionsview(view, library, model)
    except (BrokenFolder, ValueError) as problem:
        st.warning(f"{t('The pictures cannot be shown.')} {literal(str(problem))}", icon=":material/broken_image:")


live_part(library, state.view(library), live)

with st.expander(t("Show the maths"), icon=":material/function:"):
    st.markdown(
        t(
            r"""
A model tells a picture by a list of numbers $z$, its **latent**, and a decoder makes a picture of any such list. A
**direction** is another list $v$ that is added: $z + a\,v$, with $a$ in standard deviations of the training pictures'
latents along $v$.

* **pc1, pc2, …** are the eigenvectors of the covariance of all latents that ship with the model, largest variance
  first.
* **Near here** they are those of the 200 latents nearest to $z$, computed anew wherever you stand; a step is then
  written as amounts of the single numbers, dim1, dim2, …, so that a link says exactly where it led.
* **A change** from A to B adds $a\,(\mu_B - \mu_A)$, the difference of the means of their latents (Larsen et al.,
  2016, called it an attribute vector).
* **Morphs** go straight, $(1-t)\,z_A + t\,z_B$; on the sphere, where lengths and angles are averaged apart (Shoemake,
  1985); or along the data: the path from $z_A$ to $z_B$ through real latents that minimises the sum of squared hops,
  each hop to one of the 10 nearest of up to 1,500 of them.
* **The sheet** is bilinear: $(1-u)(1-v)\,z_1 + u(1-v)\,z_2 + (1-u)v\,z_3 + uv\,z_4$.

A blending method may mix several latents into one picture. Then a step is added to each of them, so that without a
step the picture is exactly the blend of the Blend page.
"""
        )
    )
