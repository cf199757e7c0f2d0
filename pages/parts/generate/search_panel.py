"""The search panel below the live part: what to search for, progress while it runs, and what came of it."""

from functools import partial
from typing import Any

import streamlit as st

from latent_core.artifacts import layout
from latent_core.generators import Kit
from latent_core.jobs.job import Job
from latent_core.jobs.search_run import points, search_under_way, start_search
from latent_core.language import known, mark, t
from latent_core.models.model import Model
from latent_core.recipes.limits import SEED, Limit
from latent_core.search._catalogue import KINDS, OPTIMISERS, optimisers
from latent_core.search._kind import BISECTION
from latent_core.search._order import Order
from latent_core.titles import model_title
from pages.parts import loaders, state
from pages.parts.generate import search_link, search_result
from pages.parts.generate.search_found import entry
from pages.parts.headline import literal
from pages.parts.number_field import number_field
from pages.parts.spoken import quarters, spoken

BOX = "search"
ACCURACY, WORST, BUDGET = Limit(0.5, 0.999), Limit(0, 0.999), Limit(0, 10_000, whole=True)
EVERY = 0.5
"""s between two looks at a search that is under way."""
CUT = mark("A search was cut before it was done. Press Search again: it goes on where it was.")


def search_panel(model: Model) -> None:
    """Shows the order, the search under way, or what it has found.

    Args:
        model: what a button would search.
    """
    kept = state.box(BOX)
    kit = Kit(model.card, model.folder)
    st.subheader(t("Search: as much variety as stays recognisable"), anchor=False)
    st.markdown(
        t(
            "A search looks for the theta with the most varied pictures of which nearly all are still right. It runs "
            "on the server in the background; what it finds is painted into the picture of theta above and kept in "
            "your list. A search that was stopped goes on where it was when you ask for the same again."
        )
    )
    if not (kit.has(layout.RECONSTRUCTION_CLASSIFIER) and kit.has(layout.LATENT_CLASSIFIER)):
        st.info(
            t(
                "{model} has no classifier and scorer of its own, which a search asks: make them with {command}.",
                model=literal(model_title(model.card.title)), command=kit.command,
            )
        )  # fmt: skip
        return
    _order(model, kit, busy="job" in kept)
    if "job" in kept:
        _progress(kept)
        return
    # A warning is spoken by itself.
    spoken(BOX, "" if kept.get("sentence") else search_result.words(kept.get("result")))
    if kept.get("sentence"):
        st.warning(known(kept["sentence"]))
        if "cut" in kept:
            st.button(t("Search again"), key="search_again", on_click=_begin, args=(kept["cut"],))
    elif "result" in kept:
        search_result.result(kept["result"])


def _order(model: Model, kit: Kit, busy: bool) -> None:
    """What is searched for; each widget keeps its value while the page is shown."""
    names = [name for name, one in KINDS.items() if not kit.why_not(one.family)]
    with st.container(border=True, key="search_order"):
        left, middle, right = st.columns(3)
        kind = left.selectbox(
            t("What to search"), names, index=min(1, len(names) - 1), format_func=lambda name: known(KINDS[name].title),
            key="search_family",
        )  # fmt: skip
        accuracy = number_field(
            middle, t("Target accuracy"), ACCURACY, 0.995, "search_accuracy",
            help=t("Share of pictures that must be right, by the lower end of the 95 % interval."),
        )  # fmt: skip
        ways = optimisers(kind)
        optimiser = right.selectbox(
            t("Optimiser"), ways, key=f"search_by_{kind}",
            format_func=lambda name: known(OPTIMISERS.get(name, BISECTION).title),
        )  # fmt: skip
        st.caption(f"{known(KINDS[kind].meaning)} {known(OPTIMISERS.get(optimiser, BISECTION).meaning)}")
        with st.expander(t("Budget, weakest class and seed")):
            one, two, three = st.columns(3)
            budget = number_field(
                one, t("Budget"), BUDGET, 0, "search_budget",
                help=t("Settings that the optimiser may try; 0 leaves it to the optimiser."),
            )  # fmt: skip
            worst = number_field(two, t("Weakest class"), WORST, 0.98, "search_worst")
            seed = number_field(three, t("Search seed"), SEED, 1, "search_seed")
        order = {"model": model.slug, "kind": kind, "accuracy": accuracy, "worst": worst, "seed": int(seed)}
        order |= {"optimiser": optimiser if KINDS[kind].form.rounds else "", "budget": int(budget)}
        st.button(
            t("Search##a verb"), key="search_go", type="primary", icon=":material/travel_explore:", disabled=busy,
            on_click=_begin, args=(order,),
        )  # fmt: skip


def _begin(order: dict[str, Any]) -> None:
    """Starts a search, unless one is under way."""
    kept = state.box(BOX)
    if "job" in kept:
        return
    for name in ("sentence", "result", "cut"):
        kept.pop(name, None)
    try:
        Order(**order)
    except ValueError as problem:
        kept["sentence"] = f"{problem}."
    else:
        kept["link"] = search_link.to_text(order)
        state.keep_aside({state.SEARCH: kept["link"]}, (state.SEARCH,))
        kept["job"] = start_search(order, state.owner(), partial(loaders.remember_found, order))


def recall(kept: dict[str, Any], model: Model) -> None:
    """Takes up the search of this model that the link names: what it found, the job, or a word that it was cut."""
    link = state.aside()[0].get(state.SEARCH, "")
    order = search_link.read(link)
    if link and order is None:
        state.drop_aside(state.SEARCH, loaders.library())
    if link == kept.get("link", "") or "job" in kept or order is None or order["model"] != model.slug:
        return
    kept["link"] = link
    found, job = loaders.found(order), search_under_way(order)
    if found:  # by a search whose visitor was away: it is put into the list, and what is shown stays as it is
        kept["result"], kept["found"] = found, entry(found)
    elif job:
        kept["job"] = job.join()
    else:
        kept["sentence"], kept["cut"] = CUT, order


@st.fragment(run_every=EVERY)
def _progress(kept: dict[str, Any]) -> None:
    """How far the search is, its curve, and a way to stop it; runs by itself, so that the page is left alone."""
    job: Job[dict[str, Any]] | None = kept.get("job")
    if job is None or not job.running:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="search_progress"):
        searching = t("Searching {kind}", kind=known(KINDS[job.order["kind"]].title))
        said = f"{searching}: {100 * job.share:.0f} %" if job.share else t("Starting …")
        said = t("Others are searching; this search's turn comes …") if job.waiting else said
        st.progress(min(job.share, 1.0), text=said)
        spoken(BOX, said if job.waiting else quarters(searching, job.share))
        st.button(t("Cancel"), key="search_cancel", icon=":material/close:", on_click=_cancel, args=(kept,))
    search_result.so_far(points(job), job.order["accuracy"])


def _cancel(kept: dict[str, Any]) -> None:
    """Ends the search; its state stays for the next time it is asked for."""
    job: Job[dict[str, Any]] | None = kept.pop("job", None)
    if job:
        job.cancel()
        kept["sentence"] = mark("The search was cancelled. Ask for the same again and it goes on where it was.")
