"""The last step to a model folder: measured figures and the card join the run's files, written all at once."""

import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import torch

from latent_core import artifacts, datasets, metrics
from latent_core.artifacts import Block, Latent, Metric, ModelCard, Named, layout
from latent_core.training import export, networks, objectives
from latent_core.training.networks.vq import VqDecoder
from latent_core.training.pictures import Pictures
from latent_core.training.presets import LINEAR, split_slug
from latent_core.training.steps import goals, halves, layers, levels, shared, stages

LIBRARIES = ("numpy", "torch", "onnx", "onnxruntime", "scikit-learn", "umap-learn")


def publish(slug: str, pictures: Pictures, folder: Path, root: Path | None = None) -> ModelCard:
    """Writes models/<slug> from a run's folder and returns its card.

    Args:
        slug: dataset and model.
        folder: the run's folder after fit, encode and project.
        root: the models folder; None is the shipped one.

    Raises:
        StageMissing: an earlier step has not been done.
    """
    model, story = stages.open_model(folder, pictures.shape)
    missing = [name for name in stages.SHIPPED if not (folder / name).is_file()]
    if missing:
        raise stages.StageMissing(f"{folder} has no {missing[0]} yet: run encode, then project, first")
    stages.same_pictures(story.get("pictures", ""), pictures, f"the run in {folder}", "delete it and train again")
    shared.same_dataset(pictures, root)
    files = {name: (folder / name).read_bytes() for name in stages.SHIPPED}
    seen = artifacts.folder_of(pictures.name, root) / layout.CLASSIFIER
    classifier = seen.read_bytes() if seen.is_file() else None
    linear = story["objective"][0] == LINEAR
    matched = not linear and objectives.kind(story["objective"][0]).matched
    card = ModelCard(
        format=artifacts.FORMAT,
        slug=slug,
        title=title(slug),
        what=what(story),
        kind="linear" if linear else "vae",
        objective=Named(*story["objective"]),
        network=Named(*story["network"]),
        latent=latent_of(story, model),
        likelihood=likelihood(story["objective"][0], pictures.shape[0]),
        averages_at=export.averages_at(files[layout.DECODER]),
        places="encoded" if linear else objectives.kind(story["objective"][0]).places,
        prior=artifacts.Prior("matched") if matched else artifacts.Prior("fitted", artifacts.CLASS_GAUSSIANS),
        shape=list(pictures.shape),
        classes=list(pictures.train.names),
        rows=len(pictures.split),
        seed=story["seed"],
        epochs=story["epochs"],
        seconds=round(story["seconds"], 1),
        terms={name: round(value, 3) for name, value in story["terms"].items()},
        metrics=[
            *measured(slug, model, pictures, classifier, story),
            *of_halves(slug, model, pictures, matched, story["seed"], root),
        ],
        command=story["command"],
        commit=commit(),
        versions=versions(),
        pictures=story.get("pictures", ""),
    )
    artifacts.write_folder(card, files, root)
    return artifacts.open_model_card(slug, root)


def measured(
    slug: str, model: networks.Autoencoder, pictures: Pictures, classifier: bytes | None, story: dict[str, Any]
) -> list[Metric]:  # fmt: skip
    """Every figure of the card, on all test pictures, at the posterior mean; definitions in latent_core.metrics.

    Of a latent that ends with the classes, the figures about codes are about what stands before them.
    """
    x, y = pictures.test.pictures(), pictures.test.y
    latent, classes = latent_of(story, model), len(pictures.train.names)
    train, _ = stages.posterior(model, pictures.train.pictures())
    test, spread = stages.posterior(model, x)
    rebuilt = stages.rebuild(model, test)
    own = slice(0, latent.blocks[0].end if latent.kind in ("labelled", "layers") else latent.size)
    train, test, spread = train[:, own], test[:, own], spread[:, own]
    n, std = len(x), metrics.encoded_std(train)
    found: list[tuple[str, float, str, int, str]] = []  # what, value, unit, n, split
    if latent.kind != "linear":
        found.append((goals.CROSS_ENTROPY, metrics.cross_entropy(x, rebuilt), "nats per image", n, "test"))
    if latent.kind in ("gaussian", "labelled", "levels", "halves", "layers"):
        found += [
            (goals.DIVERGENCE, float(metrics.divergence(test, spread).sum()), "nats per image", n, "test"),
            (goals.CORRELATION, metrics.total_correlation(test, spread), "nats per image", n, "test"),
        ]
    if latent.kind == "counts":
        found.append(("divergence from the prior", stages.divergence(model, x), "nats per image", n, "test"))
    if latent.kind == "levels":
        bound = levels.bound(model, x, story["seed"])
        told = ((goals.BOUND, bound.total), (goals.TOP, bound.top), (goals.FINE, bound.detail))
        found += [(what, value, "nats per image", n, "test") for what, value in told]
    if isinstance(model.decoder, VqDecoder):
        codes = model.decoder.book.shape[1]
        found.append(
            (goals.PERPLEXITY, metrics.perplexity(stages.codes(model, test), codes), f"of {codes} codes", n, "test")
        )
    found += [
        (goals.SQUARED, metrics.squared_error(x, rebuilt), "per pixel", n, "test"),
        (goals.NEIGHBOURS, metrics.neighbours(train, pictures.train.y, test, y), "share", n, "test"),
        *([("silhouette", metrics.silhouette(test, y), "-1 to 1", min(n, 5000), "test")] if several(y) else []),
        (goals.ACTIVE, metrics.active_units(train), "dimensions", len(train), "train"),
        (goals.LEAST_STD, float(std.min()), "latent units", len(train), "train"),
        (goals.LARGEST_STD, float(std.max()), "latent units", len(train), "train"),
    ]
    found += told_apart(pictures.name, train, test)
    if latent.kind == "layers":
        behind, swapped, other = layers.figures(model, pictures, story["seed"])
        found += behind
        if classifier is not None:
            seen = metrics.accuracy(export.run(classifier, swapped)[0], other)
            found.append((goals.SWAPPED, seen, "share", n, "test"))
    if classifier is not None:
        seen = metrics.accuracy(export.run(classifier, rebuilt)[0], y)
        found.append((goals.SEEN, seen, "share", n, "test"))
        if latent.kind == "levels":
            between = stages.rebuild(model, levels.tops_between(model, test, y, story["seed"]))
            found.append((goals.KEPT, metrics.accuracy(export.run(classifier, between)[0], y), "share", n, "test"))
        if latent.kind != "linear":
            rng, truth = torch.Generator().manual_seed(story["seed"]), torch.tensor(y).long()
            drawn = objectives.make(*story["objective"]).drawn(own.stop, truth, classes, rng)
            if drawn is not None:
                seen = metrics.accuracy(export.run(classifier, stages.rebuild(model, drawn.numpy()))[0], y)
                found.append((goals.DRAWN, seen, "share", n, "prior"))
    return _noted(slug, found)


