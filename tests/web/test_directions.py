"""The Directions page in JavaScript: steps as in Python, axes as in numpy, pictures as the model makes them."""

import base64
import io
from typing import Any

import msgspec
import numpy as np
import pytest
from PIL import Image

from latent_core.blends import methods
from latent_core.models.groups import Group, WithGroups
from latent_core.models.model import Model
from latent_core.recipes import lists
from latent_core.recipes.recipe import parse
from pages.parts import refs
from pages.parts.directions.link import parse_steps, steps_text
from tests.web.node import Node
from tests.web.test_pictures import library, opened

STILL = {"begin": "0", "end": "1", "amount": 0}
TEXTS = [
    "", "pc1:0.5,dim3:-1", "dim3:1,dim3:2", " pc1 :1", "pc1:0,5", "pc0:1", "pc01:1", "dim9:1", "dim10:1", "dim9999:1",
    "dim99999:1", "pc1:3", "pc1:3.0000001", "pc1:-6", "pc1:7", "pc1", "pc1:", "pc1:x", "pc1:1:2", "up:1,down:1,x:1,y:1",
    "<b>“ü”:1", "dim1:nan", "dim1:1e400", "dim2:٣", "pc2:0.1234567", ",", "dim1:−1", "PC1:1",
    ",".join(["dim1:1"] * 300),
]  # fmt: skip


def props_of(slug: str, query: dict[str, str], groups: tuple[Group, ...] = ()) -> tuple[dict[str, Any], Model, Any]:
    """What the server tells the page of a recipe, as far as its pictures need it; the model, and the recipe."""
    data, name = slug.split("/")
    recipe, said = parse({"data": data, "model": name, **query}, WithGroups(library(), groups))
    assert not said
    model = opened(slug).with_groups(groups)
    known = {one.name: one for one in methods()}
    told = {
        "dataset": refs.dataset_ref(model.dataset, library()),
        "model": refs.model_ref(model.card, model.dataset),
        "recipe": refs.recipe_props(recipe),
        "shares": recipe.shares(),
        "method": known[recipe.method],
        "sphere": known["spherical"],
        "groups": [refs.group_ref(group, model.dataset, [model]) for group in groups],
    }
    return msgspec.to_builtins(told), model, recipe


def test_steps_and_names_are_read_and_written_as_python_does(node: Node) -> None:
    cases = [(text, latent, further) for text in TEXTS for latent in (1, 9, 200) for further in (False, True)]
    expected = []
    for text, latent, further in cases:
        steps, said = parse_steps(text, latent, further)
        expected.append([[list(step) for step in steps], "".join(said), steps_text(steps)])
    assert node.ask("steps", cases=cases) == expected
    names = ["8", "two, 2", ":all", "100%", "a%2Cb:c", "あ"]
    assert node.ask("tokens", names=names) == [lists.escaped(name) for name in names]


@pytest.mark.parametrize(("n", "width"), [(400, 12), (30, 3), (7, 1), (5, 9)])
def test_principal_axes_are_those_of_numpy(node: Node, n: int, width: int) -> None:
    rng = np.random.default_rng(n)
    rows = (rng.normal(size=(n, width)) @ rng.normal(size=(width, width)) + 3).astype(np.float32)
    found = node.ask("cloud", rows=rows.tolist(), wanted=5)
    wide = rows.astype(np.float64)
    np.testing.assert_allclose(found["mean"], wide.mean(0), atol=1e-9)
    np.testing.assert_allclose(found["spread"], wide.std(0), atol=1e-9)
    covariance = np.cov(wide.T, bias=True).reshape(width, width)
    np.testing.assert_allclose(np.square(found["lengths"])[::-1], np.linalg.eigvalsh(covariance), atol=1e-8)
    axes = np.asarray(found["axes"])
    np.testing.assert_allclose(axes @ axes.T, np.eye(width), atol=1e-9)
    np.testing.assert_allclose(axes @ covariance @ axes.T, np.diag(np.square(found["lengths"])), atol=1e-8)
    assert all(axis[np.abs(axis).argmax()] > 0 for axis in axes), "an axis has one sign for everybody"
    distance = ((wide - wide[0]) ** 2).sum(1)
    assert found["near"] == np.argsort(distance, kind="stable")[:5].tolist()


