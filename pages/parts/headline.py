"""A page's first line: a plain sentence that says what to do here, beside at most one button.

Its style stands in web/ui/frame.css, as it is the first thing that is seen.
"""

import html
import re

import streamlit as st

from latent_core.language import decimals

SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
"""What Markdown, and Streamlit's own kind of it, may take for more than itself."""
LATER = re.compile(
    r"(:(?=[\w+/-]+:)|[-<>~=!](?=[-<>~=])|(?<=http)(?=://)|(?<=https)(?=://)|(?<=www)(?=\.)|@|^(?=\s)|\s$)",
    re.IGNORECASE,
)
"""Where Streamlit sees an icon, an arrow, a dash or a link in what is text already, whatever was escaped before."""
JOINER = "\u2060"
"""Has no width and parts what stands on both sides of it, so that it is seen as it is."""


def literal(text: str) -> str:
    """Text for Streamlit's Markdown that is read as it is written: classes may be called anything."""
    return SIGNS.sub(r"\\\1", LATER.sub(rf"\1{JOINER}", text))


def headline(sentence: str, then: str = "") -> None:
    """Shows `sentence` as the page's h1; inside a horizontal container it takes the room that the others leave.

    Args:
        then: what stands below it in quieter letters, "" where nothing does.
    """
    below = f'<p class="medley-then">{html.escape(then)}</p>' if then else ""
    st.html(f'<h1 class="medley-headline">{html.escape(sentence)}</h1>{below}')


def percent(share: float, digits: int = 1) -> str:
    """A share 0..1 in percent, with so many digits behind the point."""
    return f"{decimals(100 * share, digits)} %"
