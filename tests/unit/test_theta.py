"""Patterns of theta: text and matrix are the same, and one number, a pattern of ones and an array agree."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from latent_core.models.groups import Group
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta, from_text, to_text
from tests import shipped

GRID = (10, 10)
W = (("3", 50.0), ("8", 25.0))


@pytest.fixture(scope="module")
def cells() -> np.ndarray:
    return np.random.default_rng(3).integers(0, 101, GRID) / 100


def test_text_and_matrix_are_the_same(cells: np.ndarray) -> None:
    text = to_text(cells)
    assert len(text) == 134 and text.isascii() and "=" not in text
    np.testing.assert_array_equal(from_text(text, GRID), cells)
    assert to_text(np.ones(GRID)) == "" and (from_text("", GRID) == 1).all()


def spoilt(value: float) -> np.ndarray:
    """A pattern with one cell that is none."""
    cells = np.ones(GRID)
    cells[4, 7] = value
    return cells


@pytest.mark.parametrize("bad", [*map(spoilt, [np.nan, 1.2, -0.1]), np.full(GRID, 1.2), np.ones(3)])
def test_what_is_no_pattern_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="a pattern is a matrix"):
        to_text(bad)
    with pytest.raises(ValueError, match="theta as an array must be"):
        Theta.from_rows(bad, range(10), GRID)


@pytest.mark.parametrize("bad", [np.full((2, 10), np.nan), np.full((2, 10), 1.2), np.ones((3, 10)), np.ones(10)])
def test_a_blend_refuses_such_an_array(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="theta"):
        shipped.model("mnist/elbo-10").blend(dict(W), bad)


@pytest.mark.parametrize("method", ["decoded_mean", "centre_of_mass", "spherical"])
def test_a_pattern_a_number_and_an_array_make_the_same_blends(method: str, cells: np.ndarray) -> None:
    model = shipped.model("mnist/elbo-10")
    recipe = Recipe("mnist", "elbo-10", W, Theta(0.5), 2, 7, method)
    number = model.make(recipe).picture
    np.testing.assert_array_equal(model.blend(dict(W), np.full((2, 10), 0.5), 2, 7, method).picture, number)
    painted = Theta.from_cells(1.0, cells)
    made = model.make(replace(recipe, theta=painted))
    np.testing.assert_array_equal(model.blend(dict(W), cells[[3, 8]], 2, 7, method).picture, made.picture)
    np.testing.assert_array_equal(model.blend(dict(W), painted, 2, 7, method).picture, made.picture)
    assert np.abs(made.picture - number).max() > 0.05 and made.recipe.theta.pattern == to_text(cells)


@given(arrays(np.uint8, (3, 4), elements=st.integers(0, 100)), st.floats(0, 1))
def test_cells_rows_and_text_are_one_theta(cents: np.ndarray, scale: float) -> None:
    grid, cells = (3, 4), cents / 100
    theta = Theta.from_cells(scale, cells)
    assert theta == Theta(scale, to_text(cells)) and abs(theta.scale - scale) <= 5e-7
    np.testing.assert_array_equal(theta.cells(grid), cells)
    rows = theta.rows([2, 0, 7], grid)
    assert rows.dtype == np.float32 and rows.shape == (3, 4)
    np.testing.assert_allclose(rows[:2], theta.scale * cells[[2, 0]], rtol=1e-6, atol=1e-30)
    assert (rows[2] == np.float32(theta.scale)).all(), "a group has no cells"
    again = Theta.from_rows(cells, [0, 1, 2], grid)
    np.testing.assert_allclose(again.scale * again.cells(grid), cells, atol=1e-12)


@given(arrays(np.float64, (3, 4), elements=st.floats(0, 1)))
def test_cells_are_rounded_to_a_hundredth(cells: np.ndarray) -> None:
    assert np.abs(Theta.from_cells(1.0, cells).cells((3, 4)) - cells).max() <= 0.005 + 1e-12


def test_equal_values_are_one_number() -> None:
    assert Theta.of(np.full(GRID, 0.625)) == Theta(0.625)
    assert Theta.from_rows(np.full((2, 10), 0.625), [3, 8], GRID) == Theta(0.625)
    assert Theta.of(np.array([[0.625]])) == Theta.from_rows(np.array([[0.625]]), [3], (10, 1)) == Theta(0.625)
    assert Theta.of(np.eye(10)) == Theta(1.0, to_text(np.eye(10)))
    assert Theta.from_cells(0.5, np.ones(GRID)) == Theta(0.5)


def test_theta_is_0_unless_something_else_is_said_and_stays_as_it_is() -> None:
    assert Theta() == Theta(0.0, "")
    with pytest.raises(AttributeError):
        Theta().scale = 1.0  # type: ignore[misc]


def test_rows_that_are_not_chosen_get_all_of_theta() -> None:
    cells = Theta.from_rows(np.array([[0.0, 0.5], [0.25, 1.0]]), [2, 0], (4, 2)).cells((4, 2))
    assert cells.tolist() == [[0.25, 1], [1, 1], [0, 0.5], [1, 1]]


def test_a_group_has_no_row_of_its_own() -> None:
    with pytest.raises(ValueError, match="a group gets all of theta"):
        Theta.from_rows(np.array([[0.0, 0.5], [0.5, 1.0]]), [0, 4], (4, 2))
    assert Theta.from_rows(np.array([[0.0, 0.5], [1.0, 1.0]]), [0, 4], (4, 2)).cells((4, 2))[0].tolist() == [0, 0.5]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<b>", "base64url"), ("ZGRkZ", "base64url"), ("_____w", "0 to 100"), ("AGU", "0 to 100"),
        ("äöü", "base64url"), ("=", "base64url"), (["ZGRk"], "base64url"), (7, "base64url"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_pattern_is_refused(text: object, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Theta(0.5, text)  # type: ignore[arg-type]


def test_a_pattern_of_another_size_is_refused_when_it_is_used() -> None:
    theta = Theta.from_cells(0.5, np.eye(3))
    with pytest.raises(ValueError, match="9 cells and not 2 x 3"):
        theta.cells((2, 3))
    with pytest.raises(ValueError, match="9 cells and not 10 x 10"):
        shipped.model("mnist/elbo-10").blend(dict(W), theta)


@pytest.mark.parametrize("scale", [-0.01, 1.01, np.nan, np.inf, True, "0.4", None])
def test_theta_is_a_number_from_0_to_1(scale: object) -> None:
    with pytest.raises(ValueError, match="theta must be a number from 0 to 1"):
        Theta(scale)  # type: ignore[arg-type]


def test_a_pattern_has_one_spelling() -> None:
    assert Theta(0.5, "ZGRk") == Theta(0.5), "all ones"
    assert Theta(0.5, "AAA=") == Theta(0.5, "AAA") == Theta.from_cells(0.5, np.zeros((1, 2)))


def test_only_the_row_of_a_class_counts_for_it(cells: np.ndarray) -> None:
    model = shipped.model("mnist/elbo-10")
    others = cells.copy()
    others[[0, 1, 2, 4, 5, 6, 7, 9]] = 0
    blends = [model.make(Recipe("mnist", "elbo-10", W, Theta.from_cells(1.0, one))) for one in (cells, others)]
    np.testing.assert_array_equal(blends[0].picture, blends[1].picture)


def test_an_array_is_recorded_as_a_pattern_that_makes_the_same_picture(cells: np.ndarray) -> None:
    model = shipped.model("mnist/elbo-10")
    made = model.blend(dict(W), cells[[3, 8]], seed=7)
    assert made.recipe.theta.scale == 1
    np.testing.assert_array_equal(model.make(made.recipe).picture, made.picture)


def test_groups_get_all_of_theta_and_other_models_no_pattern(cells: np.ndarray) -> None:
    model = shipped.model("mnist/elbo-10")
    wider = model.with_groups([Group("mnist", 1, (5, 77, 900))])
    recipe = Recipe("mnist", "elbo-10", (("Group 1", 50.0),), Theta.from_cells(0.5, cells))
    plain = Recipe("mnist", "elbo-10", (("Group 1", 50.0),), Theta(0.5))
    np.testing.assert_array_equal(wider.make(recipe).picture, wider.make(plain).picture)
    linear = shipped.model("mnist/linear-50")
    with_w = [replace(one, w=W) for one in (recipe, plain)]
    np.testing.assert_array_equal(*(linear.make(one).picture for one in with_w))
