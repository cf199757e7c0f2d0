"""Pictures, places and evidence that JavaScript makes of the shipped graphs are Python's."""

from dataclasses import replace
from functools import cache
from typing import Any

import msgspec
import numpy as np
import pytest

from latent_core.blends import methods
from latent_core.evidence import leave_one_out, sharpness
from latent_core.generators import Kit, families
from latent_core.models.generator import Generator, decode
from latent_core.models.groups import Group
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.models.scores import measure
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta
from latent_core.recipes.where import MOST, SIDE, Where
from pages.parts import refs
from pages.parts.generate.view import FILES
from tests import shipped
from tests.web.node import Node

CLOSE: dict[str, Any] = {"rtol": 0, "atol": 2e-4}
"""A twentieth of one of 255 shades: two builds of one library round differently."""

SLUGS = ["mnist/mmd-20", "animals/label-guided-48", "omniglot/label-guided-16", "olivetti/elbo-32", "mnist/linear-20"]
GROUP = Group("mnist", 1, (3, 5, 1000, 2001, 7777))


@cache
def library() -> Library:
    """The shipped models, opened once."""
    return shipped.library()


@cache
def opened(slug: str) -> Model:
    """A model, opened once."""
    return Model(slug)


def props_of(slug: str, groups: tuple[Group, ...] = ()) -> dict[str, Any]:
    """What the server tells the Blend page about a model, as far as pictures need it."""
    model, cards = opened(slug), library().model_cards
    linear = cards[f"{model.dataset.slug}/{model.dataset.card.linear}"]
    models = [model, opened(linear.slug)]
    told = {
        "dataset": refs.dataset_ref(model.dataset, library()),
        "model": refs.model_ref(model.card, model.dataset),
        "linear": refs.model_ref(linear, model.dataset),
        "methods": list(methods(model.card.latent.kind)),
        "centre": "centre_of_mass",
        "groups": [refs.group_ref(group, model.dataset, models) for group in groups],
    }
    plain: dict[str, Any] = msgspec.to_builtins(told)
    return plain


def values_of(recipe: Recipe, classes: list[str]) -> dict[str, Any]:
    """A recipe as the page's frame has it: classes with a share, by row."""
    shares = {name: share for name, share in recipe.shares().items() if share > 0}
    told = recipe.to_json()
    kept = {name: told[name] for name in ("theta", "pattern", "n", "seed", "depth", "k", "method")}
    return {**kept, "rows": [classes.index(name) for name in shares], "shares": list(shares.values())}


def recipe_of(slug: str, method: str = "decoded_mean", **changes: Any) -> Recipe:
    """A recipe of four classes of a model, one of them without a share."""
    data, model = slug.split("/")
    classes = opened(slug).card.classes
    w = tuple(zip((classes[i] for i in (0, 2, 3, 7)), (20.0, 0.0, 80.0, 35.5), strict=True))
    return Recipe(data, model, w, **{"theta": Theta(0.4), "n": 3, "seed": 11, "method": method, "k": 17} | changes)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("method", [one.name for one in methods()])
def test_a_blend_by_every_method(node: Node, slug: str, method: str) -> None:
    recipe = recipe_of(slug, method)
    made = opened(slug).make(recipe)
    found = node.ask("picture", props=props_of(slug), part="blend", values=values_of(recipe, opened(slug).card.classes))
    np.testing.assert_allclose(found["picture"], made.picture.ravel(), **CLOSE)
    np.testing.assert_allclose(found["place"]["data"], made.latent, **CLOSE)


@pytest.mark.parametrize("method", ["code_vote", "decoded_mean"])
def test_a_blend_of_codes(node: Node, method: str) -> None:
    test_a_blend_by_every_method(node, "mnist/vq-98", method)


