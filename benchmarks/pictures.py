"""Makes the pictures of docs/learn from the shipped models, and the figures that chapter 3 states.

    python -m benchmarks.pictures [--model mnist/mmd-20]

Writes docs/learn/pictures/*.png and benchmarks/results/averages.json.
"""

import argparse
import json
import platform
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.panels import grey, scatters, signed, strips
from latent_core import Model, measure, open_model
from latent_core.artifacts import layout
from latent_core.generators import families
from latent_core.graphs.graph import Graph, open_shared
from latent_core.models.generator import Generator, decode
from latent_core.models.measure import alternatives
from latent_core.models.spectrum import held_out_rows, read_spectrum

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "learn" / "pictures"
SETS, SIZES = 40, (2, 5, 10)
"""Random sets of classes, and how many classes each holds."""


def equal(names: list[str]) -> dict[str, float]:
    """Equal parts of these classes."""
    return dict.fromkeys(names, 1.0)


def blends(model: Model) -> None:
    """Chapters 1 and 3: a blend of three, variety, and sets of growing size by two methods."""
    three = ["3", "8", "0"]
    shown = [grey(model.blend(equal([name])).picture) for name in three]
    average = model.plain_average(model.blend(equal(three)).recipe.shares())
    shown += [grey(model.blend(equal(three)).picture), grey(average)]
    strips(PICTURES / "blend.png", [shown], [[*three, "the blend", "plain average"]])
    thetas = (0.0, 0.2, 0.4, 0.6, 0.8)
    varied = [grey(model.blend(equal(["5"]), theta=theta, seed=4).picture) for theta in thetas]
    strips(PICTURES / "variety.png", [varied], [[f"variety {theta:g}" for theta in thetas]])
    sets = [model.card.classes[:2], model.card.classes[2:5], model.card.classes[5:10], model.card.classes]
    rows = [
        [grey(model.blend(equal(names), method=method).picture) for names in sets]
        for method in ("centre_of_mass", "decoded_mean")
    ]
    names = ["0, 1", "2, 3, 4", "5 to 9", "all ten"]
    strips(PICTURES / "many.png", rows, [names, names], side=150)


def path(model: Model) -> None:
    """Chapter 2: from 1 to 7 through the latent space, and as a cross-fade."""
    ends = model.stats["mean"][[1, 7]].astype(np.float32)
    steps = np.linspace(0, 1, 7, dtype=np.float32)[:, None]
    latent = model.decode((1 - steps) * ends[0] + steps * ends[1])
    first, last = model.decode(ends)
    faded = [(1 - step[0]) * first + step[0] * last for step in steps]
    texts = [f"{100 * step[0]:.0f} %" for step in steps]
    strips(PICTURES / "path.png", [[grey(x) for x in latent], [grey(x) for x in faded]], [texts, texts], side=96)


def maps(model: Model, count: int = 2000) -> None:
    """Chapter 4: the same rows as PCA and as UMAP."""
    rows = np.arange(count)
    places = [model.projections[name][rows, :2] for name in ("pca", "umap")]
    scatters(PICTURES / "maps.png", places, model.dataset.rows["y"][rows], ["PCA", "UMAP"])


def ingredients(linear: Model, vae: Model) -> None:
    """Chapter 5: mean, first components, and a test picture by growing k and by a VAE."""
    ones = np.ones(linear.card.latent.size, np.float32)
    plan = open_shared("components")(keep=ones)
    decoder = Graph((linear.folder / layout.DECODER).read_bytes(), layout.DECODER)
    plus, minus = np.split(decoder(**plan, keep=ones)["pictures"], 2)
    mean = linear.decode(np.zeros((1, linear.card.latent.size), np.float32))[0]
    tiles = [grey(mean), *(signed(part) for part in (plus - minus)[:7])]
    texts = ["mean", *(f"{i + 1}: {share:.1%}" for i, share in enumerate(read_spectrum(linear).share[:7]))]
    strips(PICTURES / "ingredients.png", [tiles], [texts], side=96)
    original = tiles(linear.dataset, held_out_rows(linear.dataset, ["2"], 0, 1)).astype(np.float32) / 255
    sizes = (1, 5, 10, 20, 50)
    z = linear.encode(original)[0]
    rebuilt = [linear.decode(z, components=k)[0] for k in sizes] + [vae.decode(vae.encode(original)[0])[0]]
    names = ["original", *(f"k = {k}" for k in sizes), f"{vae.card.objective.name.upper()}, {vae.card.latent.size}"]
    strips(PICTURES / "rebuilt.png", [[grey(x) for x in (original[0], *rebuilt)]], [names], side=96)


