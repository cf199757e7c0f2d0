"""The Quiz page's link and props: what a link may ask for, and that answers have no way to the server."""

from urllib.parse import parse_qsl

import pytest

from pages.parts import state
from pages.parts.quiz import link, view
from tests import shipped

DIGITS = [str(i) for i in range(10)]


@pytest.mark.parametrize(
    ("query", "wanted", "said"),
    [
        ("", link.Quiz("who", 1, ("3", "8")), 0),
        ("quiz=point&turn=7&between=1,7", link.Quiz("point", 7, ("1", "7")), 0),
        ("quiz=chess&turn=minus", link.Quiz("who", 1, ("3", "8")), 2),
        ("between=3,3", link.Quiz("who", 1, ("3", "8")), 1),
        ("between=3,8,9", link.Quiz("who", 1, ("3", "8")), 1),
        ("between=<b>,8", link.Quiz("who", 1, ("3", "8")), 1),
        ("turn=1e99&between=" + "3," * 9000, link.Quiz("who", 1, ("3", "8")), 2),
    ],
)
def test_a_link_names_a_quiz_and_what_it_cannot_name_has_a_sentence(query: str, wanted: link.Quiz, said: int) -> None:
    found, notices = link.from_query(dict(parse_qsl(query)), DIGITS, ["3", "8", "0"])
    assert found == wanted and len(notices) == said
    assert not set("<>") & set("".join(notices))
    assert link.from_query(found.to_query(), DIGITS, ["3", "8", "0"])[0] == found


def test_the_props_hold_no_answer_and_the_page_takes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    library = shipped.library()
    recipe, _ = state.parse({"data": "mnist"}, library)
    monkeypatch.setattr(view, "asked", lambda data, library: (link.Quiz("point", 3, ("3", "8")), []))
    told = view.quiz_props(state.View(recipe, 1, ()), library)
    assert (told.kind, told.turn, told.between) == ("point", 3, ["3", "8"])
    kept = {}
    monkeypatch.setattr(state, "keep_aside", lambda values, keys: kept.update(values))
    view._keep({"kind": "point", "turn": 9, "between": ["1", "7"], "answers": [True], "at": 1})
    assert kept == {"quiz": "point", "turn": "9", "between": "1,7"}
