"""Arrays in, plotly figure out: the charts of the app."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from latent_core.language import spoken, t, thousands

HEIGHT = 340
ACCENT, SECOND = "#6060e8", "#e08a1e"
"""Readable on white and on black."""


class Measured(NamedTuple):
    """A model as a point: its name, its numbers a picture, its error a pixel."""

    title: str
    size: int
    error: float


def config() -> dict[str, Any]:
    """Every chart can be taken away as a picture, by a button that says so."""
    words = {"dictionary": {"Download plot as a PNG": t("Download plot as a PNG")}}
    code = spoken().code
    return {"displaylogo": False, "modeBarButtons": [["toImage"]], "locale": code, "locales": {code: words}}


def spectrum(share: np.ndarray) -> go.Figure:
    """Bars of each component's share and a line of what the first ones hold together.

    Args:
        share: (latent,) of the variance, 0..1.
    """
    number = np.arange(1, len(share) + 1)
    held = 100 * np.cumsum(share, dtype=np.float64)
    bars = {
        "type": "bar", "x": number, "y": 100 * share, "name": t("this one##component"),
        "marker": {"color": ACCENT}, "hovertemplate": "%{x}: %{y:.2f} %",
    }  # fmt: skip
    line = {
        "type": "scatter", "x": number, "y": held, "name": t("all up to here"), "yaxis": "y2",
        "line": {"color": SECOND, "width": 2.5},
        "hovertemplate": t("first {k}: {share} %", k="%{x}", share="%{y:.1f}"),
    }  # fmt: skip
    together = {
        "title": {"text": t("together (%)")}, "overlaying": "y", "side": "right", "range": [0, 100], "dtick": 25,
        "tickmode": "linear", "showgrid": False, "fixedrange": True,
    }  # fmt: skip
    return _figure([bars, line], t("component"), t("share of the variance (%)"), yaxis2=together)


def error_by_size(error: np.ndarray, models: Sequence[Measured], chosen: str) -> go.Figure:
    """Error of eigen-images against the numbers they keep, and every VAE of the dataset as a point.

    Args:
        error: (latent + 1,) squared error a pixel, k = 0..latent.
        models: the VAEs.
        chosen: title of the one that is marked.
    """
    line = {
        "type": "scatter", "x": np.arange(len(error)), "y": error, "name": t("eigen-images"), "mode": "lines",
        "line": {"color": ACCENT, "width": 2.5}, "hovertemplate": "k = %{x}: %{y:.4f}",
    }  # fmt: skip
    picked = [one.title == chosen for one in models]
    dots = {
        "type": "scatter", "x": [one.size for one in models], "y": [one.error for one in models],
        "text": [one.title for one in models], "name": t("VAEs (star: the chosen one)"), "mode": "markers",
        "hovertemplate": "%{text}: %{y:.4f}<extra></extra>",
        "marker": {"color": SECOND, "size": [14 if yes else 9 for yes in picked],
                   "symbol": ["star" if yes else "circle" for yes in picked]},
    }  # fmt: skip
    return _figure([line, dots], t("numbers a picture"), t("squared error a pixel"))


def search_curve(cosine: Sequence[float]) -> go.Figure:
    """The lowest cosine that a search has found, after each of its steps.

    Args:
        cosine: of the best setting so far, 0..1.
    """
    low, high = min(cosine), max(cosine)
    line = {
        "type": "scatter", "x": list(range(1, len(cosine) + 1)), "y": list(cosine), "mode": "lines+markers",
        "line": {"color": ACCENT, "width": 2.5}, "marker": {"size": [0] * (len(cosine) - 1) + [9]},
        "hovertemplate": t("step {step}: {cosine}", step="%{x}", cosine="%{y:.3f}<extra></extra>"),
    }  # fmt: skip
    span = {
        "title": {"text": t("cosine")}, "range": [min(low, high - 0.02) - 0.005, high + 0.005], "fixedrange": True,
    }  # fmt: skip
    return _figure([line], t("steps of the search"), t("cosine"), height=200, yaxis=span)


def _figure(traces: list[dict[str, Any]], x: str, y: str, **layout: Any) -> go.Figure:
    """A figure with what all charts share: size, margins, a legend above, no dragging that would trap a finger.

    Made from one dictionary: the same by add_trace and update_layout takes five times as long.
    """
    return go.Figure(
        {
            "data": traces,
            "layout": {
                "height": HEIGHT, "margin": {"l": 10, "r": 10, "t": 30, "b": 10}, "dragmode": False,
                "separators": spoken().decimal + thousands(), "hovermode": "closest",
                "legend": {"orientation": "h", "y": 1.12, "x": 0}, "bargap": 0.25,
                "xaxis": {"title": {"text": x}, "fixedrange": True},
                "yaxis": {"title": {"text": y}, "fixedrange": True, "rangemode": "tozero"},
                **layout,
            },
        }
    )  # fmt: skip
