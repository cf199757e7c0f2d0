"""The command `run`: the web app, from a checkout or as it was installed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from latent_core import artifacts
from latent_core.commands.checks import Root

HOUSES = (Path(__file__).resolve().parents[2], Path(__file__).resolve().parents[2] / "medley")
"""Where app.py, pages/, server/ and web/ may be: beside latent_core, or in their own folder after `pip install`."""


def run(models: Root = None, port: int = 8501) -> Iterator[str]:
    """Start the app and say its address; Ctrl+C stops it.

    Args:
        models: folder of models; without it MEDLEY_MODELS, or models/ here or beside the program.
        port: of the address.
    """
    if not 1 <= port <= 65535:
        raise ValueError(f"--port is a number from 1 to 65535; it was {port}")
    root = (models or artifacts.models_root()).resolve()
    if not artifacts.list_datasets(root):
        raise LookupError(
            f"{root} holds no models: give the folder that does by --models DIR or MEDLEY_MODELS, or make some of your "
            "own pictures (import-pictures, make-all)"
        )
    folder = house()
    yield f"Medley: http://127.0.0.1:{port}  (Ctrl+C stops it)"
    command = [sys.executable, "-m", "streamlit", "run", str(folder / "app.py"), "--server.port", str(port)]
    done = subprocess.run(command, cwd=folder, env=os.environ | {"MEDLEY_MODELS": str(root)}, check=False)
    if done.returncode not in (0, -2, 130):
        raise OSError(f"the app ended with code {done.returncode}; if the port is taken, choose another: --port 8600")


def house() -> Path:
    """The folder with app.py, pages/, server/ and web/.

    Raises:
        LookupError: they are not there.
    """
    found = next((one for one in HOUSES if (one / "app.py").is_file()), None)
    if found is None:
        raise LookupError("the app's files are not installed beside latent_core: install Medley again")
    return found


def ask_house(module: str, *given: str, models: Path | None = None) -> str:
    """What a module of the app says when it is run: its pages know the core, never the other way round.

    Args:
        module: its name, such as pages.parts.blend.own_page.
        given: on its command line.
        models: the folder of models; without it the one that is in use.

    Raises:
        ValueError: it ended with a sentence about what was given.
        LookupError: the app is not there.
    """
    root = (models or artifacts.models_root()).resolve()
    command, own = [sys.executable, "-m", module, *given], os.environ | {"MEDLEY_MODELS": str(root)}
    done = subprocess.run(command, cwd=house(), env=own, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ValueError((done.stderr.strip().splitlines() or [f"{module} ended without a word"])[-1])
    return done.stdout.strip()
