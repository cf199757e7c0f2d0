"""What a screen reader is given while each main task is done by keyboard alone: docs/read_aloud.md.

Every stop of the keyboard is one line, as Chromium's accessibility tree has it: name, role, value and states; what the
page's live regions say stands below the key that led to it. Run it with: python -m benchmarks.read_aloud
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.browser.helpers import complete, rested, visit
from tests.harness.chromium import FLAGS, SHELL, chromium_path
from tests.harness.serving import Server
from tests.harness.watch import Watch

OUT = Path(__file__).resolve().parents[1] / "docs" / "read_aloud.md"
FOCUSED = """(() => { let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at; })()"""
LISTEN = """() => {
    const all = root => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? all(e.shadowRoot) : [])]);
    const words = () => new Map(all(document)
        .filter(e => e.matches('[role=status], [role=alert], [aria-live=polite]') && e.checkVisibility())
        .map(e => [e, e.textContent.trim()]));
    let before = words();
    window.sentences = [];
    clearInterval(window.ear);
    window.ear = setInterval(() => {
        const now = words();
        for (const [region, text] of now) if (text && before.get(region) !== text) window.sentences.push(text);
        before = now;
    }, 50);
}"""
"""JavaScript: keeps what is said in live regions, several times a second."""
STATES = ("checked", "pressed", "expanded", "selected", "disabled", "invalid")
FAR = 60
"""Stops after which a control that was not come to is given up."""


class Reader:
    """Presses keys, and writes down what is said. `lines` are the rows of the task's list in Markdown."""

    def __init__(self, page: Page) -> None:
        self.page, self.lines = page, list[str]()
        self._tree: CDPSession = page.context.new_cdp_session(page)

    def here(self) -> str:
        """What is said of the control that has focus."""
        found = self._tree.send("Runtime.evaluate", {"expression": FOCUSED})["result"]
        asked = {"objectId": found["objectId"], "fetchRelatives": False}
        node: dict[str, Any] = self._tree.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        known = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        words = self.page.evaluate(f"() => {FOCUSED}.getAttribute('aria-valuetext')")  # Chromium's tree leaves them out
        value = words or node.get("value", {}).get("value", "")
        value = f"{value:g}" if isinstance(value, float) else value
        states = [state if known[state] in (True, "true") else f"not {state}" for state in STATES if state in known]
        if node["role"]["value"] == "generic":
            return "the page itself"
        said = [node.get("name", {}).get("value", ""), node["role"]["value"], str(value), *states]
        description = node.get("description", {}).get("value", "")
        return ", ".join(part for part in [*said, description] if part and part != "not invalid")

    def press(self, key: str, times: int = 1) -> None:
        """Presses a key, and waits until all that follows has been said."""
        for _ in range(times):
            self.page.keyboard.press(key)
        rested(self.page)
        self.page.wait_for_timeout(1200)  # a change is told once it rests
        often = f" {times} times" if times > 1 else ""
        self.lines.append(f"- *{key}*{often}: {self.here()}")
        self.lines += [f"  - said: “{sentence}”" for sentence in self.page.evaluate("() => window.sentences.splice(0)")]

    def go(self, words: str) -> None:
        """Tabs on until a control with these words has focus.

        Raises:
            RuntimeError: none has within `FAR` stops.
        """
        for stops in range(1, FAR):
            self.page.keyboard.press("Tab")
            if words in (here := self.here()):
                self.lines.append(f"- *Tab*{f' {stops} times' if stops > 1 else ''}: {here}")
                return
        raise RuntimeError(f"The keyboard does not come to “{words}”.")


def blend(reader: Reader) -> None:
    """Choose two more animals, move the dot, balance them, and draw with variety."""
    reader.go("Koala")
    reader.press("Enter")
    reader.go("Frog")
    reader.press("Enter")
    reader.go("Blend pad, slider")
    reader.press("ArrowUp", 5)
    reader.go("Even out")
    reader.press("Enter")
    reader.go("Variety (theta), slider")
    reader.press("ArrowRight", 5)
    reader.go("Draw again")
    reader.press("Enter")


def look(reader: Reader) -> None:
    """Walk over the map by its keys."""
    reader.go("Map of")
    reader.press("p")
    reader.press("ArrowRight")
    reader.press("Enter")


def guess(reader: Reader) -> None:
    """Answer the first two questions of a quiz."""
    reader.press("ArrowLeft")
    reader.press("ArrowRight")


TASKS: list[tuple[str, str, Callable[[Reader], None]]] = [
    ("A blend", "/?data=animals", blend),
    ("The map", "/map?data=mnist", look),
    ("The quiz", "/quiz?data=mnist&model=mmd-20&quiz=point&turn=7&between=3,8", guess),
]


def read(page: Page, url: str) -> str:
    """The transcript of all tasks, in Markdown."""
    parts = [
        "# Read aloud",
        "What Chromium's accessibility tree gives a screen reader while each main task is done by keyboard:\n"
        "name, role, value and states of what has focus, and what the page's live regions say. Written by\n"
        "`python -m benchmarks.read_aloud`.",
    ]
    for title, link, task in TASKS:
        visit(page, url + link)
        complete(page)
        page.evaluate(LISTEN)
        page.evaluate("() => document.activeElement?.blur()")
        reader = Reader(page)
        task(reader)
        heading = f"Heading: “{page.locator('h1').first.inner_text()}”."
        parts += [f"## {title}", f"{task.__doc__} {heading}", "\n".join(reader.lines)]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "log.txt").start()
        try:
            browser = playwright.chromium.launch(executable_path=chromium_path(SHELL), args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
            Watch().follow(page)
            OUT.write_text(read(page, server.url))
        finally:
            server.stop()
    sys.stdout.write(f"{OUT}\n")


if __name__ == "__main__":
    main()
