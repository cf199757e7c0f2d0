"""Facts of the repository: its configuration, its requirements, and the files it keeps."""

import hashlib
import json
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from streamlit.web import cli

from server import mount
from tests.harness.serving import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
WORKSHOP = {"torch", "torchvision", "umap", "sklearn", "onnx", "onnxscript", "numba", "skimage"}
APART = {"scipy", "ot", "cma", "anywidget", "ipywidgets"}
"""What only the processes of the slower blends and notebooks import."""
SETTINGS = {
    "browser.gatherUsageStats": False,
    "client.allowedOrigins": [],
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "runner.postScriptGC": False,
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost", "::1"],
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxMessageSize": 8,
    "server.maxUploadSize": 5,
    "server.maxWidgetStateSize": 2,
}


def named(path: Path) -> str:
    """A file's path inside the repository, as a test's name."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_configuration(name: str, value: object) -> None:
    section, option = name.split(".")
    assert CONFIG[section][option] == value


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2), 0 black to 1 white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def faded(text: str, ground: str, share: float = 0.6) -> str:
    """The colour of Streamlit's captions: the text's at 60 % over the background."""
    pairs = [(int(text[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(t * share + g * (1 - share)):02x}" for t, g in pairs)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_theme_can_be_read(mode: str) -> None:
    theme = CONFIG["theme"][mode]
    for ground in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
        assert contrast(theme["textColor"], ground) >= 7
        assert contrast(theme["linkColor"], ground) >= 4.5
        assert contrast(theme["codeTextColor"], ground) >= 4.5
        assert contrast(faded(theme["textColor"], ground), ground) >= 4.5
        assert contrast(theme["primaryColor"], ground) >= 3
    assert contrast(theme["primaryColor"], "#ffffff") >= 4.5  # the words on a primary button


def test_requirements_are_pinned_and_serving_needs_no_workshop() -> None:
    serve, full = ((ROOT / name).read_text() for name in ("requirements-serve.txt", "requirements.txt"))
    lines = [line for line in (serve + full).splitlines() if line and not line.startswith(("#", "-r "))]
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", line) for line in lines), lines
    names = {line.split("==")[0].replace("umap-learn", "umap").replace("scikit-learn", "sklearn") for line in
             serve.splitlines() if line and not line.startswith("#")}  # fmt: skip
    assert not names & WORKSHOP
    assert "-r requirements-serve.txt" in full
    assert "torch==2.15.0" in full and "torchvision==0.29.2" in full  # a pair that loads


def lock_of(name: str) -> dict[str, tuple[str, str]]:
    """Version and text of each package in a lock."""
    found = {}
    for entry in re.split(r"\n(?=[a-z])", (ROOT / name).read_text()):
        if pinned := re.match(r"([a-z0-9-]+)==(\S+)", entry):
            found[pinned[1]] = pinned[2], entry.strip()
    return found


@pytest.mark.parametrize("name", ["requirements-serve", "requirements"])
def test_what_is_installed_is_locked_with_hashes(name: str) -> None:
    """The Makefile installs the locks; they hold what the requirements ask for, and no file without a hash."""
    lock = lock_of(f"{name}.lock")
    asked = [line.split("==") for line in (ROOT / f"{name}.txt").read_text().splitlines() if "==" in line]
    assert asked and all(lock[package][0] == version for package, version in asked), "run make lock"
    assert all("--hash=sha256:" in text for _, text in lock.values())
    assert not any(word in text for _, text in lock.values() for word in ("http:", "https:", " @ "))
    assert f"--require-hashes -r {name}.lock" in (ROOT / "Makefile").read_text()


def test_serving_and_workshop_agree() -> None:
    serve, full = lock_of("requirements-serve.lock"), lock_of("requirements.lock")
    assert {name: full[name] for name in serve} == serve and not set(serve) & WORKSHOP


def test_the_bill_of_materials_names_every_package_model_and_vendored_file() -> None:
    told = subprocess.run([sys.executable, ".ci/sbom.py"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    bill = json.loads(told)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    named = {one["name"]: one for one in bill["components"]}
    assert set(lock_of("requirements.lock")) | {"onnxruntime-web", "mnist/mmd-20"} <= set(named)
    assert named["streamlit"]["scope"] == "required" and named["torch"]["scope"] == "optional"
    parts = {part["name"]: part["hashes"][0]["content"] for part in named["onnxruntime-web"]["components"]}
    vendor = (ROOT / "web" / "vendor" / "VERSION").read_text()
    assert len(parts) == 4 and all(f"{name} " in vendor and digest in vendor for name, digest in parts.items())
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(set(refs)) == len(refs) and bill["dependencies"][0]["dependsOn"] == refs


SERVING = """
import sys
import app
from streamlit.testing.v1 import AppTest
at = AppTest.from_file("pages/frame.py", default_timeout=60).run()
said = [e.value for e in at.exception]
for page in sorted(p for p in __import__("pathlib").Path("pages").glob("*.py") if p.stem not in ("frame", "__init__")):
    at.switch_page(page.name).run()
    said += [f"{page.name}: {e.value}" for e in at.exception]