def of_halves(
    slug: str, model: networks.Autoencoder, pictures: Pictures, matched: bool, seed: int, root: Path | None
) -> list[Metric]:  # fmt: skip
    """How well a model tells one half of a picture from the other, where it was taught to; else nothing."""
    return _noted(slug, halves.figures(model, pictures, matched, seed, root))


def _noted(slug: str, found: list[tuple[str, float, str, int, str]]) -> list[Metric]:
    """Figures as the card has them, each with its goal if there is one."""
    wanted = goals.GOALS.get(slug, {})
    return [
        Metric(what, round(value, 5), unit, n, split, *wanted.get(what, (None, "")))
        for what, value, unit, n, split in found
    ]


def told_apart(name: str, train: np.ndarray, test: np.ndarray) -> list[tuple[str, float, str, int, str]]:
    """MIG, SAP and DCI of latents (n, latent), where it is known what differs between the pictures; else nothing."""
    known, asked = datasets.factors(name, "train"), datasets.factors(name, "test")
    if known is None or asked is None:
        return []
    dci = metrics.disentanglement(train, known, test, asked)
    figures = {
        goals.GAP: metrics.mutual_information_gap(test, asked).mean(),
        "SAP": metrics.separated_predictability(test, asked, datasets.find(name).ORDERED).mean(),
        "DCI disentanglement": dci.disentanglement, "DCI completeness": dci.completeness,
        "DCI informativeness": dci.informativeness,
    }  # fmt: skip
    return [(what, float(value), "0 to 1", len(test), "test") for what, value in figures.items()]


def likelihood(objective: str, channels: int) -> networks.Likelihood:
    """Of a pixel with so many channels, as that objective or eigen-images see it."""
    if objective == LINEAR or objectives.kind(objective).coloured(channels):
        return "gaussian"
    return objectives.kind(objective).likelihood


def latent_of(story: dict[str, Any], model: networks.Autoencoder) -> Latent:
    """The card's entry about the latent."""
    name = story["objective"][0]
    blocks, start = [], 0
    for block, size in story.get("blocks", {}).items():
        blocks.append(Block(block, start, start + size))
        start += size
    kind = "linear" if name == LINEAR else objectives.kind(name).latent_kind
    return Latent(story["latent"], kind, blocks, model.decoder.code)


def several(y: np.ndarray, most: int = 5000) -> bool:
    """Whether some class has several of the first pictures: without them no distance inside a class is known."""
    return 2 <= len(np.unique(y[:most])) < len(y[:most])


def title(slug: str) -> str:
    """A short name for a list, "Label-guided VAE, 16 dimensions", with what follows the size in the model's name."""
    _, objective, latent = split_slug(slug)
    word = objective.replace("_", "-")
    rest = slug.partition(f"/{word}-{latent}")[2].replace("-", " ").strip()
    if objective == LINEAR:
        first = f"Eigen-images, {latent} components"
    else:
        usual = f"{word.upper() if len(word) <= 4 else word.capitalize()} VAE"
        first = f"{objectives.kind(objective).title or usual}, {latent} dimensions"
    return f"{first}, {rest}" if rest else first


def what(story: dict[str, Any]) -> str:
    """One plain sentence: the objective's own, which stands in its docstring."""
    if story["objective"][0] == LINEAR:
        return "Pictures as a mean picture plus weighted eigen-images, the directions in which pixels vary most."
    return (objectives.kind(story["objective"][0]).__doc__ or "").strip().splitlines()[0]


def commit() -> str:
    """The code's git commit, or nothing outside a checkout."""
    here = Path(__file__).parent
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=here, capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def versions() -> dict[str, str]:
    """Of Python and the libraries that shaped the model."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
