"""What a visitor can take away or pass on: the blend as a picture, its link, its numbers and its recipe."""

import json
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from latent_core.evidence import mixture
from latent_core.language import ENGLISH, class_name, known, mark, point, speaking, spoken, t
from latent_core.models.files import SCALE, npz, png, poster, writable
from latent_core.models.group_links import too_long
from latent_core.models.groups import WithGroups
from latent_core.models.library import Library
from latent_core.models.model import Blend
from latent_core.recipes.recipe import Recipe, shortest
from latent_core.titles import model_title
from pages.parts import component, loaders, state
from pages.parts.blend.own_page import about_bytes, own_page
from pages.parts.blend.view import blend_props
from pages.parts.number_field import number_field

KEY = "keep"
LOST = mark("The buttons could not be loaded. Select the link below and copy it.")
FONT = next((Path(st.__file__).parent / "static").rglob("SourceSansVF-Upright*.woff2"), None)
"""The letters of the pages, which those of a picture to share are too."""

_share = st.components.v2.component(
    "medley_share",
    html='<div class="medley"></div>\n',
    css=component.styles("ui/ui.css", "blend/share.css"),
    js=component.stub("share.js", ".medley", LOST),
)


def keep_it(recipe: Recipe, library: Library) -> None:
    """The button `Keep it`; what it opens is made when it is opened, and files when they are asked for."""
    kept = state.box(KEY)
    with st.popover(t("Keep it"), icon=":material/download:", key="keep"):
        blend = loaders.model(recipe.slug).with_groups(state.groups()).make(recipe) if kept else None
        link = _link(blend, library) if blend else ""
        told = {
            "link": link,
            "words": t("Blend of {names}", names=mixture(recipe.shares())),
            "times": kept.get("times", 0),
        }
        _share(key="share", data=component.data(told), on_opened_change=lambda: kept.update(times=told["times"] + 1))
        if blend:
            _files(blend, link, library)


def _files(blend: Blend, link: str, library: Library) -> None:
    """What lies below the buttons: the link to read, and a button for each sort of file."""
    recipe = blend.recipe
    name = f"{recipe.data}-{recipe.model}-{'-'.join(name for name, _ in recipe.w[:4])}".replace(" ", "_")
    _, height, width = blend.picture.shape
    card = library.dataset_cards[recipe.data]
    st.caption(t("Link to this blend"))
    if warning := too_long(len(link)):
        st.warning(warning)
    st.code(link, language=None, wrap_lines=True)
    st.download_button(
        t("Picture to share"), partial(_poster, blend, link, library, spoken().code),
        f"{name}-share.png", "image/png", on_click="ignore", key="keep_poster", icon=":material/image:",
    )  # fmt: skip
    st.caption(t("1080 pixels wide; what is in it and the link stand below it, and the recipe is inside the file."))
    scale = int(number_field(st.container(), t("Size of the picture (1 to 16 times)"), SCALE, 8, "keep_scale"))
    size = {"width": width * scale, "height": height * scale}
    st.caption(t("{width} x {height} pixels, crisp, with the recipe inside the file.", **size))
    with st.container(horizontal=True):
        for label, kind, mime, make in (
            ("PNG", "png", "image/png", lambda: png(blend, scale)),
            ("NPZ", "npz", "application/octet-stream", lambda: npz(blend)),
            (t("Recipe"), "json", "application/json", lambda: json.dumps(blend.record(), indent=2)),
        ):
            st.download_button(label, make, f"{name}.{kind}", mime, on_click="ignore", key=f"keep_{kind}")
    linear = f"{recipe.data}/{card.linear}" if f"{recipe.data}/{card.linear}" in library.model_cards else ""
    megabytes = f"{_about_bytes(recipe.slug, linear, loaders.stamp_of(recipe.data)) / 1e6:.0f}"
    st.download_button(  # as bytes: HTML from this address would be a page of this app
        t("A page of its own, {size} MB", size=megabytes), partial(_own_page, blend, library, spoken().code),
        f"{name}.html", "application/octet-stream", on_click="ignore", key="keep_page", icon=":material/draft:",
    )  # fmt: skip
    st.caption(t("One file with the mixer and the model in it: opened by double click, it works without a network."))


@lru_cache(256)
def _about_bytes(slug: str, linear: str, stamp: str) -> int:
    """`about_bytes`, as long as the dataset's files stay the same: nobody may ever open the panel that says it."""
    return about_bytes(slug, linear)


def _poster(blend: Blend, link: str, library: Library, code: str) -> bytes:
    """The picture to share, in the language of that code; in English where the letters have not all of it."""
    card = library.dataset_cards[blend.recipe.data]
    with speaking(code):
        lines = poster_lines(blend.recipe, library)
    if not all(writable(line, FONT) for line in lines):
        with speaking(ENGLISH):
            lines = poster_lines(blend.recipe, library)
    return poster(blend, [*lines, link], card.enlarge == "smooth", FONT)


def poster_lines(recipe: Recipe, library: Library) -> list[str]:
    """What is written below a picture to share: what is blended, and by which model.

    A class whose name is in a script that the letters lack is told by its place among the dataset's classes.
    """
    card = library.dataset_cards[recipe.data]

    def called(name: str) -> str:
        if writable(class_name(name), FONT) or writable(name, FONT):
            return name
        return t("class {n}", n=card.classes.index(name) + 1)

    named = {called(name): share for name, share in recipe.shares().items()}
    title, model = known(card.title), model_title(library.model_cards[recipe.slug].title)
    about = {
        "dataset": title if writable(title, FONT) else recipe.data,
        "model": model,
        "theta": point(f"{recipe.theta.scale:g}"),
    }
    return [t("Blend of {names}", names=mixture(named)), t("{dataset}, {model}, variety {theta}", **about)]


def _own_page(blend: Blend, library: Library, code: str) -> str:
    """The blend as a page of its own, in the language of that code: it is made when no visitor is looking."""
    with speaking(code):
        props = blend_props(state.View(blend.recipe, 1, ()), library, blend, blend.groups)
        return own_page(props, blend, blend.groups, library)


def _link(blend: Blend, library: Library) -> str:
    """The page's address with the recipe, as short as it stays the same."""
    here = urlsplit(st.context.url or "http://localhost:8501/")
    path = here.path.rstrip("/") + "/"  # below a path only the address with the slash is the app's
    query = shortest(blend.query(), WithGroups(library, state.groups()))
    return urlunsplit((here.scheme, here.netloc, path, urlencode(query, safe=":,;"), ""))
