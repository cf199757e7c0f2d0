"""What is made of blends: a saved picture opened again, variations, films, pages without a server, a widget."""

import re
import time
from base64 import b64encode
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from latent_core import open_model, widget
from latent_core.models.files import pixels, png
from tests.browser.blending import READY, canvas_bytes, open_blend, python_blend, recipe_of, still
from tests.browser.helpers import axe, rested
from tests.harness.serving import Server
from tests.harness.watch import WATCHED

GIVE = """([coded, name, how]) => {
    const given = new DataTransfer();
    given.items.add(new File([Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0))], name));
    const bubbling = { bubbles: true, cancelable: true, composed: true };
    const say = how === 'paste'
        ? [new ClipboardEvent('paste', { clipboardData: given, ...bubbling })]
        : ['dragenter', 'dragover', 'drop'].map((type) => new DragEvent(type, { dataTransfer: given, ...bubbling }));
    for (const event of say) document.body.dispatchEvent(event);
}"""
"""JavaScript: a file is dropped on the page or pasted into it."""
MOUNT = """async ([script, state, files]) => {
    const bytes = (coded) => new DataView(Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0)).buffer);
    const unpacked = Object.entries(files).map(([name, coded]) => [name, bytes(coded)]);
    const held = { ...state, _files: Object.fromEntries(unpacked) };
    const listeners = [];
    window.saved = [];
    window.model = {
        get: (name) => held[name],
        set: (name, value) => { held[name] = value; for (const one of listeners) one(); },
        save_changes: () => window.saved.push(held.recipe),
        on: (name, listener) => name === 'change:recipe' && listeners.push(listener),
        off: (name, listener) => listeners.splice(listeners.indexOf(listener), 1),
    };
    const module = await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    window.leave = await module.default.render({ model: window.model, el: document.querySelector('main') });
}"""
"""JavaScript: a widget's module mounted as a notebook does."""
LAZY = """() => performance.getEntriesByType('resource')
    .filter(({ name }) => /(film|variations|gif|webm)[.]js/.test(name)).length"""
"""JavaScript: how many modules of closed drawers are here."""


@pytest.mark.first_visit
def test_saved_pictures_come_back_variations_and_films(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    first = recipe_of(page)
    blend = open_model("omniglot/label-guided-16").blend({"Latin b": 0.25, "Latin x": 0.75}, theta=0.2)
    said = page.locator(".medley-toast")

    def give(content: bytes, name: str, how: str = "drop") -> None:
        page.evaluate(GIVE, [b64encode(content).decode(), name, how])

    for content, name, words in [
        (b"hello", "a.txt", "a.txt is no picture that Medley saved"),
        (png(blend)[:-9], "cut.png", "cut.png is cut off"),
        (png(blend).replace(b"label-guided-16", b"label-guided-99"), "b.png", "There is no model “label-guided-99”"),
    ]:
        give(content, name)
        expect(said).to_contain_text(words)
        assert recipe_of(page) == first
    give(png(blend, 4), "good.png", "paste")
    expect(said).to_contain_text("good.png is open again")
    still(page)
    assert recipe_of(page) == blend.recipe
    end = time.monotonic() + 15  # the link says what was opened before its model is there
    while np.abs(canvas_bytes(page)[..., 0].astype(int) - pixels(blend.picture)).max() > 1:
        assert time.monotonic() < end, "the picture of the file"
        page.wait_for_timeout(20)
    still(page)
    page.get_by_role("button", name="Undo").click()
    still(page)
    assert recipe_of(page) == first
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name="Open a saved picture").click()
    choosing.value.set_files({"name": "again.png", "mimeType": "image/png", "buffer": png(blend)})
    expect(said).to_contain_text("again.png is open again")
    still(page)

    assert page.evaluate(LAZY) == 0
    page.get_by_text("Variations", exact=True).click()
    grid = page.get_by_role("group", name="Variations")
    name = grid.get_by_role("button").first.get_attribute("aria-label")
    grid.get_by_role("button").nth(4).focus()
    for key in ("ArrowUp", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    still(page)
    assert recipe_of(page).w != blend.recipe.w and name
    expect(grid.get_by_role("button").nth(4)).to_be_focused()
    expect(grid.get_by_role("button").nth(4)).to_have_attribute("aria-label", f"As it is: {name}")
    page.get_by_role("list", name="What was tried").get_by_role("button").last.focus()
    page.get_by_role("button", name="Back", exact=True).click()
    still(page)
    assert recipe_of(page).w == blend.recipe.w

    page.get_by_text("Film", exact=True).click()
    expect(page.get_by_role("button", name="Empty the film")).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name="Loop through the chosen classes").click()
    page.get_by_role("button", name="Add this blend").click()
    page.get_by_role("combobox", name="Size").select_option("Small")
    seconds = page.get_by_role("spinbutton", name="Seconds after 1")
    for frames, text in (("20", "Make the film"), ("0,3", "Make the film")):
        seconds.fill(frames)
        seconds.press("Enter")
        expect(page.get_by_role("button", name=text)).to_be_visible()
    page.get_by_role("combobox", name="Kind of file").select_option("WebM video")
    page.get_by_role("button", name="Make the film").click()
    video = page.get_by_label("Film of Latin b and Latin x")
    expect(video).to_be_visible(timeout=30_000)
    page.wait_for_function("video => video.readyState >= 3 && video.duration > 2", arg=video.element_handle())
    page.get_by_role("combobox", name="Kind of file").select_option("GIF")
    page.get_by_role("button", name="Make the film").click()
    save = page.get_by_role("button", name="Save the film")
    expect(page.get_by_role("img", name="Film of Latin b and Latin x")).to_be_visible(timeout=30_000)
    with page.expect_download() as waiting:
        save.click()
    assert waiting.value.suggested_filename == "medley-film-Latin b-Latin x.gif"
    give(Path(waiting.value.path()).read_bytes(), "film.gif")
    expect(said).to_contain_text("film.gif is open again")
    rested(page)
    assert dict(recipe_of(page).w) == {"Latin b": 100}
    assert axe(page) == []
    for drawer in ("Variations", "Film"):
        page.get_by_text(drawer, exact=True).click()


