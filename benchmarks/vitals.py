"""Core Web Vitals of the pages: the largest paint, what jumps while a page loads, and how soon a control answers."""

from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page

PAGES = {
    "Blend": "",
    "Map": "map",
    "Eigen-images": "eigen",
    "Generate": "generate",
    "Compare": "compare",
    "Directions": "directions",
    "Quiz": "quiz",
    "Learn": "learn",
}
SETTLED = 4000  # ms after which nothing of a page's start is under way any more
FINEST = 16.0  # ms; Chromium reports no event that was answered sooner
# Sizes as web.dev/vitals defines them: shifts in windows of at most 5 s with gaps below 1 s; the largest window counts.
OBSERVE = """
window.vitals = { lcp: 0, cls: 0, slowest: 0 };
let shifted = 0, first = 0, last = 0;
const observe = (type, note, more = {}) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
observe("largest-contentful-paint", (entry) => { vitals.lcp = entry.startTime; });
observe("layout-shift", (entry) => {
  if (entry.hadRecentInput) return;
  if (entry.startTime - last > 1000 || entry.startTime - first > 5000) [shifted, first] = [0, entry.startTime];
  shifted += entry.value;
  last = entry.startTime;
  vitals.cls = Math.max(vitals.cls, shifted);
});
observe("event", (entry) => { if (entry.interactionId) vitals.slowest = Math.max(vitals.slowest, entry.duration); },
  { durationThreshold: 16 });
"""


@dataclass(frozen=True)
class Start:
    """A page's first seconds: ms until its largest element was painted, and how much jumped (layout shift, no unit)."""

    largest_paint: float
    shift: float


def start_of(browser: Browser, url: str, path: str, times: int, width: int = 1280, height: int = 800) -> list[Start]:
    """First visits to a page of a warm server, each in a fresh profile."""
    starts = []
    for _ in range(times):
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.add_init_script(OBSERVE)
        page.goto(f"{url}/{path}")
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        page.wait_for_timeout(SETTLED)
        found = page.evaluate("window.vitals")
        starts.append(Start(found["lcp"], found["cls"]))
        context.close()
    return starts


def answers(browser: Browser, url: str) -> dict[str, float]:
    """Interaction to next paint of each control of the Blend page, in ms by name: clicked, or moved by an arrow key."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(OBSERVE)
    page.goto(url)
    page.locator('.medley[data-ready="all"]').wait_for(timeout=60_000)
    while (closed := page.locator(".medley details:not([open]) > summary").locator("visible=true")).count():
        closed.first.click()
    waits = {}
    for control in page.locator(".medley").locator("button, input, select, [role=slider], summary").all():
        if control.is_visible() and control.is_enabled():
            waits[_name(control)] = _answer(page, control)
    context.close()
    return waits


def _answer(page: Page, control: Locator) -> float:
    """ms from the use of a control to the paint that follows, `FINEST` where it was sooner."""
    page.evaluate("window.vitals.slowest = 0")
    pressed = control.evaluate("one => one.matches('input[type=range], select, [role=slider]')")
    if pressed:
        control.focus()
        page.keyboard.press("ArrowRight")
    else:
        control.click(force=True)
    page.wait_for_timeout(400)
    return max(FINEST, float(page.evaluate("window.vitals.slowest")))


def _name(control: Locator) -> str:
    """What a control is called."""
    name: str = control.evaluate(
        "one => one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent ?? ''"
    )
    return name.strip()
