"""Which classes are in a blend, by method and number of classes: `python -m benchmarks.blending [--zoo DIR]`.

Scored by the judges that only score (judge.onnx). Blends are made of class centroids of training pictures; the judges'
controls are measured on held-out drawings. --zoo names a folder of models trained with other seeds
(omniglot/label-guided-16-seed2 and so on): their figures are then averaged with those of the shipped model.
"""

import argparse
import dataclasses
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.report import Row, row, save
from latent_core import Model, evidence, measure, open_model, slow
from latent_core.evidence import Reading
from latent_core.models.measure import alternatives
from latent_core.recipes.recipe import Recipe

SETS = 40
"""Random sets of classes a size."""
SLOW_SETS = 20


def sets(model: Model, n: int, count: int = SETS) -> Iterator[list[str]]:
    """Random sets of n classes, the same for every method and model; seed 100 + n."""
    chance = np.random.default_rng(100 + n)
    for _ in range(count):
        yield [model.card.classes[k] for k in sorted(chance.choice(len(model.card.classes), n, replace=False))]


def read(models: list[Model], n: int, method: str) -> dict[str, list[float]]:
    """Least bits, share present, recoverability and sharpness of every set and model."""
    found: dict[str, list[float]] = {"least": [], "share": [], "auc": [], "sharp": []}
    for model in models:
        for names in sets(model, n):
            _add(found, model, model.blend(dict.fromkeys(names, 50.0), method=method), names)
    return found


def searched(model: Model, n: int) -> dict[str, list[float]]:
    """The same for the slow search, and its CPU time in s."""
    found: dict[str, list[float]] = {"least": [], "share": [], "auc": [], "sharp": [], "cpu": []}
    slow.make("search", model.blend(dict.fromkeys(model.card.classes[:n], 50.0)).recipe)  # opens what it needs
    for names in sets(model, n, SLOW_SETS):
        recipe = model.blend(dict.fromkeys(names, 50.0)).recipe
        began = time.process_time()
        made = slow.make("search", recipe)
        found["cpu"].append(time.process_time() - began)
        blend = dataclasses.replace(model.blend(dict.fromkeys(names, 50.0)), picture=made.picture)
        _add(found, model, blend, names)
    return found


def _add(found: dict[str, list[float]], model: Model, blend, names: list[str]) -> None:  # type: ignore[no-untyped-def]
    judge, facts = model.dataset.judge, model.dataset.card.judge
    assert judge is not None and facts is not None
    bits = judge.bits(blend.picture[None])[0]
    chosen = np.isin(model.card.classes, names)
    found["least"].append(float(bits[chosen].min()))
    found["share"].append(float((bits[chosen] > 0).mean()))
    found["auc"].append(evidence.recoverability(bits, chosen))
    found["sharp"].append(float(evidence.sharpness(blend.picture[None], facts.real, model.dataset.ground)[0]))


def rows_of(what: str, found: dict[str, list[float]], **goals: float) -> list[Row]:
    """One line a figure: means over sets and models."""
    names = {"least": ("weakest class", "bits"), "share": ("classes present", "share")}
    names |= {"auc": ("recoverability", "AUC"), "sharp": ("sharpness Q", ""), "cpu": ("CPU time (largest)", "s")}
    made = []
    for name, values in found.items():
        better = "lower" if name == "cpu" else "higher"
        of: Callable[..., float] = max if name == "cpu" else _mean
        made.append(row(f"{what}: {names[name][0]}", values, names[name][1], goals.get(name), of, better))
    return made


def everyone(
    models: list[Model], what: str, method: str, goals: tuple[float, float | None, float | None] | None = None
) -> list[Row]:
    """All classes at once: how many are present, their mean bits, and the least leave-one-out; one value a model."""
    readings = [measure(model, model.blend(dict.fromkeys(model.card.classes, 50.0), method=method)) for model in models]
    return _all_of(readings, what, goals or (None, None, None))


def usual(model: Model, what: str) -> list[Row]:
    """The same of the three usual answers, by the model that ships."""
    recipe = model.blend(dict.fromkeys(model.card.classes, 50.0)).recipe
    return [one for title, found in alternatives(model, recipe).items() for one in _all_of([found], f"{what}, {title}")]


