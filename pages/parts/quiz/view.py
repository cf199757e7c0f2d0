"""The Quiz page's live component: its data for the browser, and which quiz is played.

Answers never come here: they stay in the visitor's tab.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from latent_core.blends import methods
from latent_core.language import mark
from latent_core.models.library import Library
from latent_core.recipes.untrusted import Notice
from pages.parts import component, loaders, state
from pages.parts.props import QuizProps, plain
from pages.parts.quiz import link
from pages.parts.refs import dataset_ref, depth_words, method_refs, model_ref, recipe_props

KEY = "quizview"
LOST = mark("The quiz could not be loaded. Check the connection, then reload the page.")
LOADING = mark("Loading the quiz …")

_component = st.components.v2.component(
    "medley_quiz",
    html=f'<div class="medley quiz" data-ready="">\n<p role="status">{LOADING}</p></div>',
    css=component.styles("ui/ui.css", "ui/mixing.css", "quiz/quiz.css"),
    js=component.stub("quiz.js", ".medley", LOST, LOADING),
)


def asked(data: str, library: Library) -> tuple[link.Quiz, list[Notice]]:
    """The quiz that the link asks for, and a sentence about each part of it that cannot be taken."""
    return link.from_query(state.aside()[0], library.classes(data), library.start(data)[1])


def quizview(view: state.View, library: Library) -> None:
    """Mounts the component; which quiz is played reaches the link."""
    result = _component(
        key=KEY,
        data=component.data(plain(quiz_props(view, library))),
        on_shown_change=lambda: _keep(state.heard(KEY, "shown")),
    )
    shown = state.late("shown", result.shown)
    if shown:
        _keep(shown)
        st.rerun()


def _keep(shown: Mapping[str, Any] | None) -> None:
    """Keeps which quiz is played, which the page reads like a link's."""
    if shown is None:
        return
    between = shown.get("between")
    names = tuple(str(name)[:200] for name in between[:2]) if isinstance(between, list) else ()
    turn = shown.get("turn")
    number = turn if isinstance(turn, int) and not isinstance(turn, bool) else link.FIRST_TURN
    state.keep_aside(link.Quiz(str(shown.get("kind"))[:60], number, names).to_query(), link.KEYS)


def quiz_props(view: state.View, library: Library) -> QuizProps:
    """Everything small that the browser needs; models and judges come over HTTP."""
    recipe = view.recipe
    card, dataset = library.model_cards[recipe.slug], loaders.dataset(recipe.data)
    quiz = asked(recipe.data, library)[0]
    return QuizProps(
        nonce=view.nonce,
        recipe=recipe_props(recipe),
        dataset=dataset_ref(dataset, library),
        model=model_ref(card, dataset),
        methods=method_refs(methods(card.latent.kind)),
        depths=depth_words(),
        kind=quiz.kind,
        turn=quiz.turn,
        between=list(quiz.between),
    )
