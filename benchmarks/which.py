"""Which model keeps most of a blend? The same random recipes through every model of a dataset, for chapter 11 of Learn.

    python -m benchmarks.which [--data mnist] [--only mnist/gan-32]

Writes benchmarks/results/which.json and docs/learn/pictures/which.png; with --only, the rows of one model.
"""

import argparse
import json
import platform
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.panels import grey, strips
from latent_core import Model, open_model
from latent_core.models.comparing import cards, standings
from latent_core.models.library import Library, open_library
from latent_core.recipes.recipe import Recipe

ROOT = Path(__file__).resolve().parents[1]
SIZES, SETS = (2, 3, 5), 20
"""Classes of a recipe, and how many random recipes there are of each size."""
WAYS = ("decoded_mean", "centre_of_mass")
SHOWN = ("elbo-10", "mmd-20-smooth", "label-guided-16", "linear-50")
"""Models in the picture."""


def recipes(data: str, classes: Sequence[str], way: str) -> list[Recipe]:
    """Random sets of classes in equal parts, the same on every call."""
    random = np.random.default_rng(0)
    chosen = [sorted(random.choice(len(classes), size, replace=False)) for size in SIZES for _ in range(SETS)]
    return [Recipe(data, "", tuple((classes[k], 50.0) for k in rows), method=way) for rows in chosen]


def measured(library: Library, data: str, models: dict[str, Model], way: str) -> list[dict[str, object]]:
    """By model, means over all recipes with their standard errors, most of the classes first."""
    read: dict[str, list[tuple[float, float, float]]] = {}
    first = next(iter(models)).split("/")[1]
    for recipe in recipes(data, library.classes(data), way):
        for one in standings(replace(recipe, model=first), library, models.__getitem__, models):
            if one.reading:
                read.setdefault(one.slug, []).append(
                    (one.reading.k / one.reading.n, one.least[1], one.reading.sharpness)
                )
    rows = []
    for slug, found in read.items():
        mean, error = np.mean(found, 0), np.std(found, 0, ddof=1) / np.sqrt(len(found))
        said = zip(("seen", "least", "sharpness"), mean, error, strict=True)
        figures = {name: [round(float(a), 4), round(float(b), 4)] for name, a, b in said}
        rows.append({"model": slug, "method": way, "n": len(found), **figures})
    return sorted(rows, key=lambda row: (-row["seen"][0], row["model"]))


def picture(library: Library, models: dict[str, Model], path: Path) -> None:
    """One recipe by some models in two ways; under each, how many classes the judge sees and how sharp it is."""
    rows, texts = [], []
    for way in WAYS:
        recipe = Recipe("mnist", SHOWN[0], tuple((name, 50.0) for name in ("0", "2", "5", "7")), method=way)
        found = {one.slug.split("/")[1]: one for one in standings(recipe, library, models.__getitem__)}
        shown = [(name, found[name].reading) for name in SHOWN]
        rows.append([grey(models[f"mnist/{name}"].make(recipe).picture) for name in SHOWN])
        texts.append([f"{name}: {one.k} of {one.n}, Q {one.sharpness:.2f}" for name, one in shown if one])
    strips(path, rows, texts, side=215)


def main() -> None:
    """Measures, draws and writes."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--data", default="mnist", help="the dataset")
    flags.add_argument("--only", default="", help="a model: the rows of all others stay as they are")
    given, library = flags.parse_args(), open_library()
    data = given.data
    models = {card.slug: open_model(card.slug) for card in cards(data, library) if given.only in ("", card.slug)}
    if data == "mnist" and not given.only:
        picture(library, models, ROOT / "docs" / "learn" / "pictures" / "which.png")
    found = {"machine": platform.machine(), "date": date.today().isoformat(), "recipes": SETS * len(SIZES)}
    rows = [row for way in WAYS for row in measured(library, data, models, way)]
    if given.only:
        before = json.loads((ROOT / "benchmarks" / "results" / "which.json").read_text())["rows"]
        rows += [row for row in before if row["model"] != given.only]
        rows.sort(key=lambda row: (WAYS.index(row["method"]), -row["seen"][0], row["model"]))
    held = json.dumps({**found, "rows": rows}, indent=2)
    (ROOT / "benchmarks" / "results" / "which.json").write_text(held + "\n")
    print(held)


if __name__ == "__main__":
    main()
