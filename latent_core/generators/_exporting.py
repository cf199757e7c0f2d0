"""Writes the generators' graphs and their measures for browser and server, each checked against torch."""

import inspect
from pathlib import Path

import msgspec

from latent_core import registry
from latent_core.artifacts import write_file
from latent_core.blends._exporting import export_function
from latent_core.generators import INPUTS, ROOM
from latent_core.generators._catalogue import LIST, Family
from latent_core.generators._measuring import MEASURES
from latent_core.graphs.graph import SHARED


def export_graphs(folder: Path = SHARED) -> list[Path]:
    """Writes generate_NAME.onnx of the families, alike.onnx, right.onnx and generators.json to `folder`.

    Raises:
        ValueError: a graph differs from its torch function.
    """
    written, index = [], []
    for name, module in registry.ordered(ROOM).items():
        facts = (module.TITLE, module.MEANING, module.EQUATION)
        if hasattr(module, "OWN"):
            index.append(Family(name, *facts, module.INPUTS, module.LATENT, module.OWN))
            continue
        inputs = tuple(inspect.signature(module.latents).parameters)
        path = folder / f"generate_{name}.onnx"
        write_file(path, export_function(module.latents, {one: INPUTS[one] for one in inputs}, ("z",)))
        written.append(path)
        index.append(Family(name, *facts, inputs))
    for measure in MEASURES:
        path = folder / f"{measure.function.__name__}.onnx"
        write_file(path, export_function(measure.function, measure.inputs, measure.outputs))
        written.append(path)
    path = folder / LIST
    write_file(path, msgspec.json.format(msgspec.json.encode(index), indent=2) + b"\n")
    return [*written, path]
