"""The session's recipe: what a mixer sent before its callback was known counts once, and only from this very link."""

from types import SimpleNamespace

import pytest

from latent_core.models.library import Library, open_library
from latent_core.recipes.recipe import parse
from pages.parts import state

LINK = "?data=mnist&w=3%3A50"


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> tuple[dict, Library]:
    """A fresh session that began with LINK, and the library."""
    library = open_library()
    held = {
        state.RECIPE: parse({"data": "mnist", "w": "3:50"}, library)[0],
        state.NONCE: 1,
        state.SAID: (),
        state.WRITTEN: {"data": "mnist", "w": "3:50"},
    }
    monkeypatch.setattr(state, "st", SimpleNamespace(session_state=held))
    monkeypatch.setattr(state, "groups", lambda _: ((), []))
    return held, library


def test_the_first_message_after_a_restart_is_taken_once(session: tuple[dict, Library]) -> None:
    held, library = session
    sent = {"recipe": {**held[state.RECIPE].to_json(), "w": {"3": 50, "4": 50}}, "at": 5, "link": LINK}
    assert state.catch_up(sent, library)
    assert [name for name, _ in held[state.RECIPE].w] == ["3", "4"]
    assert not state.catch_up(sent, library)


@pytest.mark.parametrize(
    "sent", [None, "text", 7, {}, {"at": 5}, {"recipe": {"w": {"4": 9}}, "at": 5, "link": "?w=8:1"}]
)
def test_old_or_foreign_messages_change_nothing(session: tuple[dict, Library], sent: object) -> None:
    held, library = session
    before = held[state.RECIPE]
    assert not state.catch_up(sent, library)
    assert held[state.RECIPE] == before
