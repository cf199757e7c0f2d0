"""Pictures and words about a search: the curve while it runs, the figures at the end."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.parts import figures


def so_far(points: Sequence[tuple[float, float]], accuracy: float) -> None:
    """The cosine of the best setting after each step, as a line, and the last one in words."""
    if not points:
        st.caption("The first settings are being tried.")
        return
    cosine, right = points[-1]
    wanted = "" if right >= accuracy else f" (the target is {100 * accuracy:.1f} %)"
    st.caption(f"The best so far: pairs are {cosine:.3f} alike, {100 * right:.2f} % are right{wanted}.")
    cosines = [one for one, _ in points]
    st.plotly_chart(
        figures.search_curve(cosines),
        key="search_curve",
        alt=f"Cosine of the best setting, from {cosines[0]:.3f} to {cosine:.3f} in {len(cosines)} steps",
        config=figures.config(),
    )


def words(found: dict[str, Any] | None) -> str:
    """What was found, for those who do not see it; "" where nothing was."""
    if found is None:
        return ""
    scores = found["scores"]
    return f"Found: pairs are {scores['cosine']:.3f} alike, {100 * scores['own']:.2f} % are right."


def result(found: dict[str, Any]) -> None:
    """What a search has found, by both classifiers, and the command that finds it again."""
    scores = found["scores"]
    with st.container(border=True, key="search_result"):
        st.markdown("**Found.** It is painted into the picture of theta above, and kept in your list.")
        with st.container(horizontal=True, gap="medium"):
            st.metric("Alike (cosine)", f"{scores['cosine']:.3f}", width="content")
            st.metric("Right, own classifier", f"{100 * scores['own']:.2f} %", width="content")
            st.metric("its worst class", f"{100 * scores['own_worst']:.1f} %", width="content")
            st.metric("Right, classifier of real pictures", f"{100 * scores['judge']:.2f} %", width="content")
        st.caption(
            f"{found['evaluations']:,} settings tried in {found['cpu_seconds']:.0f} s of one core; scored on fresh "
            f"noise, {scores['draws']:,} pictures a class. The same on the command line:"
        )
        st.code(found["command"], language="sh")