def test_a_page_of_its_own_works_without_a_server(page: Page, app: Server, browser: Browser, tmp_path: Path) -> None:
    open_blend(page, app, "?data=omniglot&model=label-guided-16&w=Latin+b:25,Latin+x:75&theta=0.2")
    page.get_by_role("button", name="Keep it").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="A page of its own").click()
    waiting.value.save_as(tmp_path / "own.html")
    page.keyboard.press("Escape")
    alone = browser.new_context(offline=True, viewport={"width": 390, "height": 844}, accept_downloads=True)
    try:
        own, asked = alone.new_page(), []
        own.on("request", lambda request: asked.append(request.url))
        own.on("console", lambda message: asked.append(message.text) if message.type == "error" else None)
        own.goto((tmp_path / "own.html").as_uri())
        own.locator(READY).wait_for(timeout=60_000)
        blend = open_model("omniglot/label-guided-16").blend({"Latin b": 0.25, "Latin x": 0.75}, theta=0.2)
        assert np.abs(canvas_bytes(own)[..., 0].astype(int) - pixels(blend.picture)).max() <= 1
        assert own.evaluate("() => document.documentElement.scrollWidth <= innerWidth") and axe(own) == []
        own.get_by_role("button", name="Latin x", exact=True).first.click()
        expect(own.locator('canvas[aria-label="Blend of Latin b"]')).to_be_visible()
        expect(own.get_by_role("heading", name="Blend of Latin b", exact=True)).to_be_visible()
        with own.expect_download() as saving:
            own.get_by_role("button", name="Save the picture").click()
        assert b"Latin b" in Path(saving.value.path()).read_bytes()
        assert [one for one in asked if not one.startswith(("data:", "blob:"))] == [own.url]
    finally:
        alone.close()


