"""What the large sheet's benchmark counts: known answers of its pen, its unions, its search and its controls."""

import json
import re

import numpy as np
import pytest
import torch

from benchmarks.moonshot import canvas, honesty, methods
from tests.harness.serving import ROOT


class Corners:
    """A stand-in judge of 4 classes: bits of class k are the ink in quarter k of the sheet."""

    def bits(self, pictures: np.ndarray) -> np.ndarray:
        half = pictures.shape[2] // 2
        rows = pictures[:, 0].reshape(len(pictures), 2, half, 2, half).sum((2, 4), dtype=np.float32)
        return rows.reshape(len(pictures), 4)


def dots() -> torch.Tensor:
    """(4, 1, 40, 40): class k is a line in the middle of quarter k."""
    layers = torch.zeros(4, 1, 40, 40)
    for k in range(4):
        top, left = 20 * (k // 2), 20 * (k % 2)
        layers[k, 0, top + 10, left + 5 : left + 15] = 1
    return layers


def test_a_drawing_lies_on_the_sheet_and_its_pen_does_not_grow_with_it() -> None:
    path = np.stack([np.linspace(-0.5, 0.5, 400), np.zeros(400)], 1).astype(np.float16)
    drawn = np.stack([canvas.redraw(path, np.random.default_rng(seed)) for seed in range(8)])
    assert drawn.shape == (8, 112, 112) and drawn.dtype == np.uint8
    assert not drawn[:, [0, -1]].any() and not drawn[:, :, [0, -1]].any()
    ink = drawn.sum((1, 2)) / 255
    assert np.all((ink > 75) & (ink < 150)), "a line 76 to 100 pixels long, about 1.2 pixels wide"


def test_the_pen_draws_the_ridge_of_a_broad_line_and_nothing_of_a_faint_one() -> None:
    far = torch.arange(-20.0, 20.0)
    soft = torch.exp(-0.5 * (far / 2) ** 2)[:, None].expand(40, 40)[None, None]
    thin = methods.pen(soft)[0, 0]
    assert thin[20].min() > 0.95 and thin[:18, 4:-4].max() < 0.05 and thin[23:, 4:-4].max() < 0.05
    assert methods.pen(0.04 * soft).max() == 0


def test_a_union_keeps_every_layer_and_leaves_out_a_class_without_weight() -> None:
    layers = dots()
    weights = torch.tensor([[0.25, 0.25, 0.25, 0.25], [0, 1 / 3, 1 / 3, 1 / 3]])
    both = methods.union(layers, weights)
    assert torch.equal(both[0], layers.amax(0)) and torch.equal(both[1], layers[1:].amax(0))


def test_carving_parts_a_line_from_a_clump() -> None:
    solid = torch.zeros(1, 1, 60, 60)
    solid[..., 5:25, 5:25] = 1
    solid[..., 45, 5:55] = 1
    cut = methods.carved(solid, 0.8, 0.35)
    assert cut[..., 45, 10:50].min() > 0.9 and cut[0, 0, 15, 15] < 0.1


def test_a_search_finds_the_only_choice_that_is_heard() -> None:
    pools = torch.zeros(4, 3, 1, 40, 40)
    pools[:, 2] = dots()
    real = torch.tensor([1.0, 2.0, 0.01])
    taken, climb = methods.choose(pools, Corners(), real, lambda x: x, 0, goal=0.0, rounds=1)
    assert taken.tolist() == [2, 2, 2, 2] and climb == sorted(climb)


def test_own_removal_costs_what_was_there_and_others_nothing() -> None:
    make = methods.maker(dots(), methods.union)
    found = honesty.scores(make, Corners(), {"contrast": 1.0, "width": 2.0, "ink": 0.01}, 4)
    assert found["lost"] == pytest.approx([10, 10, 10, 10])
    assert found["matrix"] == pytest.approx(10 * np.eye(4))
    assert honesty.own_rank(found["matrix"]) == (4, 1.0)
    assert honesty.own_rank(np.ones((4, 4))) == (0, 0.5)


def test_rubbing_takes_as_much_ink_as_the_class_brought() -> None:
    picture = np.full((1, 40, 40), 0.5, np.float32)
    part = picture.copy()
    part[0, 5:10, 5:10] = 0
    rubbed = honesty.rubbed_out(picture, part, np.random.default_rng(3))
    assert rubbed.sum() == pytest.approx(part.sum(), rel=1e-3) and rubbed.shape == picture.shape
    assert np.abs(rubbed - part).max() > 0.4, "it is gone somewhere else"


def test_strangers_in_a_class_s_place_cost_it_its_evidence_and_blends_of_strangers_lose_nothing() -> None:
    layers, blank = dots().numpy(), np.zeros((1, 1, 40, 40), np.float32)
    lost = honesty.swapped(layers, blank, lambda x: x.max(0), Corners())
    assert lost[:, 0] == pytest.approx([10, 10, 10, 10])
    nothing = honesty.absent(np.zeros((6, 1, 40, 40), np.float32), lambda x: x.max(0), Corners(), 3, 4)
    assert nothing["share"] == 0 and nothing["positive"].tolist() == [0, 0, 0]


def test_the_figures_of_chapter_8_are_those_that_were_measured() -> None:
    rows = json.loads((ROOT / "benchmarks" / "results" / "moonshot.json").read_text())["rows"]
    value = {re.sub(r" \(carved \.\d\)", "", row["what"]): row["value"] for row in rows}
    text = (ROOT / "docs" / "learn" / "8_who_is_in_it.md").read_text()
    best = "best by the guide: "
    assert value[best + "positive leave-one-out"] == 20 and "**every one of the 20 classes**" in text
    assert f"sharpness {value[best + 'sharpness Q']:.2f}" in text
    assert f"by {value[best + 'mean leave-one-out']:.1f} bits on average; {value[best + 'both']:.0f} of them" in text
    fall, lost = value[best + "rubbings after which a class's bits fall"], value[best + "bits lost by a rubbing"]
    assert f"fell {100 * fall:.0f} times in 100" in text and f"by {lost:.2f} bits" in text
    assert f"{value[best + 'own removal above 95 of 100 rubbings of equal ink']:.0f} of 20 classes lose more" in text
    chance = value["blend of 20 strangers, same finish: positive leave-one-out"]
    assert f'{chance} of 20 "classes" lost something' in text
    usual = "decoded centroids: centre of mass: "
    assert value[usual + "positive leave-one-out"] == 20
    assert f"sees only {value[usual + 'bits above 0']:.0f} in it" in text
