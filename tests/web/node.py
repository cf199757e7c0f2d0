"""JavaScript of web/ without a browser: a Node process that answers questions about it."""

import json
import subprocess
from pathlib import Path
from typing import Any


class Node:
    """A Node process with the engine in it."""

    def __init__(self) -> None:
        script = Path(__file__).with_name("answer.js")
        self._process = subprocess.Popen(["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, verb: str, **given: Any) -> Any:
        """What the verb of that name in answer.js finds.

        Raises:
            RuntimeError: JavaScript threw; the message is its error.
        """
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"verb": verb, "given": given}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["found"]

    def stop(self) -> None:
        """Ends the process."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()
