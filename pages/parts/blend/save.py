"""What a visitor can take away: the blend as PNG or NPZ, its link and its recipe."""

import json
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from latent_core.models.files import SCALE, npz, png
from latent_core.models.group_links import too_long
from latent_core.models.model import Blend
from pages.parts.number_field import number_field


def keep_it(blend: Blend) -> None:
    """The button `Keep it`; files are made when they are asked for."""
    recipe = blend.recipe
    name = f"{recipe.data}-{recipe.model}-{'-'.join(name for name, _ in recipe.w[:4])}".replace(" ", "_")
    _, height, width = blend.picture.shape
    with st.popover("Keep it", icon=":material/download:", key="keep"):
        scale = int(number_field(st.container(), "Times larger (1 to 16)", SCALE, 8, "keep_scale"))
        st.caption(f"{width * scale} x {height * scale} pixels, crisp, with the recipe inside the file.")
        with st.container(horizontal=True):
            for label, kind, mime, make in (
                ("PNG", "png", "image/png", lambda: png(blend, scale)),
                ("NPZ", "npz", "application/octet-stream", lambda: npz(blend)),
                ("Recipe", "json", "application/json", lambda: json.dumps(blend.record(), indent=2)),
            ):
                st.download_button(label, make, f"{name}.{kind}", mime, on_click="ignore", key=f"keep_{kind}")
        st.caption("The link to this blend:")
        link = _link(blend)
        if warning := too_long(len(link)):
            st.warning(warning)
        st.code(link, language=None, wrap_lines=True)


def _link(blend: Blend) -> str:
    """The page's address with the whole recipe."""
    here = urlsplit(st.context.url or "http://localhost:8501/")
    path = here.path.rstrip("/") + "/"  # below a path only the address with the slash is the app's
    return urlunsplit((here.scheme, here.netloc, path, urlencode(blend.query(), safe=":,;"), ""))
