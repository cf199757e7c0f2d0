"""Which way of blending keeps most classes, and which leaves a middle that looks real? For chapter 11 of Learn.

    python -m benchmarks.methods [DATASET ...]

Every blend method through one model of each dataset. Kept classes: random sets in equal parts, counted by the judge
that only scores. The middle: pictures half way between a draw of one class and a draw of another, and their Frechet
distance, on the classifier's features, from the real test pictures (the midpoint distance of Ghosh et al., From
variational to deterministic autoencoders, 2020, for draws instead of test pictures: so every method can take part).
Writes benchmarks/results/methods.json.
"""

import argparse
from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.report import Row, row, save
from benchmarks.zoo import Pictures
from latent_core import Model, measure
from latent_core.blends import methods
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta

MNIST = ("mnist/mmd-20", "mnist/vq-98", "mnist/poisson-50")
MODELS = (*MNIST, "fashion/mmd-16", "olivetti/elbo-32", "omniglot/label-guided-16")
"""What each dataset opens with, and the models of codes and of counts, which have a method of their own."""
FAR, FEATURES = "Frechet distance", "of classifier features"
SIZES, SETS = (2, 3, 5), 20
"""Classes of a set, and how many random sets there are of each size."""
PAIRS = 2000
"""Pictures half way between two draws."""
REAL = 1000
"""Real test pictures without which a Frechet distance would tell of their small number."""
DEPTH = 2
"""Where "averaging depth" averages: between the two hidden layers, half way from codes to pixels."""


def sets(model: Model) -> Iterator[dict[str, float]]:
    """Random classes in equal parts, the same for every method."""
    chance = np.random.default_rng(0)
    for size in SIZES:
        for _ in range(SETS):
            yield {model.card.classes[k]: 50.0 for k in sorted(chance.choice(len(model.card.classes), size, False))}


def kept(model: Model, method: str) -> tuple[list[float], list[float], list[float]]:
    """Share of the classes that the judge sees, bits of the weakest, and sharpness Q: one number a set."""
    read = [measure(model, model.blend(w, method=method, depth=DEPTH), remove_one=False) for w in sets(model)]
    least = [min(one.bits[name] for name in w) for one, w in zip(read, sets(model), strict=True)]
    return [one.k / one.n for one in read], least, [one.sharpness for one in read]


def middles(model: Model, method: str) -> np.ndarray:
    """(pairs, channels, height, width): two different classes in equal parts, a draw of each."""
    chance, made = np.random.default_rng(1), []
    data, name = model.slug.split("/")
    for seed in range(PAIRS):
        names = [model.card.classes[k] for k in sorted(chance.choice(len(model.card.classes), 2, False))]
        w = tuple((one, 50.0) for one in names)
        recipe = Recipe(data, name, w, theta=Theta(1.0), seed=seed, method=method, depth=DEPTH)
        made.append(model.make(recipe).picture)
    return np.stack(made)


def main() -> None:
    """Measures and writes."""
    flags = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    flags.add_argument("datasets", nargs="*", help="by default all that have a judge")
    asked = flags.parse_args().datasets
    rows: list[Row] = []
    for slug in MODELS:
        if asked and slug.split("/")[0] not in asked:
            continue
        model, pictures = Model(slug), Pictures(slug.split("/")[0])
        if len(pictures.test) >= REAL:
            some = np.random.default_rng(2).permutation(len(pictures.train))[:PAIRS]
            far = pictures.distance(pictures.train[some])
            rows.append(row(f"{slug}, {FAR} of real training pictures", [far], FEATURES, None))
        for method in methods(model.card.latent.kind):
            rows += told(model, method.name, pictures)
    print(save("methods", rows, "not used"))


def told(model: Model, method: str, pictures: Pictures) -> list[Row]:
    """The lines of one method."""
    share, least, sharp = kept(model, method)
    what = f"{model.slug}, {method}"
    rows = [
        row(f"{what}: classes seen", share, "share", None, mean, "higher"),
        row(f"{what}: weakest class", least, "bits", None, mean, "higher"),
        row(f"{what}: sharpness Q", sharp, "", None, mean, "higher"),
    ]
    if len(pictures.test) >= REAL:
        rows.append(row(f"{what}: {FAR} of middles", [pictures.distance(middles(model, method))], FEATURES, None))
    return rows


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


if __name__ == "__main__":
    main()
