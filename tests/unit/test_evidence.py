"""Facts of the measures of a blend: known answers, and what blank, grey and solid pictures are worth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sklearn.metrics import roc_auc_score

from latent_core import evidence, open_model
from latent_core.datasets._ground import ground_of
from latent_core.evidence.own_ink import INK, own_ink
from tests import shipped
from tests.unit import toys

REAL = {"contrast": 0.9, "width": 3.0, "ink": 0.15}
BITS = np.array([3.0, -1.0, 0.5, 2.0, -4.0])
CHOSEN = np.array([True, True, True, False, False])


def ring(size: int = 28, radius: float = 8, pen: float = 3) -> np.ndarray:
    """(1, 1, size, size): a circle drawn with a pen of that width, grey at its edges as a scan is."""
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    return np.clip(pen / 2 + 0.5 - np.abs(np.hypot(x, y) - radius), 0, 1)[None, None]


def disc(size: int = 28, radius: float = 8) -> np.ndarray:
    y, x = np.mgrid[:size, :size] - (size - 1) / 2
    return (np.hypot(x, y) < radius).astype(float)[None, None]


def test_nothing_is_recovered_without_a_chosen_class() -> None:
    with pytest.raises(ValueError, match="no class was chosen"):
        evidence.recoverability(BITS, np.zeros(5, bool))


@given(some.lists(some.tuples(some.integers(-3, 3), some.booleans()), min_size=2, max_size=30))
def test_recoverability_is_the_area_under_the_curve(pairs: list[tuple[int, bool]]) -> None:
    bits, chosen = np.array([bit for bit, _ in pairs], float), np.array([yes for _, yes in pairs])
    if chosen.all() or not chosen.any():
        with pytest.raises(ValueError):
            evidence.recoverability(bits, chosen)
    else:
        assert evidence.recoverability(bits, chosen) == pytest.approx(roc_auc_score(chosen, bits))
        assert evidence.recoverability(-bits, chosen) == pytest.approx(1 - roc_auc_score(chosen, bits))


def test_recoverability_says_what_to_use_when_every_class_is_chosen() -> None:
    with pytest.raises(ValueError, match="leave-one-out"):
        evidence.recoverability(BITS, np.ones(5, bool))


@given(some.lists(some.floats(0, 100), min_size=2, max_size=12))
def test_taking_a_class_out_keeps_the_proportions_of_the_others(amounts: list[float]) -> None:
    weights = np.array(amounts)
    present = np.flatnonzero(weights > 1e-3)
    weights[weights <= 1e-3] = 0
    if len(present) < 2:
        with pytest.raises(ValueError, match="at least two"):
            evidence.without_each(weights)
        return
    rows = evidence.without_each(weights)
    assert rows.shape == (len(present), len(weights)) and np.allclose(rows.sum(1), 1)
    for row, k in zip(rows, present, strict=True):
        others = weights.copy()
        others[k] = 0
        assert row[k] == 0 and np.allclose(row * others.sum(), others)


def test_a_class_that_leaves_no_trace_brings_nothing() -> None:
    toy, weights = toys.Toy([1.0, 1.0, 0.0, 1.0]), np.array([0.25, 0.25, 0.5, 0])

    def make(row: np.ndarray) -> np.ndarray:
        return toy.plain_average(dict(zip(toy.classes, row, strict=True)))

    lost = evidence.leave_one_out(make, weights, toy.dataset.judge)
    np.testing.assert_allclose(lost, [toys.BITS * 0.25, toys.BITS * 0.25, 0, 0], atol=1e-5)
    np.testing.assert_allclose(evidence.leave_one_out(make, 8 * weights, toy.dataset.judge), lost, atol=1e-5)
    turned = [2, 0, 3, 1]
    other = toys.Toy(toy.strength[turned].tolist())

    def remake(row: np.ndarray) -> np.ndarray:
        return other.plain_average(dict(zip(other.classes, row, strict=True)))

    found = evidence.leave_one_out(remake, weights[turned], other.dataset.judge)
    np.testing.assert_allclose(found, lost[turned], atol=1e-5)
    with pytest.raises(ValueError, match="at least two"):
        evidence.leave_one_out(make, np.array([0, 1.0, 0, 0]), toy.dataset.judge)


def test_a_class_is_present_when_it_is_chosen_and_spoken_for() -> None:
    assert evidence.present(BITS, CHOSEN).tolist() == [True, False, True, False, False]
    without = np.array([0.5, 0.5, 0, 0, 0])
    assert evidence.present(BITS, CHOSEN, without).tolist() == [True, False, False, False, False]
    assert not evidence.present(np.zeros(3), np.ones(3, bool)).any(), "0 bits say nothing"


@pytest.mark.parametrize(
    ("bits", "chosen", "what"),
    [
        ([1, 2, 3], [1, 1, 0], 2), ([1, 4, 3], [1, 1, 0], None), ([-3, -2, -1], [1, 1, 0], None),
        ([-3, -2, 0.1], [1, 1, 0], 2), ([3, 3, 3], [1, 1, 0], None), ([1, 2, 3], [1, 1, 1], None),
        ([1, 2, 3], [1, 0, 0], 2),
    ],
)  # fmt: skip
def test_a_blend_turned_into_the_class_that_outdoes_all_chosen_ones(bits, chosen, what) -> None:
    assert evidence.became(np.array(bits, float), np.array(chosen, bool)) == what


def test_one_picture_has_the_sharpness_of_itself() -> None:
    drawn = ring()
    assert evidence.sharpness(drawn, evidence.look(drawn)) == pytest.approx([1], abs=1e-5)


def test_blank_grey_and_solid_pictures_are_not_sharp() -> None:
    one = np.ones((1, 1, 28, 28))
    assert evidence.sharpness(0 * one, REAL).tolist() == [0]
    assert evidence.sharpness(np.concatenate([0.5 * one, one]), REAL).max() < 0.02
    assert 0.05 < evidence.sharpness(disc(), REAL)[0] < 0.25
    assert evidence.sharpness(0.2 * ring(), REAL)[0] < 0.4 < evidence.sharpness(ring(), REAL)[0]
    nothing = dict.fromkeys(REAL, 0.0)
    assert np.isfinite(evidence.sharpness(np.concatenate([0 * one, one]), nothing)).all()


def test_contrast_width_and_ink_are_what_they_are_called() -> None:
    for pen in (2.0, 4.0):
        found = evidence.look(ring(size=100, radius=30, pen=pen))
        assert found["width"] == pytest.approx(pen, rel=0.25) and 0.8 < found["contrast"] <= 1
        assert found["ink"] == pytest.approx(2 * np.pi * 30 * pen / 100**2, rel=0.05)
    solid = evidence.look(np.ones((1, 3, 10, 10)))  # it touches the edges and still has a perimeter
    assert solid == pytest.approx({"contrast": 1, "width": 2 * 100 / np.hypot(20, 20), "ink": 1})
    bar = np.zeros((1, 1, 9, 9))
    bar[..., 2:8, 3:5] = 1
    assert evidence.look(bar)["width"] == pytest.approx(2 * 12 / np.hypot(2 * 6, 2 * 2))
    both = np.concatenate([ring(), np.zeros((1, 1, 28, 28))])
    assert evidence.look(both) == evidence.look(ring())
    with pytest.raises(ValueError, match="blank"):
        evidence.look(np.zeros((2, 1, 4, 4)))


@given(scale=some.floats(0.05, 1), seed=some.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_sharpness_lies_between_0_and_1_and_falls_as_a_picture_fades(scale: float, seed: int) -> None:
    x = np.random.default_rng(seed).random((2, 1, 9, 7))
    full, faded = evidence.sharpness(x, REAL), evidence.sharpness(scale * x, REAL)
    assert (full >= 0).all() and (full <= 1).all() and (faded <= full + 1e-6).all()


def test_python_and_the_graph_agree_on_pictures_of_average_figures() -> None:
    pictures = np.random.default_rng(3).random((5, 3, 8, 12))
    for picture in pictures:
        assert evidence.sharpness(picture[None], evidence.look(picture[None]))[0] == pytest.approx(1, abs=1e-5)


@pytest.fixture(scope="module")
def omniglot() -> tuple[np.ndarray, np.ndarray, dict[str, float]]:
    """Held-out drawings (n, 1, 28, 28) 0..1, their classes (n,), and the look of the training drawings."""
    dataset = open_model(next(slug for slug in shipped.models() if slug.startswith("omniglot/"))).dataset
    pictures, held = dataset.thumbs[:, None] / np.float32(255), dataset.rows["split"] == 1
    return pictures[held], dataset.rows["y"][held], evidence.look(pictures[~held])


def test_real_drawings_are_sharp_and_piles_of_them_are_not(omniglot) -> None:
    pictures, y, real = omniglot
    random = np.random.default_rng(0)
    groups = [pictures[y == k] for k in np.unique(y)]
    sets = [np.concatenate([group[[random.integers(len(group))]] for group in groups]) for _ in range(20)]
    overlay = evidence.sharpness(np.stack([one.max(0) for one in sets]), real).mean()
    mean = evidence.sharpness(np.stack([one.mean(0) for one in sets]), real).mean()
    assert np.median(evidence.sharpness(pictures, real)) > 0.93
    assert overlay < 0.13 and 0.12 < mean < 0.25


def test_ink_is_above_its_threshold_and_one_pixel_of_it_counts_whole() -> None:
    layers = np.zeros((2, 2, 2))
    layers[0, 0, 0], layers[1, 1, 1], layers[1, 0, 1] = 1.0, 1.0, INK
    assert own_ink(layers).tolist() == [1, 1], "the second layer's other pixel is at the threshold"
    layers[1, 0, 0] = 1.0
    assert own_ink(layers).tolist() == [0, 0.5]
    assert own_ink(np.full((1, 2, 2), 0.31)).tolist() == [1], "a light grey is ink"


def test_a_judge_reads_no_picture_with_a_hole() -> None:
    pictures = np.ones((2, 1, toys.SIDE, 2 * toys.SIDE))
    assert toys.judge(2).bits(pictures).shape == (2, 2)
    pictures[1, 0, 0, 0] = np.nan
    with pytest.raises(ValueError, match="not all finite"):
        toys.judge(2).bits(pictures)


def test_ink_on_paper_looks_as_light_on_black_and_in_colour_only_the_ground_counts_as_blank() -> None:
    drawn = np.concatenate([ring(), disc()])
    paper = 1 - np.repeat(drawn, 3, axis=1)
    white = (1.0, 1.0, 1.0)
    assert evidence.look(paper, white) == pytest.approx(evidence.look(drawn))
    np.testing.assert_allclose(evidence.sharpness(paper, REAL, white), evidence.sharpness(drawn, REAL), atol=1e-5)
    red = 1 - np.repeat(drawn, 3, axis=1) * np.array([0, 1, 1]).reshape(1, 3, 1, 1)
    np.testing.assert_allclose(evidence.sharpness(red, REAL, white), evidence.sharpness(drawn, REAL), atol=1e-5)
    assert evidence.sharpness(np.ones((1, 3, 9, 9)), REAL, white).tolist() == [0]
    with pytest.raises(ValueError, match="3 numbers from 0 to 1"):
        evidence.sharpness(paper, REAL, (1.0,))


def test_a_ground_is_measured_at_the_edges_and_photographs_have_none() -> None:
    rng = np.random.default_rng(4)
    paper = np.full((9, 12, 10, 3), (250, 240, 230), np.uint8)
    paper[:, 3:9, 2:8] = rng.integers(0, 255, (9, 6, 6, 3))
    assert ground_of(paper) == pytest.approx((0.98, 0.941, 0.902), abs=1e-3)
    assert ground_of(np.zeros((4, 8, 8, 1), np.uint8)) == (), "black needs no word"
    assert ground_of(rng.integers(0, 255, (9, 12, 10, 3)).astype(np.uint8)) == ()
