"""What screen readers are told when the server changes something; web/ui/spoken.js speaks it in the live region."""

import html

import streamlit as st

from latent_core.language import t


def spoken(subject: str, sentence: str) -> None:
    """Has `sentence` said, unless it was the last one about this subject; nothing is seen of it.

    What is there when a subject is first met is not said: so this is called from the beginning, with "" while there is
    nothing to say.

    Args:
        subject: what the sentence is about, in a word.
    """
    st.html(f'<p class="medley-spoken" data-subject="{subject}" data-sentence="{html.escape(sentence)}"></p>')


def quarters(title: str, share: float) -> str:
    """How far a job is, in steps that are worth hearing.

    Args:
        share: 0 to 1.
    """
    done = 25 * int(4 * min(share, 1.0))
    return t("{title}: {done} % done.", title=title, done=done) if done else t("{title}: at work.", title=title)
