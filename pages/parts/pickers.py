"""The dataset and model pickers that every page shares, what is said of a model whose pictures have no places of their
own, and of folders that cannot be used."""

import streamlit as st

from latent_core.artifacts import FITTED_PLACES
from latent_core.language import known, many, t
from latent_core.models.class_share import blurred
from latent_core.models.library import Library
from latent_core.recipes.recipe import Recipe
from latent_core.titles import model_title
from pages.parts import loaders, state
from pages.parts.headline import literal


def pickers(library: Library, view: state.View, locked: bool = False) -> None:
    """Two comboboxes, `Dataset` and `Model`; choosing keeps the rest of the recipe where it can.

    Args:
        locked: whether neither can be chosen; what must be said of them is said all the same.
    """
    if not locked:
        _choice(library, view.recipe)
    if library.model_cards[view.recipe.slug].places == "fitted":
        st.caption(known(FITTED_PLACES))
    for sentence in view.said:
        st.warning(sentence)
    if library.broken:
        count = len(library.broken)
        said = many(count, "1 model folder cannot be used", "{n} model folders cannot be used")
        with st.expander(said, icon=":material/warning:"):
            for slug, sentence in library.broken.items():
                st.text(f"{slug}: {sentence}")


def _choice(library: Library, recipe: Recipe) -> None:
    names = list(library.models(recipe.data))
    st.session_state["pick_dataset"], st.session_state["pick_model"] = recipe.data, recipe.model
    with st.container(horizontal=True, vertical_alignment="bottom", key="pickers"):
        st.selectbox(
            t("Dataset"),
            list(library.datasets()),
            format_func=lambda slug: known(library.dataset_cards[slug].title),
            key="pick_dataset",
            on_change=_dataset_chosen,
            args=(library,),
            width=260,
        )
        st.selectbox(
            t("Model"),
            names,
            format_func=lambda name: model_title(library.model_cards[f"{recipe.data}/{name}"].title),
            key="pick_model",
            on_change=_model_chosen,
            args=(library, recipe.data),
            width=340,
        )


def warned(view: state.View) -> None:
    """What to expect of the classes of these pictures, where they have next to nothing in common.

    Raises:
        BrokenFolder: the model's folder cannot be used.
    """
    sentence = blurred(loaders.model(view.recipe.slug))
    if sentence:
        st.caption(literal(sentence))


def _dataset_chosen(library: Library) -> None:
    slug = st.session_state["pick_dataset"]
    default, _ = library.start(slug)
    names = library.models(slug)
    state.choose_model(f"{slug}/{default if default in names else names[0]}", library)


def _model_chosen(library: Library, dataset: str) -> None:
    state.choose_model(f"{dataset}/{st.session_state['pick_model']}", library)
