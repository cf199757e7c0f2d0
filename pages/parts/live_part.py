"""A page's live part runs by itself: letting a control go there runs this, and nothing else of the page."""

from collections.abc import Callable, Hashable

import streamlit as st

from latent_core.artifacts import BrokenFolder
from latent_core.graphs.graph import GraphFailed
from latent_core.language import t
from latent_core.models.library import Library
from pages.parts import loaders, state


def live_part(
    library: Library,
    view: state.View,
    show: Callable[[state.View], None],
    others: Callable[[state.View], Hashable] = lambda view: None,
) -> None:
    """Shows what `show` does with what the visit shows now, here and whenever something of it is let go.

    The whole page runs when that changes what stands around it: another model, another notice, other files.

    Args:
        library, view: what the page was made of; `show` is given a view of its own.
        others: what else of a view is seen outside this part.
    """

    def around(now: state.View) -> Hashable:
        return now.recipe.slug, now.said, others(now)

    before = around(view)

    @st.fragment
    def live() -> None:
        now = state.view(library)
        try:
            if around(now) != before or loaders.library() is not library:
                st.rerun()
            show(now)
        except (BrokenFolder, GraphFailed) as problem:
            broken(problem)

    live()


def broken(problem: BrokenFolder | GraphFailed) -> None:
    """Says that a model cannot be used, where its pictures would stand."""
    st.error(t("{problem} Another model may be chosen above.", problem=problem), icon=":material/folder_off:")
