"""A page's first line: a plain sentence that says what to do here, beside at most one button.

Its style stands in web/ui/frame.css, as it is the first thing that is seen.
"""

import html

import streamlit as st


def headline(sentence: str) -> None:
    """Shows `sentence` as the page's h1; inside a horizontal container it takes the room that the others leave."""
    st.html(f'<h1 class="medley-headline">{html.escape(sentence)}</h1>')
