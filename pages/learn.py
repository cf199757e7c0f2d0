"""Learn: docs/learn as a short book with a list of contents, and the shipped models with their figures."""

import streamlit as st

from latent_core.language import decimals, known, mark, t, whole
from latent_core.models.spectrum import squared_error
from pages.parts import loaders
from pages.parts.headline import headline, percent
from pages.parts.learn import book

TRY = {
    "1_what_you_see": ("blend.py", mark("Try it on the Blend page"), ":material/blender:"),
    "4_maps": ("map.py", mark("Look around on the Map"), ":material/scatter_plot:"),
    "11_which_method": ("compare.py", mark("Send your own recipe through every model"), ":material/compare:"),
    "5_eigen_images": (
        "eigen.py",
        mark("Take pictures apart on the Eigen-images page"),
        ":material/stacked_line_chart:",
    ),
    "10_directions": ("directions.py", mark("Take a step on the Directions page"), ":material/explore:"),
}
NEIGHBOURS = "k-NN (10)"  # name of that figure on the cards


def models() -> None:
    """A line a shipped model: its size and its figures on test pictures."""
    lines = []
    for card in loaders.library().model_cards.values():
        error, n = squared_error(card)
        sorted_well = next((one.value for one in card.metrics if one.what == NEIGHBOURS), None)
        figures = (
            f"{decimals(error, 4)} | {percent(sorted_well)} | {whole(n)}" if n and sorted_well is not None else "| |"
        )
        lines.append(f"| `{card.slug}` | {card.latent.size} | {figures} |")
    head = f"| {t('model')} | {t('numbers')} | {t('error')} | k-NN | {t('test pictures')} |"
    st.markdown("\n".join([head, "|---|---|---|---|---|", *lines]))


def objectives() -> None:
    """The equations, each in a drawer of its own."""
    for name, page in book.pages(book.OBJECTIVES).items():
        title = t("Show the maths: {title}", title=page.title)
        with book.place(f"maths_{name}", page), st.expander(title, key=f"objective_{name}"):
            book.show(page, shift=2)


chapters = book.pages(book.LEARN)
headline(t("How Medley works, in {n} short chapters.", n=len(chapters)))
contents, text = st.columns([1, 3], gap="large")
with contents, st.container(key="contents"):
    lines = [f"1. [{page.title.partition(' ')[2]}](#{page.anchor})" for page in chapters.values()]
    st.markdown("\n".join([t("**Contents**"), "", *lines]))
with text, st.container(key="book"):
    for name, page in chapters.items():
        with book.place(f"chapter_{name}", page):
            st.header(page.title, anchor=page.anchor)
            book.show(page)
        if name == "6_models":
            models()
            objectives()
        if name in TRY:
            target, label, icon = TRY[name]
            st.page_link(target, label=known(label), icon=icon)
