"""Fixtures for tests in real Chromium.

    def test_blend_moves(page, app, watch):
        visit(page, app.url)                      # tests.browser.helpers
        before = watch.reruns
        ...                                       # drag
        assert watch.reruns == before             # no script run was asked for

* `page`: a fresh profile, 1280 x 800, network outside this machine blocked. The test fails afterwards if the page asked
  another host for anything or put an error (content-policy violations included) into its console.
* `watch`: the record of `page` (tests/browser/watch.py): reruns, frames, warnings; `watch.allow("pattern")` for errors
  that the test provokes.
* `new_page(width=390, height=844, dark=True, still=True, touch=True)`: more pages, watched in the same way;
  `new_page.watches[i]` are their records.
* `app` and `start_app` (tests/conftest.py): the app's address and log; another app with another environment. Name
  `start_app` before `page`, so that the page is closed first and does not complain of a server that went away.

Chromium is $MEDLEY_CHROMIUM, or chromium, chromium-browser or google-chrome on the PATH.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.harness.chromium import FLAGS, chromium_path
from tests.harness.watch import Watch

PATIENCE = 60_000
"""ms for what no promise bounds: two browsers and two servers may have to share the machine."""
expect.set_options(timeout=15_000)


class NewPage:
    """Opens watched pages, each in a profile of its own."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.watches: list[Watch] = []

    def __call__(
        self, width: int = 1280, height: int = 800, dark: bool = False, still: bool = False, touch: bool = False
    ) -> Page:
        """A page of that size in CSS pixels; dark mode, reduced motion (`still`) and a touch screen on request."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if still else "no-preference",
            has_touch=touch,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        self.contexts.append(context)
        self.watches.append(Watch().follow(page))
        return page

    def close(self) -> list[str]:
        """Close all pages and return their complaints."""
        for context in self.contexts:
            context.close()
        return [complaint for watch in self.watches for complaint in watch.complaints()]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a GPU and without a network, one for the session."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """A function that opens watched pages; see the head of this file."""
    pages = NewPage(browser)
    yield pages
    assert pages.close() == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One watched page of 1280 x 800 in a fresh profile."""
    return new_page()


@pytest.fixture
def watch(page: Page, new_page: NewPage) -> Watch:
    """The record of `page`."""
    return new_page.watches[0]
