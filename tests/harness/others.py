"""Firefox and WebKitGTK, driven with nothing but sockets: each speaks WebDriver, Firefox over Marionette."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from tests.harness.serving import free_port

MINIBROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
SIZE = (1280, 900)
Answer = TypeVar("Answer")


class Missing(Exception):
    """A browser, or what drives it, is not on this machine; the sentence says what to install."""


class Driver(Protocol):
    """Sends one WebDriver command and gives its value."""

    def __call__(self, command: str, **values: Any) -> Any:
        """`command` by its name in Marionette, without "WebDriver:"."""


class Marionette:
    """Firefox's own protocol: JSON lists, each after its length and a colon."""

    def __init__(self, port: int) -> None:
        self.number = 0
        self.socket = _patiently(lambda: socket.create_connection(("127.0.0.1", port), timeout=60))
        self._read()  # it introduces itself

    def __call__(self, command: str, **values: Any) -> Any:
        """Send a command and wait for its answer.

        Raises:
            RuntimeError: the browser says what went wrong.
        """
        self.number += 1
        text = json.dumps([0, self.number, f"WebDriver:{command}", values]).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, value = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._some(1)
        left, text = int(length[:-1]), b""
        while len(text) < left:
            text += self._some(left - len(text))
        return json.loads(text)

    def _some(self, most: int) -> bytes:
        part = self.socket.recv(most)
        if not part:
            raise RuntimeError("Firefox has ended.")
        return part


class OverHttp:
    """WebDriver as the W3C has it, for WebKit."""

    PATHS: ClassVar = {
        "Navigate": ("POST", "/url"), "Back": ("POST", "/back"), "ExecuteScript": ("POST", "/execute/sync"),
        "PerformActions": ("POST", "/actions"), "SetWindowRect": ("POST", "/window/rect"),
        "DeleteSession": ("DELETE", ""),
    }  # fmt: skip

    def __init__(self, port: int, capabilities: dict[str, Any]) -> None:
        self.base = f"http://127.0.0.1:{port}/session"
        asked = {"capabilities": {"alwaysMatch": capabilities}}
        session = _patiently(lambda: self._ask("POST", self.base, asked))["sessionId"]
        self.base += f"/{session}"

    def __call__(self, command: str, **values: Any) -> Any:
        """Send a command and wait for its answer.

        Raises:
            RuntimeError: the browser says what went wrong.
        """
        method, path = self.PATHS[command]
        return self._ask(method, self.base + path, values)

    def _ask(self, method: str, url: str, values: dict[str, Any]) -> Any:
        body = json.dumps(values).encode() if method == "POST" else None
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{url}: {json.load(error)['value']['message']}") from error


class Browser:
    """One window. Coordinates are CSS pixels of the window's page."""

    def __init__(self, driver: Driver, ends: ExitStack) -> None:
        self.driver = driver
        self.ends = ends
        driver("SetWindowRect", x=0, y=0, width=SIZE[0], height=SIZE[1])

    def go(self, url: str) -> None:
        """Open an address."""
        self.driver("Navigate", url=url)

    def back(self) -> None:
        """The browser's Back."""
        self.driver("Back")

    def run(self, script: str, *values: Any) -> Any:
        """The value of a function's body in the page; `deep(selector)` finds elements, in shadow roots too."""
        return self.driver("ExecuteScript", script=DEEP + script, args=list(values))

    def until(self, script: str, *values: Any, seconds: float = 60) -> Any:
        """Wait until a script's value is true in JavaScript's sense, and give it.

        Raises:
            TimeoutError: it never was.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            value = self.run(script, *values)
            if value:
                return value
            time.sleep(0.1)
        raise TimeoutError(f"not within {seconds} s: {script}")

    def middle(self, selector: str) -> tuple[int, int]:
        """Where the middle of the first such element is, once it is there and in view."""
        x, y = self.until(
            """const one = deep(arguments[0])[0]; if (!one) return null;
               one.scrollIntoView({block: 'nearest', behavior: 'instant'});
               const {left, top, width, height} = one.getBoundingClientRect();
               return width ? [left + width / 2, top + height / 2] : null;""",
            selector,
        )
        return round(x), round(y)

    def point(self, *steps: str | tuple[int, int]) -> None:
        """Move the mouse to places; "down" and "up" press and let go of its button there."""
        actions = [
            {"type": "pointerDown", "button": 0} if step == "down"
            else {"type": "pointerUp", "button": 0} if step == "up"
            else {"type": "pointerMove", "x": step[0], "y": step[1], "duration": 40}
            for step in steps
        ]  # fmt: skip
        mouse = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": actions}
        self.driver("PerformActions", actions=[mouse])

    def click(self, selector: str) -> None:
        """A click on the middle of an element."""
        self.point(self.middle(selector), "down", "up")

    def close(self) -> None:
        """End the browser and all that it needed."""
        self.ends.close()


DEEP = """const deep = (selector, root = document) => [...root.querySelectorAll('*')].flatMap(
    (one) => [...(one.matches(selector) ? [one] : []), ...(one.shadowRoot ? deep(selector, one.shadowRoot) : [])]);
