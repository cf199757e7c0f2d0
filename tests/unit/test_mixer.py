"""The Blend page on the server: what the mixer is told, what is taken from it, and what the page imports."""

import html
import json
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from latent_core.graphs.graph import open_shared
from latent_core.models.files import poster
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe, parse
from latent_core.recipes.where import SIDE, Where
from pages.parts import state
from pages.parts.blend import view as mixer
from pages.parts.blend.save import FONT, poster_lines
from pages.parts.headline import literal
from pages.parts.props import plain
from tests import shipped
from tests.harness.serving import ROOT


@pytest.fixture(scope="module")
def library():
    """The shipped models."""
    return shipped.library()


def test_the_mixer_is_told_little_and_all_of_it_is_json(library) -> None:
    recipe, _ = parse({}, library)
    told = plain(mixer.blend_props(state.View(recipe, 3, ()), library, Model(recipe.slug).make(recipe)))
    text = json.dumps(told, allow_nan=False)
    assert len(text) < 16_000
    assert parse(told["recipe"], library) == (recipe, [])
    assert told["picture"].startswith("data:image/png;base64,")
    again = mixer.blend_props(state.View(recipe, 3, (), stayed=True), library, Model(recipe.slug).make(recipe))
    assert again.picture == "", "once a page, as only its first mount shows it"
    assert told["dataset"]["unjudged"] == "" and len(told["dataset"]["judge"]["real"]) == 3
    assert all(bits < 0 for bits in told["dataset"]["judge"]["baseline"].values())
    assert told["told"] == ""
    assert told["centre"] in [method["name"] for method in told["methods"]]
    for part in ("dataset", "model", "linear"):
        assert (ROOT / "models" / told[part]["slug"]).is_dir()


def test_a_picture_to_share_has_letters_that_english_lacks(library) -> None:
    recipe, _ = parse({}, library)
    blend = Model(recipe.slug).make(recipe)
    one, other = (poster(blend, [word], font=FONT) for word in ("ä", "ö"))
    assert one != other, "each of them is more than the box for a letter that is not there"
    card = msgspec.structs.replace(library.dataset_cards[recipe.data], classes=["3", "חתול", "Кот"])
    named = SimpleNamespace(dataset_cards={recipe.data: card}, model_cards=library.model_cards)
    words, _ = poster_lines(replace(recipe, w=(("3", 1), ("חתול", 1), ("Кот", 2))), named)
    assert words == "Blend of 50 % Кот, 25 % 3 and 25 % class 2", "not a box for each of its letters"


def _visit(recipe: Recipe, monkeypatch: pytest.MonkeyPatch) -> state.Visit:
    """A session that shows this recipe."""
    visit = state.Visit(recipe, {}, ())
    session = SimpleNamespace(session_state={state.VISIT: visit}, query_params=SimpleNamespace(to_dict=dict))
    monkeypatch.setattr(state, "st", session)
    return visit


def _page(query: dict[str, str]) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    for name, value in query.items():
        page.query_params[name] = value
    return page.run()


def test_the_page_runs_and_writes_the_whole_link() -> None:
    page = _page({"w": "3:50,8:50"})
    assert not page.exception
    assert {"data", "model", "w", "theta", "n", "seed", "method"} <= set(page.query_params)
    assert page.session_state[state.VISIT].recipe.w == (("3", 50.0), ("8", 50.0))
    unpainted = "They know no paint: each blends whole pictures."
    assert not any(unpainted in one.value for one in page.caption)
    page.query_params["where"] = Where.from_levels({"3": np.eye(SIDE, dtype=int)}).text
    assert any(unpainted in one.value for one in page.run().caption), "slower blends say what they leave out"


