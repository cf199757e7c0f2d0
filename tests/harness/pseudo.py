"""A language that nobody speaks, for tests: every sentence of Medley with its vowels changed, from right to left.

What stands on a page in plain English then was never looked up. `python -m tests.harness.pseudo /map /learn` opens
pages in it and prints what is left in English on each.
"""

import json
import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

CODE = "qps"
"""Of those that ISO 639 leaves for private use."""
ACCENTED = str.maketrans("aeiouyAEIOUY", "áéíóúýÁÉÍÓÚÝ")
KEPT = re.compile(r"\{\w+\}|`[^`]*`|<[^>]*>|\]\([^)]*\)|:material/\w+:|&\w+;|\$[^$]*\$|##.*")
"""What a sentence keeps as it is: values, code, elements, addresses, icons, equations; a note goes."""

ENGLISH_LEFT = r"""
({ allowed }) => {
    const left = new Set();
    const word = /\p{L}[\p{L}’']*/gu;
    const say = (element, text, what) => {
        if (!text || element.closest('code, pre, .katex, [translate=no], [lang]:not(html), noscript')) return;
        const english = (text.match(word) ?? []).filter((one) => /^[\x00-\x7f’]+$/.test(one) && /[aeiouy]/i.test(one)
            && one.length > 2 && !allowed.includes(one.toLowerCase()));
        if (english.length) left.add(`${what}: ${text.trim().replace(/\s+/g, ' ').slice(0, 160)}`);
    };
    const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
            if (element.shadowRoot) walk(element.shadowRoot);
            if (['SCRIPT', 'STYLE', 'TEMPLATE', 'TITLE'].includes(element.tagName)) continue;
            for (const name of ['aria-label', 'title', 'alt', 'placeholder', 'aria-valuetext', 'aria-description'])
                say(element, element.getAttribute(name), name);
            for (const node of element.childNodes) if (node.nodeType === 3) say(element, node.data, 'text');
        }
    };
    walk(document.body);
    return [...left];
}"""
"""JavaScript: texts and names on the page, whether seen or closed away, that hold a plain English word."""

ALLOWED = [
    *("medley", "pca", "umap", "png", "npz", "json", "csv", "gif", "webp", "webm", "svg", "html", "url", "theta"),
    *("mnist", "omniglot", "olivetti", "fashion-mnist", "vae", "elbo", "mmd", "dip", "poe", "moe", "mopoe", "mmvm"),
    *("english", "deutsch", "python"),
]
"""Names, which no language changes."""


def changed(sentence: str) -> str:
    """A sentence in the language that nobody speaks."""
    out, at = [], 0
    for kept in KEPT.finditer(sentence):
        out += [sentence[at : kept.start()].translate(ACCENTED), "" if kept[0].startswith("##") else kept[0]]
        at = kept.end()
    return "".join([*out, sentence[at:].translate(ACCENTED)])


def write(root: Path) -> None:
    """Writes the language into a folder of languages, from those sentences that German has."""
    ours = Path(__file__).resolve().parents[2] / "latent_core" / "locales" / "de"
    folder = root / CODE
    for side in ("python", "web"):
        (folder / side).mkdir(parents=True)
        keys = {key for part in (ours / side).glob("*.json") for key in json.loads(part.read_text())}
        (folder / side / "all.json").write_text(json.dumps({key: changed(key) for key in keys}))
    names = json.loads((ours / "classes.json").read_text())
    (folder / "classes.json").write_text(json.dumps({name: changed(name) for name in names}))
    about = {"name": "Ɛñglɨsh", "direction": "rtl", "decimal": ".", "plural": {}}
    (folder / "language.json").write_text(json.dumps(about))


def english_left(page: Page) -> list[str]:
    """What on the page was never looked up; text of code and equations aside."""
    found: list[str] = page.evaluate(ENGLISH_LEFT, {"allowed": ALLOWED})
    return found


def _tell(paths: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser.helpers import complete
    from tests.harness.chromium import FLAGS, chromium_path
    from tests.harness.serving import Server
    from tests.harness.watch import Watch

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "locales")
        environment = {"MEDLEY_LOCALES": str(Path(folder) / "locales")}
        server = Server(Path(folder) / "log", environment).start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
                page = browser.new_page(viewport={"width": 390, "height": 844})
                Watch().follow(page)
                for number, path in enumerate(paths):
                    page.goto(f"{server.url}{path}{'&' if '?' in path else '?'}lang={CODE}")
                    complete(page)
                    page.evaluate("() => document.querySelectorAll('summary').forEach(one => one.click())")
                    page.wait_for_timeout(1500)
                    page.screenshot(path=Path(tempfile.gettempdir()) / f"pseudo_{number}.png")
                    print(f"== {path}", *english_left(page), sep="\n")  # noqa: T201
        finally:
            server.stop()


if __name__ == "__main__":
    _tell(sys.argv[1:] or ["/"])