@pytest.mark.parametrize("depth", range(5))
@pytest.mark.parametrize("slug", ["mnist/mmd-20", "olivetti/elbo-32"])
def test_every_averaging_depth(node: Node, slug: str, depth: int) -> None:
    recipe = recipe_of(slug, "averaging_depth", depth=depth)
    found = node.ask("picture", props=props_of(slug), part="blend", values=values_of(recipe, opened(slug).card.classes))
    np.testing.assert_allclose(found["picture"], opened(slug).make(recipe).picture.ravel(), **CLOSE)


def test_a_pattern_of_theta_and_a_group(node: Node) -> None:
    slug = "mnist/mmd-20"
    model = opened(slug).with_groups([GROUP])
    cells = np.random.default_rng(6).integers(0, 101, (10, 20)) / 100
    w = (("1", 30.0), ("8", 20.0), (GROUP.name, 50.0))
    for method in [one.name for one in methods()]:
        recipe = Recipe("mnist", "mmd-20", w, Theta.from_cells(0.7, cells), 2, 5, method, 3, 20)
        given = {"props": props_of(slug, (GROUP,)), "values": values_of(recipe, model.card.classes)}
        found = node.ask("picture", part="blend", **given)
        np.testing.assert_allclose(found["picture"], model.make(recipe).picture.ravel(), **CLOSE)
    plain = node.ask("picture", part="plain", **given)["picture"]
    np.testing.assert_allclose(plain, model.plain_average(recipe.shares()).ravel(), **CLOSE)
    linear = opened("mnist/linear-20") if model.dataset.card.linear == "linear-20" else opened("mnist/linear-50")
    centre = Recipe("mnist", "mmd-20", w, recipe.theta, 2, 5, "centre_of_mass", 3, 20)
    eigen = node.ask("picture", part="eigen", **given)["picture"]
    np.testing.assert_allclose(eigen, linear.with_groups([GROUP]).make(centre).picture.ravel(), **CLOSE)


@pytest.mark.parametrize("k", [1, 5, 20, 50])
def test_the_three_other_pictures(node: Node, k: int) -> None:
    for slug in ("mnist/mmd-20", "omniglot/label-guided-16"):
        model, recipe = opened(slug), recipe_of(slug, "spherical", k=k)
        linear = opened(f"{model.dataset.slug}/{model.dataset.card.linear}")
        centre = recipe_of(slug, "centre_of_mass", k=k)
        given = {"props": props_of(slug), "values": values_of(recipe, model.card.classes)}
        for part, picture in (
            ("centre", model.make(centre).picture),
            ("eigen", linear.make(centre).picture),
            ("plain", model.plain_average(recipe.shares())),
        ):
            found = node.ask("picture", part=part, **given)["picture"]
            np.testing.assert_allclose(found, picture.ravel(), **CLOSE, err_msg=f"{slug} {part}")


@pytest.mark.parametrize("slug", ["mnist/mmd-20", "olivetti/elbo-32"])
@pytest.mark.parametrize("method", [one.name for one in methods()])
def test_the_shortcut_of_a_moving_hand_makes_the_same_picture(node: Node, slug: str, method: str) -> None:
    recipe = recipe_of(slug, method)
    expected = opened(slug).make(recipe).picture.ravel()
    found = node.ask("moving", props=props_of(slug), values=values_of(recipe, opened(slug).card.classes))
    for picture in found:
        np.testing.assert_allclose(picture, expected, **CLOSE)


@pytest.mark.parametrize("method", [one.name for one in methods()])
def test_the_blend_without_each_class(node: Node, method: str) -> None:
    slug = "mnist/mmd-20"
    recipe = recipe_of(slug, method)
    given = {"props": props_of(slug), "values": values_of(recipe, opened(slug).card.classes)}
    used = [(name, amount) for name, amount in recipe.w if amount > 0]
    found = np.reshape(node.ask("without", part="blend", out=[2, 0, 1], **given), (3, -1))
    for picture, out in zip(found, (2, 0, 1), strict=True):
        expected = opened(slug).make(replace(recipe, w=tuple(pair for pair in used if pair != used[out])))
        np.testing.assert_allclose(picture, expected.picture.ravel(), **CLOSE)


