"""The Blend page by keyboard, by finger, by ear and by typing."""

from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests.browser.blending import (
    Finger,
    fingerprint,
    floats,
    open_blend,
    pad_point,
    recipe_of,
    still,
)
from tests.browser.conftest import NewPage
from tests.browser.helpers import axe, each_shows, sideways
from tests.harness.serving import Server

VARIED = "?data=mnist&w=1:20,3:80,8:50&theta=0.4&n=3&seed=7"


def test_the_main_task_by_keyboard_alone(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist")
    before = fingerprint(page)

    def focused() -> str:
        return str(
            page.evaluate(
                """() => {
                    let e = document.activeElement;
                    while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
                    return e.getAttribute('aria-label') || e.textContent.trim();
                }"""
            )
        )

    def tab_to(name: str, key: str = "Tab") -> None:
        for _ in range(60):
            if focused() == name:
                return
            page.keyboard.press(key)
        raise AssertionError(f"Tab does not reach {name}; it stopped at {focused()}")

    tab_to("None")
    page.keyboard.press("Enter")
    expect(page.locator(".sentence")).to_have_text("Choose at least one class.")
    for name in ("4", "1"):
        tab_to(name, "Shift+Tab")
        page.keyboard.press("Space")
    tab_to("Blend pad")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    still(page)
    shares = recipe_of(page).shares()
    assert list(shares) == ["1", "4"] and shares["1"] == pytest.approx(0.55, abs=1e-3)
    expect(page.locator(".sentence")).to_contain_text(" of 2")
    assert page.get_by_role("slider", name="Blend pad").get_attribute("aria-valuetext") == "55 % 1 and 45 % 4"
    tab_to("Variety (theta)")
    page.keyboard.press("ArrowRight")
    still(page)
    assert recipe_of(page).theta.scale == 0.01
    assert fingerprint(page) != before


def test_sliders_choices_and_their_words(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    amount = page.get_by_role("slider", name="Amount of 3", exact=True)
    amount.fill("0")
    page.get_by_role("slider", name="Amount of 8", exact=True).fill("0")
    still(page)
    expect(page.locator(".sentence")).to_contain_text("All amounts are 0, so the classes share equally.")
    page.get_by_role("spinbutton", name="Number for 3").fill("12.25")
    page.keyboard.press("Enter")
    still(page)
    assert dict(recipe_of(page).w) == {"3": 12.25, "8": 0.0}
    page.get_by_role("spinbutton", name="Number for 8").fill("12,25")
    page.keyboard.press("Enter")
    still(page)
    assert page.get_by_role("img", name="Blend of 3 and 8, half each").count() == 1
    page.get_by_role("button", name="All", exact=True).click()
    still(page)
    shares = recipe_of(page).shares()
    assert len(shares) == 10 and set(shares.values()) == {0.1}
    assert page.get_by_role("slider", name="Amount of").count() == 10
    before = page.url
    page.get_by_role("button", name="None", exact=True).click()
    still(page)
    expect(page.locator(".sentence")).to_have_text("Choose at least one class.")
    assert page.url == before
    page.keyboard.press("Control+z")
    still(page)
    assert page.url == before and page.get_by_role("slider", name="Amount of").count() == 10


GLIDED = """async () => {
  const main = document.querySelector('[data-testid=stMain]');
  for (let rest = 0, last = -1; rest < 20; last = main.scrollTop) {
    await new Promise(requestAnimationFrame);
    rest = main.scrollTop === last ? rest + 1 : 0;
  }
  return main.scrollTop;
}"""
"""JavaScript: how far a swipe has scrolled the page once it has come to rest."""


def test_touch_on_a_telephone(new_page: NewPage, app: Server) -> None:
    page = new_page(width=390, height=844, touch=True)
    open_blend(page, app)
    assert sideways(page) == 0
    whole = "inputs => inputs.every((one) => one.scrollWidth <= one.clientWidth)"
    assert page.locator(".st-key-pickers input").evaluate_all(whole), "names of dataset and model"
    picture = page.get_by_role("img", name="Blend of").bounding_box()
    pad = page.get_by_role("slider", name="Blend pad").bounding_box()
    assert picture and pad and picture["y"] >= 0 and pad["y"] + pad["height"] <= 844, "seen together without scrolling"
    a_press_that_closes_a_popover_does_nothing_else(page)
    reruns = new_page.watches[0].reruns
    finger = Finger(page)
    finger.down(*pad_point(page, -0.9, -0.9))  # a corner of the pad, far from the dot: the page scrolls, the dot stays
    for step in range(1, 12):
        x, y = pad_point(page, -0.9, -0.9)
        finger.move(x, y - 12 * step)
        page.wait_for_timeout(16)
    finger.up()
    assert page.evaluate(GLIDED) > 0  # a finger on a page that still glides only stops it
    assert len(set(recipe_of(page).shares().values())) == 1
    page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    finger.down(*pad_point(page, 0, 0))
    moves = [partial(finger.move, *pad_point(page, 0.04 * step, 0.02 * step)) for step in range(1, 11)]
    assert each_shows(page, moves, lambda: floats(page).tobytes()) >= 9
    assert page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTop") == 0
    finger.up()
    still(page)
    assert new_page.watches[0].reruns == reruns + 1
    assert len(set(recipe_of(page).shares().values())) > 1
    menu = page.get_by_test_id("stSidebar")
    page.get_by_test_id("stExpandSidebarButton").tap()
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Learn").tap()
    page.get_by_role("heading", name="Learn").or_(page.locator(".medley-headline")).first.wait_for()
    expect(menu).to_have_attribute("data-collapsed", "true")


def a_press_that_closes_a_popover_does_nothing_else(page: Page) -> None:
    link = page.url
    page.get_by_role("button", name="Keep it").tap()
    page.get_by_role("button", name="PNG", exact=True).wait_for()
    page.touchscreen.tap(*pad_point(page, 0, 0.9))
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    page.get_by_role("button", name="What is Variety (theta)?").press("Enter")  # a term says what it means
    expect(page.get_by_role("dialog", name="Variety (theta)").get_by_role("link", name="More in Learn")).to_be_focused()
    page.touchscreen.tap(*pad_point(page, 0, 0.9))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="What is Variety (theta)?")).to_be_focused()
    page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollTo(0, 0)")
    still(page)
    assert page.url == link


