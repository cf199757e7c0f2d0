"""The torch functions of the room of blends and the graphs that ship say the same on inputs of many shapes."""

import numpy as np
import pytest
import torch

from latent_core import registry
from latent_core.blends import methods
from latent_core.blends._helpers import HELPERS, Helper
from latent_core.blends._plan import Plan
from latent_core.graphs.graph import open_shared

METHODS = registry.ordered("blends")
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


@pytest.mark.parametrize("scale", [0.1, 0.4, 1.0])
@pytest.mark.parametrize("helper", HELPERS, ids=lambda helper: helper.function.__name__)
def test_a_helper_is_its_graph(helper: Helper, scale: float) -> None:
    sizes = {"rows": 40, "latent": 5, "classes": 3, "d": 3, "pixels": 7, "m": 2, "channels": 2, "height": 9, "width": 6}
    rng = np.random.default_rng(4)
    given = {
        name: np.float32(scale) * rng.random([sizes.get(word) or int(word) for word in shape.split()], np.float32)
        for name, shape in helper.inputs.items()
    }
    given |= {"keep": np.float32([1, 1, 1, 0, 0])} if "keep" in given else {}
    found = helper.function(*(torch.from_numpy(np.array(value)) for value in given.values()))
    same(helper.function.__name__, helper.outputs, {name: np.array(one) for name, one in given.items()}, found)


def test_the_index_says_what_the_files_say() -> None:
    assert [one.name for one in methods()] == list(METHODS)
    for one, module in zip(methods(), METHODS.values(), strict=True):
        assert (one.title, one.meaning, one.uses_depth) == (module.TITLE, module.MEANING, module.USES_DEPTH)
        assert one.finish == hasattr(module, "finish") and one.means == getattr(module, "MEANS", "mean")