@pytest.mark.parametrize("part", ["centre", "eigen", "plain"])
def test_the_other_pictures_without_a_class(node: Node, part: str) -> None:
    slug = "mnist/mmd-20"
    model, recipe = opened(slug), recipe_of(slug, k=12)
    linear = opened(f"mnist/{model.dataset.card.linear}")
    used = tuple((name, amount) for name, amount in recipe.w if amount > 0)
    less = replace(recipe, w=used[:1] + used[2:], method="centre_of_mass")
    expected = {
        "centre": model.make(less).picture,
        "eigen": linear.make(less).picture,
        "plain": model.plain_average(less.shares()),
    }
    found = node.ask("without", props=props_of(slug), part=part, values=values_of(recipe, model.card.classes), out=[1])
    np.testing.assert_allclose(found, expected[part].ravel(), **CLOSE)


@pytest.mark.parametrize("slug", ["mnist/mmd-20", "animals/label-guided-48", "omniglot/label-guided-16"])
def test_bits_and_sharpness(node: Node, slug: str) -> None:
    model = opened(slug)
    made = np.stack([model.make(recipe_of(slug, one.name)).picture for one in methods()])
    found = node.ask("judged", props=props_of(slug), pictures=made.ravel().tolist(), count=len(made))
    judge, facts = model.dataset.judge, model.dataset.card.judge
    assert judge and facts
    np.testing.assert_allclose(np.reshape(found["bits"], (len(made), -1)), judge.bits(made), rtol=0, atol=2e-3)
    np.testing.assert_allclose(found["sharpness"], sharpness(made, facts.real, model.dataset.ground), **CLOSE)


@pytest.mark.parametrize("method", [one.name for one in methods()])
def test_leave_one_out_a_few_classes_at_a_time(node: Node, method: str) -> None:
    model = opened("mnist/mmd-20")
    amounts = np.linspace(10, 100, 10).round(2)
    recipe = Recipe("mnist", "mmd-20", tuple(zip(model.card.classes, amounts.tolist(), strict=True)), method=method)
    found = node.ask("lost", props=props_of(model.slug), values=values_of(recipe, model.card.classes), room=0.01)
    assert found["rounds"] == 10
    judge = model.dataset.judge
    assert judge

    def make(weights: np.ndarray) -> np.ndarray:
        given = zip(model.card.classes, weights.tolist(), strict=True)
        w = tuple((name, 100 * weight) for name, weight in given if weight > 0)
        return model.make(replace(recipe, w=w)).picture

    shares = np.array(list(recipe.shares().values()))
    np.testing.assert_allclose(found["lost"], leave_one_out(make, shares, judge), rtol=0, atol=0.05)


@pytest.mark.parametrize("slug", ["mnist/mmd-20", "mnist/linear-50", "olivetti/elbo-32"])
@pytest.mark.parametrize("components", [None, 3])
def test_latents_are_decoded(node: Node, slug: str, components: int | None) -> None:
    model = opened(slug)
    z = model.latents[[0, 17, 101]]
    given = {} if components is None else {"components": components}
    found = node.ask("decode", slug=slug, z=z.tolist(), **given)
    assert found["dims"] == [3, *model.card.shape]
    np.testing.assert_allclose(found["data"], model.decode(z, components).ravel(), **CLOSE)
    centroids = node.ask("centroids", slug=slug)
    np.testing.assert_allclose(centroids["data"], model.decode(model.stats["mean"]).ravel(), **CLOSE)


