"""`make run` on a machine that has nothing yet, timed to the first picture: `python -m benchmarks.fresh`.

It clones the last commit into a temporary folder, with an empty home and no other variables than PATH; pip fetches what
requirements-serve.txt names, so the network's speed is part of the figure.
"""

import os
import signal
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from benchmarks.arrival import arrive
from benchmarks.report import ROOT, row, save
from tests.harness.chromium import FLAGS, chromium_path
from tests.harness.serving import answers, free_port


def main() -> None:
    """Measure once and write benchmarks/results/fresh.json."""
    port = free_port()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        home = Path(folder)
        subprocess.run(["git", "clone", "-q", str(ROOT), str(home / "medley")], check=True)
        environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
        began = time.time()
        command = ["make", "run", f"PORT={port}"]
        make = subprocess.Popen(command, cwd=home / "medley", env=environment, start_new_session=True)
        try:
            while make.poll() is None and not answers(port):
                time.sleep(0.1)
            first = arrive(browser, f"http://127.0.0.1:{port}", began)
        finally:
            os.killpg(make.pid, signal.SIGTERM)
            make.wait()
        rows = [row("make run on a fresh clone, to the first live picture", [first.live], "s", 90)]
        print(save("fresh", rows, browser.version))
        browser.close()


if __name__ == "__main__":
    main()
