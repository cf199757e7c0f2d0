"""Pictures and words about a search: the curve while it runs, the figures at the end."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from latent_core.language import decimals, t, whole
from pages.parts import figures


def so_far(points: Sequence[tuple[float, float]], accuracy: float) -> None:
    """The cosine of the best setting after each step, as a line, and the last one in words."""
    if not points:
        st.caption(t("The first settings are being tried."))
        return
    cosine, right = points[-1]
    values = {"alike": decimals(cosine, 3), "right": decimals(100 * right, 2)}
    if right >= accuracy:
        st.caption(t("The best so far: pairs are {alike} alike, {right} % are right.", **values))
    else:
        goal = decimals(100 * accuracy, 1)
        st.caption(
            t(
                "The best so far: pairs are {alike} alike, {right} % are right (the target is {goal} %).",
                goal=goal,
                **values,
            )
        )
    cosines = [one for one, _ in points]
    st.plotly_chart(
        figures.search_curve(cosines),
        key="search_curve",
        alt=t(
            "Cosine of the best setting, from {first} to {last} in {steps} steps",
            first=decimals(cosines[0], 3),
            last=decimals(cosine, 3),
            steps=len(cosines),
        ),
        config=figures.config(),
    )


def words(found: dict[str, Any] | None) -> str:
    """What was found, for those who do not see it; "" where nothing was."""
    if found is None:
        return ""
    scores = found["scores"]
    values = {"alike": decimals(scores["cosine"], 3), "right": decimals(100 * scores["own"], 2)}
    return t("Found: pairs are {alike} alike, {right} % are right.", **values)


def result(found: dict[str, Any]) -> None:
    """What a search has found, by both classifiers, and the command that finds it again."""
    scores = found["scores"]
    with st.container(border=True, key="search_result"):
        st.markdown(t("**Found.** It is painted into the picture of theta above, and kept in your list."))
        with st.container(horizontal=True, gap="medium"):
            st.metric(t("Alike (cosine)"), decimals(scores["cosine"], 3), width="content")
            st.metric(t("Right, own classifier"), f"{decimals(100 * scores['own'], 2)} %", width="content")
            st.metric(t("its worst class"), f"{decimals(100 * scores['own_worst'], 1)} %", width="content")
            st.metric(
                t("Right, classifier of real pictures"), f"{decimals(100 * scores['judge'], 2)} %", width="content"
            )
        st.caption(
            t(
                "{settings} settings tried in {seconds} s of one core; scored on fresh noise, {draws} pictures a "
                "class. The same on the command line:",
                settings=whole(found["evaluations"]),
                seconds=f"{found['cpu_seconds']:.0f}",
                draws=whole(scores["draws"]),
            )
        )
        st.code(found["command"], language="sh")
