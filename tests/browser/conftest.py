"""Fixtures for tests in real Chromium.

    def test_blend_moves(page, app, watch):
        visit(page, app.url)                      # tests.browser.helpers
        before = watch.reruns
        ...                                       # drag
        assert watch.reruns == before             # no script run was asked for

* `page`: 1280 x 800, light, a mouse. It is one page for many tests, in a visit that goes on: `visit` leads it to
  another address without another document, which takes an eighth of the time; storage is empty again. The network
  outside this machine is blocked. The test fails afterwards if the page asked another host for anything or put an
  error (content-policy violations included) into its console.
* `@pytest.mark.first_visit`: `page` is a new one, with cookies, storage and session of a first visit; the profile has
  been in Medley before, so that files are in its cache and the runtime is compiled. For whatever a page does once
  (what it loads, its history, an outage), and for routes, init scripts and servers of one's own.
* `cold_page`: the same in a profile that has seen nothing. It takes 2 to 3 s longer.
* `watch`: the record of `page` (tests/harness/watch.py): reruns, frames, warnings; `watch.allow("pattern")` for errors
  that the test provokes.
* `new_page(width=390, height=844, dark=True, still=True, touch=True)`: more pages, watched in the same way;
  `new_page.watches[i]` are their records.
* `app` and `start_app` (tests/conftest.py): the app's address and log; another app with another environment. Name
  `start_app` before `page`, so that the page is closed first and does not complain of a server that went away.

Chromium is $MEDLEY_CHROMIUM, or chromium-headless-shell, chromium, chromium-browser or google-chrome on the PATH.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.helpers import rested
from tests.harness.chromium import FLAGS, SHELL, chromium_path
from tests.harness.serving import Server
from tests.harness.watch import WATCHED, Watch

PATIENCE = 60_000
"""ms for what no promise bounds: two browsers and two servers may have to share the machine."""
AFRESH = """() => {
    localStorage.clear();
    sessionStorage.clear();
    document.querySelector('[data-testid=stSkipToContent]')?.focus(); // from here Tab goes on
    document.activeElement?.blur();
    document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0);
    cancelAnimationFrame(window.watching);
}"""
"""JavaScript: nothing is kept, has focus, is scrolled to, or is counted."""
expect.set_options(timeout=15_000)


def profile(browser: Browser, touch: bool = False) -> BrowserContext:
    """A profile that has seen nothing."""
    context = browser.new_context(has_touch=touch, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    return context


class Profiles:
    """Profiles that have been in Medley, one with a mouse and one with a touch screen, opened when they are needed.

    In each, one page stays open. The other pages share its process (--process-per-site) and with it the compiled
    runtime, which Chromium drops when the last page that uses it closes.
    """

    def __init__(self, browser: Browser, app: Server) -> None:
        self.browser = browser
        self.app = app
        self.open: dict[bool, tuple[BrowserContext, Page]] = {}

    def __call__(self, touch: bool) -> BrowserContext:
        """The profile, without cookies and storage."""
        if touch not in self.open:
            context = profile(self.browser, touch)
            self.open[touch] = context, self._in_the_app(context)
        context, stays = self.open[touch]
        if len(context.pages) == 1:  # a second page of one test is in the visit of the first
            context.clear_cookies()
            stays.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        return context

    def _in_the_app(self, context: BrowserContext) -> Page:
        stays = context.new_page()
        Watch().follow(stays)  # before it opens its socket
        stays.goto(self.app.url)
        stays.locator('.medley[data-ready="all"]').wait_for()
        return stays

    def stays(self) -> Page:
        """The page that stays open, with a mouse."""
        self(touch=False)
        return self.open[False][1]

    def renew(self) -> None:
        """Another page in place of that one."""
        context, stays = self.open[False]
        self.open[False] = context, self._in_the_app(context)
        stays.close()


class NewPage:
    """Opens watched pages."""

    def __init__(self, browser: Browser, profiles: Profiles) -> None:
        self.browser = browser
        self.profiles = profiles
        self.pages: list[Page] = []
        self.cold: list[BrowserContext] = []
        self.watches: list[Watch] = []

    def __call__(
        self,
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
        still: bool = False,
        touch: bool = False,
        cold: bool = False,
    ) -> Page:
        """A page of that size in CSS pixels; dark mode, reduced motion (`still`), a touch screen, a `cold` profile."""
        if cold:
            self.cold.append(profile(self.browser, touch))
        page = (self.cold[-1] if cold else self.profiles(touch)).new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(
            color_scheme="dark" if dark else "light", reduced_motion="reduce" if still else "no-preference"
        )
        self.pages.append(page)
        self.watches.append(Watch().follow(page))
        return page

    def close(self) -> list[str]:
        """Close all pages and return their complaints."""
        for opened in (*self.pages, *self.cold):
            opened.close()
        return [complaint for watch in self.watches for complaint in watch.complaints()]


class Kept:
    """The page that test after test goes on with: the one that stays open."""

    def __init__(self, profiles: Profiles) -> None:
        self.profiles = profiles

    def take(self) -> Page:
        """The page, at rest, as if nothing had been done but open it."""
        page = self.profiles.stays()
        watch = WATCHED[page]
        page.bring_to_front()  # behind another page it would draw twice a second
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light", reduced_motion="no-preference")
        page.keyboard.press("Escape")
        page.mouse.move(0, 0)
        page.evaluate(AFRESH)
        if page.get_by_test_id("stApp").count():
            rested(page)  # what the last test did at its end would count as newer than the next test's link
        complaints = watch.complaints()
        watch.begin()
        assert complaints == [], "between two tests"
        return page

    def give_back(self, failed: bool) -> list[str]:
        """The page's complaints. After a failure the next test begins with a new one."""
        page = self.profiles.stays()
        complaints = WATCHED[page].complaints()
        page.unroute_all()
        if failed or complaints:
            self.profiles.renew()
        return complaints


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a GPU and without a network, one for the session."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(SHELL), args=[*FLAGS, "--process-per-site"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def profiles(browser: Browser, app: Server) -> Profiles:
    """The profiles that have been in Medley."""
    return Profiles(browser, app)


@pytest.fixture
def new_page(browser: Browser, profiles: Profiles) -> Iterator[NewPage]:
    """A function that opens watched pages; see the head of this file."""
    pages = NewPage(browser, profiles)
    yield pages
    assert pages.close() == []


@pytest.fixture(scope="session")
def kept(profiles: Profiles) -> Kept:
    """The page that tests go on with."""
    return Kept(profiles)


@pytest.fixture
def page(request: pytest.FixtureRequest) -> Iterator[Page]:
    """One watched page of 1280 x 800."""
    if request.node.get_closest_marker("first_visit"):
        yield request.getfixturevalue("new_page")()
        return
    kept: Kept = request.getfixturevalue("kept")
    failures = request.session.testsfailed
    yield kept.take()
    assert kept.give_back(request.session.testsfailed > failures) == []


@pytest.fixture
def cold_page(new_page: NewPage) -> Page:
    """One watched page of 1280 x 800 in a profile that has seen nothing."""
    return new_page(cold=True)


@pytest.fixture
def watch(page: Page) -> Watch:
    """The record of `page`."""
    return WATCHED[page]