@pytest.mark.parametrize("slug", ["mnist/mmd-20", "animals/label-guided-48"])
def test_places_on_the_small_map(node: Node, slug: str) -> None:
    model = opened(slug)
    z = np.concatenate([model.latents[[3, 99]], model.make(recipe_of(slug)).latent[None]])
    given = {"dataset": model.dataset.slug, "model": slug, "z": z.tolist()}
    exact = node.ask("places", kind="exact", **given)
    np.testing.assert_allclose(exact["found"], model.project(z)[:, :2], rtol=0, atol=1e-4)
    np.testing.assert_allclose(exact["centroids"], model.project(model.stats["mean"])[:, :2], rtol=0, atol=1e-4)
    np.testing.assert_array_equal(exact["classes"], model.dataset.rows["y"])
    np.testing.assert_allclose(exact["points"], model.projections["pca"][:, :2].ravel(), rtol=0, atol=1e-6)
    near = node.ask("places", kind="estimated", **given)
    np.testing.assert_allclose(near["points"], model.projections["umap"].ravel(), rtol=0, atol=1e-6)
    assert np.abs(np.array(near["found"][0]) - model.projections["umap"][3]).max() < 1.5  # among its neighbours


@pytest.mark.parametrize("dims", [2, 3])
@pytest.mark.parametrize("projection", ["pca", "umap", "raw"])
def test_every_map_there_and_back(node: Node, projection: str, dims: int) -> None:
    model, rows, axes = opened("mnist/mmd-20"), [5, 0, 4321, 9999], [7, 2, 11]
    maps, z = model.projections, model.latents[[3, 99]]
    shown = {
        "pca": maps["pca"][:, :dims],
        "umap": maps["umap" if dims == 2 else "umap3"],
        "raw": model.latents[:, axes[:dims]],
    }
    place = np.array([0.7, -1.2, 0.4][:dims], np.float32)
    view = {"projection": projection, "dims": dims, "axes": axes}
    given = {"dataset": "mnist", "model": model.slug, "latent": 20, "z": z.tolist(), "place": place.tolist()}
    found = node.ask("map", view=view, rows=rows, **given)
    assert found["count"] == shown[projection].size and len(found["names"]) == dims
    np.testing.assert_allclose(found["places"], shown[projection][rows], rtol=0, atol=1e-6)
    near = model.nearest(model.latents[rows[0]], 9, training_only=False)
    assert found["neighbours"] == [row for row in near.tolist() if row != rows[0]][:8]
    if projection == "umap":
        assert found["back"] is None
        assert np.abs(np.array(found["placed"]) - shown["umap"][[3, 99]]).max() < 2.5  # among their neighbours
        return
    np.testing.assert_allclose(found["placed"], shown[projection][[3, 99]], rtol=0, atol=1e-4)
    if projection == "pca":
        back = maps["pca_centre"] + place @ maps["pca_components"][:dims]
    else:
        back = maps["pca_centre"].copy()
        back[axes[:dims]] = place
    np.testing.assert_allclose(found["back"], back, rtol=0, atol=1e-5)
    np.testing.assert_allclose(found["picture"], model.decode(back[None])[0].ravel(), **CLOSE)


GENERATED = [
    *(("mnist/mmd-20", one.name, None, tuple(range(10))) for one in families()),
    ("mnist/mmd-20", "mixture", 0.9, tuple(range(10))),
    ("mnist/vq-98", "code_by_code", None, (1, 4, 7)),
    ("omniglot/label-guided-16", "diagonal", None, (2, 11, 17)),  # a model without files for generators
]


