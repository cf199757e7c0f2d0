"""Every session key and query parameter: what a visit shows, and who wrote it last. Nothing else touches either."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from latent_core.language import ENGLISH, chosen_by, known, languages, mark
from latent_core.models import group_links
from latent_core.models.groups import Group, WithGroups
from latent_core.models.library import Library
from latent_core.models.reopening import reopened
from latent_core.recipes.recipe import Recipe, not_for, parse, with_model
from latent_core.recipes.theta import Theta
from latent_core.recipes.untrusted import finite, tame
from pages.parts import lessons, opening
from pages.parts.compare import link as compare_link
from pages.parts.directions import link as directions_link
from pages.parts.generate import link as generate_link
from pages.parts.map import link as map_link
from pages.parts.quiz import link as quiz_link

VISIT, PLACE, LANGUAGE = "visit", "place", "language"
"""The session's own keys; widgets and `box` have others."""
LANG = "lang"
"""The query parameter of a language that was chosen by hand; without it the browser's own is spoken."""
GROUPS = group_links.KEY
RECIPE_KEYS = ("data", "model", "w", "theta", "n", "seed", "method", "depth", "k", "pattern", "where")
SLOW, SEARCH = "slow", "search"
VARIED = "generate"
"""The page that begins with a variety of its own where nobody has chosen one; its link says none until then."""
BEFORE = "before"
"""The amounts before those of the recipe were evened out, as in `w`."""
ASIDE_KEYS = (
    *map_link.KEYS, *generate_link.KEYS, *compare_link.KEYS, *directions_link.KEYS, *quiz_link.KEYS, *lessons.KEYS,
    GROUPS, SLOW, SEARCH,
)  # fmt: skip
"""What pages keep in the link beside the recipe: what the map shows, how the Generate page draws, how the models of the
Compare page stand, where one stands on the Directions page, which quiz is played, a lesson, the groups, and which
slower blend and search were ordered last."""
OF_A_DATASET = (*directions_link.KEYS, "between", "focus", "row", "beside")
"""Those that mean nothing in another dataset, which has other classes, pictures and models."""


_running = threading.local()
"""Whose script this thread runs, and in which language: hundreds of sentences of a run ask."""
EVENED_ELSEWHERE = mark("The amounts were evened out for {model} and stay with it; these are those from before.")
NOT_OPENED = mark("{name} was not opened: {why}. What was here stays.")


class Writer(Enum):
    """Who wrote what is shown: a link (or Back), the mounted component, or the server's own part of the page."""

    LINK = auto()
    COMPONENT = auto()
    PAGE = auto()


@dataclass
class Visit:
    """What a visit shows.

    revision: grows whenever somebody else than the mounted component has written. A component takes over what it is
    told when this has grown, and only then: its own words come back late, when the hand may have moved on already.
    address: our parameters as the last run left them in the address bar; others there mean a link, Back or Forward.
    outdated: the link that came with what was written last, until the address bar is known to say that: after two quick
    changes it is the one from before the first. Any other link is newer (Back, pressed at once).
    notices: what of a link was not taken; told: what the mixer says about a recipe that it asked for.
    heard: the time on the last message under each name; used: (dataset, number) of every group that there was.
    evened: the recipes before and after the amounts were evened out last; bare: the page on which the visit began
    without a link.
    """

    recipe: Recipe
    aside: dict[str, str]
    groups: tuple[Group, ...]
    notices: tuple[str, ...] = ()
    told: str = ""
    revision: int = 1
    address: dict[str, str] | None = None
    outdated: dict[str, str] | None = None
    heard: dict[str, Any] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)
    evened: tuple[Recipe, Recipe] | None = None
    bare: str | None = None

    def __post_init__(self) -> None:
        self.group(self.groups)

    def group(self, groups: tuple[Group, ...]) -> None:
        """Knows these groups."""
        self.groups = groups
        self.used |= {(group.dataset, group.number) for group in groups}

    def open(self, by: Writer, other: "Visit") -> None:
        """Shows what another visit begins with."""
        self.aside = other.aside
        self.evened = other.evened or self.evened
        self.group(other.groups)
        self.write(by, other.recipe, other.notices)

    def write(self, by: Writer, recipe: Recipe, notices: Iterable[str] = (), told: str = "") -> None:
        """Shows another recipe."""
        self.recipe, self.notices, self.told = recipe, tuple(notices), told
        self._written(by)

    def write_aside(self, by: Writer, aside: Mapping[str, str]) -> None:
        """Keeps other parameters beside the recipe."""
        self.aside = dict(aside)
        self._written(by)

    def _written(self, by: Writer) -> None:
        self.revision += by is not Writer.COMPONENT
        self.outdated = None if by is Writer.LINK else _link()


