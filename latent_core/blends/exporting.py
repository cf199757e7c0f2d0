"""Writes the blend graphs for browser and server, each checked against torch before its file is written."""

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn
from torch.export import Dim

import latent_core.blends as room
from latent_core.blends import helpers
from latent_core.blends.catalogue import Method
from latent_core.blends.plan import Plan

TOLERANCE = 1e-5
"""Largest difference between torch and onnxruntime that is accepted, in latent units."""


class _Function(nn.Module):
    """A plain function as a module, which is what the exporter takes."""

    def __init__(self, function: Any) -> None:
        super().__init__()
        self.function = function

    def forward(self, *inputs: Tensor) -> Any:
        return self.function(*inputs)


class _Depthful(_Function):
    """Keeps `depth` among the inputs of methods that do not use it, so that every blend graph is called alike."""

    def forward(self, *inputs: Tensor) -> Any:
        plan = self.function(*inputs)
        return (*plan[:5], plan.stretch + 0 * inputs[5], plan.place)


def method_modules() -> list[ModuleType]:
    """The room's method files, in the order in which people see them."""
    found = [importlib.import_module(f"{room.__name__}.{entry.name}") for entry in pkgutil.iter_modules(room.__path__)]
    return sorted((module for module in found if hasattr(module, "blend")), key=lambda module: module.ORDER)


def example(classes: int = 3, latent: int = 5, samples: int = 2, depth: float = 0.0, seed: int = 0) -> tuple[Tensor, ...]:
    """Random inputs of a blend with the right shapes: weights, theta, noise, mean, std, depth."""
    make = torch.Generator().manual_seed(seed)
    weights = torch.rand(classes, generator=make) + 0.1
    theta, mean, std = (torch.rand(classes, latent, generator=make) for _ in range(3))
    noise = torch.randn(samples, latent, generator=make)
    return weights / weights.sum(), theta, noise, mean * 4 - 2, std, torch.tensor(depth)


def export_graphs(folder: Path) -> list[Path]:
    """Writes blend_NAME.onnx for every method, the helper graphs and index.json into `folder`.

    Raises:
        ValueError: a graph differs from its torch function by more than TOLERANCE.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    classes, latent, samples, rows, d = (Dim(name) for name in ("classes", "latent", "samples", "rows", "d"))
    shapes = ({0: classes}, {0: classes, 1: latent}, {0: samples, 1: latent}, {0: classes, 1: latent}, {0: classes, 1: latent}, None)
    index = []
    for module in method_modules():
        name = module.__name__.rsplit(".", 1)[1]
        graph = _export(_Depthful(module.blend), example(), ("weights", "theta", "noise", "mean", "std", "depth"), Plan._fields, shapes)
        written.append(_write(folder / f"blend_{name}.onnx", graph))
        index.append(Method(name, module.TITLE, module.MEANING, module.USES_DEPTH))
    make = torch.Generator().manual_seed(1)

    def some(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=make)

    pixels = Dim("pixels")
    for function, inputs, names, outputs, dims in (
        (helpers.plain_average, (some(3), some(3, 7)), ("weights", "pictures"), ("picture",), ({0: classes}, {0: classes, 1: pixels})),
        (helpers.place_linear, (some(4, 5), some(5), some(3, 5)), ("z", "centre", "components"), ("place",), ({0: rows, 1: latent}, {0: latent}, {0: d, 1: latent})),
        (helpers.place_neighbours, (some(1, 5), some(40, 5), some(40, 3)), ("z", "latents", "places"), ("place", "index"), ({1: latent}, {0: rows, 1: latent}, {0: rows, 1: d})),
    ):
        written.append(_write(folder / f"{function.__name__}.onnx", _export(_Function(function), inputs, names, outputs, dims)))
    written.append(_write(folder / "index.json", msgspec.json.format(msgspec.json.encode(index), indent=2) + b"\n"))
    return written


def _export(module: nn.Module, inputs: tuple[Tensor, ...], names: Sequence[str], outputs: Sequence[str], shapes: Any) -> bytes:
    """The checked bytes of one graph.

    The exporter may give an inner value the name of an input ("mean"), so inputs are exported under other names first.
    """
    program = torch.onnx.export(
        module.eval(),
        inputs,
        input_names=[f"given_{name}" for name in names],
        output_names=[f"result_{name}" for name in outputs],
        dynamic_shapes=(shapes,),
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    model = program.model_proto
    ours = {f"given_{name}": name for name in names} | {f"result_{name}": name for name in outputs}
    _tidy(model, lambda value: ours.get(value, f"inner_{value}" if value else value))
    held = model.SerializeToString(deterministic=True)
    session = onnxruntime.InferenceSession(held, providers=["CPUExecutionProvider"])
    given = {name: value.numpy() for name, value in zip(names, inputs, strict=True)}
    expected = module(*inputs)
    for name, want, got in zip(outputs, expected if isinstance(expected, tuple) else (expected,), session.run(None, given), strict=True):
        worst = float(np.abs(want.numpy() - got).max())
        if worst > TOLERANCE:
            raise ValueError(f"the graph's {name} differs from torch by {worst:.1e}, more than {TOLERANCE:.0e}")
    return held


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


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
