"""Judge B's bench: how blends are scored and told, what the judge must and must not see, and what chance would give."""

from functools import partial

import numpy as np
import torch
from torch import Tensor

from benchmarks.moonshot import canvas, honesty, training, trials
from benchmarks.moonshot.methods import worth
from benchmarks.report import Row, row
from latent_core import evidence

GOAL = {"positive": 15, "sharp": 0.6}


class Bench:
    """The judges, the look of real pictures of this sheet, and every line that was measured."""

    def __init__(self, drawn: dict[str, np.ndarray], judge: training.Bits, guide: training.Bits) -> None:
        self.drawn, self.judge, self.guide = drawn, judge, guide
        self.look = evidence.look(canvas.pictures(drawn["test"]))
        self.real = torch.tensor([self.look[name] for name in ("contrast", "width", "ink")])
        self.rows: list[Row] = []

    def add(self, what: str, values: list[float], unit: str, goal: float | None = None, better: str = "higher") -> None:
        self.rows.append(row(what, [float(value) for value in values], unit, goal, _mean, better))

    def tell(self, what: str, found: list[dict], goals: bool = False) -> None:
        """The lines of one way to blend; a value a blend."""
        goal = GOAL if goals else {}
        self.add(f"{what}: positive leave-one-out", [(f["lost"] > 0).sum() for f in found], "classes of 20",
                 goal.get("positive"))  # fmt: skip
        self.add(f"{what}: least leave-one-out", [f["lost"].min() for f in found], "bits")
        self.add(f"{what}: mean leave-one-out", [f["lost"].mean() for f in found], "bits")
        self.add(f"{what}: bits above 0", [(f["bits"] > 0).sum() for f in found], "classes of 20")
        both = [((f["bits"] > 0) & (f["lost"] > 0)).sum() for f in found]
        self.add(f"{what}: both", both, "classes of 20")
        self.add(f"{what}: mean bits", [f["bits"].mean() for f in found], "bits")
        self.add(f"{what}: sharpness Q", [f["sharp"] for f in found], "", goal.get("sharp"))

    def score(self, make) -> dict:  # type: ignore[no-untyped-def]
        return honesty.scores(make, self.judge, self.look)

    def worth(self, picture: np.ndarray) -> float:
        """What the guide and sharpness say of a blend (1, height, width): by this the best one is picked."""
        sharp = evidence.sharpness(picture[None], self.look)
        return float(worth(self.guide.bits(picture[None]), sharp, 0.63)[0])


def controls(bench: Bench) -> None:
    """Judge B on what must be seen and what must not: full-size overlays of held-out drawings, strangers, blanks."""
    test, foreign = (canvas.pictures(bench.drawn[name]) for name in ("test", "foreign"))
    y, chance = bench.drawn["test_y"], np.random.default_rng(5)
    for n in (1, 3, 5, 10):
        seen, alien = [], []
        for _ in range(200):
            inside = np.isin(np.arange(20), chance.choice(20, n, replace=False))
            layers = [test[chance.choice(np.flatnonzero(y == k))] for k in np.flatnonzero(inside)]
            pair = np.stack([np.max(layers, 0), foreign[chance.choice(len(foreign), n, replace=False)].max(0)])
            for kept, bits in zip((seen, alien), bench.judge.bits(pair), strict=True):
                kept.append(evidence.recoverability(bits, inside))
        bench.add(f"judge: recoverability of an overlay of {n} held-out drawings", seen, "AUC")
        bench.add(f"judge: recoverability of an overlay of {n} strangers", alien, "AUC", better="lower")
    nothing = np.stack([np.full((1, 112, 112), level, np.float32) for level in (0, 0.25, 0.5, 1)])
    noise = chance.random((20, 1, 112, 112)).astype(np.float32)
    for what, given in (("blank, grey and white", nothing), ("noise", noise)):
        bench.add(f"judge: classes with bits above 0 in {what}", (bench.judge.bits(given) > 0).sum(1), "classes of 20",
                  better="lower")  # fmt: skip


def honest(bench: Bench, what: str, painter: trials.Painter, z: Tensor, name: str) -> dict:
    """The controls of one blend: what its leave-one-out would be by chance."""
    layers, finish = painter.layers(z), trials.FINISHES[name]
    found = bench.score(trials.blend(layers, finish))
    bench.tell(what, [found], True)
    first, auc = honesty.own_rank(found["matrix"])
    bench.add(f"{what}: classes that lose most by their own removal", [first], "classes of 20")
    bench.add(f"{what}: own removal against those of others", [auc], "AUC")
    more, fell, rubbed = honesty.against_rubbing(found, bench.judge)
    bench.add(f"{what}: own removal above 95 of 100 rubbings of equal ink", [more], "classes of 20")
    bench.add(f"{what}: rubbings after which a class's bits fall", [fell], "share", better="lower")
    bench.add(f"{what}: bits lost by a rubbing", rubbed.mean(1), "bits", better="lower")
    fixed = partial(_together, finish=finish)
    chance = np.random.default_rng(8)
    foreign = canvas.pictures(bench.drawn["foreign"][chance.choice(1560, 60, replace=False)])
    lost = honesty.swapped(layers.numpy(), foreign[:12], fixed, bench.judge)
    bench.add(f"{what}: bits lost when a stranger takes the place", lost.mean(1), "bits")
    bench.add(f"{what}: classes that lose bits to the mean stranger", [(lost.mean(1) > 0).sum()], "classes of 20")
    both = np.concatenate([layers.numpy(), foreign[12:17]])
    whole = bench.judge.bits(fixed(both)[None])[0]
    taken = np.stack([fixed(np.delete(both, 20 + i, 0)) for i in range(5)])
    own = np.stack([fixed(np.delete(both, k, 0)) for k in range(20)])
    strange = whole[None] - bench.judge.bits(taken)
    real = whole - bench.judge.bits(own)[np.arange(20), np.arange(20)]
    bench.add(f"{what} with 5 strangers: positive leave-one-out", [(real > 0).sum()], "classes of 20")
    bench.add(f"{what} with 5 strangers: a stranger's removal costs a class as much", (strange >= real).mean(1),
              "share", better="lower")  # fmt: skip
    none = honesty.absent(foreign, fixed, bench.judge)
    bench.add("blend of 20 strangers, same finish: positive leave-one-out", none["positive"], "classes of 20",
              better="lower")  # fmt: skip
    bench.add("blend of 20 strangers, same finish: mean leave-one-out", [none["mean"]], "bits", better="lower")
    return found


def _mean(values: list[float]) -> float:
    return float(np.mean(values))


def _together(layers: np.ndarray, finish: trials.Finish) -> np.ndarray:
    return finish(torch.from_numpy(layers.max(0, keepdims=True)))[0].numpy()
