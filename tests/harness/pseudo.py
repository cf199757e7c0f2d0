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
    const OTHERS = 'code, pre, .katex, [translate=no], noscript';
    const word = /\p{L}[\p{L}’']*/gu;
    const say = (element, text, what) => {
        if (!text || element.closest(`${OTHERS}, [lang]:not(html)`)) return;
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
"""JavaScript: texts and names on the page, whether seen or closed away, that hold a plain English word and are not
said to be English, as chapters of Learn are that have no file in the language."""

UNMIRRORED = r"""
() => {
    const found = [];
    const control = 'button, a[href], input, select, label, summary';
    const seen = (one) => one.checkVisibility?.({ visibilityProperty: true }) && one.getBoundingClientRect().width > 2;
    const walk = (root) => {
        for (const row of root.querySelectorAll('*')) {
            if (row.shadowRoot) walk(row.shadowRoot);
            if (getComputedStyle(row).direction !== 'rtl') continue;
            const parts = [...row.children].filter((one) => one.matches(control) && seen(one)
                && getComputedStyle(one).position !== 'absolute' && getComputedStyle(one).position !== 'fixed');
            for (let i = 1; i < parts.length; i++) {
                const [a, b] = [parts[i - 1].getBoundingClientRect(), parts[i].getBoundingClientRect()];
                const unmirrored = Math.abs(a.top - b.top) < 3 && a.right < b.right - 1;
                if (unmirrored) found.push(`${row.className}: ${parts[i].textContent.trim().slice(0, 40)}`);
            }
        }
    };
    walk(document.body);
    return found;
}"""
"""JavaScript: controls that stand right of the one before them although their language goes to the left."""

CLIPPED = r"""
() => {
    const found = [];
    const texts = 'button, a[href], select, label, summary, h1, h2, h3, h4, p, li, th, td, legend, output';
    const walk = (root) => {
        for (const one of root.querySelectorAll('*')) {
            if (one.shadowRoot) walk(one.shadowRoot);
            if (!one.matches(texts)) continue;
            if (!one.checkVisibility?.({ visibilityProperty: true }) || one.closest('[aria-hidden=true]')) continue;
            const style = getComputedStyle(one);
            const box = one.getBoundingClientRect();
            if (box.width < 3 || box.height < 3 || style.clipPath !== 'none') continue; // for screen readers alone
            const cut = ['hidden', 'clip'].includes(style.overflowX) && style.textOverflow !== 'ellipsis'
                && one.scrollWidth > one.clientWidth + 1;
            const spills = one.matches('button, label') && one.scrollWidth > Math.ceil(box.width) + 1;
            if (cut || spills) found.push(`${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 60)}`);
        }
    };
    walk(document.body);
    return found;
}"""
"""JavaScript: texts of which a part cannot be seen, or that are larger than their button."""

ALLOWED = [
    *("medley", "pca", "umap", "png", "npz", "json", "csv", "gif", "webp", "webm", "svg", "html", "url", "theta"),
    *("mnist", "omniglot", "olivetti", "fashion-mnist", "vae", "elbo", "mmd", "dip", "poe", "moe", "mopoe", "mmvm"),
    *("english", "deutsch", "python", "strokes", "safetensors"),
]
"""Names, which no language changes."""


def changed(sentence: str) -> str:
    """A sentence in the language that nobody speaks."""
    out, at = [], 0
    for kept in KEPT.finditer(sentence):
        out += [sentence[at : kept.start()].translate(ACCENTED), "" if kept[0].startswith("##") else kept[0]]
        at = kept.end()
    return "".join([*out, sentence[at:].translate(ACCENTED)])


def as_long(sentence: str, other: str | dict[str, str]) -> str:
    """A changed sentence that takes as much room as what another language says, where that is longer."""
    said = changed(sentence)
    longest = max([other] if isinstance(other, str) else other.values(), key=len)
    return said + "·" * max(0, len(longest) - len(said))


def write(root: Path) -> None:
    """Writes the language into a folder of languages: the sentences that German has, as long as the longer of both."""
    ours = Path(__file__).resolve().parents[2] / "latent_core" / "locales" / "de"
    folder = root / CODE
    for side in ("python", "web"):
        (folder / side).mkdir(parents=True)
        german = {
            key: said for part in (ours / side).glob("*.json") for key, said in json.loads(part.read_text()).items()
        }
        (folder / side / "all.json").write_text(json.dumps({key: as_long(key, said) for key, said in german.items()}))
    names = json.loads((ours / "classes.json").read_text())
    (folder / "classes.json").write_text(json.dumps({name: as_long(name, said) for name, said in names.items()}))
    about = {"name": "Ɛñglɨsh", "direction": "rtl", "decimal": ".", "thousands": ",", "plural": {}}
    (folder / "language.json").write_text(json.dumps(about))


def english_left(page: Page) -> list[str]:
    """What on the page was never looked up; text of code and equations aside."""
    found: list[str] = page.evaluate(ENGLISH_LEFT, {"allowed": ALLOWED})
    return found


def unmirrored(page: Page) -> list[str]:
    """Controls that stand as in a language from left to right."""
    found: list[str] = page.evaluate(UNMIRRORED)
    return found


def clipped(page: Page) -> list[str]:
    """Texts that have no room."""
    found: list[str] = page.evaluate(CLIPPED)
    return found


def _tell(paths: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser.helpers import WIDE, complete, sideways
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
                    print(f"== {path}: in English", *english_left(page), sep="\n")  # noqa: T201
                    print("-- unmirrored", *unmirrored(page), "-- clipped", *clipped(page), sep="\n")  # noqa: T201
                    print(f"-- {sideways(page)} px sideways", *page.evaluate(WIDE), sep="\n")  # noqa: T201
        finally:
            server.stop()


if __name__ == "__main__":
    _tell(sys.argv[1:] or ["/"])
