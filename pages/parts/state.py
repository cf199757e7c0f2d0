"""Every session key and query parameter of the app: the recipe, and where it came from. Nothing else touches either."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st

from latent_core.models import group_links
from latent_core.models.groups import Group, WithGroups
from latent_core.models.library import Library
from latent_core.recipes.recipe import Recipe, parse, with_model
from pages.parts.generate import link as generate_link
from pages.parts.map import link as map_link

RECIPE_KEYS = ("data", "model", "w", "theta", "n", "seed", "method", "depth", "k", "pattern")
RECIPE, WRITTEN, NONCE, SAID = "recipe", "written_query", "recipe_nonce", "recipe_said"
TOLD = "recipe_told"
CHOSEN, HEARD = "recipe_chosen_now", "recipe_heard_at"
PAGE, STAYED, BARE = "page", "page_stayed", "page_bare"
GROUPS = "group"
ASIDE_KEYS = (*map_link.KEYS, *generate_link.KEYS, GROUPS)
ASIDE, ASIDE_WRITTEN, ASIDE_NONCE = "aside", "written_aside", "aside_nonce"
"""What pages keep in the link beside the recipe: what the map shows, how the Generate page draws, and the groups."""


@dataclass(frozen=True)
class View:
    """What a page shows: the recipe, its nonce (changes when the recipe did not come from the mixer) and notices.

    told is what the mixer says about a recipe that it asked for; bare: no link with a theta has led to the page.
    """

    recipe: Recipe
    nonce: int
    said: tuple[str, ...]
    told: str = ""
    bare: bool = False


def view(library: Library) -> View:
    """The recipe of this visit: the link's when the link changed (deep link, Back), else the session's, else the first.

    The link holds the whole recipe from the first change on, so a reload, a dropped connection or a restart loses
    nothing. The bare address of a first visit stays bare: Back from there leaves Medley instead of being caught.
    A run that a control started shows that control's recipe: the browser sends its address along, and after two quick
    changes that address is still the one from before the first.
    """
    query = {key: value for key, value in st.query_params.to_dict().items() if key in RECIPE_KEYS}
    chosen_now = st.session_state.pop(CHOSEN, False)
    if not chosen_now:
        _read_aside()
    known, said = groups(library)
    catalogue = WithGroups(library, known)
    link_changed = query != st.session_state.get(WRITTEN) and (bool(query) or st.session_state.get(STAYED, False))
    if RECIPE not in st.session_state or (not chosen_now and link_changed):
        recipe, notices = parse(query, catalogue)
        _keep(recipe, [*notices, *said], foreign=True)
    elif not _still_there(st.session_state[RECIPE], library):
        _keep(*parse(st.session_state[RECIPE].to_json(), catalogue), foreign=True)
    write_link(library)
    return View(*(st.session_state[key] for key in (RECIPE, NONCE, SAID, TOLD, BARE)))


def recipe() -> Recipe:
    """The session's recipe; for callbacks, which run before the page's `view`."""
    found: Recipe = st.session_state[RECIPE]
    return found


def enter(page: str) -> None:
    """Notes which page runs; the frame calls it first. A page switch empties the address, as going Back to it can."""
    stayed = st.session_state.get(PAGE) == page
    bare = st.session_state.get(BARE, False) if stayed else "theta" not in st.query_params
    st.session_state.update({PAGE: page, STAYED: stayed, BARE: bare})


def take(values: Any, library: Library) -> None:
    """Keeps a recipe that the mixer sent; it is a visitor's input, so it is parsed like a link.

    The mixer shows it already, so it is told nothing, unless something in it could not be taken.
    """
    if not isinstance(values, dict):
        return
    recipe, said = parse(values, WithGroups(library, groups(library)[0]))
    taken = recipe.to_json() == {**recipe.to_json(), **values}
    _keep(recipe, [] if taken else said, foreign=not taken)
    st.session_state[CHOSEN] = True


def take_from_mixer(key: str, library: Library) -> Any:
    """Callback of the mixer with that widget key: takes the recipe that it sent; what it asks for beside that, or None.

    It comes as {"recipe": ..., "at": time, "link": the address's query string when it was sent, "ask": or not}.
    """
    sent = getattr(st.session_state.get(key), "settled", None)
    if not isinstance(sent, dict):
        return None
    st.session_state[HEARD] = sent.get("at")
    take(sent.get("recipe"), library)
    return sent.get("ask")


def catch_up(sent: Any, library: Library) -> bool:
    """Takes what the mixer sent when its callback was not called; True when there was something.

    After a restart of the server the browser's first message starts a session that knows no callbacks yet. That message
    may also hold an old value, so it counts only if it was sent from the very link that the new session began with.
    """
    if not isinstance(sent, dict) or sent.get("at") == st.session_state.get(HEARD):
        return False
    st.session_state[HEARD] = sent.get("at")
    link = {key: value for key, value in parse_qsl(str(sent.get("link", "")).lstrip("?")) if key in RECIPE_KEYS}
    if link != st.session_state.get(WRITTEN):
        return False
    take(sent.get("recipe"), library)
    return True


def choose_model(slug: str, library: Library) -> None:
    """Keeps the same recipe for another model; for callbacks of widgets."""
    _keep(with_model(st.session_state[RECIPE], slug, library), [], foreign=True)
    st.session_state[CHOSEN] = True


def put(recipe: Recipe, told: str = "") -> None:
    """Keeps a recipe that a page made (a preset, a lasso, a neighbour); told is what the mixer says about it."""
    _keep(recipe, [], foreign=True)
    st.session_state[TOLD] = told
    st.session_state[CHOSEN] = True


def aside() -> tuple[dict[str, str], int]:
    """What pages keep in the link beside the recipe, and a nonce that changes when a link brought it."""
    return st.session_state[ASIDE], st.session_state[ASIDE_NONCE]


def keep_aside(values: Mapping[str, str], keys: tuple[str, ...]) -> None:
    """Keeps these parameters in place of all those named by `keys`; for callbacks of components."""
    others = {key: value for key, value in st.session_state[ASIDE].items() if key not in keys}
    st.session_state[ASIDE] = {**others, **values}
    st.session_state[CHOSEN] = True


def sent(key: str, name: str) -> Any:
    """What the component with that widget key sent under that name, unchecked; None without anything."""
    return getattr(st.session_state.get(key), name, None)


def box(name: str) -> dict[str, Any]:
    """What a part keeps for this visit beside the link, empty at first; lost with the connection."""
    kept: dict[str, Any] = st.session_state.setdefault(name, {})
    return kept


def groups(library: Library) -> tuple[tuple[Group, ...], list[str]]:
    """The visitor's groups of all datasets, and a sentence where the link holds some that cannot be read."""
    rows = {slug.split("/", 1)[0]: card.rows for slug, card in library.model_cards.items()}
    return group_links.parse(st.session_state[ASIDE].get(GROUPS, ""), rows)


def keep_groups(kept: tuple[Group, ...], library: Library) -> None:
    """Keeps these groups; one that is gone leaves the recipe too."""
    keep_aside({GROUPS: group_links.to_text(kept)} if kept else {}, (GROUPS,))
    recipe, _ = parse(st.session_state[RECIPE].to_json(), WithGroups(library, kept))
    if recipe != st.session_state[RECIPE]:
        _keep(recipe, [], foreign=True)


def write_link(library: Library) -> None:
    """Puts the recipe and what pages keep beside it into the address bar; parameters that are not ours stay."""
    wanted = st.session_state[RECIPE].to_query()
    kept = dict(st.session_state.get(ASIDE, {}))
    have = st.query_params.to_dict()
    bare = not kept and not any(key in have for key in (*RECIPE_KEYS, *ASIDE_KEYS))
    if bare and st.session_state[RECIPE] == parse({}, library)[0]:
        wanted = {}
    others = {key: value for key, value in have.items() if key not in (*RECIPE_KEYS, *ASIDE_KEYS)}
    if have != {**others, **wanted, **kept}:
        st.query_params.from_dict({**others, **wanted, **kept})
    st.session_state[WRITTEN], st.session_state[ASIDE_WRITTEN] = wanted, kept


def _read_aside() -> None:
    """Takes over the link's parameters beside the recipe when they changed; a page switch empties the link, no more."""
    have = st.query_params.to_dict()
    query = {key: value for key, value in have.items() if key in ASIDE_KEYS}
    if ASIDE not in st.session_state or (have and query != st.session_state.get(ASIDE_WRITTEN)):
        st.session_state[ASIDE] = query
        st.session_state[ASIDE_NONCE] = st.session_state.get(ASIDE_NONCE, 0) + 1


def _keep(recipe: Recipe, said: list[str], foreign: bool) -> None:
    st.session_state.update({RECIPE: recipe, SAID: tuple(said), TOLD: ""})
    st.session_state[NONCE] = st.session_state.get(NONCE, 0) + foreign


def _still_there(recipe: Recipe, library: Library) -> bool:
    return recipe.data in library.datasets() and recipe.model in library.models(recipe.data)
