"""What no file of the app may do, read from its syntax."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.harness.serving import ROOT

CODE = sorted(
    [ROOT / "app.py", *(path for room in ("server", "pages", "latent_core") for path in (ROOT / room).rglob("*.py"))]
)
SCRIPTS = sorted(path for path in (ROOT / "web").rglob("*.js") if "vendor" not in path.parts)


def named(path: Path) -> str:
    """A file's path inside the repository, as a test's name."""
    return str(path.relative_to(ROOT))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """All of a file's syntax, the module itself first."""
    return [*ast.walk(ast.parse(path.read_text()))]


@cache
def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call in a file with its dotted name: ("torch.load", node)."""
    return [(ast.unparse(node.func), node) for node in nodes(path) if isinstance(node, ast.Call)]


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """A million objects, which no later test has to carry along."""
    yield
    nodes.cache_clear()
    calls.cache_clear()


@pytest.mark.parametrize("path", CODE, ids=named)
def test_nothing_unpickles_or_runs_foreign_code(path: Path) -> None:
    plain = [node for node in nodes(path) if isinstance(node, ast.Import)]
    imported = {alias.name.split(".")[0] for node in plain for alias in node.names}
    imported |= {(node.module or "").split(".")[0] for node in nodes(path) if isinstance(node, ast.ImportFrom)}
    assert not imported & {"pickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}
    for name, call in calls(path):
        options = {word.arg: ast.unparse(word.value) for word in call.keywords}
        assert name not in ("eval", "exec", "os.system", "os.popen", "__import__"), f"{name} in line {call.lineno}"
        assert options.get("shell") != "True" and options.get("allow_pickle") != "True", call.lineno
        assert options.get("unsafe_allow_html") != "True" and options.get("unsafe_allow_javascript") != "True", (
            call.lineno
        )
        if name == "torch.load":
            assert options.get("weights_only") == "True", call.lineno


@pytest.mark.parametrize("path", [path for path in CODE if path.name != "writing.py"], ids=named)
def test_files_are_written_whole_or_not_at_all(path: Path) -> None:
    """By `artifacts.write_file` and `write_folder`: a kill at any moment leaves the old file or the new one."""
    for name, call in calls(path):
        last = name.rsplit(".", 1)[-1]
        assert last not in ("write_bytes", "write_text", "copyfile", "copy2"), f"line {call.lineno}"
        assert name not in ("shutil.copy", "shutil.move"), f"line {call.lineno}"
        mode = [*call.args[(1 if name == "open" else 0) :], *(word.value for word in call.keywords)]
        writes = {ast.unparse(one).strip("'")[:1] for one in mode if isinstance(one, ast.Constant)} & {"w", "a", "x"}
        assert not (last == "open" and writes), f"line {call.lineno}"
        if last in ("savez", "savez_compressed", "save_file"):
            assert ast.unparse(call.args[0] if call.args else call) == "out", f"line {call.lineno}: not into memory"


def attributes(path: Path) -> set[str]:
    """Every dotted name that a file uses."""
    return {ast.unparse(node) for node in nodes(path) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("path", [path for path in CODE if "pages" in path.parts], ids=named)
def test_one_file_keeps_state_and_one_caches(path: Path) -> None:
    used = attributes(path)
    if named(path) not in ("pages/parts/state.py", "pages/parts/pickers.py"):
        assert not used & {"st.session_state"}, "session state belongs into pages/parts/state.py"
    if named(path) != "pages/parts/state.py":
        assert not used & {"st.query_params", "st.experimental_set_query_params"}
    if named(path) != "pages/parts/loaders.py":
        assert not used & {"st.cache_data", "st.cache_resource"}, "caches belong into pages/parts/loaders.py"


@pytest.mark.parametrize("path", [path for path in CODE if path.stat().st_size], ids=named)
def test_a_module_says_what_it_is(path: Path) -> None:
    module = nodes(path)[0]
    assert isinstance(module, ast.Module) and ast.get_docstring(module)


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_no_class_has_two_methods_of_one_name(path: Path) -> None:
    """The second would silently take the first one's place."""
    for body in re.split(r"^(?:export )?(?:default )?class ", path.read_text(), flags=re.MULTILINE)[1:]:
        names = re.findall(r"^  (?:static |async )*((?:[gs]et )?\w+)\(.*\) \{$", body, flags=re.MULTILINE)
        assert len(names) == len(set(names)), sorted(names)
