"""What the tests of the Eigen-images page do: open it with everything on it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.helpers import visit
from tests.harness.serving import Server

LINK = "/eigen?data=mnist&model=elbo-10&w=3:20,8:80,0:50&theta=0.4&n=2&seed=7&method=spherical&k=12"
SLIDER = "Components kept (k)"


def open_eigen(page: Page, app: Server, link: str = LINK) -> Locator:
    """Opens the page, waits until everything on it is drawn, and returns the slider."""
    visit(page, app.url + link)
    expect(page.locator(".eigen-vae .eigen-mean")).to_contain_text("error of these", timeout=30_000)
    expect(page.locator(".eigen-progress")).to_be_hidden(timeout=30_000)
    return page.get_by_label(SLIDER)
