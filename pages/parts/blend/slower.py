"""The slower ways to blend, below the mixer: a card with a button for each, progress while one works, its picture."""

from collections.abc import Hashable
from functools import partial
from typing import Any

import streamlit as st

from latent_core import slow
from latent_core.jobs.job import Job
from latent_core.jobs.slow_blend import slow_blend_under_way, start_slow_blend
from latent_core.language import known, mark, t
from latent_core.models import group_links
from latent_core.models.groups import WithGroups, named_in
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from pages.parts import loaders, state
from pages.parts.blend import slower_link, slower_result
from pages.parts.blend.inks import url
from pages.parts.headline import percent
from pages.parts.props import MadeProps
from pages.parts.spoken import quarters, spoken

KEY = "slow"
MADE = mark("{title}: done. The picture stands in the mixer, and with its figures below the buttons.")
CANCELLED = mark("Cancelled. What was there before stays.")
EVERY = 0.25
"""s between two looks at a job that is under way; nothing is looked at while none is."""

STYLE = """<style>
.st-key-slow_progress .stElementContainer:has(.stProgress) { flex: 1 1 12rem; }
</style>"""


def receive() -> None:
    """Takes over what has been made, or what the link names; the page calls it first."""
    kept = state.box(KEY)
    _recall(kept)
    _receive(kept)


def made(recipe: Recipe) -> MadeProps | None:
    """What the mixer shows in its large picture: a slower blend that was made of its own recipe."""
    kept = state.box(KEY)
    shown: slow.Finished | None = kept.get("shown")
    if shown is None or not slower_result.same(shown, recipe):
        return None
    title = known(slow.method(shown.recipe.method).TITLE)
    return MadeProps(picture=url(shown.picture), title=title, times=kept.get("times", 0))


def times_made() -> int:
    """How often something was made for this visit, or was there already."""
    times: int = state.box(KEY).get("times", 0)
    return times


def seen_of(model: Model, recipe: Recipe) -> Hashable:
    """What of a recipe is seen in `slow_blends`."""
    kept = state.box(KEY)
    shown: slow.Finished | None = kept.get("shown")
    same = shown is not None and slower_result.same(shown, recipe)
    return tuple(slow.why_not(name, model, recipe) for name in slow.names()), bool(recipe.where), same


def slow_blends(model: Model, recipe: Recipe) -> None:
    """Shows the methods, what is under way and what came of it.

    Args:
        model: the recipe's, with the visitor's groups.
        recipe: what a button would blend.
    """
    kept = state.box(KEY)
    st.html(STYLE)
    st.subheader(t("Slower ways to blend"), anchor=False)
    said = t("These take a second or more, so each waits for its button.")
    st.caption(f"{said} {t('They know no paint: each blends whole pictures.')}" if recipe.where else said)
    with st.container(key="slow_cards"):
        for name, column in zip(slow.names(), st.columns(len(slow.names())), strict=True):
            with column.container(border=True, height="stretch", key=f"slow_{name}"):
                _card(name, slow.why_not(name, model, recipe), busy="job" in kept)
    if "job" in kept:
        _progress(kept)
    else:
        spoken(KEY, "" if kept.get("sentence") else kept.get("end", ""))  # a warning is spoken by itself
        if kept.get("sentence"):
            st.warning(kept["sentence"])
    if "shown" in kept:
        slower_result.show(kept["shown"], recipe)


def _card(name: str, why_not: str, busy: bool) -> None:
    """One method: its button and what it does; the button rests while another one works or where it cannot be used."""
    about = slow.method(name)
    off = busy or bool(why_not)
    st.button(known(about.TITLE), key=f"slow_go_{name}", disabled=off, on_click=_begin, args=(name,), width="stretch")
    st.caption(known(about.MEANING))
    if why_not:
        st.markdown(f":small[{why_not}]")