def test_a_way_along_the_data_goes_around_what_has_none(node: Node) -> None:
    angles = np.linspace(0, np.pi, 200)
    arc = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    found = node.ask("way", rows=arc.tolist(), **{"from": [1, 0], "to": [-1, 0]})
    points = np.asarray(found["points"])
    assert np.allclose(points[[0, -1]], [[1, 0], [-1, 0]]) and np.allclose(np.hypot(*points.T), 1, atol=1e-6)
    assert found["half"] == pytest.approx([0, 1], abs=0.02)
    away = np.array([9, 0])
    apart = np.concatenate([arc[:50] - away, arc[:50] + away])
    assert node.ask("way", rows=apart.tolist(), **{"from": [-8, 0], "to": [10, 0]}) is None


@pytest.mark.parametrize(
    ("slug", "query"),
    [
        ("mnist/mmd-20", {"w": "3:20,8:80,0:50", "theta": "0.4", "n": "2", "seed": "7"}),
        ("mnist/mmd-20", {"w": "3:20,8:80,Group 1:50", "method": "consensus"}),
        ("mnist/linear-20", {"w": "3:20,8:80", "method": "centre_of_mass", "k": "7"}),
    ],
)
def test_without_a_step_it_is_the_blend_and_with_one_what_the_model_makes(
    node: Node, slug: str, query: dict[str, str]
) -> None:
    groups = (Group("mnist", 1, (3, 5, 1000, 2001, 7777)),) if "Group 1" in query["w"] else ()
    props, model, recipe = props_of(slug, query, groups)
    begin, end = (model.stats["mean"][model.card.classes.index(name)] for name in ("3", "8"))
    steps, change = [["dim2", 1.5], ["pc1", -1]], {"begin": "3", "end": "8", "amount": 0.5}
    cases = [([], STILL), (steps, change), ([], {**STILL, "amount": 0, "begin": "3", "end": "8"})]
    found = node.ask("directions", props=props, start=":blend", cases=cases, sphere=["3", "8", 0.3])
    plain = model.make(recipe)
    np.testing.assert_allclose(found["pictures"][0], plain.picture.ravel(), rtol=0, atol=1e-4)
    assert found["pictures"][2] == found["pictures"][0], "an amount of 0 leaves the original exactly"
    row = node.ask("directions", props=props, start=":row12", cases=cases, sphere=["3", "8", 0.3])
    latents = model.latents.astype(np.float64)
    values, axes = np.linalg.eigh(np.cov(latents.T, bias=True))
    first = axes[:, -1] * np.sign(axes[np.abs(axes[:, -1]).argmax(), -1])
    offset = 1.5 * latents.std(0) * (np.arange(latents.shape[1]) == 1) - np.sqrt(values[-1]) * first
    z = (latents[12] + offset + 0.5 * (end - begin)).astype(np.float32)
    keep = recipe.k if model.card.kind == "linear" else None
    expected = model.decode(z[None], **({"components": keep} if keep else {}))
    np.testing.assert_allclose(row["pictures"][1], expected.ravel(), rtol=0, atol=2e-4)
    angle = np.arccos(np.dot(begin, end) / np.linalg.norm(begin) / np.linalg.norm(end))
    sizes = np.linalg.norm(begin), np.linalg.norm(end)
    unit = (np.sin(0.7 * angle) * begin / sizes[0] + np.sin(0.3 * angle) * end / sizes[1]) / np.sin(angle)
    np.testing.assert_allclose(found["sphere"], unit * (0.7 * sizes[0] + 0.3 * sizes[1]), atol=1e-3)


@pytest.mark.parametrize("channels", [1, 3])
def test_a_saved_strip_is_a_png_of_exactly_these_pixels(node: Node, channels: int) -> None:
    values = np.random.default_rng(channels).random((3, channels, 4, 5), dtype=np.float32)
    facts = {"link": "http://127.0.0.1/directions?dir=pc1:1"}
    coded = node.ask("png", values=values.ravel().tolist(), shape=[channels, 4, 5], columns=3, scale=2, facts=facts)
    with Image.open(io.BytesIO(base64.b64decode(coded))) as image:
        image.load()
        pixels, text = np.asarray(image), image.text["link"]
    assert text == facts["link"] and pixels.shape == (8, 34, 3)
    for i, picture in enumerate(np.broadcast_to(values, (3, channels, 4, 5))):
        shown = pixels[:, 12 * i : 12 * i + 10][::2, ::2].transpose(2, 0, 1)
        assert np.array_equal(shown, np.broadcast_to(np.floor(picture * 255 + 0.5), (3, 4, 5)))
    assert (pixels[:, 10:12] == 255).all()
