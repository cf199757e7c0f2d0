"""Which browser the tests and benchmarks drive, and how it is started: no GPU, no network but this machine."""

import os
import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


SHELL = "chromium-headless-shell"
"""Chromium without the windows that nobody sees: the same pages take four fifths of the CPU."""


def chromium_path(*preferred: str) -> str:
    """Where Chromium is, a preferred one if that is there.

    Raises:
        RuntimeError: it is nowhere; the sentence says what to do.
    """
    names = [os.environ.get("MEDLEY_CHROMIUM", ""), *preferred, "chromium", "chromium-browser", "google-chrome", SHELL]
    found = next((path for path in map(shutil.which, filter(None, names)) if path), None)
    if not found:
        raise RuntimeError(f"No Chromium found: install it (Debian: apt-get install {SHELL}) or set MEDLEY_CHROMIUM.")
    return found
