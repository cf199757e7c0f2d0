"""The modules of web/ as one script, for a page that has no server to fetch them from.

Browsers take no module from another file where a page is opened by double click. So every module becomes a function
that makes what it exports, once, when it is first needed; their code stays as it is.
"""

import json
import re
from pathlib import Path, PurePosixPath

WEB = Path(__file__).resolve().parents[2] / "web"
ROOT = "https://medley.invalid/"
"""Where the app would lie: addresses that modules make of their own place begin with it, and nothing answers there."""

_NAMED = re.compile(r'^import \{ ([^}]*) \} from "(\.[^"]+)";$', re.MULTILINE)
_WHOLE = re.compile(r'^import \* as (\w+) from "(\.[^"]+)";$', re.MULTILINE)
_PLAIN = re.compile(r'^import "(\.[^"]+)";$', re.MULTILINE)
_LATER = re.compile(r'\bawait import\("(\.[^"]+)"\)')
_EXPORTED = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_LISTED = re.compile(r"export\{([^}]*)\};?\s*(?://# sourceMappingURL.*)?\s*$")
_LEFT = re.compile(r"^\s*(?:import\b(?!\()|export\b).*", re.MULTILINE)


def script(entry: str) -> str:
    """One script that does what the module `entry` (a file below web/) does, with all that it imports.

    Raises:
        ValueError: a module imports or exports in a way that is not known here.
    """
    made: dict[str, str] = {}
    _add(entry, made)
    functions = ",\n".join(f"{json.dumps(name)}() {{\n{code}\n}}" for name, code in made.items())
    return (
        '"use strict";\nconst modules = {\n' + functions + "\n};\nconst made = {};\n"
        "function need(name) {\n  return (made[name] ??= modules[name]());\n}\n" + f"need({json.dumps(entry)});\n"
    )


def _add(name: str, made: dict[str, str]) -> None:
    """Adds a module and, after it, those that it imports."""
    if name in made:
        return
    code = (WEB / name).read_text(encoding="utf-8")
    wanted: list[str] = []

    def other(path: str) -> str:
        found = str(_normal(PurePosixPath(name).parent / path))
        wanted.append(found)
        return f"need({json.dumps(found)})"

    exported = {one: one for one in _EXPORTED.findall(code)}
    listed = _LISTED.search(code)
    if listed:  # as packed libraries end
        pairs = (part.strip().partition(" as ") for part in listed[1].split(","))
        exported |= {outside or inside: inside for inside, _, outside in pairs}
        code = code[: listed.start()]
    code = _NAMED.sub(lambda found: f"const {{ {found[1].replace(' as ', ': ')} }} = {other(found[2])};", code)
    code = _WHOLE.sub(lambda found: f"const {found[1]} = {other(found[2])};", code)
    code = _PLAIN.sub(lambda found: f"{other(found[1])};", code)
    code = _LATER.sub(lambda found: other(found[1]), code)
    code = _EXPORTED.sub("", code)
    left = _LEFT.search(re.sub(r"/\*.*?\*/", "", code, flags=re.DOTALL)) if not listed else None
    if left:
        raise ValueError(f"web/{name} cannot be put into one script: {left[0].strip()[:80]}")
    code = code.replace("import.meta.url", json.dumps(f"{ROOT}web/{name}"))
    names = ", ".join(f"{outside}: {inside}" for outside, inside in exported.items())
    made[name] = f"{code}\nreturn {{ {names} }};"
    for one in wanted:
        _add(one, made)


def _normal(path: PurePosixPath) -> PurePosixPath:
    """Without its dots."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return PurePosixPath(*parts)