def test_a_widget_shows_what_python_makes_and_tells_what_was_moved(browser: Browser) -> None:
    shown = widget("omniglot/label-guided-16", {"Latin b": 25, "Latin x": 75}, theta=0.2)
    state = {name: value for name, value in shown.get_state().items() if name in ("recipe", "_props", "_style")}
    files = {name: b64encode(content).decode() for name, content in shown._files.items()}
    context = browser.new_context(offline=True, viewport={"width": 800, "height": 900})
    try:
        page, wrong = context.new_page(), []
        page.on("request", lambda request: wrong.append(request.url))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.set_content('<html lang="en"><title>A notebook</title><main><h1>Cell</h1><input aria-label="Code"></main>')
        page.evaluate(MOUNT, [shown._esm, state, files])

        def same() -> None:
            page.locator(READY).wait_for(timeout=60_000)
            assert np.abs(canvas_bytes(page)[..., 0].astype(int) - pixels(shown.blend().picture)).max() <= 1

        same()
        assert axe(page) == []
        page.get_by_role("slider", name="Blend pad").press("ArrowLeft")
        page.wait_for_function("() => saved.length === 1")
        shown.set_state({"recipe": page.evaluate("() => saved[0]")})
        assert abs(shown.recipe.shares()["Latin b"] - 0.25) > 0.01
        same()
        page.get_by_label("Code").press("Control+z")  # the notebook's own
        shown.recipe = shown.model.blend({"Latin e": 40, "Latin x": 60}, seed=5).recipe
        page.evaluate("(recipe) => model.set('recipe', recipe)", shown.get_state()["recipe"])
        expect(page.locator('canvas[aria-label^="Blend of"]')).to_have_attribute("aria-label", re.compile("Latin e"))
        same()
        assert page.evaluate("() => saved.length") == 1
        page.get_by_role("slider", name="Blend pad").press("Control+z")
        page.wait_for_function("() => saved.length === 2 && 'Latin b' in saved[1].w")
        page.get_by_text("Where who is", exact=True).click()
        page.get_by_role("radio", name="Latin b", exact=True).check(force=True)
        page.get_by_role("gridcell", name="Row 3, column 4").press("Space")
        page.wait_for_function("() => saved.length === 3 && saved[2].where")
        shown.set_state({"recipe": page.evaluate("() => saved[2]")})
        assert shown.recipe.where.levels(["Latin b"]).sum() > 0
        same()
        page.evaluate("() => leave()")
        assert [one for one in wrong if not one.startswith(("blob:", "data:"))] == []
        assert page.locator(".medley").count() == 0
    finally:
        context.close()


def test_who_shows_where_is_painted_by_mouse_and_keyboard(page: Page, app: Server) -> None:
    open_blend(page, app, "?data=mnist&w=3:50,8:50")
    bare = recipe_of(page)
    page.get_by_text("Where who is", exact=True).click()
    grid = page.get_by_role("grid", name="Fields of the picture")
    status = page.locator(".where-said")
    expect(status).to_have_text("Nothing is painted: everybody shows everywhere.")
    redo = page.locator(".where-both").get_by_role("button", name="Redo")
    expect(redo).to_have_attribute("aria-disabled", "true")
    page.get_by_role("radio", name="8", exact=True).check(force=True)
    page.get_by_role("radio", name="Small").check()
    asked = WATCHED[page].frames
    box = grid.bounding_box()
    assert box and box["width"] >= 256
    across, down = (np.array([0.5, 7.5]) / 8 * box["width"] + box["x"], box["y"] + box["height"] / 16)
    page.mouse.move(across[0], down)
    page.mouse.down()
    page.mouse.move(across[1], down, steps=9)
    assert WATCHED[page].frames == asked, "no server while it is painted"
    page.mouse.up()
    expect(status).to_have_text("8 counts more in 8 of 64 fields.")
    assert grid.evaluate("grid => getComputedStyle(grid).touchAction") == "none"
    cell = grid.get_by_role("gridcell", name="Row 1, column 8")
    expect(cell).to_be_focused()
    expect(cell).to_have_accessible_name("Row 1, column 8: 8, strength 3 of 3")
    for key in ("ArrowDown", "Space", "ArrowLeft", "Enter", "ArrowUp", "Delete"):
        page.keyboard.press(key)
    expect(status).to_have_text("8 counts more in 9 of 64 fields.")
    still(page)
    painted = recipe_of(page)
    levels = painted.where.levels(["8"])[0].reshape(8, 8)
    assert (levels[0] == [3, 3, 3, 3, 3, 3, 0, 3]).all() and (levels[1] == [0, 0, 0, 0, 0, 0, 3, 3]).all()
    made = python_blend(painted).picture
    assert np.abs(canvas_bytes(page)[..., 0].astype(int) - pixels(made)).max() <= 1
    assert axe(page) == []
    page.keyboard.press("Control+z")
    still(page)
    assert recipe_of(page).where.levels(["8"])[0][6] == 3, "Undo takes back one stroke"
    expect(redo).to_have_attribute("aria-disabled", "false")
    page.get_by_role("button", name="Clear all").click()
    still(page)
    assert recipe_of(page) == bare
    page.get_by_text("Where who is", exact=True).click()
