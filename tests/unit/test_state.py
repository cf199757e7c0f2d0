"""What a visit shows and who wrote it last: links, Back, page switches, quick changes, and a restarted server."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest

from latent_core.models import group_links
from latent_core.models.group_links import pack
from latent_core.models.groups import WithGroups
from latent_core.models.library import Library
from latent_core.recipes.recipe import Recipe, parse
from pages.parts import opening, state
from pages.parts.blend.first_picture import first_picture
from pages.parts.directions import view as directions_view
from pages.parts.map import view as map_view
from tests import shipped

LINK = {"data": "mnist", "w": "3:50"}


class Query(dict):
    """Streamlit's query parameters, as far as they are used."""

    def to_dict(self) -> dict[str, str]:
        """A copy."""
        return dict(self)

    def from_dict(self, values: dict[str, str]) -> None:
        """Puts others in their place."""
        self.clear()
        self.update(values)


class Session:
    """A visitor's session without a browser: `run` is a script run that the browser asks for from an address."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.streamlit = SimpleNamespace(session_state={}, query_params=Query())

    def run(self, address: dict[str, str] | None = None, page: str = "", change: Callable[[], Any] | None = None):
        """The view of one run.

        Args:
            address: what stands in the address bar when the browser asks; by default what the last run left there.
            change: a callback, which Streamlit calls before the script.
        """
        if address is not None:
            self.streamlit.query_params = Query(address)
        if change:
            change()
        state.enter(page)
        state.view(self.library)
        return state.view(self.library)  # the frame asks, and then the page

    @property
    def address(self) -> dict[str, str]:
        """What stands in the address bar."""
        return self.streamlit.query_params.to_dict()

    def amounts(self, **amounts: float) -> Callable[[], None]:
        """A callback: the mixer sends the recipe of now with these amounts of classes c0, c1 ..."""
        w = {name.removeprefix("c"): amount for name, amount in amounts.items()}
        return lambda: state.take({**state.recipe().to_json(), "w": w}, self.library)


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped models."""
    return shipped.library()


