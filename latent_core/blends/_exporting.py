"""Writes the blend and helper graphs for browser and server, each checked against torch before its file is written."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim

from latent_core import registry
from latent_core.artifacts import write_file
from latent_core.blends._catalogue import Method
from latent_core.blends._helpers import HELPERS
from latent_core.blends._plan import Plan
from latent_core.graphs.graph import SHARED

TOLERANCE = 1e-5
"""Largest difference between torch and onnxruntime that is accepted, in latent units."""
INPUTS = {
    "weights": "classes",
    "theta": "classes latent",
    "noise": "samples latent",
    "mean": "classes latent",
    "std": "classes latent",
    "depth": "",
}
OF_CODES = {"code": ""}
"""What the blend graphs of methods that are for codes take in addition."""
FINISH = {"pictures": "rows channels height width", "weights": "m rows", "ground": "channels"}
EXAMPLE = {"classes": 3, "latent": 5, "samples": 2, "rows": 40, "d": 3, "pixels": 7, "m": 2}
EXAMPLE |= {"channels": 2, "height": 4, "width": 6, "draws": 4, "k": 3, "ways": 5}


class _Function(nn.Module):
    """A plain function as a module, which is what the exporter takes."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self.function = function

    def forward(self, *inputs: Tensor) -> Any:
        return self.function(*inputs)


def export_graphs(folder: Path = SHARED) -> list[Path]:
    """Writes blend_NAME.onnx and finish_NAME.onnx of the methods, NAME.onnx of the helpers, and index.json to `folder`.

    Raises:
        ValueError: a graph differs from its torch function by more than TOLERANCE.
    """
    written, index = [], []
    for name, module in registry.ordered("blends").items():
        path = folder / f"blend_{name}.onnx"
        latent: str = getattr(module, "LATENT", "")
        inputs = INPUTS | OF_CODES if latent == "codes" else INPUTS
        write_file(path, export_function(_every_input(module.blend), inputs, Plan._fields))
        written.append(path)
        finish = getattr(module, "finish", None)
        if finish:
            path = folder / f"finish_{name}.onnx"
            write_file(path, export_function(finish, FINISH, ("picture",)))
            written.append(path)
        means: Any = getattr(module, "MEANS", "mean")
        index.append(Method(name, module.TITLE, module.MEANING, module.USES_DEPTH, finish is not None, means, latent))
    for helper in HELPERS:
        path = folder / f"{helper.function.__name__}.onnx"
        write_file(path, export_function(helper.function, helper.inputs, helper.outputs))
        written.append(path)
    path = folder / "index.json"
    write_file(path, msgspec.json.format(msgspec.json.encode(index), indent=2) + b"\n")
    return [*written, path]


def _every_input(blend: Callable[..., Plan]) -> Callable[..., Plan]:
    """Keeps `depth` among the inputs of methods that do not use it, so that every blend graph is called alike."""

    def with_depth(*inputs: Tensor) -> Plan:
        plan = blend(*inputs)
        return plan._replace(stretch=plan.stretch + 0 * inputs[[*INPUTS].index("depth")])

    return with_depth


def _some(shape: str, generator: torch.Generator) -> Tensor:
    """An example input of that shape: positive, and summing to 1 when it is a vector, as weights do."""
    sizes = [int(word) if word.isdigit() else _size(word) for word in shape.split()]
    values = torch.rand(sizes, generator=generator) + 0.1
    return values / values.sum() if len(sizes) == 1 else values


def _size(word: str) -> int:
    """The example's size of a dimension; "latent+1" is one more than "latent"."""
    name, _, more = word.partition("+")
    return EXAMPLE.get(name, 1) + int(more or 0)


def export_function(function: Callable[..., Any], shapes: dict[str, str], outputs: Sequence[str]) -> bytes:
    """The checked bytes of one graph: a plain function of tensors, its inputs' shapes as words, its outputs' names.

    The exporter may give an inner value the name of an input ("mean"), so inputs are exported under other names first.
    """
    generator = torch.Generator().manual_seed(1)
    inputs = {name: _some(shape, generator) for name, shape in shapes.items()}
    words = {word for shape in shapes.values() for word in shape.split() if not word.isdigit()}
    dims: dict[str, Any] = {name: Dim(name) for name in sorted({word.partition("+")[0] for word in words})}
    dims |= {word: dims[word.partition("+")[0]] + int(word.partition("+")[2]) for word in words if "+" in word}
    dynamic = tuple({i: dims[word] for i, word in enumerate(text.split()) if word in dims} for text in shapes.values())
    program = torch.onnx.export(
        _Function(function).eval(),
        tuple(inputs.values()),
        input_names=[f"given_{name}" for name in inputs],
        output_names=[f"result_{name}" for name in outputs],
        dynamic_shapes=(dynamic,),
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    model = program.model_proto
    ours = {f"given_{name}": name for name in inputs} | {f"result_{name}": name for name in outputs}
    _tidy(model, lambda value: ours.get(value, f"inner_{value}" if value else value))
    held = model.SerializeToString(deterministic=True)
    expected = function(*inputs.values())
    _check(held, inputs, outputs, expected if isinstance(expected, tuple) else (expected,))
    return held


def _check(held: bytes, inputs: dict[str, Tensor], outputs: Sequence[str], expected: tuple[Tensor, ...]) -> None:
    session = onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"])
    results = session.run(None, {name: value.numpy() for name, value in inputs.items()})
    for name, want, got in zip(outputs, expected, results, strict=True):
        worst = float(np.abs(want.numpy() - got).max())
        if worst > TOLERANCE:
            raise ValueError(f"the graph's {name} differs from torch by {worst:.1e}, more than {TOLERANCE:.0e}")


def _tidy(model: onnx.ModelProto, rename: Callable[[str], str]) -> None:
    """Renames every value and drops what tells about the machine that exported (source lines, stack traces)."""
    graph = model.graph
    del model.metadata_props[:]
    del graph.value_info[:]
    for node in graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
        node.input[:] = [rename(value) for value in node.input]
        node.output[:] = [rename(value) for value in node.output]
    for held in (*graph.input, *graph.output, *graph.initializer):
        held.name = rename(held.name)
        if not isinstance(held, onnx.TensorProto):
            del held.metadata_props[:]
