"""A page's first line: a plain sentence that says what to do here, beside at most one button."""

import html

import streamlit as st

STYLE = """<style>
.medley-headline {
    font-size: clamp(1.0625rem, 0.75rem + 1.2vw, 1.625rem); font-weight: 700; line-height: 1.25; margin: 0; padding: 0;
}
[data-testid="stMain"] .stHorizontalBlock:has(.medley-headline) { flex-wrap: nowrap; }
[data-testid="stMain"] .stElementContainer:has(.medley-headline) { flex: 1 1 0; min-width: 0; }
</style>"""


def headline(sentence: str) -> None:
    """Shows `sentence` as the page's h1; inside a horizontal container it takes the room that the others leave."""
    st.html(f'{STYLE}<h1 class="medley-headline">{html.escape(sentence)}</h1>')
