"""Every page, on a desk and on a telephone in the dark: a clean console, nothing for axe, nothing scrolls sideways.

Each page is opened with most of what it can show, looked at once, and once more after a few steps of its own.
"""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pages.parts.learn import book
from tests.browser.blending import READY
from tests.browser.conftest import NewPage
from tests.browser.eigening import LINK, SLIDER
from tests.browser.generating import VARIETY
from tests.browser.helpers import PAGES, WIDE, axe, complete, settle, sideways, unbroken, visit
from tests.browser.mapping import frame, rest
from tests.harness.serving import Server

CHAPTERS = book.pages(book.LEARN)
LINKS = {
    "/": "/?data=mnist&w=1:20,3:80,8:50&theta=0.4&n=3&seed=7",
    "/map": "/map?view=pca3&focus=3,8&row=12",
    "/eigen": LINK,
    "/generate": "/generate?theta=0.5&family=mixture&tau=0.95",
    "/compare": "/compare?data=fashion&theta=0.4&sort=sharpness",
    "/directions": "/directions?start=:row12&dir=dim2:1&change=3,8:1.5&further=1&tool=numbers",
    "/quiz": "/quiz?data=mnist&model=mmd-20&quiz=point&turn=7&between=3,8",
    "/learn": "/learn",
}


def blend_is_there(page: Page) -> None:
    page.locator(READY).wait_for()


def map_is_there(page: Page) -> None:
    rest(page)
    expect(page.get_by_role("heading", name="Nearest in latent space")).to_be_visible()


def eigen_is_there(page: Page) -> None:
    expect(page.locator(".eigen-vae .eigen-mean")).to_contain_text("error of these", timeout=30_000)


def generate_is_there(page: Page) -> None:
    page.get_by_text("Show the maths").click()
    page.get_by_text("More controls").click()


def compare_is_there(page: Page) -> None:
    page.locator('.compare[data-ready="all"]').wait_for()
    page.get_by_text("More controls").click()


def directions_are_there(page: Page) -> None:
    page.locator(".directions[data-ready=all]").wait_for()
    page.get_by_text("The steps as text").click()


def quiz_is_there(page: Page) -> None:
    """A whole quiz by keyboard, then its result with the curve; once is enough."""
    whole = (page.viewport_size or {"width": 0})["width"] < 500
    for number in range(1, 28 if whole else 3):
        expect(page.get_by_text(f"Picture {number} of 27", exact=True)).to_be_visible()
        page.locator('.quiz[data-ready="all"]').wait_for()
        page.keyboard.press("ArrowRight" if number % 2 else "ArrowLeft")
    if whole:
        expect(page.get_by_role("heading", name="Your answers")).to_be_focused()
        drawn = page.locator(".quiz-chart > svg")
        letters = drawn.bounding_box()["width"] / drawn.evaluate("e => e.viewBox.baseVal.width")  # type: ignore[index]
        assert letters > 0.85, "the curve is drawn as narrow as it is shown, so that its letters stay legible"
        page.get_by_text("How the answers are counted").click()


def learn_is_there(page: Page) -> None:
    expect(page.get_by_role("heading", name=[*CHAPTERS.values()][-1].title, exact=True)).to_be_visible()
    assert {chapter.title for chapter in CHAPTERS.values()} <= set(page.get_by_role("heading").all_inner_texts())
    page.evaluate("() => document.querySelectorAll('summary').forEach(drawer => drawer.click())")
    expect(page.locator("details:not([open])")).to_have_count(0)
    expect(page.get_by_role("heading", name="In Medley")).to_have_count(len(book.pages(book.OBJECTIVES)))
    expect(page.locator(".katex").first).to_be_visible()


THERE = {
    "/": blend_is_there, "/map": map_is_there, "/eigen": eigen_is_there, "/generate": generate_is_there,
    "/compare": compare_is_there, "/directions": directions_are_there,
    "/quiz": quiz_is_there, "/learn": learn_is_there,
}  # fmt: skip
"""What has to be waited for, or opened, before a page shows most of what it can."""


def keep_it(page: Page) -> None:
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="PNG").wait_for()
    complete(page)
    assert axe(page) == []


def select_on_the_raw_latents(page: Page) -> None:
    page.get_by_role("button", name="Raw latent", exact=True).click()
    page.get_by_role("button", name="2-D", exact=True).click()
    rest(page)
    page.get_by_role("button", name="Box", exact=True).click()
    left, top, width, height = frame(page)
    page.mouse.move(left + 0.25 * width, top + 0.3 * height)
    page.mouse.down()
    page.mouse.move(left + 0.7 * width, top + 0.75 * height, steps=3)
    page.mouse.up()
    settle(page)
    assert axe(page) == []


def the_slider_stays_in_view(page: Page) -> None:
    page.get_by_role("heading", name="The ingredients").scroll_into_view_if_needed()
    slider = page.get_by_label(SLIDER)
    expect(slider).to_be_in_viewport()
    first = page.get_by_role("button", name="Component 1,")
    first.focus()
    above = first.bounding_box() or {"y": 0}
    page.evaluate("by => document.querySelector('[data-testid=stMain]').scrollBy(0, by)", above["y"] - 70)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    bar, tile = page.locator(".eigen-control").bounding_box(), first.bounding_box()
    assert bar and tile and tile["y"] >= bar["y"] + bar["height"] - 1, "a keyboard's place rests below the slider"
    if (page.viewport_size or {"width": 0})["width"] < 500:
        box = slider.bounding_box()
        assert box and box["height"] >= 44
        page.touchscreen.tap(box["x"] + 0.5 * box["width"], box["y"] + box["height"] / 2)
        assert abs(int(slider.input_value()) - 25) <= 2