"""


def firefox() -> Browser:
    """Firefox without a window, in a profile of its own.

    Raises:
        Missing: it is not installed.
    """
    program = _program("firefox" if shutil.which("firefox") else "firefox-esr", "firefox-esr")
    ends = ExitStack()
    profile = Path(ends.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
    port = free_port()
    settings = {"marionette.port": port, "datareporting.policy.dataSubmissionEnabled": False, "app.update.auto": False}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    (profile / "user.js").write_text("\n".join(lines))
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    _started(ends, command, {"HOME": str(profile), "MOZ_REMOTE_SETTINGS_DEVTOOLS": "0"})
    driver = Marionette(port)
    driver("NewSession", capabilities={})
    return Browser(driver, ends)


def webkit() -> Browser:
    """WebKitGTK's MiniBrowser on a screen of its own (Xvfb).

    Raises:
        Missing: a part of it is not installed.
    """
    mini = next(iter(sorted(Path("/").glob(MINIBROWSERS.lstrip("/")))), None)
    if not mini:
        raise Missing("WebKitGTK's MiniBrowser is not installed (Debian: apt-get install webkit2gtk-driver).")
    driver, screen = _program("WebKitWebDriver", "webkit2gtk-driver"), _program("Xvfb", "xvfb")
    ends = ExitStack()
    home = ends.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
    reading, writing = os.pipe()
    size = f"{SIZE[0]}x{SIZE[1]}x24"
    command = [screen, "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    _started(ends, command, {}, pass_fds=(writing,))
    os.close(writing)
    with os.fdopen(reading) as told:
        display = told.readline().strip()
    port = free_port()
    environment = {"DISPLAY": f":{display}", "HOME": home, "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "GDK_BACKEND": "x11"}
    _started(ends, [driver, f"--port={port}"], environment)
    options = {"binary": str(mini), "args": ["--automation"]}
    session = OverHttp(port, {"browserName": "MiniBrowser", "webkitgtk:browserOptions": options})
    ends.callback(session, "DeleteSession")
    return Browser(session, ends)


BROWSERS: dict[str, Callable[[], Browser]] = {"firefox": firefox, "webkit": webkit}


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if not found:
        raise Missing(f"{name} is not installed (Debian: apt-get install {package}).")
    return found


def _started(ends: ExitStack, command: list[str], environment: dict[str, str], pass_fds: tuple[int, ...] = ()) -> None:
    process = subprocess.Popen(
        command, env=os.environ | environment, pass_fds=pass_fds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ends.callback(_ended, process)


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def _patiently(ask: Callable[[], Answer], seconds: float = 60) -> Answer:
    """What `ask` gives once the other side listens."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except (ConnectionError, urllib.error.URLError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