MELODY = "?data=melodies&model=musicvae-16&w=Rising:50,Trill:50&method=k_means"
NOTES = """() => {
    const start = OscillatorNode.prototype.start;
    window.started = [];
    window.unheard = () => (OscillatorNode.prototype.start = start);
    OscillatorNode.prototype.start = function (at) {
        window.started.push(this.frequency.value);
        return start.call(this, at);
    };
}"""
"""JavaScript: keeps the frequency of every note that is begun, until `unheard`."""


def test_a_melody_is_heard_when_it_is_asked_for_and_follows_the_dot(page: Page, app: Server) -> None:
    open_blend(page, app, MELODY)
    page.evaluate(NOTES)
    play, stop = (page.get_by_role("button", name=name, exact=True) for name in ("Play melody", "Stop"))
    expect(play).to_have_attribute("aria-pressed", "false")
    page.wait_for_timeout(300)
    assert page.evaluate("() => window.started.length") == 0, "nothing plays on its own"
    play.focus()
    page.keyboard.press("Enter")
    expect(play).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => window.started.length > 10")
    expect(page.locator(".play-head")).to_be_visible()
    before = set(page.evaluate("() => window.started"))
    page.get_by_role("slider", name="Blend pad").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    page.evaluate("() => (window.started = [])")
    page.wait_for_function("() => window.started.length > 28", timeout=20_000)
    assert set(page.evaluate("() => window.started")) != before, "other notes where the dot is"
    volume = page.get_by_role("slider", name="Volume")
    volume.press("Home")
    expect(volume).to_have_attribute("aria-valuetext", "0 %")
    assert axe(page) == []
    stop.press("Space")
    expect(play).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".play-head")).to_be_hidden()
    page.evaluate("() => window.unheard()")
    open_blend(page, app, "?data=mnist")  # digits are silent
    expect(play).to_be_hidden()
