"""Medley's main promises in Firefox and WebKit: `make browsers`. All of them are tried in Chromium (tests/browser)."""

import time
from collections.abc import Iterator

import pytest

from tests.harness.others import BROWSERS, Browser, Missing
from tests.harness.serving import Server

READY = "return deep('.medley')[0]?.dataset.ready === 'all'"
PICTURE = "return deep('.pictures-frame canvas')[0].toDataURL()"

OTHER_PICTURE = "const now = deep('.pictures-frame canvas')[0].toDataURL(); return now !== arguments[0] && now"
TOLD = "const tip = deep('.map-tooltip')[0]; return Boolean(tip && !tip.hidden && tip.innerText.trim())"


@pytest.fixture(scope="module", params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A window of each browser."""
    try:
        opened = BROWSERS[request.param]()
    except Missing as missing:
        pytest.skip(str(missing))
    yield opened
    opened.close()


@pytest.fixture
def blend(browser: Browser, app: Server) -> Browser:
    """The Blend page, at rest."""
    browser.go(f"{app.url}/?w=0:50,3:50,8:50")
    browser.until(READY)
    return browser


def test_the_first_picture_comes_and_is_one(blend: Browser) -> None:
    ink = blend.run(
        """const canvas = deep('.pictures-frame canvas')[0];
           const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
           return data.reduce((sum, value, i) => sum + (i % 4 < 3 ? value : 0), 0) / data.length;"""
    )
    assert 5 < ink < 200


def test_the_picture_follows_the_drag_and_the_link_follows_the_hand(blend: Browser) -> None:
    x, y = blend.middle(".pad")
    before = blend.run("return location.search")
    pictures = [blend.run(PICTURE)]
    blend.point((x, y), "down")
    for step in range(1, 5):
        blend.point((x, y - 20 * step))
        pictures.append(blend.until(OTHER_PICTURE, pictures[-1], seconds=20))
    assert blend.run("return location.search") == before
    blend.point((x, y - 80), "up")
    blend.until("return location.search !== arguments[0]", before)


def test_keep_it_offers_files_and_the_link(blend: Browser) -> None:
    blend.click(".st-key-keep button")
    blend.until("return deep('[data-testid=stDownloadButton]').length === 3")
    assert "w=0:50,3:50,8:50" in blend.until("return deep('[data-testid=stCode]')[0]?.innerText")


def test_back_from_the_map_is_the_same_blend(blend: Browser) -> None:
    link, picture = blend.run("return location.href"), blend.run(PICTURE)
    blend.click("a[href*='/map']")
    blend.until("return deep('.map')[0]?.dataset.drawn !== undefined")
    blend.back()
    blend.until(READY)
    assert blend.run("return location.href") == link
    blend.until("return deep('.pictures-frame canvas')[0].toDataURL() === arguments[0]", picture)


def test_a_point_of_the_map_shows_its_picture(browser: Browser, app: Server) -> None:
    browser.go(f"{app.url}/map?view=pca2")
    browser.until("return deep('.map')[0]?.dataset.drawn !== undefined")
    x, y = browser.middle(".map-surface")
    for step in range(12):
        browser.point((x + 7 * step, y + 3 * step))
        time.sleep(0.15)
        if browser.run(TOLD):
            return
    raise AssertionError("no point on the way was told of")


def test_a_chapter_of_learn_is_where_its_link_leads(browser: Browser, app: Server) -> None:
    browser.go(f"{app.url}/learn")
    browser.until("return deep('.st-key-book h2').length > 8")
    browser.run("deep('.st-key-contents a').at(-2).click()")
    browser.until("return deep('.st-key-book img').every((one) => one.complete)")
    time.sleep(1)
    top = browser.run("return deep('.st-key-book h2').at(-2).getBoundingClientRect().top")
    assert 0 <= top < 200
