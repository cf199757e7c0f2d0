"""The line above a lesson: its question, and the way back to everything."""

import html

import streamlit as st

from latent_core.language import t
from pages.parts import state
from pages.parts.headline import literal
from pages.parts.lessons import KEYS, Lesson, from_query


def lesson() -> Lesson:
    """The lesson that is shown; one without controls shows everything."""
    return from_query(state.aside()[0])[0]


def lesson_line() -> None:
    """The question and the button `Show everything`, where a link asks for a lesson; what of it was not taken."""
    shown, said = from_query(state.aside()[0])
    for sentence in said:
        st.warning(literal(sentence))
    if not shown.controls and not shown.ask:
        return
    locked = " medley-locked" if shown.controls and not shown.shows("pages") else ""
    with st.container(horizontal=True, vertical_alignment="center", key="lesson"):
        st.html(
            f'<p class="medley-question{locked}">{html.escape(shown.ask or t("A lesson with fewer controls."))}</p>'
        )
        st.button(t("Show everything"), key="whole_page", on_click=_whole)


def _whole() -> None:
    state.keep_aside({}, KEYS)
