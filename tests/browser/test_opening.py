"""What a stranger sees: three animals at the bare address, moving by themselves until somebody touches something."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.helpers import settle
from tests.harness.serving import Server

LATER = """() => {
    const painted = window.medley.frames[0].painted;
    const begun = performance.getEntriesByType('resource').filter(({ startTime }) => startTime > painted);
    return ['judge.onnx', 'means.safetensors', 'centres.safetensors', 'blend_product.onnx']
        .every((file) => begun.some(({ name }) => name.endsWith(file)));
}"""
"""JavaScript: whether what the first live picture does not need was asked for, and not before that was painted."""


def test_the_bare_address_shows_animals_that_move_until_a_key_is_pressed(
    start_app: Callable[..., Server], new_page: NewPage
) -> None:
    server = start_app(MEDLEY_FIRST="")
    page = new_page()
    page.goto(server.url)
    settle(page)
    chosen = page.locator(".medley .pad-corner .pad-name")
    expect(chosen).to_have_text(["Dog", "Cat", "Panda"])
    dot = page.locator(".pad:has(.pad-corner) .pad-dot")
    at = dot.get_attribute("style")
    expect(dot).not_to_have_attribute("style", at or "")
    assert not urlsplit(page.url).query, "nothing is said of a motion that nobody made"
    page.wait_for_function(LATER)
    page.keyboard.press("Shift")
    page.wait_for_url("**data=animals**")
    amounts = parse_qs(urlsplit(page.url).query)["w"]
    settle(page)
    at = dot.get_attribute("style")
    page.wait_for_timeout(200)
    assert dot.get_attribute("style") == at and parse_qs(urlsplit(page.url).query)["w"] == amounts