print(said)
print(sorted({name.split(".")[0] for name in sys.modules} & set(sys.argv[1:])))
"""


def test_no_page_imports_the_workshop() -> None:
    """The server and every page, opened in a process of their own: torch, umap and the rest are not in it."""
    run = subprocess.run(
        [sys.executable, "-c", SERVING, *sorted(WORKSHOP | APART)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-2:] == ["[]", "[]"], run.stdout


def test_python_app_takes_the_flags_of_streamlit() -> None:
    """It left them out without a word, and took port 8501."""
    run = subprocess.run([sys.executable, "app.py", "--server.port", "no"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 2 and "Invalid value for '--server.port'" in run.stderr


def test_python_app_starts_streamlit_before_it_reads_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit says of settings that a flag changes after they were read that it has to be started again."""
    begun: list[list[str]] = []
    monkeypatch.setattr(cli, "main", lambda arguments: begun.append(arguments) or sys.exit(0))
    monkeypatch.setattr(mount, "routes", lambda root: pytest.fail("settings were read"))
    with pytest.raises(SystemExit):
        runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
    assert begun[0][0] == "run"


def test_a_machine_without_python_is_told_what_to_do(tmp_path: Path) -> None:
    """`make run` with nothing on the PATH but a shell: one sentence, no half-made environment."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("bash", "make", "rm"):
        (tools / name).symlink_to(str(shutil.which(name)))
    for name in ("Makefile", "requirements-serve.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    run = subprocess.run(["make", "run"], cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True)
    assert run.returncode != 0 and "Medley needs Python 3.11, 3.12 or 3.13" in run.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_gate_runs_the_same_tests_as_a_developer() -> None:
    gate = ROOT / ".ci" / "run"
    assert gate.stat().st_mode & 0o111 and gate.read_text().rstrip().endswith("exec make test")


def test_vendored_files_are_the_published_ones() -> None:
    vendor = ROOT / "web" / "vendor"
    sums = dict(re.findall(r"^(\S+) +sha256 (\w{64})$", (vendor / "VERSION").read_text(), flags=re.MULTILINE))
    ours = {"VERSION", "LICENSE", "ort.wasm.bundle.min.d.mts"}
    kept = {path.name for path in vendor.iterdir()} - ours
    assert kept == {name for name in sums if (vendor / name).exists()} and len(kept) == 4
    for name in kept:
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == sums[name], name


def test_nothing_pickled_and_nothing_huge_is_kept() -> None:
    kept = [p for folder in ("models", "web", "docs", "benchmarks") for p in (ROOT / folder).rglob("*") if p.is_file()]
    assert not [named(p) for p in kept if p.suffix in {".pkl", ".pickle", ".joblib", ".pt", ".pth", ".npy", ".npz"}]
    assert not [named(p) for p in kept if p.stat().st_size > 12 * 2**20]
    assert sum(p.stat().st_size for p in kept) < 230 * 2**20
