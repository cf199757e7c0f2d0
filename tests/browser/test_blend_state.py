"""The Blend page loses nothing: undo, the link, Back, other pages, a restart of the server."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.blending import (
    READY,
    drag_round,
    fingerprint,
    open_blend,
    pad_point,
    recipe_of,
    still,
)
from tests.browser.conftest import NewPage
from tests.browser.helpers import complete, impatient, rested, settle, visit
from tests.browser.mapping import LASSO, draw, open_map, press
from tests.harness.serving import Server

AWAY = "not responding|disconnected|timed out|Network error|WebSocket|Failed to fetch|net::|_stcore"
"""What Streamlit puts into the console while its server is away."""
STREAMLIT_ASKS = 6
"""After so many tries to reach a server in vain Streamlit asks about the internet."""
VARIED = "?data=mnist&w=1:20,3:80,8:50&theta=0.4&n=3&seed=7"


def links_come_late(socket: WebSocketRoute) -> None:
    """The server's word about the link comes 60 ms after what came before it, as happens on a busy machine."""

    def passed_on(message: str | bytes) -> None:
        if isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == "page_info_changed":
            time.sleep(0.06)
        socket.send(message)

    socket.connect_to_server().on_message(passed_on)


def test_undo_redo_and_reset(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist")
    steps = [(fingerprint(page), page.url)]
    for name in ("1", "7", "1"):
        page.get_by_role("button", name=name, exact=True).click()
        still(page)
        steps.append((fingerprint(page), page.url))
    amount = page.get_by_role("slider", name="Amount of 7", exact=True)
    amount.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    still(page)
    steps.append((fingerprint(page), page.url))
    assert len({step[0] for step in steps}) == len(steps)
    for picture, link in steps[-2::-1]:
        page.keyboard.press("Control+z")
        still(page)
        assert (fingerprint(page), page.url) == (picture, link)
    page.get_by_role("button", name="Redo").click()
    still(page)
    assert (fingerprint(page), page.url) == steps[1]
    page.keyboard.press("Control+Shift+Z")
    still(page)
    assert (fingerprint(page), page.url) == steps[2]
    page.get_by_role("button", name="Reset").click()
    still(page)
    assert fingerprint(page) == steps[0][0]
    page.get_by_role("button", name="Undo").click()
    still(page)
    assert (fingerprint(page), page.url) == steps[2]


@pytest.mark.first_visit
def test_the_link_holds_everything(page: Page, new_page: NewPage, app: Server) -> None:
    open_blend(page, app, VARIED)
    drag_round(page, steps=5, seconds=0.3)
    page.mouse.up()
    still(page)
    dragged, link = fingerprint(page), page.url
    page.get_by_role("button", name="5", exact=True).click()
    still(page)
    assert fingerprint(page) != dragged
    page.go_back()
    still(page)
    assert (fingerprint(page), page.url) == (dragged, link)
    page.reload()
    page.locator(READY).wait_for()
    still(page)
    assert (fingerprint(page), page.url) == (dragged, link)
    other = new_page()
    other.route_web_socket("**/_stcore/stream", links_come_late)
    open_blend(other, app, link.removeprefix(app.url + "/"))
    assert fingerprint(other) == dragged
    other.get_by_role("link", name="Map").click()
    other.wait_for_url("**/map?*")
    settle(other)
    other.go_back()
    other.locator(READY).wait_for()
    assert (fingerprint(other), other.url) == (dragged, link), "one Back undoes a page switch"
    page.bring_to_front()
    page.get_by_role("link", name="Map").click()
    page.wait_for_url("**/map?*")
    settle(page)
    page.get_by_role("link", name="Blend").click()
    page.locator(READY).wait_for()
    still(page)
    assert (fingerprint(page), page.url) == (dragged, link)


@pytest.mark.first_visit
def test_back_leads_out_again(page: Page, app: Server) -> None:
    page.goto("about:blank")
    open_blend(page, app)
    first = fingerprint(page)
    assert page.url == app.url + "/"
    for name in ("1", "7"):
        page.get_by_role("button", name=name, exact=True).click()
        still(page)
    assert fingerprint(page) != first
    page.go_back()
    still(page)
    page.go_back()
    still(page)
    assert (fingerprint(page), page.url) == (first, app.url + "/")
    page.go_back()
    assert page.url == "about:blank"


@pytest.mark.first_visit
def test_every_page_goes_on_without_its_server_and_hands_over_what_was_set_to_the_next(
    new_page: NewPage, start_app: Callable[..., Server]
) -> None:
    """A drag; the map's view, a class in focus and a lasso's group; k; variety: all to a server that is a new one."""
    server = start_app()
    blend, charts, eigen, generate = pages = [new_page() for _ in range(4)]
    for page, watch in zip(pages, new_page.watches, strict=True):
        impatient(page)
        watch.allow(AWAY)
    visit(generate, f"{server.url}/generate?data=mnist&model=mmd-20&theta=0.2&seed=9")
    assert "theta=0.2&" in generate.url and "seed=9" in generate.url, "a deep link, as a fresh server sees it"
    open_map(charts, server.url, "?data=mnist&model=mmd-20")
    visit(eigen, f"{server.url}/eigen?data=mnist&k=30")
    for page in (eigen, generate):
        complete(page)
    blend.bring_to_front()  # a page behind another draws twice a second, and each move of the mouse waits for that
    open_blend(blend, server, "?data=mnist&w=2:30,6:70&theta=0.2&seed=3")
    tries: list[Request] = []
    blend.on("requestfailed", lambda one: tries.append(one) if one.url.endswith("/_stcore/host-config") else None)
    dragged = drags_on(blend, server)
    for page in (charts, eigen, generate):
        expect(page.get_by_text("The server cannot be reached")).to_be_visible()
    charts.bring_to_front()
    press(charts, "PCA")
    press(charts, "3")
    press(charts, "Lasso")
    draw(charts, LASSO)
    press(charts, "Use as a class")
    eigen.bring_to_front()
    eigen.get_by_role("spinbutton", name="k as a number").fill("12")
    eigen.keyboard.press("Enter")
    generate.bring_to_front()
    generate.get_by_role("slider", name="Variety (theta)").focus()
    for _ in range(3):
        generate.keyboard.press("ArrowRight")
    while len(tries) < STREAMLIT_ASKS:
        blend.wait_for_timeout(50)
    blend.bring_to_front()
    expect(blend.get_by_text("Connection error")).not_to_be_visible()
    server.start()
    blend.wait_for_function("recipe => new URLSearchParams(location.search).get('w') !== recipe", arg="2:30,6:70")
    charts.wait_for_url(re.compile("view=pca2&focus=3.*group=mnist"))
    eigen.wait_for_url(re.compile("k=12"))
    generate.wait_for_url(re.compile(r"theta=0\.2[1-9]"))
    for page in (charts, eigen, generate, blend):
        page.bring_to_front()
        rested(page)
        expect(page.get_by_text("The server cannot be reached")).not_to_be_visible()
    assert eigen.get_by_role("spinbutton", name="k as a number").input_value() == "12"
    assert charts.evaluate("() => window.medley.map.state.view.projection") == "pca"
    is_still_what_was_dragged_after_a_reload(blend, dragged)


def drags_on(page: Page, server: Server) -> str:
    """The fingerprint of what a drag shows in which the server ended."""
    before = fingerprint(page)
    x, y = pad_point(page, 0, 0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=5)
    server.kill()
    page.mouse.move(x + 60, y + 20, steps=5)
    expect(page.get_by_text("The server cannot be reached. The picture goes on")).to_be_visible()
    page.mouse.move(x + 80, y + 20, steps=5)
    page.mouse.up()
    still(page)
    shown = fingerprint(page)
    assert shown != before, "the picture goes on"
    return shown


def is_still_what_was_dragged_after_a_reload(page: Page, dragged: str) -> None:
    still(page)
    assert fingerprint(page) == dragged
    link = page.url
    page.reload()
    page.locator(READY).wait_for()
    still(page)
    assert (fingerprint(page), page.url) == (dragged, link)
    expect(page.get_by_text("The server cannot be reached")).not_to_be_visible()
    page.get_by_role("button", name="4", exact=True).click()
    still(page)
    assert [name for name, _ in recipe_of(page).w] == ["2", "4", "6"]


def test_a_cut_line_is_told_and_what_was_done_meanwhile_is_handed_over(new_page: NewPage, app: Server) -> None:
    """Offline after loading: our words, the picture goes on, and a chip tapped then stands in the link later."""
    page = new_page(cold=True)  # the line of a profile is cut, with all of its pages
    new_page.watches[0].allow(f"{AWAY}|ERR_INTERNET_DISCONNECTED|Failed to load resource")
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    shown = fingerprint(page)
    page.context.set_offline(True)
    try:
        expect(page.get_by_text("The server cannot be reached. The picture goes on")).to_be_visible()
        page.get_by_role("button", name="5", exact=True).click()
        page.wait_for_function("() => window.medley.pictures.values.rows.length === 3")
    finally:
        page.context.set_offline(False)
    expect(page.get_by_text("The server cannot be reached")).not_to_be_visible()
    still(page)
    assert [name for name, _ in recipe_of(page).w] == ["3", "5", "8"] and fingerprint(page) != shown


def test_what_was_done_last_survives_leaving_at_once(page: Page, app: Server) -> None:
    """A value typed, or arrow keys pressed, and a link tapped or the page reloaded in the same moment: both count."""
    open_blend(page, app, "?data=mnist&w=3:50,8:50&theta=0.4&seed=7")
    page.get_by_role("spinbutton", name="Amount of variety").fill("0,7")
    page.get_by_role("link", name="Learn", exact=True).first.click()
    page.wait_for_url("**/learn*")
    expect(page).to_have_title("Learn · Medley")
    page.get_by_role("link", name="Blend", exact=True).first.click()
    page.locator(READY).wait_for()
    still(page)
    expect(page).to_have_title("Medley")
    assert recipe_of(page).theta.scale == 0.7
    pad = page.get_by_role("slider", name="Blend pad")
    pad.focus()
    before = pad.get_attribute("aria-valuetext")
    step = "new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true })"
    spoken = pad.evaluate(f"pad => {{ pad.dispatchEvent({step}); return pad.getAttribute('aria-valuetext'); }}")
    assert spoken != before, "a screen reader asks at once"
    still(page)
    page.evaluate("() => addEventListener('keydown', ({ key }) => (window.heard = key))")
    page.keyboard.press("r")
    assert page.evaluate("() => window.heard") is None, "Streamlit would run the page again"
    page.get_by_role("slider", name="Variety (theta)").focus()
    page.keyboard.press("ArrowRight")
    page.reload()
    page.locator(READY).wait_for()
    still(page)
    assert recipe_of(page).theta.scale == 0.71, "a reload opens an address that does not know of it yet"
    page.get_by_role("slider", name="Variety (theta)").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("link", name="Map", exact=True).first.click()
    page.wait_for_url("**/map?*")
    assert "theta=0.72&" in page.url
    settle(page)