@dataclass(frozen=True)
class Place:
    """The page that runs, whether it ran before, and whether it is bare: no link with a theta led to it and nothing was
    settled on it.
    """

    page: str
    stayed: bool
    bare: bool


@dataclass(frozen=True)
class View:
    """What a page shows: the recipe, the visit's revision as `nonce`, and notices; see `Visit` and `Place`.

    moves: it is what the bare address opens, which moves by itself until somebody touches it.
    """

    recipe: Recipe
    nonce: int
    said: tuple[str, ...]
    told: str = ""
    bare: bool = False
    stayed: bool = False
    moves: bool = False


def language() -> str:
    """The code of the visit's language: the link's, else what the browser asks for; another one loads a page anew."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return ENGLISH
    if getattr(_running, "session", None) == context.session_id:
        return str(_running.code)
    if LANGUAGE not in st.session_state:
        wanted = st.query_params.get(LANG, "")
        by_hand = wanted in languages()
        code = wanted if by_hand else chosen_by(st.context.headers.get("Accept-Language", ""))
        st.session_state[LANGUAGE] = code, by_hand
    _running.code, _ = st.session_state[LANGUAGE]
    _running.session = context.session_id
    return str(_running.code)


def unknown_language() -> str:
    """The language of the link that is none of ours, "" without one; says so once."""
    wanted = st.query_params.get(LANG, "")
    if wanted in ("", *languages()):
        return ""
    del st.query_params[LANG]
    return wanted[:40]


def enter(page: str) -> None:
    """Notes which page runs; the frame calls it first."""
    before: Place | None = st.session_state.get(PLACE)
    stayed = before is not None and before.page == page
    bare = before.bare if before and stayed else "theta" not in st.query_params
    st.session_state[PLACE] = Place(page, stayed, bare)


def page_is_there() -> None:
    """Notes that the page that runs is there; a part of it that runs by itself next finds it so."""
    st.session_state[PLACE] = replace(st.session_state[PLACE], stayed=True)


def view(library: Library) -> View:
    """What this visit shows: what the link says when the link changed (deep link, Back), else the session's own.

    The link holds everything from the first change on, so a reload, a dropped connection or a restart loses nothing.
    The bare address of a first visit stays bare: Back from there leaves Medley instead of being caught.
    """
    link = _link()
    place: Place | None = st.session_state.get(PLACE)
    if VISIT not in st.session_state:
        st.session_state[VISIT] = _opened(link, library)
        _visit().bare = place.page if place is not None and not link else None
    visit = _visit()
    # A page switch empties the address, and quick ones leave such addresses behind in the browser's history: an empty
    # one says something only on the page on which the visit began with it.
    began = place is not None and place.stayed and place.page == visit.bare
    moved = link not in (visit.address, visit.outdated) and (bool(link) or began)
    if visit.address is not None and moved:
        visit.open(Writer.LINK, _opened(link, library))
        if place is not None:
            st.session_state[PLACE] = place = replace(place, bare="theta" not in link)
    elif not _available(visit, library):
        visit.open(Writer.PAGE, _opened({**visit.recipe.to_query(), **visit.aside}, library))
    write_link(library)
    bare, stayed = (place.bare, place.stayed) if place is not None else (False, False)
    moves = not visit.aside and opening.moves(visit.address or {}, library)
    return View(visit.recipe, visit.revision, visit.notices, visit.told, bare, stayed, moves)


def write_link(library: Library) -> None:
    """Puts what is shown into the address bar; parameters that are not ours stay."""
    visit, link = _visit(), _link()
    wanted = {**visit.recipe.to_query(), **visit.aside, **_before(visit)}
    place: Place | None = st.session_state.get(PLACE)
    if place is not None and place.page == VARIED and place.bare and visit.recipe.theta == Theta():
        wanted.pop("theta", None)
    if not link and not visit.aside and visit.recipe == _opened({}, library).recipe:
        wanted = {}
    code, by_hand = st.session_state.get(LANGUAGE, (ENGLISH, False))
    if link != wanted or (by_hand and st.query_params.get(LANG) != code):
        others = {key: value for key, value in st.query_params.to_dict().items() if key not in link}
        others |= {LANG: code} if by_hand else {}
        st.query_params.from_dict({**others, **wanted})
    visit.address, visit.outdated = wanted, None


def _before(visit: Visit) -> dict[str, str]:
    """The amounts before, as long as the evened ones are shown: a reload must know whose they are."""
    before, after = visit.evened or (visit.recipe, visit.recipe)
    shown = (visit.recipe.slug, visit.recipe.w) == (after.slug, after.w) and before.w != after.w
    return {BEFORE: before.to_query()["w"]} if shown else {}


def recipe() -> Recipe:
    """The session's recipe; for callbacks, which run before the page's `view`."""
    return _visit().recipe


def take(values: Any, library: Library) -> None:
    """Shows a recipe that a component sent; it is a visitor's input, so it is parsed like a link.

    The component shows it already, so it is told nothing, unless something in it could not be taken.
    """
    if not isinstance(values, dict):
        return
    recipe, notices = parse(values, WithGroups(library, groups()))
    recipe, _ = _without_evening(recipe)
    taken = recipe.to_json() == {**recipe.to_json(), **values}
    place: Place | None = st.session_state.get(PLACE)
    if place is not None:
        st.session_state[PLACE] = replace(place, bare=False)
    _visit().write(Writer.COMPONENT if taken else Writer.PAGE, recipe, () if taken else notices)


def take_from_mixer(key: str, library: Library) -> Any:
    """Callback of the mixer with that widget key: takes the recipe that it sent; what it asks for beside that, or None.

    It comes as {"recipe": ..., "at": time, "link": the address's query string when it was sent, "ask": or not}.
    """
    message = heard(key, "settled")
    if message is None:
        return None
    take(message.get("recipe"), library)
    return message.get("ask")


def catch_up(given: Any, library: Library) -> Any:
    """What the mixer sent when its callback was not called, its recipe taken; None when there was nothing."""
    message = late("settled", given)
    if message is not None:
        take(message.get("recipe"), library)
    return message


def reopen(key: str, library: Library) -> None:
    """Callback of the mixer with that widget key: shows the recipe of a file that was opened in the browser, or says
    why not; what was there stays then.

    It comes as {"text": the recipe as the file holds it, "file": its name, "at": time, "link": ...}.
    """
    message = heard(key, "opened", once=True)
    if message is None:
        return
    visit = _visit()
    try:
        opened, kept, said = reopened(str(message.get("text")), library, visit.groups, visit.used)
    except ValueError as why:
        put(visit.recipe, known(NOT_OPENED).format(name=str(message.get("file"))[:80], why=str(why).rstrip(".")))
        return
    if kept != visit.groups:
        keep_groups(kept, library)
    put(opened, said)


def heard(key: str, name: str, once: bool = False) -> dict[str, Any] | None:
    """For callbacks: the message that the component with that widget key sent under that name, None for anything else.

    Messages hold {"at": time, "link": the address's query string when it was sent}, so that `late` knows them.

    Args:
        once: one that comes again after an outage, under its old time, is not taken twice.
    """
    visit, message = _visit(), _message(sent(key, name))
    if message is None or (once and message["at"] == visit.heard.get(name)):
        return None
    visit.heard[name] = message["at"]
    return message


def late(name: str, given: Any) -> dict[str, Any] | None:
    """What a component sent under that name when its callback was not called; None when there was nothing.

    After a restart of the server the browser's first message starts a session that knows no callbacks yet. That message
    may also hold an old value, so it counts only if it was sent from the very link that the new session began with.
    """
    visit, message = _visit(), _message(given)
    if message is None or message["at"] == visit.heard.get(name):
        return None
    visit.heard[name] = message["at"]
    return message if from_this_link(message) else None


def from_this_link(message: Mapping[str, Any]) -> bool:
    """Whether a message was sent from the link that is in the address bar now."""
    return ours(dict(parse_qsl(str(message.get("link", "")).lstrip("?")))) == _visit().address


def _message(given: Any) -> dict[str, Any] | None:
    """A component's message with the time of it, or None for anything else."""
    message = tame(given)
    return message if isinstance(message, dict) and finite(message.get("at")) is not None else None


def choose_model(slug: str, library: Library) -> None:
    """Shows the same recipe with another model; for callbacks of widgets."""
    if slug.partition("/")[0] != recipe().data:
        keep_aside({}, OF_A_DATASET)
    before = recipe()
    chosen, evened = _without_evening(with_model(before, slug, library))
    lost = not_for(before.method, library.latent_kind(chosen.data, chosen.model))
    put(chosen, " ".join(sentence for sentence in (lost, evened) if sentence))


def put_from_gallery(recipe: Recipe) -> None:
    """Shows a recipe of the gallery."""
    if recipe.data != _visit().recipe.data:
        keep_aside({}, OF_A_DATASET)
    put(recipe)


def put_evened(evened: Recipe, told: str) -> None:
    """Shows the recipe of now with amounts that were evened out, and what is said about them."""
    _visit().evened = recipe(), evened
    put(evened, told)


def _without_evening(recipe: Recipe) -> tuple[Recipe, str]:
    """The recipe, with the amounts from before where they were evened out for another model, and a sentence about that.

    They show that model's weakest class best; with them every other one would look the worse.
    """
    before, after = _visit().evened or (recipe, recipe)
    if recipe.slug == after.slug or (recipe.data, recipe.w) != (after.data, after.w) or before.w == after.w:
        return recipe, ""
    return replace(recipe, w=before.w), known(EVENED_ELSEWHERE).format(model=after.model)


def put(recipe: Recipe, told: str = "") -> None:
    """Shows a recipe that a page made (a preset, a lasso, a neighbour); told is what the mixer says about it."""
    _visit().write(Writer.PAGE, recipe, told=told)


def aside() -> tuple[dict[str, str], int]:
    """What pages keep in the link beside the recipe, and the visit's revision."""
    return _visit().aside, _visit().revision


def keep_aside(values: Mapping[str, str], keys: tuple[str, ...]) -> None:
    """Keeps these parameters in place of all those named by `keys`; for callbacks of components."""
    others = {key: value for key, value in _visit().aside.items() if key not in keys}
    _visit().write_aside(Writer.COMPONENT, {**others, **values})


def drop_aside(key: str, library: Library) -> None:
    """Takes a parameter that says nothing out of the link, while a page runs."""
    keep_aside({}, (key,))
    write_link(library)


def groups() -> tuple[Group, ...]:
    """The visitor's groups, of all datasets."""
    return _visit().groups


def used_numbers(dataset: str) -> set[int]:
    """Numbers of all groups of the dataset that this visit has had, those that are gone included."""
    return {number for slug, number in _visit().used if slug == dataset}


def keep_groups(kept: tuple[Group, ...], library: Library) -> None:
    """Keeps these groups; one that is gone leaves the recipe too."""
    visit = _visit()
    visit.group(kept)
    keep_aside({GROUPS: group_links.to_text(kept)} if kept else {}, (GROUPS,))
    recipe, _ = parse(visit.recipe.to_json(), WithGroups(library, kept))
    if recipe != visit.recipe:
        visit.write(Writer.COMPONENT, recipe)


def sent(key: str, name: str) -> Any:
    """What the component with that widget key sent under that name: tame JSON, None without anything."""
    return tame(getattr(st.session_state.get(key), name, None))


def typed(key: str) -> str | None:
    """What stands in the text field with that widget key; None where it is not on the page."""
    text = st.session_state.get(key)
    return text if isinstance(text, str) else None


def type_into(key: str, text: str) -> None:
    """Puts a text into the text field with that widget key; for callbacks."""
    st.session_state[key] = text


def owner() -> str:
    """Whom work is done for: the visitor's network address, "" where it is this machine's or unknown."""
    return st.context.ip_address or ""


def box(name: str) -> dict[str, Any]:
    """What a part keeps for this visit beside the link, empty at first; lost with the connection."""
    kept: dict[str, Any] = st.session_state.setdefault(name, {})
    return kept


def _visit() -> Visit:
    found: Visit = st.session_state[VISIT]
    return found


def _link() -> dict[str, str]:
    """Our parameters in the address bar."""
    return ours(st.query_params.to_dict())


def ours(query: Mapping[str, str]) -> dict[str, str]:
    """Those of a query string that are Medley's."""
    return {key: value for key, value in query.items() if key in (*RECIPE_KEYS, *ASIDE_KEYS, BEFORE)}


def _opened(link: Mapping[str, str], library: Library) -> Visit:
    """A visit that begins with this link: the one place where a link is parsed."""
    link = opening.meant(link, library)
    beside = {key: value for key, value in link.items() if key in ASIDE_KEYS}
    found, unread = group_links.parse(beside.get(GROUPS, ""), library.rows(), library.marks())
    values = {key: value for key, value in link.items() if key in RECIPE_KEYS}
    catalogue = WithGroups(library, found)
    recipe, notices = parse(values, catalogue)
    visit = Visit(recipe, beside, found, (*notices, *unread))
    if link.get(BEFORE) and not notices:
        before, faults = parse({**values, "w": link[BEFORE]}, catalogue)
        visit.evened = None if faults else (before, recipe)
    return visit


def _available(visit: Visit, library: Library) -> bool:
    """Whether the model and the groups' rows are still there: folders may change while the app runs."""
    rows = library.rows()
    marks = library.marks()
    grouped = all(
        group.rows[-1] < rows.get(group.dataset, 0) and group.mark in ("", marks.get(group.dataset))
        for group in visit.groups
    )
    return visit.recipe.slug in library.model_cards and grouped