def _begin(name: str) -> None:
    """Starts a job for the recipe of now, unless one is under way or the picture is known."""
    kept, recipe = state.box(KEY), state.recipe()
    if "job" in kept:
        return
    kept.pop("sentence", None)
    _note(kept, slower_link.to_text(name, recipe))
    groups = _groups(recipe)
    there = loaders.finished(name, recipe, groups)
    if there:
        _show(kept, there)
    else:
        keep = partial(loaders.remember, name, recipe, groups)
        kept["job"] = start_slow_blend(name, recipe, state.groups(), state.owner(), keep)


def _note(kept: dict[str, Any], link: str) -> None:
    """Puts into the link what was ordered, so that whoever comes back, in whatever session, finds it again."""
    kept["link"] = link
    state.keep_aside({state.SLOW: link} if link else {}, (state.SLOW,))


def _recall(kept: dict[str, Any]) -> None:
    """Takes up what the link names: a picture that was made, a job that works on it, or a word that it is gone."""
    link = state.aside()[0].get(state.SLOW, "")
    if link == kept.get("link", "") or "job" in kept:
        return
    kept["link"] = link
    kept.pop("sentence", None)
    ordered = slower_link.read(link, WithGroups(loaders.library(), state.groups()))
    if ordered is None:
        kept.pop("shown", None)
        if link:
            kept["link"] = ""
            state.drop_aside(state.SLOW, loaders.library())
        return
    name, recipe = ordered
    there = loaders.finished(name, recipe, _groups(recipe))
    job = slow_blend_under_way(name, recipe, state.groups())
    if there:
        kept["shown"] = there
    elif job:
        kept["job"] = job.join()
    else:
        kept.pop("shown", None)
        kept["sentence"] = known(slower_link.GONE).format(title=known(slow.method(name).TITLE))


def _groups(recipe: Recipe) -> str:
    """Those of the visitor's groups that the recipe is made of, as text."""
    return group_links.to_text(named_in(recipe, state.groups()))


def _receive(kept: dict[str, Any]) -> None:
    """Takes over what a job left that has ended; what it made is remembered by then."""
    job: Job[slow.Finished] | None = kept.get("job")
    if job is None or job.running:
        return
    if again := job.in_this_language(state.owner()):
        kept["job"] = again
        return
    del kept["job"]
    kept["sentence"] = job.sentence
    if job.finished:
        _show(kept, job.finished)
    else:
        _unnote(kept)


def _show(kept: dict[str, Any], finished: slow.Finished) -> None:
    """Shows what was asked for, in the mixer too."""
    kept["shown"] = finished
    kept["times"] = kept.get("times", 0) + 1
    kept["end"] = known(MADE).format(title=known(slow.method(finished.recipe.method).TITLE))


def _unnote(kept: dict[str, Any]) -> None:
    """What was ordered does not come; the link names what is still shown."""
    made: slow.Finished | None = kept.get("shown")
    _note(kept, slower_link.to_text(made.recipe.method, made.recipe) if made else "")


@st.fragment(run_every=EVERY)
def _progress(kept: dict[str, Any]) -> None:
    """How far the job is, and a way to stop it; runs by itself, so that the mixer is left alone meanwhile."""
    job: Job[slow.Finished] | None = kept.get("job")
    if job is None or not job.running:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="slow_progress"):
        title = known(slow.method(job.order["method"]).TITLE)
        said = t("{title}: {share}", title=title, share=percent(job.share, 0)) if job.share else t("Starting …")
        said = t("{title}: others are at work, this one's turn comes …", title=title) if job.waiting else said
        st.progress(job.share, text=said)
        spoken(KEY, said if job.waiting else quarters(title, job.share))
        st.button(t("Cancel"), key="slow_cancel", icon=":material/close:", on_click=_cancel, args=(kept,))


def _cancel(kept: dict[str, Any]) -> None:
    """Ends the job; the picture that was there before stays."""
    job: Job[slow.Finished] | None = kept.pop("job", None)
    if job:
        job.cancel()
        kept["end"] = known(CANCELLED)
        _unnote(kept)
