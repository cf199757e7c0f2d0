"""What browser tests do on a page: open it, wait until it rests, check it with axe, photograph it."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.harness.serving import Server
from tests.harness.watch import HEARTBEAT, WATCHED

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = Path(__file__).parent / "shots"
PAGES = ["/", "/map", "/eigen", "/generate", "/compare", "/directions", "/quiz", "/learn"]
CODED = """array => { let text = '';
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    for (let i = 0; i < bytes.length; i += 30000) text += String.fromCharCode(...bytes.subarray(i, i + 30000));
    return btoa(text); }"""
"""JavaScript: a typed array as base64, because long JSON lists take seconds."""
REFUSING = """
for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
    Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied', 'SecurityError'); } });
delete Navigator.prototype.clipboard;
"""
"""JavaScript: a browser that blocks site data, and a page that came over plain http."""
LISTENING = """() => {
    const region = () => document.querySelector('.medley-announced')?.textContent ?? '';
    let last = region();
    window.sentences = [];
    window.listening?.disconnect();
    window.listening = new MutationObserver(() => {
        const now = region();
        if (now && now !== last) window.sentences.push(now);
        last = now;
    });
    window.listening.observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
"""JavaScript: keeps what is said in the page's live region."""
FOLLOW = """url => {
    history.pushState(null, '', url);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
}"""
"""JavaScript: another address without another document, as Back and Forward lead there."""
RESTING = "[data-testid=stApp][data-test-script-state=notRunning]"

IMPATIENT = """const wait = window.setTimeout;
window.setTimeout = (work, ms, ...given) => wait(work, ms > 2000 && ms < 5000 ? 500 : ms, ...given);"""
"""JavaScript: where Streamlit would wait for up to 4 s before it tries again to reach its server, it waits for half a
second; nothing else waits as long as that."""


def impatient(page: Page) -> None:
    """From its next document on the page soon notices that a server which was away is back."""
    page.add_init_script(IMPATIENT)


def visit(page: Page, url: str, seconds: float = 60) -> None:
    """Open `url` and wait until its script has run.

    A page that is in the app already goes there as Back and Forward do, in an eighth of the time.
    """
    here, there = urlsplit(page.url), urlsplit(url)
    if here.netloc != there.netloc:
        page.goto(url)
        settle(page, seconds)
        return
    page.evaluate(FOLLOW, url)
    rested(page, seconds)


def settle(page: Page, seconds: float = 60) -> None:
    """Wait until no script runs, nothing is being loaded into the page, and what the server sent has reached it.

    React hands it to the components after the change that ends the run, and they draw it in the frame after that.
    """
    page.locator(RESTING).wait_for(timeout=seconds * 1000)
    page.wait_for_function(
        """async () => {
            for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
            await new Promise((done) => setTimeout(done));
            return !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]');
        }""",
        timeout=seconds * 1000,
    )


def rested(page: Page, seconds: float = 60) -> None:
    """Wait until the server has heard of all that was done on the page, and has answered.

    Pages tell the server of a control a moment after it rests; until then `window.medley.waiting` counts it.
    """
    page.wait_for_function(
        """() => !window.medley?.waiting
            && new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))""",
        timeout=seconds * 1000,
    )
    watch, end, asked = WATCHED[page], time.monotonic() + seconds, False
    while not watch.answered:
        assert time.monotonic() < end, "the server has not answered"
        if watch.unsure and not asked:
            page.evaluate(HEARTBEAT)
        asked = watch.unsure
        page.wait_for_timeout(10)
    settle(page, seconds)


def each_shows(page: Page, moves: Iterable[Callable[[], None]], look: Callable[[], bytes]) -> int:
    """Makes one move after the other, waits until what is shown is another picture, and counts the different ones.

    However busy the machine is, it is the page that may take a second for each, not the test.
    """
    seen = {look()}
    for move in moves:
        move()
        end = time.monotonic() + 1
        while (now := look()) in seen and time.monotonic() < end:
            page.wait_for_timeout(10)
        seen.add(now)
    return len(seen) - 1


def listen(page: Page) -> None:
    """Begin to keep what a screen reader is told; `heard` gives it."""
    page.evaluate(LISTENING)


def heard(page: Page, words: str) -> list[str]:
    """All that was said since `listen`, once a sentence has these words."""
    page.wait_for_function("words => window.sentences.some(one => one.includes(words))", arg=words, timeout=15_000)
    said: list[str] = page.evaluate("() => window.sentences")
    return said


TAKEN_OVER = "[data-mounted], .st-key-book, [data-testid=stException], [data-testid=stAlert]"
"""Something stands in the place of the first HTML's picture, as in web/ui/frame.css: a busy machine may take longer to
begin than a page takes to look at rest."""


def complete(page: Page) -> None:
    """Wait until all components of the page are live, nothing more is fetched, and what fades in has faded in."""
    settle(page)
    page.locator(TAKEN_OVER).first.wait_for(state="attached", timeout=60_000)
    page.wait_for_load_state("networkidle")
    waiting = page.locator('.medley[data-ready]:not([data-ready="all"], [data-ready="sheet"])')
    expect(waiting).to_have_count(0, timeout=60_000)
    page.wait_for_function(
        """() => [document, ...[...document.querySelectorAll('*')].map(e => e.shadowRoot).filter(Boolean)]
            .flatMap(root => root.getAnimations())
            .every(one => one.playState !== 'running' || one.effect.getComputedTiming().endTime === Infinity)"""
    )


def unbroken(page: Page, app: Server) -> None:
    """No traceback on the page or in the server's log, and the frame stands."""
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("link", name="Map").first).to_be_visible()
    assert "Traceback" not in app.log()
    assert page.evaluate("() => window.hacked") is None


def axe(page: Page) -> list[str]:
    """Violations of WCAG 2.0 to 2.2, A and AA, as one readable line each; [] is what a page must give."""
    # Whatever else axe finds it would tell of every element, in a megabyte or two.
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} | {node['failureSummary'][:300]}"
        for rule in found
        for node in rule["nodes"]
    ]


def screenshot(page: Page, name: str, whole: bool = True) -> Path:
    """Photograph the page (all of what scrolls with `whole`) into tests/browser/shots/NAME.png, which git ignores."""
    SHOTS.mkdir(exist_ok=True)
    path = SHOTS / f"{name}.png"
    if whole:  # Streamlit scrolls inside its main section, so the window has to become as high as that is
        height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        size = page.viewport_size or {"width": 1280, "height": 800}
        page.set_viewport_size({"width": size["width"], "height": min(max(height + 60, size["height"]), 6000)})
        complete(page)
        page.screenshot(path=path)
        page.set_viewport_size(size)
    else:
        page.screenshot(path=path)
    return path


WIDE = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const room = main.getBoundingClientRect().left + main.clientWidth;
    const all = root => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
    const ends = e => e.getBoundingClientRect().left + Math.max(e.offsetWidth ?? 0, e.scrollWidth);
    return all(document).filter(e => main.contains(e.getRootNode().host ?? e) && e !== main && ends(e) > room + 0.5)
        .map(e => `${e.tagName} ${e.getAttribute('class')} ${Math.round(ends(e) - room)}`);
}"""
"""JavaScript: what reaches beyond the right edge."""


def sideways(page: Page) -> int:
    """Pixels that the page can be scrolled sideways; 0 is what every width from 390 up must give."""
    return int(
        page.evaluate(
            """() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]
                .map(e => e.scrollWidth - e.clientWidth))"""
        )
    )
