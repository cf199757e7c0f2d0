"""What every page stands in: page settings, navigation, and the pickers of dataset and model."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from latent_core.artifacts import BrokenFolder  # noqa: E402
from latent_core.graphs.graph import GraphFailed  # noqa: E402
from latent_core.language import ask, languages, t  # noqa: E402
from pages.parts import loaders, state  # noqa: E402
from pages.parts.headline import literal  # noqa: E402
from pages.parts.live_part import broken  # noqa: E402
from pages.parts.pickers import pickers, warned  # noqa: E402
from pages.parts.showing.lesson import lesson  # noqa: E402
from pages.parts.spoken import spoken  # noqa: E402

ask(state.language)
st.set_page_config(page_title="Medley", page_icon=ROOT / "web" / "icon.svg", layout="wide")

page = st.navigation(
    [
        st.Page("blend.py", title=t("Blend"), icon=":material/blender:", default=True),
        st.Page("map.py", title=t("Map"), icon=":material/scatter_plot:", url_path="map"),
        st.Page("eigen.py", title=t("Eigen-images"), icon=":material/stacked_line_chart:", url_path="eigen"),
        st.Page("generate.py", title=t("Generate"), icon=":material/casino:", url_path="generate"),
        st.Page("compare.py", title=t("Compare"), icon=":material/compare:", url_path="compare"),
        st.Page("directions.py", title=t("Directions"), icon=":material/explore:", url_path="directions"),
        st.Page("quiz.py", title=t("Quiz"), icon=":material/quiz:", url_path="quiz"),
        st.Page("learn.py", title=t("Learn"), icon=":material/menu_book:", url_path="learn"),
    ],
    position="top",
)

# The default page keeps the plain name; the others say theirs first, as it is what a screen reader reads on arrival.
st.set_page_config(page_title=f"{page.title} · Medley" if page.url_path else "Medley")

library = loaders.library()
if not library.datasets():
    st.error(
        t(
            "There is no model to show. Put model folders into models/, or make one with {command}.",
            command="`python -m latent_core train mnist/elbo-10`",
        ),
        icon=":material/folder_off:",
    )
    for slug, sentence in library.broken.items():
        st.text(f"{slug}: {sentence}")
    st.stop()

state.enter(page.url_path)
spoken("page", t("{page} page", page=page.title))
unknown = state.unknown_language()
if unknown:
    names = ", ".join(language.name for language in languages().values())
    st.warning(t("Medley does not speak “{code}”. It speaks {names}.", code=literal(unknown), names=names))
view = state.view(library)  # writes the link, on pages without pickers too: a reload there loses nothing
try:
    if page.url_path != "learn":
        pickers(library, view, locked=not page.url_path and not lesson().shows("models"))
        warned(view)
    page.run()
except (BrokenFolder, GraphFailed) as problem:  # a file went bad after the library was looked at
    broken(problem)
state.page_is_there()
if not loaders.rebuilt():  # of what has just been shown, or is about to be in another visit
    st.rerun()