def slider_and_sheet_are_seen_together(page: Page) -> None:
    if (page.viewport_size or {"width": 0})["width"] < 500:
        page.get_by_role("slider", name=VARIETY).scroll_into_view_if_needed()
        expect(page.locator(".sheet-row canvas").last).to_be_in_viewport()


def pad_and_tiles_are_seen_together(page: Page) -> None:
    page.locator(".compare-tile").last.scroll_into_view_if_needed()
    expect(page.get_by_role("slider", name="Blend pad")).to_be_in_viewport()


def every_tool_of_the_directions(page: Page) -> None:
    for tool in ["More of …", "From one to another", "Part by part", "Between four"]:
        page.get_by_role("button", name=tool).click()
        fits(page, tool)
    complete(page)
    assert axe(page) == []


def the_other_quiz(page: Page) -> None:
    page.get_by_role("button", name="Who is in this picture?").click()
    expect(page.get_by_text("Picture 1 of 8", exact=True)).to_be_visible()
    page.locator('.quiz[data-ready="all"]').wait_for()
    complete(page)
    assert axe(page) == []
    page.locator(".quiz-option:visible").first.press("Space")
    page.get_by_role("button", name="That is my answer").press("Enter")
    expect(page.get_by_text("Picture 2 of 8", exact=True)).to_be_visible()
    expect(page.locator(".quiz-option:visible").first).to_be_focused()  # where the next answer begins


def nothing(page: Page) -> None:
    """Learn has no further step."""


AFTERWARDS: dict[str, Callable[[Page], None]] = {
    "/": keep_it, "/map": select_on_the_raw_latents, "/eigen": the_slider_stays_in_view,
    "/generate": slider_and_sheet_are_seen_together, "/compare": pad_and_tiles_are_seen_together,
    "/directions": every_tool_of_the_directions, "/quiz": the_other_quiz, "/learn": nothing,
}  # fmt: skip


PRESSED = """() => {
    const all = root => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
    const grounds = state => all(document)
        .filter(e => e.matches(`button[aria-pressed="${state}"]`) && e.checkVisibility())
        .map(e => getComputedStyle(e).backgroundColor);
    return {pressed: grounds(true), free: grounds(false)};
}"""
"""JavaScript: the backgrounds of buttons that are pressed, and of those that are not."""


def fits(page: Page, when: str) -> None:
    """Nothing scrolls sideways once the page is laid out anew, which charts do a moment later."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    end = time.monotonic() + 5
    while sideways(page) and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert sideways(page) == 0, (when, page.evaluate(WIDE))


SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
UNSEEN = """() => {
    const stops = [...document.querySelectorAll('[data-testid=stMain], a[href]')].filter(e => e.checkVisibility());
    return stops.filter(e => {
        e.focus({ focusVisible: true });
        const { outlineStyle, outlineWidth } = getComputedStyle(e);
        return document.activeElement === e && (outlineStyle === 'none' || parseFloat(outlineWidth) < 2);
    }).map(e => e.textContent.slice(0, 40));
}"""
"""JavaScript: Streamlit's links, and what it scrolls, that a keyboard comes to without a sign."""


def is_for_other_eyes(page: Page) -> None:
    """A telephone of 320 pixels, letters twice as large, text spaced out, visible focus, and the system's own
    colours, which show what is pressed."""
    size = page.viewport_size or {"width": 390, "height": 844}
    page.set_viewport_size({"width": 320, "height": size["height"]})
    fits(page, "at 320 pixels")
    page.set_viewport_size(size)
    spaced = page.add_style_tag(content=SPACED)
    fits(page, "with the text spaced out")
    spaced.evaluate("style => style.remove()")
    assert page.evaluate(UNSEEN) == []
    menu = page.get_by_test_id("stSidebar")
    menu.get_by_role("link", name="Map").focus()  # closed, and yet a keyboard is there
    page.wait_for_function("menu => menu.getBoundingClientRect().left >= 0", arg=menu.element_handle())
    larger = page.add_style_tag(content="html { font-size: 200% !important; }")
    fits(page, "with letters twice as large")
    page.emulate_media(forced_colors="active")
    grounds = page.evaluate(PRESSED)
    assert all(pressed not in grounds["free"] for pressed in grounds["pressed"]), grounds
    page.emulate_media(forced_colors="none")
    larger.evaluate("style => style.remove()")


def is_for_everybody(page: Page, app: Server, path: str) -> None:
    """WCAG 2.2 at A and AA, at once and after a few steps."""
    visit(page, app.url + LINKS[path])
    complete(page)
    THERE[path](page)
    complete(page)
    unbroken(page, app)
    assert axe(page) == []
    assert sideways(page) == 0
    line = page.locator(".medley-headline")
    room = line.evaluate("h1 => h1.closest('.stElementContainer').getBoundingClientRect().height")
    assert room >= line.evaluate("h1 => h1.getBoundingClientRect().height"), "the first line has room for all its lines"
    AFTERWARDS[path](page)
    assert sideways(page) == 0
    page.keyboard.press("Escape")


@pytest.mark.parametrize("first", range(2), ids=["from Blend", "from Map"])
@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (390, 844, True)])
def test_nobody_is_shut_out(new_page: NewPage, app: Server, width: int, height: int, dark: bool, first: int) -> None:
    """Every other page of one visit; that the console stays clean of errors is checked when it ends."""
    page = new_page(width=width, height=height, dark=dark, touch=width < 500, still=dark)
    for path in PAGES[first::2]:
        is_for_everybody(page, app, path)
        if dark:
            is_for_other_eyes(page)
    assert new_page.watches[0].warnings == []
