"""Arrays in, plotly figure out: the charts of the app."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

HEIGHT = 340
ACCENT, SECOND = "#6060e8", "#e08a1e"
GREY = "#8a8c99"
"""All readable on white and on black."""


class Measured(NamedTuple):
    """A model as a point: its name, its numbers a picture, its error a pixel."""

    title: str
    size: int
    error: float


def spectrum(share: np.ndarray, k: int) -> go.Figure:
    """Bars of each component's share and a line of what the first ones hold together, with a mark at k.

    Args:
        share: (latent,) of the variance, 0..1.
        k: components kept, 1..latent.
    """
    number = np.arange(1, len(share) + 1)
    held = 100 * np.cumsum(share, dtype=np.float64)
    figure = go.Figure()
    figure.add_bar(x=number, y=100 * share, name="this one", marker_color=ACCENT, hovertemplate="%{x}: %{y:.2f} %")
    figure.add_scatter(
        x=number, y=held, name="all up to here", yaxis="y2", line={"color": SECOND, "width": 2.5},
        hovertemplate="first %{x}: %{y:.1f} %",
    )  # fmt: skip
    side = "top left" if 2 * k > len(share) else "top right"
    figure.add_vline(k, line={"dash": "dot", "color": GREY}, annotation_text=f"k = {k}", annotation_position=side)
    _dress(figure, "component", "share of the variance (%)")
    figure.update_layout(
        yaxis={"rangemode": "tozero"},
        yaxis2={"title": "together (%)", "overlaying": "y", "side": "right", "range": [0, 100], "dtick": 25,
                "tickmode": "linear", "showgrid": False},
    )
    return figure


def error_by_size(error: np.ndarray, models: Sequence[Measured], chosen: str) -> go.Figure:
    """Error of eigen-images against the numbers they keep, and every VAE of the dataset as a point.

    Args:
        error: (latent + 1,) squared error a pixel, k = 0..latent.
        models: the VAEs.
        chosen: title of the one that is marked.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=np.arange(len(error)), y=error, name="eigen-images", mode="lines", line={"color": ACCENT, "width": 2.5},
        hovertemplate="k = %{x}: %{y:.4f}",
    )  # fmt: skip
    figure.add_scatter(
        x=[one.size for one in models], y=[one.error for one in models], text=[one.title for one in models],
        name="VAEs (star: the chosen one)", mode="markers", hovertemplate="%{text}: %{y:.4f}<extra></extra>",
        marker={"color": SECOND, "size": [14 if one.title == chosen else 9 for one in models],
                "symbol": ["star" if one.title == chosen else "circle" for one in models]},
    )  # fmt: skip
    _dress(figure, "numbers a picture", "squared error a pixel")
    figure.update_layout(yaxis={"rangemode": "tozero"})
    return figure


def _dress(figure: go.Figure, x: str, y: str) -> None:
    """What all charts share: size, margins, a legend above, no dragging that would trap a finger."""
    figure.update_layout(
        height=HEIGHT, margin={"l": 10, "r": 10, "t": 30, "b": 10}, dragmode=False, hovermode="closest",
        legend={"orientation": "h", "y": 1.12, "x": 0}, bargap=0.25, xaxis={"title": x, "fixedrange": True},
    )  # fmt: skip
    figure.update_yaxes(title=y, fixedrange=True)
