"""Pictures and words about a search: the curve while it runs, the figures at the end."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

WIDE, HIGH = 640, 120
LEFT, RIGHT, UP, DOWN = 44, 8, 8, 20
STYLE = """<style>
.medley-search { width: 100%; max-width: 40rem; display: block; }
.medley-search text { font-size: 12px; fill: currentColor; }
.medley-search polyline { fill: none; stroke: var(--st-primary-color, #4f46e5); stroke-width: 2; }
.medley-search circle { fill: var(--st-primary-color, #4f46e5); }
.medley-search line { stroke: currentColor; opacity: 0.25; }
</style>"""


def so_far(points: Sequence[tuple[float, float]], accuracy: float) -> None:
    """The cosine of the best setting after each step, as a line, and the last one in words."""
    if not points:
        st.caption("The first settings are being tried.")
        return
    cosine, right = points[-1]
    wanted = "" if right >= accuracy else f" (the target is {100 * accuracy:.1f} %)"
    st.caption(f"The best so far: pairs are {cosine:.3f} alike, {100 * right:.2f} % are right{wanted}.")
    st.html(curve([one for one, _ in points]))


def curve(cosines: Sequence[float]) -> str:
    """An SVG line of cosines, the newest at the right end."""
    low, high = min(cosines), max(cosines)
    span = max(high - low, 0.02)
    step = (WIDE - LEFT - RIGHT) / max(1, len(cosines) - 1)

    def at(i: int, cosine: float) -> tuple[float, float]:
        return LEFT + i * step, UP + (high - cosine) / span * (HIGH - UP - DOWN)

    places = [at(i, one) for i, one in enumerate(cosines)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    ticks = "".join(
        f'<line x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{at(0, one)[1]:.1f}" y2="{at(0, one)[1]:.1f}"/>'
        f'<text x="{LEFT - 6}" y="{at(0, one)[1] + 4:.1f}" text-anchor="end">{one:.2f}</text>'
        for one in (high, high - span)
    )
    label = f"Cosine of the best setting, from {cosines[0]:.3f} to {cosines[-1]:.3f} in {len(cosines)} steps"
    return (
        f'{STYLE}<svg class="medley-search" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{label}">{ticks}'
        f'<polyline points="{line}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>'
        f'<text x="{WIDE - RIGHT}" y="{HIGH - 4}" text-anchor="end">steps of the search</text></svg>'
    )


def result(found: dict[str, Any]) -> None:
    """What a search has found, by both classifiers, and the command that finds it again."""
    scores = found["scores"]
    with st.container(border=True, key="search_result"):
        st.markdown("**Found.** It is painted into the picture of theta above, and kept in your list.")
        with st.container(horizontal=True, gap="medium"):
            st.metric("Alike (cosine)", f"{scores['cosine']:.3f}", width="content")
            st.metric("Right, own classifier", f"{100 * scores['own']:.2f} %", width="content")
            st.metric("its worst class", f"{100 * scores['own_worst']:.1f} %", width="content")
            st.metric("Right, independent judge", f"{100 * scores['judge']:.2f} %", width="content")
        st.caption(
            f"{found['evaluations']:,} settings tried in {found['cpu_seconds']:.0f} s of one core; scored on fresh "
            f"noise, {scores['draws']:,} pictures a class. The same on the command line:"
        )
        st.code(found["command"], language="sh")
