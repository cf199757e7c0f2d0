"""The Map page: where every picture lies in the model's latent space, and what lies between."""

import streamlit as st

from pages.parts import loaders, state
from pages.parts.mapview import mapview

shelf = loaders.shelf()
view = state.view(shelf)

st.subheader("Every picture has a place. Look around, and in between.", anchor=False)
mapview(view, shelf)
