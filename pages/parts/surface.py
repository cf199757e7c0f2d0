"""How a dataset's pictures look where the server shows them; web/ui/surface.js does the same for the live parts."""

import streamlit as st

from latent_core.artifacts import DatasetCard

LIGHT, DIMMED = 0.5, "brightness(0.84)"
"""Mean of a ground's channels above which it is light; what keeps it from glaring from a dark page."""


def style(card: DatasetCard) -> str:
    """CSS for what stands around pictures: crisp or smooth when enlarged, and dimmed where they would glare."""
    light = bool(card.ground) and sum(card.ground) / len(card.ground) > LIGHT
    dim = f"; filter: {DIMMED}" if light and st.context.theme.type == "dark" else ""
    return f"image-rendering: {'auto' if card.enlarge == 'smooth' else 'pixelated'}{dim}"
