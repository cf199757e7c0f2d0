"""The torch functions of blends and generators and the graphs that ship say the same on inputs of many shapes."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from latent_core import registry
from latent_core.blends import every
from latent_core.blends._exporting import FINISH, export_function
from latent_core.blends._helpers import HELPERS, Helper
from latent_core.blends._plan import Plan
from latent_core.generators import INPUTS, families
from latent_core.generators import every as every_family
from latent_core.generators._catalogue import LIST
from latent_core.generators._measuring import MEASURES
from latent_core.graphs.graph import SHARED, open_shared

METHODS = registry.ordered("blends")
FAMILIES = registry.ordered("generators")
SHARED_FAMILIES = [name for name, module in FAMILIES.items() if not hasattr(module, "OWN")]
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
    if getattr(METHODS[name], "LATENT", "") == "codes":
        given["code"] = np.float32(latent // 2)
    plan = METHODS[name].blend(*(torch.from_numpy(np.array(value)) for value in given.values()))
    same(f"blend_{name}", Plan._fields, given, tuple(plan))


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("classes", [1, 2, 5])
@pytest.mark.parametrize("name", [name for name, module in METHODS.items() if hasattr(module, "finish")])
def test_a_methods_finish_is_its_graphs(name: str, classes: int, channels: int) -> None:
    rng = np.random.default_rng(classes)
    drawn = rng.random((classes, channels, 12, 9), np.float32) ** 3
    falling = 50.0 ** -np.arange(classes)
    weights = np.stack([shares(rng, classes), np.eye(classes)[0], falling / falling.sum()]).astype(np.float32)
    for pictures in (drawn, 1e-3 * drawn, 1 - 0.1 * drawn, 0 * drawn):  # drawn, faint, solid, blank
        for ground in np.float32([[0] * channels, [1, 0.9, 0.2][:channels]]):
            given = {"pictures": pictures, "weights": weights, "ground": ground}
            found = METHODS[name].finish(*map(torch.from_numpy, given.values()))
            same(f"finish_{name}", ("picture",), given, found)


@pytest.mark.parametrize(("classes", "latent", "k", "draws"), [(1, 4, 1, 1), (3, 5, 2, 7), (7, 2, 3, 2)])
@pytest.mark.parametrize("name", SHARED_FAMILIES)
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
    sizes |= {"draws": 4, "ways": 5}
    rng = np.random.default_rng(4)
    given = {
        name: np.float32(scale) * rng.random([sizes.get(word) or int(word) for word in shape.split()], np.float32)
        for name, shape in helper.inputs.items()
    }
    given |= {"keep": np.float32([1, 1, 1, 0, 0])} if "keep" in given else {}
    given |= {"real": np.float32([0.9, 1.5, 0.8])} if "real" in given else {}
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
    names = {f"blend_{name}" for name in METHODS} | {f"generate_{name}" for name in SHARED_FAMILIES}
    names |= {f"finish_{name}" for name, module in METHODS.items() if hasattr(module, "finish")}
    names |= {helper.function.__name__ for helper in (*HELPERS, *MEASURES)}
    assert {path.name for path in SHARED.iterdir()} == {f"{name}.onnx" for name in names} | {"index.json", LIST}


def of(function: str) -> Callable[..., Any]:
    """The torch function of that helper, called with arrays."""
    held: Any = {one.function.__name__: one.function for one in HELPERS}[function]
    return lambda *arrays: held(*(torch.from_numpy(np.array(array, np.float32)) for array in arrays))


def test_a_latent_of_the_map_lies_in_its_own_place() -> None:
    rng = np.random.default_rng(5)
    latents, places = rng.random((40, 5), np.float32), rng.random((40, 2), np.float32)
    for row in (0, 39):
        given = {"z": latents[row : row + 1], "latents": latents, "places": places}
        found = of("place_neighbours")(*given.values())
        same("place_neighbours", ("place", "index"), given, found)
        assert found[1][0] == row and np.abs(found[0].numpy() - places[row]).max() < 1e-3


def test_without_components_nothing_is_left_of_a_picture() -> None:
    assert all((part == 0).all() for part in of("components")(np.zeros(3)))


def test_the_sharpness_of_pictures_of_which_it_is_known() -> None:
    """A square of side 4 on 10 x 10: contrast 1, ink .16, and as wide as 2 * 16 / sqrt(8^2 + 8^2)."""
    square = np.zeros((1, 2, 10, 10))
    square[..., 3:7, 3:7] = 1
    width = 2 * 16 / 128**0.5
    sharp = lambda pictures, *real: of("sharpness")(pictures, real, [0] * np.shape(pictures)[1]).tolist()  # noqa: E731
    assert sharp(square, 1, width, 0.16) == pytest.approx([1])
    assert sharp(square, 0.5, 2 * width, 0.1) == pytest.approx([1]), "no more than 1 is to be had"
    assert sharp(square, 1, width / 2, 0.16) == pytest.approx([np.exp(-1)]), "twice as wide as real strokes"
    assert sharp(square, 1, width, 0.16 / 0.35 * 2) == pytest.approx([0.5]), "half of the ink that is enough"
    assert sharp(0.5 * square, 1, width, 0.08) == pytest.approx([0.5]), "half of the contrast"
    assert sharp(np.concatenate([square[:, :1], 0 * square[:, :1]], 1), 1, width, 0.16) == pytest.approx([1])
    paper = of("sharpness")(1 - square, [1, width, 0.16], [1] * square.shape[1])
    assert paper.tolist() == pytest.approx([1]), "black on white is as sharp as white on black"
    solid = 2 * 100 / 800**0.5
    assert sharp(np.ones((1, 1, 10, 10)), 1, solid, 1) == pytest.approx([1]), "a black ground lies around it"
    assert sharp(1e-3 * square, 1e-3, width, 0.16e-3) == pytest.approx([1]), "faint among faint ones"
    assert sharp(0 * square, 1, width, 0.16) == [0]


def place(name: str, mean: Any, weights: Any) -> np.ndarray:
    """(latent,) where a method puts a blend of centroids (classes, latent) whose classes do not vary."""
    mean = np.array(mean, np.float32)
    given = [weights, np.zeros_like(mean), np.zeros_like(mean[:1]), mean, np.ones_like(mean), 4]
    given += [1] if getattr(METHODS[name], "LATENT", "") == "codes" else []
    plan = METHODS[name].blend(*(torch.from_numpy(np.array(value, np.float32)) for value in given))
    return plan.place.numpy()[0]


@pytest.mark.parametrize("name", METHODS)
def test_classes_in_one_place_are_blended_there(name: str) -> None:
    least = 0 if getattr(METHODS[name], "LATENT", "") == "counts" else -2
    for at in ([3, 0, 0], [0, 0, 0], [1, least, 2], [0.5]):
        np.testing.assert_allclose(place(name, [at, at], [0.25, 0.75]), at, atol=2e-3)


def test_directions_far_apart_take_as_many_rounds_in_the_graph() -> None:
    angles, weights = np.array([0.0, 2.0, 3.9]), np.float32([0.45, 0.3, 0.25])
    mean = np.stack([np.cos(angles), np.sin(angles), 0.1 + 0 * angles], 1).astype(np.float32)
    flat = {"theta": 0 * mean, "noise": 0 * mean[:1], "mean": mean, "std": np.ones_like(mean), "depth": np.float32(4)}
    run = open_shared("blend_spherical")(weights=weights, **flat)
    np.testing.assert_allclose(place("spherical", mean, weights), run["place"][0], atol=CLOSE)


def test_the_mean_on_the_sphere_of_two_classes_divides_their_angle_and_their_length() -> None:
    for share in (0.25, 0.5):
        turn, length = share * 2.5, 1 + 2 * share
        found = place("spherical", [[1, 0], [3 * np.cos(2.5), 3 * np.sin(2.5)]], [1 - share, share])
        np.testing.assert_allclose(found, [length * np.cos(turn), length * np.sin(turn)], atol=1e-4)


@pytest.mark.parametrize("name", [name for name, module in METHODS.items() if hasattr(module, "finish")])
def test_a_class_alone_is_itself_however_faint(name: str) -> None:
    one = np.random.default_rng(2).random((1, 1, 9, 9), np.float32)
    for light in (1, 0.05):
        for dark, given in ((0.0, light * one), (1.0, 1 - light * one)):
            found = METHODS[name].finish(torch.from_numpy(given), torch.ones(1, 1), torch.full((1,), dark))
            np.testing.assert_allclose(found.numpy(), given, atol=1e-6)
        flat = (light * one).reshape(1, -1)
        np.testing.assert_allclose(of("mix_pictures")(flat, [[1]], 1, 0 * flat[0]).numpy(), flat, atol=1e-6)
        np.testing.assert_allclose(of("mix_pictures")(flat, [[1]], 1, 1 + 0 * flat[0]).numpy(), flat, atol=1e-6)


@pytest.mark.parametrize("name", [name for name, module in METHODS.items() if hasattr(module, "finish")])
def test_ink_on_paper_blends_as_light_on_black_and_hues_stay(name: str) -> None:
    drawn = torch.from_numpy(np.random.default_rng(3).random((3, 1, 9, 9), np.float32) ** 3)
    weights, finish = torch.tensor([[0.5, 0.3, 0.2]]), METHODS[name].finish
    light = finish(drawn, weights, torch.zeros(1))
    np.testing.assert_allclose(finish(1 - drawn, weights, torch.ones(1)).numpy(), 1 - light.numpy(), atol=1e-5)
    colour = torch.tensor([-0.2, -1.0, -0.5])[:, None, None]
    red = finish(1 + 0.7 * colour * drawn, weights, torch.ones(3))[0] - 1
    np.testing.assert_allclose(red.numpy(), (red[1] * -colour).numpy(), atol=1e-5)


def test_the_index_says_what_the_files_say() -> None:
    assert [one.name for one in every()] == list(METHODS)
    for one, module in zip(every(), METHODS.values(), strict=True):
        assert (one.title, one.meaning, one.uses_depth) == (module.TITLE, module.MEANING, module.USES_DEPTH)
        assert one.finish == hasattr(module, "finish") and one.means == getattr(module, "MEANS", "mean")
        assert one.latent == getattr(module, "LATENT", "")
    assert [one.name for one in every_family()] == list(FAMILIES)
    for one, module in zip(every_family(), FAMILIES.values(), strict=True):
        assert (one.title, one.meaning, one.equation) == (module.TITLE, module.MEANING, module.EQUATION)
        own = (getattr(module, "LATENT", ""), getattr(module, "OWN", ""))
        assert (one.latent, one.own) == own
        assert one.inputs == (module.INPUTS if one.own else tuple(inspect.signature(module.latents).parameters))


def test_the_mean_of_log_rates_is_the_geometric_mean_and_a_silent_unit_stays_silent() -> None:
    z = open_shared("blend_log_rates")(
        weights=np.array([0.25, 0.75], np.float32),
        theta=np.zeros((2, 3), np.float32),
        noise=np.zeros((1, 3), np.float32),
        mean=np.array([[16, 5, 0], [1, 5, 9]], np.float32),
        std=np.ones((2, 3), np.float32),
        depth=np.float32(0),
    )["z"][0]
    np.testing.assert_allclose(z[:2], [2, 5], rtol=1e-5)
    assert 0 <= z[2] < 0.2


def vote(weights: list[float], code: int = 2, seed: int = 0, theta: float = 0.0) -> np.ndarray:
    """(latent,): what the cells of classes 0, 1, .. decide, each of `code` equal numbers."""
    classes, latent = len(weights), 400 * code
    mean = np.repeat(np.arange(classes, dtype=np.float32)[:, None], latent, axis=1)
    return open_shared("blend_code_vote")(
        weights=np.array(weights, np.float32) / np.sum(weights, dtype=np.float32),
        theta=np.full((classes, latent), theta, np.float32),
        noise=np.random.default_rng(seed).standard_normal((3, latent)).astype(np.float32),
        mean=mean,
        std=np.ones((classes, latent), np.float32),
        depth=np.float32(4),
        code=np.float32(code),
    )["z"][0]


@pytest.mark.parametrize("code", [1, 2, 5])
def test_in_a_vote_every_cell_is_of_one_class_and_classes_have_cells_by_their_shares(code: int) -> None:
    z = vote([1, 0, 3, 4], code).reshape(-1, code)
    assert (z == z[:, :1]).all() and set(np.unique(z)) == {0, 2, 3}
    shares = np.bincount(z[:, 0].astype(int), minlength=4) / len(z)
    np.testing.assert_allclose(shares, [1 / 8, 0, 3 / 8, 4 / 8], atol=0.08)


def test_a_vote_changes_few_cells_where_a_weight_moves_a_little_and_only_by_the_seed_otherwise() -> None:
    before, after = (vote([30, amount, 50]).reshape(-1, 2)[:, 0] for amount in (20, 21))
    assert 0 < (before != after).mean() < 0.03
    assert (vote([30, 20, 50]) == vote([30, 20, 50])).all()
    assert (vote([30, 20, 50]) != vote([30, 20, 50], seed=1)).mean() > 0.3
    assert (vote([0, 5, 0]) == 1).all() and (vote([0, 0, 5]) == 2).all() and (vote([5, 0, 0]) == 0).all()


def test_which_class_a_cell_takes_says_nothing_about_how_far_the_draw_is_from_it() -> None:
    near, far = vote([1, 1], theta=0.0), vote([1, 1], theta=1.0)
    away = far - near
    for k in (0, 1):
        assert abs(away[near == k].mean()) < 0.1