@pytest.fixture
def session(library: Library, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A fresh session."""
    session = Session(library)
    monkeypatch.setattr(state, "st", session.streamlit)
    return session


def names(recipe: Recipe) -> list[str]:
    """Chosen classes."""
    return [name for name, _ in recipe.w]


def test_the_bare_address_of_a_first_visit_stays_bare(session: Session) -> None:
    first = session.run({"utm": "x"})
    assert session.address == {"utm": "x"} and first.bare and first.said == ()
    session.run(change=session.amounts(c3=50, c4=50))
    assert session.address["w"] == "3:50,4:50" and session.address["utm"] == "x"


def test_the_bare_address_opens_what_a_first_visit_sees_and_links_mean_what_they_always_meant(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(opening.VARIABLE, raising=False)
    monkeypatch.setattr(opening, "USUAL", "fashion")

    def opened(address: dict[str, str], page: str = "") -> tuple[state.View, dict[str, str]]:
        session = Session(library)
        monkeypatch.setattr(state, "st", session.streamlit)
        return session.run(address, page), session.address

    first, address = opened({"utm": "x"})
    assert first.recipe.data == "fashion" and first.moves and address == {"utm": "x"} and not first.said
    assert names(first.recipe) == sorted(library.start("fashion")[1], key=library.classes("fashion").index)
    for old in ({"w": "3:50,8:50"}, {"model": "mmd-20"}, {"theta": "0.4"}):
        view, address = opened(old)
        assert view.recipe.data == "mnist" and not view.moves and not view.said and address["data"] == "mnist"
    assert opened({}, "map")[0].recipe.data == "fashion", "the bare address of another page"
    assert first_picture({}).recipe == first.recipe and first_picture({"theta": "0.4"}).recipe.data == "mnist"
    monkeypatch.setenv(opening.VARIABLE, "omniglot")
    assert (opened({})[0].recipe.data, opened({})[0].moves) == ("omniglot", False)
    monkeypatch.setenv(opening.VARIABLE, "nothing")
    assert opened({})[0].recipe.data == "mnist"


def test_back_to_the_bare_address_is_back_to_the_first_visit_and_a_change_ends_its_motion(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(opening.VARIABLE, raising=False)
    monkeypatch.setattr(opening, "USUAL", "omniglot")
    first = session.run({})
    changed = session.run(change=lambda: state.put(replace(state.recipe(), n=2)))
    assert first.moves and not changed.moves and session.address["data"] == "omniglot"
    back = session.run({})
    assert back.recipe == first.recipe and session.address == {}
    other = session.run({}, "map")
    assert other.recipe == first.recipe and session.address == {}, "another page keeps what is shown, which is its own"


def test_back_brings_the_recipe_of_the_address_and_at_last_the_first(session: Session) -> None:
    first = session.run({})
    one = session.run(change=session.amounts(c1=10))
    address = session.address
    session.run(change=session.amounts(c2=10))
    assert session.run(address).recipe == one.recipe
    assert session.run({}).recipe == first.recipe
    assert session.address == {}


def test_back_pressed_while_a_change_is_being_answered_wins(session: Session) -> None:
    """The run of the change has taken it and is stopped before it shows anything; Back asks for the next one."""
    session.run({})
    one = session.run(change=session.amounts(c1=10))
    address = session.address
    session.run(change=session.amounts(c2=10))
    session.amounts(c3=10)()
    assert session.run(address).recipe == one.recipe


def test_back_to_the_bare_address_of_the_map_is_not_caught(session: Session) -> None:
    session.run({}, "map")
    session.run(page="map", change=lambda: state.keep_aside({"view": "pca2"}, ("view",)))
    assert session.address["view"] == "pca2"
    session.run({}, "map")
    assert session.address == {} and state.aside()[0] == {}


def test_a_page_switch_empties_the_address_and_loses_nothing(session: Session) -> None:
    session.run(LINK | {"view": "pca2"})
    assert names(session.run({}, "map").recipe) == ["3"]
    assert session.address["view"] == "pca2"
    assert not session.run(session.address | {"theta": "0.4"}, "map").said


def test_back_to_an_address_that_a_quick_page_switch_left_empty_shows_no_recipe_that_nobody_chose(
    session: Session,
) -> None:
    session.run(LINK | {"theta": "0.4"})
    session.run({}, "map")
    session.run({}, "")
    view = session.run({}, "")
    assert names(view.recipe) == ["3"] and view.recipe.theta.scale == 0.4 and session.address["theta"] == "0.4"


def test_of_two_quick_changes_the_second_counts(session: Session) -> None:
    session.run(LINK)
    before = session.address
    session.run(change=session.amounts(c1=10))
    assert names(session.run(before, change=session.amounts(c2=10)).recipe) == ["2"]
    assert session.address["w"] == "2:10"


def test_a_component_takes_over_what_others_wrote_and_nothing_else(session: Session, library: Library) -> None:
    seen = [session.run(LINK).nonce]

    def grew(address: dict[str, str] | None = None, change: Callable[[], Any] | None = None) -> bool:
        seen.append(session.run(address, change=change).nonce)
        return seen[-1] > seen[-2]

    assert not grew()
    assert not grew(change=session.amounts(c1=10))
    assert not grew(change=lambda: state.keep_aside({"view": "pca2"}, ("view",)))
    assert grew(change=session.amounts(c1=1000))
    assert grew(change=lambda: state.put(state.recipe(), "said"))
    assert grew(change=lambda: state.choose_model("mnist/elbo-20", library))
    assert grew(session.address | {"view": "umap3"})
    assert grew(LINK)
    assert not grew()


def test_what_the_mixer_is_told_ends_with_the_next_change(session: Session) -> None:
    session.run(LINK)
    assert session.run(change=lambda: state.put(state.recipe(), "said")).told == "said"
    assert session.run(change=session.amounts(c1=10)).told == ""


def test_evened_amounts_stay_with_their_model(session: Session, library: Library) -> None:
    session.run(LINK | {"w": "3:50,8:50", "model": "elbo-20"})
    before, evened = state.recipe().w, (("3", 30.0), ("8", 100.0))
    session.run(change=lambda: state.put_evened(replace(state.recipe(), w=evened), "Evened out"))
    link = session.address
    view = session.run(change=lambda: state.choose_model("mnist/mmd-20", library))
    assert view.recipe.w == before and "elbo-20" in view.told and "before" not in session.address
    session.streamlit.session_state.clear()  # a reload, or the link in another browser
    assert session.run(link).recipe.w == evened and session.address == link
    view = session.run(change=lambda: state.choose_model("mnist/mmd-20", library))
    assert view.recipe.w == before and "elbo-20" in view.told
    view = session.run(
        change=lambda: state.take({**state.recipe().to_json(), "model": "elbo-20", "w": dict(evened)}, library)
    )
    assert view.recipe.w == evened and view.told == ""  # undo brings them back where they belong
    view = session.run(change=lambda: state.take({**state.recipe().to_json(), "model": "mmd-10"}, library))
    assert view.recipe.w == before
    session.run(change=session.amounts(c3=30, c8=99))
    assert session.run(change=lambda: state.choose_model("mnist/elbo-20", library)).recipe.w == (
        ("3", 30.0),
        ("8", 99.0),
    )


@pytest.mark.parametrize("before", ["", "3:nan", "nope:5", "3:50,8:50" * 999, "3:30,8:100"])
def test_amounts_before_that_cannot_be_are_as_good_as_none(session: Session, library: Library, before: str) -> None:
    session.run(LINK | {"w": "3:30,8:100", "model": "elbo-20", "before": before})
    assert "before" not in session.address
    view = session.run(change=lambda: state.choose_model("mnist/mmd-20", library))
    assert dict(view.recipe.w) == {"3": 30, "8": 100} and view.told == ""


def test_where_one_stands_means_nothing_in_another_dataset(session: Session, library: Library) -> None:
    there = {"dir": "pc1:1", "change": "3,8:0.5", "row": "7", "focus": "3", "beside": "elbo-20", "between": "3,8"}
    kept = {"view": "pca3", "sort": "name", "mode": "medium1"}
    session.run({**LINK, **there, **kept})
    session.run(change=lambda: state.choose_model("mnist/mmd-20", library))
    assert there.items() <= session.address.items()
    session.run(change=lambda: state.choose_model("fashion/mmd-16", library))
    assert session.address["data"] == "fashion" and not there.keys() & session.address.keys()
    assert kept.items() <= session.address.items(), "how things are looked at stays"
    animals = {"data": "animals", "model": "elbo-48", "w": "Cat:50", "theta": "0"}
    view = session.run({**animals, **there, "row": "9"})
    assert view.recipe.data == "animals" and session.address["row"] == "9", "a link brings its own"
    placed, said = directions_view.placed(view.recipe, shipped.model("animals/elbo-48"))
    assert placed.change.begin == "Cat" and len(said) == 2, "what it says of another dataset's classes is not taken"
    session.run({**animals, "w": "Cat:50,Dog:50"})
    assert not {*there, *kept} & session.address.keys(), "a link that says nothing has nothing of the one before"


def test_a_link_with_a_variety_of_0_means_it_also_where_the_bare_page_begins_with_more(session: Session) -> None:
    assert session.run({}, "generate").bare
    assert not session.run({"data": "fashion", "model": "mmd-16", "w": "Bag:50", "theta": "0"}, "generate").bare


def test_where_a_page_begins_with_its_own_variety_the_link_says_none_until_one_is_chosen(session: Session) -> None:
    session.run({"data": "fashion", "model": "mmd-16", "w": "Bag:50", "theta": "0"})
    came = session.run({}, "generate")
    assert came.bare and came.recipe.data == "fashion" and "theta" not in session.address, "a reload shows the same"
    settled = {**state.recipe().to_json(), "theta": 0}
    chosen = session.run(page="generate", change=lambda: state.take(settled, session.library))
    assert not chosen.bare and session.address["theta"] == "0", "0, chosen by hand"


def test_groups_come_from_the_link_and_a_dropped_one_leaves_the_recipe(session: Session, library: Library) -> None:
    view = session.run({"w": "3:50,Group%201:50", "group": f"mnist:1.{pack([1, 2, 3])};../x:2.eJw"})
    assert names(view.recipe) == ["3", "Group 1"]
    assert view.said == ("1 of the groups in the link could not be read and were left out.",)
    view = session.run(change=lambda: state.keep_groups((), library))
    assert names(view.recipe) == ["3"] and "group" not in session.address
    assert state.used_numbers("mnist") == {1}


def test_a_model_that_went_away_is_replaced_with_a_sentence(session: Session, library: Library) -> None:
    session.run(LINK | {"model": "elbo-20"})
    cards = {slug: card for slug, card in library.model_cards.items() if slug != "mnist/elbo-20"}
    session.library = Library(library.dataset_cards, cards)
    view = session.run()
    assert view.recipe.model != "elbo-20" and names(view.recipe) == ["3"] and view.said


def test_a_link_is_parsed_when_it_changed_and_never_twice(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[dict[str, str]] = []
    parse = state.parse
    monkeypatch.setattr(state, "parse", lambda values, *more: parsed.append(dict(values)) or parse(values, *more))
    session.run(LINK)
    assert parsed == [LINK]
    session.run()
    assert parsed == [LINK]


def test_the_first_message_after_a_restart_is_taken_once(session: Session) -> None:
    view = session.run(LINK)
    link = "?" + "&".join(f"{key}={value}" for key, value in session.address.items())
    sent = {"recipe": {**view.recipe.to_json(), "w": {"3": 50, "4": 50}}, "at": 5, "link": link}
    assert state.catch_up(sent, session.library)
    assert names(state.recipe()) == ["3", "4"]
    assert not state.catch_up(sent, session.library)


@pytest.mark.parametrize(
    "sent", [None, "text", 7, {}, {"at": 5}, {"recipe": {"w": {"4": 9}}, "at": 5, "link": "?w=8:1"}]
)
def test_old_or_foreign_messages_change_nothing(session: Session, sent: object) -> None:
    before = session.run(LINK).recipe
    assert not state.catch_up(sent, session.library)
    assert state.recipe() == before


@pytest.mark.parametrize("at", [float("nan"), float("inf"), [float("nan")], {"nan": 1}, None, True, 10**400], ids=repr)
def test_a_message_without_a_time_is_not_taken(session: Session, at: object) -> None:
    """NaN is never the time that was heard last, so such a message made the page run again for ever."""
    before = session.run(LINK).recipe
    link = "?" + "&".join(f"{key}={value}" for key, value in session.address.items())
    sent = {"recipe": {**before.to_json(), "w": {"4": 50}}, "at": at, "link": link}
    assert not state.catch_up(sent, session.library) and state.recipe() == before
    session.streamlit.session_state["mixer"] = SimpleNamespace(settled=sent)
    assert state.take_from_mixer("mixer", session.library) is None and state.recipe() == before


@pytest.mark.parametrize("here", [True, False])
def test_what_was_chosen_while_the_server_was_away_is_taken_from_this_link_alone(
    session: Session, monkeypatch: pytest.MonkeyPatch, here: bool
) -> None:
    """The map's choice and k, by a server that came back as a new one: its first run finds the message, or a callback
    hears it again, under whatever number the old server had given to what the browser showed."""
    session.run(LINK)
    link = "?" + "&".join(f"{key}={value}" for key, value in session.address.items()) if here else "?w=8:1"
    sent = {"k": 7, "projection": "pca", "dims": 3, "nonce": 99, "at": 5, "link": link}
    assert (state.late("map", sent) == sent) if here else state.late("map", sent) is None
    assert state.late("map", sent) is None, "once"
    session.streamlit.session_state |= {map_view.KEY: SimpleNamespace(map=sent | {"at": 6})}
    kept: list[Any] = []
    monkeypatch.setattr(map_view, "_keep", lambda message, *more: kept.append(message["at"]))
    map_view._chosen(SimpleNamespace(), [])  # type: ignore[arg-type]
    assert kept == ([6] if here else [])
    assert state.late("map", sent | {"at": 6}) is None, "a callback has heard it"
    assert state.heard(map_view.KEY, "map") and state.heard(map_view.KEY, "map", once=True) is None


@pytest.mark.parametrize("data", ["animals", "mnist"])
def test_where_one_stands_comes_back_after_an_outage_in_the_dataset_that_it_was_in(session: Session, data: str) -> None:
    link = {"data": "animals", "model": "elbo-48", "w": "Cat:50,Dog:50", "theta": "0"}
    recipe, model = session.run(link).recipe, shipped.model("animals/elbo-48")
    told = {**session.address, "data": data}
    message = {"tool": "numbers", "start": "Dog", "dir": "dim3:-1", "nonce": 99, "at": 5, "link": f"?{urlencode(told)}"}
    session.streamlit.session_state[directions_view.KEY] = SimpleNamespace(place=message)
    session.run(change=lambda: directions_view._take(state.heard(directions_view.KEY, "place"), recipe, model))
    taken = {"tool": "numbers", "start": "Dog", "dir": "dim3:-1"} if data == "animals" else {}
    assert {key: text for key, text in session.address.items() if key in directions_view.KEYS} == taken


def opened(record: dict[str, Any] | str, library: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A callback: the mixer was given a file that holds this."""
    text = record if isinstance(record, str) else json.dumps(record)
    monkeypatch.setattr(state, "sent", lambda *_: {"text": text, "file": "a.png", "at": time.monotonic(), "link": ""})
    return lambda: state.reopen("mixer", library)


def test_a_saved_recipe_is_opened_whole_and_what_was_there_stays_otherwise(
    session: Session, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = {**parse({"data": "mnist", "model": "elbo-10", "w": "1:20,7:80", "theta": "0.5"}, library)[0].to_json()}
    first = session.run(LINK)
    wrong = {"model": {"model": "gone"}, "w": {"w": {"3": 50, "fox": 1}}, "theta": {"theta": "1e9"}, "n": {"n": None}}
    for change in [*wrong.values(), {"method": "<b>"}, {"pattern": "AAAA"}, {"group": "mnist:1.zzz"}]:
        shown = session.run(change=opened({**saved, **change}, library, monkeypatch))
        assert (shown.recipe, shown.told[:20]) == (first.recipe, "a.png was not opened")
    for text in ("", "[]", "{", '{"w": NaN}', '{"n": 1, "n": 2}'):
        assert "its recipe" in session.run(change=opened(text, library, monkeypatch)).told
    shown = session.run(change=opened(saved, library, monkeypatch))
    assert (shown.recipe.to_json(), shown.told) == (saved, "") and shown.nonce > first.nonce
    shown = session.run(change=opened({**saved, "method": "collage"}, library, monkeypatch))
    assert shown.recipe.to_json() == saved and "slower ways" in shown.told


def test_groups_of_a_saved_recipe_come_beside_the_visitors_own(
    session: Session, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = f"mnist:1.{pack([1, 2])}", f"mnist:1.{pack([5, 6])},2.{pack([1, 2])}"
    session.run({**LINK, "w": "3:50,Group 1:50", "group": mine})
    link = {"data": "mnist", "w": "Group 1:10,Group 2:90", "group": other}
    groups, _ = group_links.parse(other, library.rows())
    saved = parse(link, WithGroups(library, groups))[0]
    shown = session.run(change=opened({**saved.to_json(), "group": other}, library, monkeypatch))
    assert shown.told == "" and dict(shown.recipe.w) == {"Group 2": 10, "Group 1": 90}
    assert [(one.name, one.rows) for one in state.groups()] == [("Group 1", (1, 2)), ("Group 2", (5, 6))]