def _all_of(
    readings: list[Reading], what: str, goals: tuple[float | None, float | None, float | None] = (None, None, None)
) -> list[Row]:
    present, mean, least = goals
    missed = [min((reading.without or {"": 0.0}).values()) for reading in readings]
    return [
        row(f"{what}: present", [float(reading.k) for reading in readings], "classes", present, _mean, "higher"),
        row(f"{what}: mean", [_mean(list(r.bits.values())) for r in readings], "bits", mean, _mean, "higher"),
        row(f"{what}: least leave-one-out", missed, "bits", least, _mean, "higher"),
        row(f"{what}: sharpness Q", [reading.sharpness for reading in readings], "", None, _mean, "higher"),
    ]


def collage(model: Model) -> list[Row]:
    """All classes as drawings at 112 pixels: least own ink and CPU time, over 20 seeds."""
    own, cpu = [], []
    base = model.blend(dict.fromkeys(model.card.classes, 50.0)).recipe
    slow.make("collage", base)
    for seed in range(20):
        recipe: Recipe = dataclasses.replace(base, seed=seed)
        began = time.process_time()
        made = slow.make("collage", recipe)
        cpu.append(1000 * (time.process_time() - began))
        own.append(min(made.own_ink.values()))
    what = f"all {len(model.card.classes)}, collage 112 px"
    return [
        row(f"{what}: least own ink", own, "share", 0.45, _mean, "higher"),
        row(f"{what}: CPU time (median)", cpu, "ms", 200),
    ]


def _mean(values: list[float]) -> float:
    return float(np.mean(values))


def main() -> None:
    """Measures everything and writes benchmarks/results/blending.json."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--zoo", type=Path, help="folder with omniglot models of other seeds")
    zoo = flags.parse_args().zoo
    made: list[Row] = []
    for name in ("label-guided-16", "elbo-16"):
        models = [open_model(f"omniglot/{name}"), *_others(zoo, name)]
        about = f"{name}, {len(models)} training seeds" if len(models) > 1 else name
        default = name == "label-guided-16"
        for n, least, auc in ((3, 2.2, 0.98), (5, None, 0.96), (10, None, 0.90)):
            goals = {"auc": auc} | ({"least": least, "share": 1.0, "sharp": 0.45} if least else {})
            found = read(models, n, "decoded_mean")
            made += rows_of(f"{n} classes, default, {about}", found, **(goals if default else {}))
        for n, auc, sharp in ((3, None, None), (5, 0.90, 0.80), (10, 0.78, 0.68)):
            goals = {"auc": auc, "sharp": sharp} if default and auc else {}
            made += rows_of(f"{n} classes, crisp, {about}", read(models, n, "consensus"), **goals)
        for n in (3, 5, 10):
            made += rows_of(f"{n} classes, centre of mass, {about}", read(models, n, "centre_of_mass"))
        made += everyone(models, f"all 20, default, {about}", "decoded_mean", (15, 0.4, 0.45) if default else None)
        made += everyone(models[:1], f"all 20, default, {name} as it ships", "decoded_mean")
        made += usual(models[0], f"all 20, {name} as it ships")
        made += everyone(models, f"all 20, crisp, {about}", "consensus")
        made += everyone(models, f"all 20, centre of mass, {about}", "centre_of_mass")
    shipped = open_model("omniglot/label-guided-16")
    made += rows_of("3 classes, search", searched(shipped, 3), least=3.5, sharp=0.60, cpu=1.0)
    made += rows_of("5 classes, search", searched(shipped, 5))
    made += collage(shipped)
    digits = open_model("mnist/mmd-20")
    made += everyone([digits], "MNIST, all 10, default", "decoded_mean", (7, None, None))
    made += everyone([digits], "MNIST, all 10, centre of mass", "centre_of_mass")
    print(save("blending", made, "not used"))


def _others(zoo: Path | None, name: str) -> list[Model]:
    """Models of other seeds; their folder must hold the shipped dataset's own files, judges included."""
    if zoo is None:
        return []
    os.environ["MEDLEY_MODELS"] = str(zoo)
    try:
        return [Model(f"omniglot/{folder.name}") for folder in sorted((zoo / "omniglot").glob(f"{name}-seed*"))]
    finally:
        del os.environ["MEDLEY_MODELS"]


if __name__ == "__main__":
    main()
