"""ONNX graphs for Python: named arrays in, named arrays out; the twin of web/engine/runner.js."""

import threading
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime

SHARED = Path(__file__).resolve().parent / "shared"
"""The graphs that all models share, with their indexes; the web server offers the same files to browsers."""


class GraphFailed(ValueError):
    """A graph that cannot be opened, or does not take what it is given; the message is one sentence."""


class Graph:
    """One ONNX graph, run on one thread so that the same inputs give the same bits on every call."""

    def __init__(self, content: bytes, name: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime raises its own unrelated classes for each kind of damage
            raise GraphFailed(f"{name} is not a graph that can be run: {_line(error)}.") from error
        self.name = name
        self.inputs = tuple(value.name for value in self._session.get_inputs())
        self.outputs = tuple(value.name for value in self._session.get_outputs())

    def __call__(self, **arrays: np.ndarray) -> dict[str, np.ndarray]:
        """Runs the graph.

        Args:
            arrays: exactly the graph's inputs by name.

        Returns:
            its outputs by name.

        Raises:
            ValueError: an input is missing or unknown.
            GraphFailed: an input of a shape that the graph does not take.
        """
        if set(arrays) != set(self.inputs):
            raise ValueError(f"{self.name} takes {sorted(self.inputs)}; it was given {sorted(arrays)}")
        try:
            results = self._session.run(None, {name: np.asarray(value) for name, value in arrays.items()})
        except Exception as error:  # see above
            raise GraphFailed(f"{self.name} cannot take these arrays: {_line(error)}.") from error
        return dict(zip(self.outputs, results, strict=True))


def _line(error: Exception) -> str:
    """What onnxruntime says, as one short line."""
    return " ".join(str(error).split())[:200]


def open_shared(name: str) -> Graph:
    """The shared graph of that name."""
    return open_graph(SHARED / f"{name}.onnx")


def open_graph(path: Path) -> Graph:
    """The graph of a file, opened once per version of it."""
    with _opening:  # a cache alone would let threads that come at once each open it
        return _graph(path, path.stat().st_mtime_ns)


_opening = threading.Lock()


@lru_cache(maxsize=64)
def _graph(path: Path, stamp: int) -> Graph:
    """The graph of a file, kept while its modification time (ns) stays the same."""
    return Graph(path.read_bytes(), path.name)
