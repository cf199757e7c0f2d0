"""The torch functions of blends and generators and the graphs that ship say the same on inputs of many shapes."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from latent_core import registry
from latent_core.blends import methods
from latent_core.blends._exporting import FINISH, export_function
from latent_core.blends._helpers import HELPERS, Helper
from latent_core.blends._plan import Plan
from latent_core.generators import INPUTS, families
from latent_core.generators._catalogue import LIST
from latent_core.generators._measuring import MEASURES
from latent_core.graphs.graph import SHARED, open_shared

METHODS = registry.ordered("blends")
FAMILIES = registry.ordered("generators")
CLOSE = 1e-5


def shares(rng: np.random.Generator, count: int) -> np.ndarray:
    """(count,) float32, sum 1; one of several is 0, as an amount may be."""
    found = rng.random(count) + 0.1
    found[1:2] = 0
    return (found / found.sum()).astype(np.float32)


def same(graph: str, names: tuple[str, ...], inputs: dict[str, np.ndarray], found: object) -> None:
    """The torch function's answer, compared with the shipped graph's."""
    run = open_shared(graph)(**inputs)
    answers = found if isinstance(found, tuple) else (found,)
    assert run.keys() == set(names) and len(answers) == len(names)
    for name, answer in zip(names, answers, strict=True):
        np.testing.assert_allclose(answer.numpy(), run[name], atol=CLOSE, err_msg=name)


@pytest.mark.parametrize("depth", range(5))
@pytest.mark.parametrize(("classes", "latent", "samples"), [(1, 4, 1), (3, 5, 2), (7, 2, 4)])
@pytest.mark.parametrize("name", METHODS)
def test_a_methods_plan_is_its_graphs(name: str, classes: int, latent: int, samples: int, depth: int) -> None:
    rng = np.random.default_rng(classes)
    given = {
        "weights": shares(rng, classes),
        "theta": rng.random((classes, latent), np.float32),
        "noise": rng.standard_normal((samples, latent)).astype(np.float32),
        "mean": 2 * rng.standard_normal((classes, latent)).astype(np.float32),
        "std": rng.random((classes, latent), np.float32) + 0.2,
        "depth": np.float32(depth),
    }
    plan = METHODS[name].blend(*(torch.from_numpy(np.array(value)) for value in given.values()))
    same(f"blend_{name}", Plan._fields, given, tuple(plan))


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("classes", [1, 2, 5])
@pytest.mark.parametrize("name", [name for name, module in METHODS.items() if hasattr(module, "finish")])
def test_a_methods_finish_is_its_graphs(name: str, classes: int, channels: int) -> None:
    rng = np.random.default_rng(classes)
    pictures = rng.random((classes, channels, 12, 9), np.float32) ** 3
    weights = np.stack([shares(rng, classes), np.eye(classes, dtype=np.float32)[0]])
    found = METHODS[name].finish(torch.from_numpy(pictures), torch.from_numpy(weights))
    same(f"finish_{name}", ("picture",), {"pictures": pictures, "weights": weights}, found)
    blank = np.zeros_like(pictures)
    none = METHODS[name].finish(torch.from_numpy(blank), torch.from_numpy(weights))
    same(f"finish_{name}", ("picture",), {"pictures": blank, "weights": weights}, none)


@pytest.mark.parametrize(("classes", "latent", "k", "draws"), [(1, 4, 1, 1), (3, 5, 2, 7), (7, 2, 3, 2)])
@pytest.mark.parametrize("name", FAMILIES)
def test_a_familys_latents_are_its_graphs(name: str, classes: int, latent: int, k: int, draws: int) -> None:
    rng = np.random.default_rng(latent)
    sizes = {"classes": classes, "latent": latent, "k": k, "draws": draws, "latent+1": latent + 1}
    asked = next(one for one in families() if one.name == name).inputs
    given = {one: np.array(rng.random([sizes[word] for word in INPUTS[one].split()]), np.float32) for one in asked}
    found = FAMILIES[name].latents(**{one: torch.from_numpy(value) for one, value in given.items()})
    same(f"generate_{name}", ("z",), given, found)


@pytest.mark.parametrize("scale", [0.1, 0.4, 1.0])
@pytest.mark.parametrize("helper", [*HELPERS, *MEASURES], ids=lambda helper: helper.function.__name__)
def test_a_helper_is_its_graph(helper: Helper, scale: float) -> None:
    sizes = {"rows": 40, "latent": 5, "classes": 3, "d": 3, "pixels": 7, "m": 2, "channels": 2, "height": 9, "width": 6}
    sizes["draws"] = 4
    rng = np.random.default_rng(4)
    given = {
        name: np.float32(scale) * rng.random([sizes.get(word) or int(word) for word in shape.split()], np.float32)
        for name, shape in helper.inputs.items()
    }
    given |= {"keep": np.float32([1, 1, 1, 0, 0])} if "keep" in given else {}
    found = helper.function(*(torch.from_numpy(np.array(value)) for value in given.values()))
    same(helper.function.__name__, helper.outputs, {name: np.array(one) for name, one in given.items()}, found)


@pytest.mark.parametrize(
    ("name", "function", "inputs", "outputs"),
    [
        ("finish_decoded_mean", METHODS["decoded_mean"].finish, FINISH, ("picture",)),
        ("place_linear", HELPERS[1].function, HELPERS[1].inputs, HELPERS[1].outputs),
    ],
)
def test_a_shipped_file_is_what_the_exporter_writes(
    name: str,
    function: Callable[..., Any],
    inputs: dict[str, str],
    outputs: tuple[str, ...],
    recwarn: pytest.WarningsRecorder,  # the exporter warns of sizes that share a name, as they are meant to
) -> None:
    """Bit for bit, for two of them: each takes a second to export, and that all agree in value is tested above."""
    shipped = (SHARED / f"{name}.onnx").read_bytes()
    assert export_function(function, inputs, outputs) == shipped, "run make graphs"


def test_a_graph_ships_for_each_function_and_none_besides() -> None:
    names = {f"blend_{name}" for name in METHODS} | {f"generate_{name}" for name in FAMILIES}
    names |= {f"finish_{name}" for name, module in METHODS.items() if hasattr(module, "finish")}
    names |= {helper.function.__name__ for helper in (*HELPERS, *MEASURES)}
    assert {path.name for path in SHARED.iterdir()} == {f"{name}.onnx" for name in names} | {"index.json", LIST}


def test_the_index_says_what_the_files_say() -> None:
    assert [one.name for one in methods()] == list(METHODS)
    for one, module in zip(methods(), METHODS.values(), strict=True):
        assert (one.title, one.meaning, one.uses_depth) == (module.TITLE, module.MEANING, module.USES_DEPTH)
        assert one.finish == hasattr(module, "finish") and one.means == getattr(module, "MEANS", "mean")
    assert [one.name for one in families()] == list(FAMILIES)
    for one, module in zip(families(), FAMILIES.values(), strict=True):
        assert (one.title, one.meaning, one.equation) == (module.TITLE, module.MEANING, module.EQUATION)
        assert one.inputs == tuple(inspect.signature(module.latents).parameters)
