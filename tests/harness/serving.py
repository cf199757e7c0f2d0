"""Starts the real app as a visitor's machine would: `streamlit run app.py` in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port on this machine that nothing listens on now, and that no other worker of this test run is given.

    Between the look and the server's start somebody else may take a port, so each worker keeps to its own share.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port // 2 % workers == worker:  # Linux hands out odd ports alone
            return port


def answers(port: int, base: str = "") -> bool:
    """Whether an app on this port, below the path `base`, says that it is well."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}{base}/_stcore/health", timeout=2).close()
    except OSError:
        return False
    return True


@dataclass
class Server:
    """A running app: `url` without a final slash, `log()` what it printed, `kill()` and `start()` for outages.

    Args:
        logfile: where its output goes.
        environment: variables set on top of this process's, e.g. MEDLEY_MODELS.
        folder: the working folder it is started in.
        app: the script; by default Medley's.
    """

    logfile: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    app: Path = ROOT / "app.py"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the first page."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, seconds: float = 60) -> "Server":
        """Start it and wait until it answers.

        Raises:
            RuntimeError: it ended or did not answer in time; the message holds its log.
        """
        command = [sys.executable, "-m", "streamlit", "run", str(self.app), "--server.port", str(self.port)]
        with self.logfile.open("ab") as out:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=os.environ | self.environment, stdout=out, stderr=subprocess.STDOUT
            )
        path = self.environment.get("STREAMLIT_SERVER_BASE_URL_PATH")
        base = f"/{path}" if path else ""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            if answers(self.port, base):
                return self
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"The app did not start:\n{self.log()}")

    def kill(self) -> None:
        """End it at once (kill -9), as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def hold_jobs(self) -> None:
        """Stop its jobs where they are, so that none ends before it is cancelled; does nothing without a /proc."""
        for status in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # a process that has ended meanwhile
                parent = status.read_text().rpartition(") ")[2].split()[1]
                if self.process and parent == str(self.process.pid):
                    os.kill(int(status.parent.name), signal.SIGSTOP)

    def stop(self) -> None:
        """End it as Ctrl+C does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self) -> str:
        """Everything it has printed."""
        return self.logfile.read_text(errors="replace") if self.logfile.exists() else ""
