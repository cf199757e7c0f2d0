"""What a visitor made is there for a new session that begins with the same link, as after a lost connection."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.testing.v1 import AppTest

from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished
from pages.parts import loaders, state
from pages.parts.blend import slower_link
from pages.parts.generate import search_link, search_panel
from server.whole_page import WholePageFirst, whole
from tests import shipped
from tests.harness.serving import ROOT

RECIPE = Recipe("mnist", "mmd-20", (("3", 50.0), ("8", 20.5)), seed=7)
ORDER: dict[str, Any] = {"model": "mnist/mmd-20", "kind": "medium1", "accuracy": 0.995, "worst": 0.98}
ORDER |= {"seed": 1, "optimiser": "", "budget": 0}


def page(**link: str) -> AppTest:
    """A new session that begins with this link."""
    opened = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60)
    for key, value in link.items():
        opened.query_params[key] = value
    opened.run()
    assert not opened.exception
    return opened


def test_a_part_of_a_page_comes_back_with_all_of_it() -> None:
    """The first message to a session that may be new; of all later ones, and of what is no message, nothing changes."""
    asked = BackMsg()
    asked.rerun_script.fragment_id, asked.rerun_script.query_string = "part", "data=mnist"
    asked.rerun_script.widget_states.widgets.add(id="k", json_value="12")
    messages = [{"type": "websocket.connect"}, *[{"type": "websocket.receive", "bytes": asked.SerializeToString()}] * 2]
    heard: list[BackMsg] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        heard.extend([BackMsg.FromString((await receive())["bytes"]) for _ in range(2)])

    async def told() -> Any:
        return messages.pop(0)

    asyncio.run(WholePageFirst(app)({"type": "websocket"}, told, told))  # type: ignore[arg-type]
    assert heard[1] == asked and heard[0] != asked
    asked.rerun_script.fragment_id = ""
    assert heard[0] == asked
    for other in ({"bytes": b"\xff\xff"}, {"text": "x"}, {"bytes": None}):
        assert whole(other) is other


def test_a_slower_blend_is_shown_again_also_when_the_mixer_has_moved_on() -> None:
    made = Finished(np.zeros((1, 28, 28), np.float32), np.zeros(20, np.float32), replace(RECIPE, method="transport"))
    loaders.remember("transport", RECIPE, "", made)
    opened = page(data="mnist", model="mmd-20", w="1:50", slow=slower_link.to_text("transport", RECIPE))
    assert opened.session_state["slow"]["shown"] is made


def test_one_that_is_gone_says_so() -> None:
    opened = page(data="mnist", model="mmd-20", slow=slower_link.to_text("transport", RECIPE).replace("~7~", "~8~"))
    assert any("Its button makes it again" in warning.value for warning in opened.warning)


@pytest.mark.parametrize(
    "text", ["", "x", "collage", "collage~mnist/mmd-20~1", "x~mnist/mmd-20~1~3:50", "collage~a/b~1~3:50", "~" * 99999]
)
def test_a_hostile_link_names_nothing(text: str) -> None:
    assert slower_link.read(text, shipped.library()) is None and search_link.read(text) is None


@pytest.mark.parametrize("link", [{"slow": "collage~mnist"}, {"slow": "x~mnist/mmd-20~1~3:50"}, {"search": "~~"}])
def test_what_names_nothing_leaves_the_address(link: dict[str, str]) -> None:
    opened = page(data="mnist", model="mmd-20", w="3:50", view="pca3", **link)
    if "search" in link:
        opened.switch_page(str(ROOT / "pages" / "generate.py")).run()
    assert not link.keys() & opened.query_params.keys() and opened.query_params["view"] == "pca3"


def test_links_name_what_was_ordered() -> None:
    assert slower_link.read(slower_link.to_text("search", RECIPE), shipped.library()) == (
        "search",
        Recipe("mnist", "mmd-20", RECIPE.w, seed=7, k=shipped.library().components("mnist")),
    )
    assert search_link.read(search_link.to_text(ORDER)) == ORDER
    assert search_link.read(search_link.to_text(ORDER | {"accuracy": float("nan")})) is None


@pytest.mark.parametrize("found", [True, False])
def test_a_search_is_there_again_or_says_how_it_goes_on(monkeypatch: pytest.MonkeyPatch, found: bool) -> None:
    result = {"kind": "medium1", "form": "medium1", "family": "diagonal", "accuracy": 0.995, "seed": 1 + found}
    result |= {"slug": ORDER["model"], "theta": [[0.5] * 20] * 10, "scores": {"cosine": 0.7, "own": 0.995}}
    order = ORDER | {"seed": 1 + found}
    if found:
        loaders.remember_found(order, result)
    monkeypatch.setattr(state, "aside", lambda: ({state.SEARCH: search_link.to_text(order)}, 1))
    kept: dict[str, Any] = {}
    search_panel.recall(kept, SimpleNamespace(slug=ORDER["model"]))  # type: ignore[arg-type]
    if found:
        assert kept["result"] is result and kept["found"]["slug"] == ORDER["model"]
    else:
        assert "Press Search again" in kept["sentence"] and kept["cut"] == order