def test_a_lesson_speaks_the_language_of_its_link() -> None:
    page = _page({"w": "3:50,8:50", "lesson": "classes,pad", "ask": "Wo endet die 3?", "lang": "de"})
    assert not page.exception and "Alles zeigen" in [button.label for button in page.button]
    assert (page.query_params["lang"], page.query_params["ask"]) == ("de", "Wo endet die 3?")


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "text",
        7,
        [],
        {},
        {"w": {"3": float("nan")}},
        {"w": {"nobody": 5}},
        {"theta": 1e308, "w": {"3": 1}},
        {"data": "../..", "model": {"a": 1}},
        {"w": {str(i): 1 for i in range(5000)}},
        {"seed": -1},
        {"k": 10**9},
    ],
)
def test_whatever_a_component_sends_the_recipe_stays_valid(library, monkeypatch: pytest.MonkeyPatch, sent: Any) -> None:
    visit = _visit(parse({}, library)[0], monkeypatch)
    state.take(sent, library)
    kept = visit.recipe
    assert parse(kept.to_json(), library) == (kept, [])
    changed = isinstance(sent, dict) and sent
    assert bool(visit.notices) == bool(changed)
    assert visit.revision == (2 if changed else 1), "the mixer is told what was not taken"


def test_a_valid_recipe_is_taken_in_silence(library, monkeypatch: pytest.MonkeyPatch) -> None:
    first = parse({}, library)[0]
    visit = _visit(first, monkeypatch)
    state.take({**first.to_json(), "w": {"3": 0, "8": 0}}, library)
    assert visit.notices == () and visit.revision == 1
    assert visit.recipe.w == (("3", 0.0), ("8", 0.0))


def test_mixing_decoded_pictures_is_the_decoder_s_last_step(library) -> None:
    """The browser's shortcut while weights move: decode each class once, then mix. For every model that may take it."""
    mix = open_shared("mix_pictures")
    for slug, card in library.model_cards.items():
        if card.kind == "linear":
            continue
        model = Model(slug)
        w = dict.fromkeys(card.classes, 1.0) | {card.classes[0]: 5.0}
        alone = model.decode(model.stats["mean"]).reshape(len(w), -1)
        shares = np.array([list(w.values())], np.float32) / np.float32(sum(w.values()))
        given = {"pictures": alone, "mix_pixels": shares, "stretch": np.array(1, np.float32)}
        made = mix(**given, ground=model.dataset.flat_ground)["picture"]
        whole = model.blend(w, method="averaging_depth", depth=4).picture
        assert np.abs(made.reshape(card.shape) - whole).max() < 1e-5, slug


def test_evening_out_waits_its_turn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    recipe = Recipe("mnist", "mmd-20", (("3", 50.0), ("8", 50.0)))
    monkeypatch.setattr(mixer, "PATIENCE", 0.01)
    monkeypatch.setattr(mixer.state, "recipe", lambda: recipe)
    monkeypatch.setattr(mixer.state, "groups", tuple)
    monkeypatch.setattr(mixer.state, "put", lambda recipe, said: told.append(said))
    with mixer._evening:
        mixer._answer("even", None)  # type: ignore[arg-type]
    assert told == [mixer.CROWDED]
    monkeypatch.setattr(mixer.state, "put_evened", lambda recipe, said: told.append("evened"))
    mixer._answer("even", None)  # type: ignore[arg-type]
    assert told[1:] == ["evened"] and mixer._evening.acquire(blocking=False)
    mixer._evening.release()


NAMES = (
    "a*b*", "_x_", "`c`", "[l](http://a.b)", "<b>x</b>", ":heart:", ":material/home:", ":red[x]", "a -> b", "x -- y",
    "www.ex.com", "WWW.a.b", "a@b.c", "https://x.y/z", "$1$", "~~s~~", "# t", "1. x", "- x", "&amp;", "a\\b", "|a|",
    "<- a", "a<=b>=c", "~=", "![i](j)", " blank ", "= x", "12:30:45", "don't", "fn[^1]",
)  # fmt: skip
READ_LATER = re.compile(r":[\w+/-]+:|->|<-|--|>=|<=|~=|https?://|www\.|\S+@\w", re.IGNORECASE)
"""What Streamlit makes icons, signs and links of when Markdown has been read."""


@pytest.mark.parametrize("name", NAMES)
def test_a_class_of_any_name_is_read_as_it_is_written(name: str) -> None:
    """In the Markdown of titles, captions and figures."""
    spoken = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render(f"**{literal(name)}**")
    found = re.fullmatch(r"<p><strong>(.*)</strong></p>\n", spoken)
    assert found and "<" not in found[1]
    text = html.unescape(found[1])
    assert text.replace("\u2060", "") == name and not READ_LATER.search(text)
