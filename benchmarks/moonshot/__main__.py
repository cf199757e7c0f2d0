"""Draws, trains, blends, scores: `python -m benchmarks.moonshot --root DIR --runs DIR`; about an hour of one core.

--root holds Omniglot's drawings; --runs keeps what was drawn and trained, so that a second run only blends and scores.
Writes benchmarks/results/moonshot.json and docs/learn/pictures/moonshot.png.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from benchmarks.moonshot import canvas, training, trials
from benchmarks.moonshot.bench import Bench, controls, honest
from benchmarks.panels import grey, strips
from benchmarks.report import ROOT, save
from latent_core.datasets.omniglot import CHARACTERS

PICTURE = ROOT / "docs" / "learn" / "pictures" / "moonshot.png"
SHOWN = ("Greek theta", "Latin x")


def drawings(bench: Bench) -> None:
    """No VAE: overlays of held-out people's drawings taken at random, as they are and carved."""
    test, y = torch.from_numpy(canvas.pictures(bench.drawn["test"])), bench.drawn["test_y"]
    chance = np.random.default_rng(6)
    sets = [torch.stack([test[chance.choice(np.flatnonzero(y == k))] for k in range(20)]) for _ in range(20)]
    for name, finish in trials.FINISHES.items():
        bench.tell(f"held-out drawings at random, no VAE, {name}", [bench.score(trials.blend(x, finish)) for x in sets])


Liked = list[tuple[float, trials.Painter, Tensor]]
"""Blends as the guide likes them: what they are worth, model, and latents (classes, latent)."""


def searches(bench: Bench, painters: list[trials.Painter]) -> tuple[str, Liked]:
    """Unions of decoded drawings at random and chosen, with every finish; the finish that the guide likes best on
    average (judge B is not asked), and what was chosen with it."""
    liked: dict[str, Liked] = {}
    for name, finish in trials.FINISHES.items():
        random, chosen, liked[name] = [], [], []
        for painter in painters:
            for seed in range(trials.STARTS):
                z = painter.pool("train", 100 + seed, 1)[:, 0]
                random.append(bench.score(trials.blend(painter.layers(z), finish)))
                z = trials.chosen(painter, "train", finish, seed, bench.guide, bench.real)
                chosen.append(bench.score(trials.blend(painter.layers(z), finish)))
                liked[name].append((bench.worth(chosen[-1]["picture"]), painter, z))
        bench.tell(f"union of decoded drawings at random, {name}", random)
        bench.tell(f"union of decoded drawings chosen by the guide, {name}", chosen, True)
    name = max(liked, key=lambda one: np.mean([value for value, _, _ in liked[one]]))
    return name, liked[name]


def further(bench: Bench, painters: list[trials.Painter], name: str, liked: Liked) -> tuple[trials.Painter, Tensor]:
    """With the finish that was picked: drawings of held-out people, and what was chosen, moved by the guide's gradient;
    of these the one that the guide likes best."""
    finish, held, moved, best = trials.FINISHES[name], [], [], []
    for painter in painters:
        for seed in range(trials.STARTS):
            z = trials.chosen(painter, "test", finish, seed, bench.guide, bench.real)
            held.append(bench.score(trials.blend(painter.layers(z), finish)))
    bench.tell(f"union of held-out people's drawings, decoded, chosen by the guide, {name}", held, True)
    for _, painter, start in liked:
        z = trials.moved(painter, start, finish, bench.guide.net, bench.real)
        moved.append(bench.score(trials.blend(painter.layers(z), finish)))
        best.append((bench.worth(moved[-1]["picture"]), painter, z))
    bench.tell(f"union of one latent a class moved by the guide, {name}", moved, True)
    _, painter, z = max(best, key=lambda one: one[0])
    return painter, z


def paint(bench: Bench, found: dict, painter: trials.Painter, z: Tensor) -> None:
    """The best blend, what is left without two of its classes, those classes alone, and the usual answer."""
    names = list(CHARACTERS)
    places = [names.index(name) for name in SHOWN]
    layers = painter.layers(z).numpy()
    usual = next(make for name, make in trials.usual(painter) if name == "centre of mass")(np.full(20, 0.05))
    above = [found["picture"], *(found["parts"][k] for k in places)]
    below = [usual / usual.max(), *(layers[k] for k in places)]
    texts = [
        ["all 20", *(f"without {name}" for name in SHOWN)],
        ["centre of mass", *(f"{name} alone" for name in SHOWN)],
    ]
    strips(PICTURE, [[grey(x) for x in above], [grey(x) for x in below]], texts, side=224)


def main() -> None:
    """Draws and trains what is not kept yet, then measures everything."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--root", type=Path, required=True, help="folder with Omniglot's drawings")
    flags.add_argument("--runs", type=Path, required=True, help="folder for what is drawn and trained")
    given = flags.parse_args()
    torch.set_num_threads(1)
    drawn = canvas.prepare(given.root, given.runs)
    judge, guide = (training.one_judge(drawn, name, given.runs) for name in ("judge", "guide"))
    bench = Bench(drawn, judge, guide)
    controls(bench)
    drawings(bench)
    painters = [trials.Painter(training.vae(drawn, seed, given.runs), drawn) for seed in training.SEEDS]
    tried = [dict(trials.usual(painter)) for painter in painters]
    for name in tried[0]:
        bench.tell(f"decoded centroids: {name}", [bench.score(one[name]) for one in tried])
    name, liked = searches(bench, painters)
    painter, z = further(bench, painters, name, liked)
    found = honest(bench, f"best by the guide ({name})", painter, z, name)
    paint(bench, found, painter, z)
    np.savez_compressed(given.runs / "best.npz", z=z.numpy(), picture=found["picture"], parts=found["parts"],
                        lost=found["lost"], bits=found["bits"])  # fmt: skip
    for k in np.argsort(found["lost"]):
        print(f"{list(CHARACTERS)[k]}: {found['bits'][k]:+.2f} bits, {found['lost'][k]:+.2f} lost without it")
    print(save("moonshot", bench.rows, "not used"))


if __name__ == "__main__":
    main()