@pytest.mark.parametrize(("slug", "family", "tau", "rows"), GENERATED)
def test_new_pictures_and_their_figures(
    node: Node, slug: str, family: str, tau: float | None, rows: tuple[int, ...]
) -> None:
    model = opened(slug)
    kit = Kit(model.card, model.folder)
    cells = np.random.default_rng(6).integers(60, 101, (len(model.card.classes), model.card.latent.size)) / 100
    theta = Theta.from_cells(0.6, cells)
    told = {
        "dataset": refs.dataset_ref(model.dataset, library()),
        "model": refs.model_ref(model.card, model.dataset),
        "families": [{"family": one} for one in families(model.card.latent.kind)],
        "files": {name: file for name, file in FILES.items() if kit.has(file)},
    }
    found = node.ask(
        "generated",
        props=msgspec.to_builtins(told),
        recipe={"theta": theta.scale, "pattern": theta.pattern, "n": 2, "seed": 11},
        way={"family": family, "tau": tau, "mode": "medium2"},
        rows=rows,
        draws=6,
    )
    generator, values = Generator(model, family), theta.scale * cells
    z = generator.sample(values, 6, 11, 2, tau)[0]
    np.testing.assert_allclose(found["z"], z[:, rows].ravel(), **CLOSE)
    np.testing.assert_allclose(found["pictures"], decode(model, z)[:, rows].ravel(), **CLOSE)
    expected, scores = measure(generator, values, 20, 11, 2, tau), found["scores"]
    assert scores["draws"] == 20 and scores["pictures"] == 20 * len(rows)
    one_picture = 1.01 / 20  # whose two most probable classes are equally so
    by = {
        "cosine": (expected.cosine_by, 1e-4),
        "reconstruction": (expected.reconstruction_by, one_picture),
        "classifier": (expected.classifier_by, one_picture),
    }
    by = {name: one for name, one in by.items() if one[0] is not None}
    assert set(scores["by"]) == set(by)
    for name, (figures, close) in by.items():
        np.testing.assert_allclose(scores["by"][name], figures[list(rows)], rtol=0, atol=close)
    assert scores["cosine"] == pytest.approx(expected.cosine_by[list(rows)].mean(), abs=1e-4)
    right = np.array(scores["by"]["classifier"])
    worst = {"worst": right.min(), "row": rows[right.argmin()]}
    assert scores["classifier"] == {"mean": pytest.approx(right.mean()), **worst}


@pytest.mark.parametrize("case", range(8))
def test_paint_is_the_same_on_both_sides(node: Node, case: int) -> None:
    rng = np.random.default_rng(case)
    slug = SLUGS[case % len(SLUGS)]
    method = ["decoded_mean", "consensus", "centre_of_mass", "averaging_depth"][case % 4]
    recipe = recipe_of(slug, method, depth=case % 5)
    painted = rng.permutation([name for name, _ in recipe.w])[: 1 + case % 4]
    rough = {str(name): rng.integers(0, MOST + 1, (1 + case % SIDE, 1 + case % 3)) for name in painted}
    levels = {name: np.pad(one, ((0, SIDE - one.shape[0]), (0, SIDE - one.shape[1]))) for name, one in rough.items()}
    recipe = replace(recipe, where=Where.from_levels(levels))
    found = node.ask("blended", props=props_of(slug), recipe=recipe.to_json())
    assert found["recipe"] == recipe.to_json()
    quarter: dict[str, Any] = {"rtol": 0, "atol": 1e-3}  # of a shade; a vote that is all but even may go either way
    np.testing.assert_allclose(found["picture"], opened(slug).make(recipe).picture.ravel(), **quarter)
    bare = replace(recipe, where=Where(), method="centre_of_mass")
    np.testing.assert_allclose(found["centre"], opened(slug).make(bare).picture.ravel(), **CLOSE)
    _, *others = [part for part in recipe.w if part[1] > 0]
    without = node.ask("blended", props=props_of(slug), recipe=recipe.to_json(), out=[0])
    left = opened(slug).make(replace(recipe, w=tuple(others)))
    np.testing.assert_allclose(without, left.picture.ravel(), **quarter)


def test_paint_of_a_class_that_is_not_chosen_is_not_in_the_recipe_and_comes_back_with_it(node: Node) -> None:
    recipe = recipe_of("mnist/mmd-20")
    recipe = replace(recipe, where=Where.from_levels({"3": np.eye(SIDE, dtype=int), "7": np.eye(SIDE, dtype=int)}))
    classes = opened("mnist/mmd-20").card.classes
    once = node.ask("mix", recipe=recipe.to_json(), classes=classes, steps=[["toggle", 3]])
    assert once["recipe"]["where"] == recipe.where.only(["7"]).text
    again = node.ask("mix", recipe=recipe.to_json(), classes=classes, steps=[["toggle", 3], ["toggle", 3]])
    assert again["recipe"]["where"] == recipe.where.text