def present(model: Model) -> None:
    """Chapter 8: three characters and all twenty, by three ways; under each how many the judge sees, and sharpness."""
    three = ["Latin x", "Greek pi", "Sanskrit dha"]
    ways = {"centre_of_mass": "centre of mass", "decoded_mean": "after decoding", "consensus": "consensus"}
    rows, texts = [], []
    for names in (three, list(model.card.classes)):
        blends = [model.blend(equal(names), method=method) for method in ways]
        readings = [measure(model, blend) for blend in blends]
        rows.append([grey(blend.picture) for blend in blends])
        said = zip(ways.values(), readings, strict=True)
        texts.append([f"{way}: {one.k} of {one.n}, Q {one.sharpness:.2f}" for way, one in said])
    strips(PICTURES / "present.png", rows, texts, side=240)


def faces(model: Model, linear: Model) -> None:
    """Chapter 11: three animals and all twenty, before and after decoding, and without a VAE."""
    rows, texts = [], []
    for names in (["Cat", "Dog", "Panda"], list(model.card.classes)):
        recipe = model.blend(equal(names), method="decoded_mean").recipe
        others = alternatives(model, recipe, linear)
        shown = {
            "centre of mass": (model.blend(equal(names), method="centre_of_mass").picture, others["Centre of mass"]),
            "after decoding": (model.make(recipe).picture, measure(model, recipe)),
            "eigen-image": (linear.blend(equal(names), method="centre_of_mass").picture, others["Eigen-image"]),
            "pixel mean": (model.plain_average(recipe.shares()), others["Plain average"]),
        }
        rows.append([grey(picture) for picture, _ in shown.values()])
        texts.append([f"{name}: {one.k} of {one.n}, Q {one.sharpness:.2f}" for name, (_, one) in shown.items()])
    strips(PICTURES / "animals.png", rows, texts, side=212, smooth=True)


def generated(model: Model, digit: int = 5, draws: int = 8) -> None:
    """Chapter 9: new pictures of one digit by each family, each as varied as is still right in 995 of 1,000."""
    rows, names = [], []
    for family in families():
        generator = Generator(model, family.name)
        curves = generator.kit.curves
        assert curves
        scale = next(one.calibrated for one in curves.families if (one.family, one.tau) == (family.name, None))
        pictures = decode(model, generator.latents(scale or 0.0, draws, seed=2))[:, digit]
        rows.append([grey(one.reshape(model.card.shape)) for one in pictures])
        names.append([family.name.replace("_", " "), f"theta {scale:g}", *[""] * (draws - 2)])
    strips(PICTURES / "generated.png", rows, names, side=96)


def averages(model: Model) -> list[dict[str, object]]:
    """Chapter 3: how alike blends of different sets are, how like their own classes, and where the centre of mass lies.

    Likeness is the correlation of the pixels, -1 to 1; random sets of classes in equal parts.
    """
    random = np.random.default_rng(0)
    classes = model.card.classes
    alone = {name: model.blend(equal([name])).picture.ravel() for name in classes}
    rows = [_row("pairs of single classes", _alike([*alone.values()]), len(alone))]
    for method in ("centre_of_mass", "decoded_mean"):
        for size in SIZES:
            sets = sorted({tuple(sorted(random.choice(classes, size, replace=False))) for _ in range(SETS)})
            made = [model.blend(equal(list(names)), method=method).picture.ravel() for names in sets]
            own = [[_like(x, alone[name]) for name in names] for x, names in zip(made, sets, strict=True)]
            rows.append(_row(f"{method}, {size} classes: with its own classes", float(np.mean(own)), len(made)))
            if len(made) > 1:
                rows.append(_row(f"{method}, {size} classes: with blends of other sets", _alike(made), len(made)))
        likest = max(classes, key=lambda name: _like(made[-1], alone[name]))  # the last set is that of all classes
        rows.append(_row(f"{method}, all classes: with {likest}, the likest", _like(made[-1], alone[likest]), 1))
    centroids = model.stats["mean"]
    middle = np.linalg.norm(centroids.mean(0)) / np.linalg.norm(centroids, axis=1).mean()
    return [*rows, _row("distance of the centre of mass from zero over the centroids' mean distance", float(middle), 1)]


def _like(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def _alike(pictures: list[np.ndarray]) -> float:
    found = np.corrcoef(np.stack(pictures))
    return float(found[np.triu_indices(len(found), 1)].mean())


def _row(what: str, value: float, n: int) -> dict[str, object]:
    return {"what": what, "value": round(value, 3), "unit": "", "goal": None, "better": "", "met": None, "n": n}


def main() -> None:
    """Makes everything."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--model", default="mnist/mmd-20", help="the VAE of the pictures")
    model = open_model(flags.parse_args().model)
    linear = open_model(f"mnist/{model.dataset.card.linear}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    blends(model)
    path(model)
    maps(model)
    ingredients(linear, model)
    generated(model)
    present(open_model("omniglot/label-guided-16"))
    animals = open_model("animals/linear-50")
    faces(open_model(f"animals/{animals.dataset.card.default_model}"), animals)
    found = {"commit": model.card.commit, "machine": platform.machine(), "date": date.today().isoformat()}
    held = json.dumps({**found, "model": model.slug, "rows": averages(model)}, indent=2)
    (ROOT / "benchmarks" / "results" / "averages.json").write_text(held + "\n")
    print(held)


if __name__ == "__main__":
    main()
