"""The second stage of a model: a prior fitted to its latents, to draw new pictures from, and how good these are."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import torch
from safetensors.numpy import save
from torch.export import Dim

from latent_core import artifacts, metrics
from latent_core.artifacts import Metric, ModelCard, Prior, layout
from latent_core.generators import COVARIANCES
from latent_core.models.generator import Generator, decode
from latent_core.models.model import Model
from latent_core.training import export, objectives
from latent_core.training.generators import code_prior, reconstruction_classifier
from latent_core.training.generators.clouds import COMPONENTS, clouds
from latent_core.training.pictures import Pictures
from latent_core.training.steps import goals, stages

Kind = Literal["gaussians", "mixture", "codes"]
WORDS: dict[Kind, str] = {
    "gaussians": artifacts.CLASS_GAUSSIANS,
    "mixture": f"mixtures of up to {COMPONENTS} Gaussians per class",
    "codes": "codes one after the other",
}
FAMILIES: dict[Kind, str] = {"gaussians": "diagonal", "mixture": "mixture", "codes": "code_by_code"}
"""The family of generators that draws from it."""
DRAWS = 200
"""New pictures of each class that a prior is measured by, at full variety."""
NATS = "codes given the class"
MEASURED = (goals.CONFIDENCE, goals.ENTROPY, goals.RIGHT, NATS, goals.TAUGHT)
LESSONS, PASSES = 600, 16
"""New pictures of each class that a classifier learns from, and how often it sees them: minutes, so only on demand."""


def usual(card: ModelCard) -> Kind:
    """What is fitted where nobody chose: codes where there are some."""
    return "codes" if card.latent.kind == "codes" else "gaussians"


def fit_prior(
    slug: str, pictures: Pictures, kind: Kind, on_step: Callable[[int, int], None] = lambda step, steps: None
) -> ModelCard:  # fmt: skip
    """Fits a prior to the latents of a model's training pictures, and writes it into the folder; the new card.

    Class Gaussians are in the folder already (stats.safetensors); they are measured.

    Args:
        slug: a model in the models folder.

    Raises:
        ValueError: a linear model, or a prior of another kind of latent.
        OtherPictures: the model was made from other pictures.
    """
    card, folder = artifacts.open_model_card(slug), artifacts.folder_of(slug)
    if card.kind == "linear":
        raise ValueError(f"{slug} are eigen-images; priors are fitted to VAEs")
    if kind == "codes" and card.latent.kind != "codes":
        raise ValueError(f"{slug} has no codes: fit gaussians or a mixture to its latents")
    if kind == "mixture" and card.latent.size > COVARIANCES:
        raise ValueError(f"mixtures are fitted to up to {COVARIANCES} dimensions, and {slug} has {card.latent.size}")
    stages.same_pictures(card.pictures, pictures, slug, "train it again")
    files = {name: artifacts.read_file(folder, name, card) for name in card.files}
    model, found = stages.networks_of(card, folder), [one for one in card.metrics if one.what not in MEASURED]
    mean, _ = stages.posterior(model, pictures.train.pictures())
    if kind == "codes":
        y, seen = torch.from_numpy(pictures.train.y).long(), torch.from_numpy(stages.codes(model, mean))
        prior = code_prior.train(model.decoder, seen, y, len(card.classes), on_step=on_step)
        export.halve(prior)
        test, _ = stages.posterior(model, pictures.test.pictures())
        of_test = torch.from_numpy(stages.codes(model, test)), torch.from_numpy(pictures.test.y).long()
        found.append(Metric(NATS, round(code_prior.nats(prior, *of_test), 2), "nats per image", len(test)))
        files[layout.PRIOR] = graph(prior, len(card.classes))
    elif kind == "mixture" and layout.CLOUDS not in files:
        files[layout.CLOUDS] = save(clouds(mean, pictures.train.y, len(card.classes)))
    matched = card.prior.kind == "matched"
    card = artifacts.changed(card, prior=card.prior if matched else Prior("fitted", WORDS[kind]), metrics=found)
    artifacts.write_folder(card, files)
    found += measured(slug, kind)
    if goals.TAUGHT in goals.GOALS.get(slug, {}):
        found.append(taught(slug, kind, pictures))
    artifacts.write_folder(artifacts.changed(card, metrics=found), files)
    return artifacts.open_model_card(slug)


def graph(prior: code_prior.CodePrior, classes: int) -> bytes:
    """prior.onnx."""
    make = torch.Generator().manual_seed(0)
    latent = prior.cells * prior.book.shape[1]
    noise = torch.randn(2, 3, latent + 1, generator=make)
    inputs = (noise, torch.rand(3, latent, generator=make), torch.tensor(2.0), torch.rand(3, classes, generator=make))
    rows = Dim("classes")
    dims = ({0: Dim("draws"), 1: rows}, {0: rows}, None, {0: rows})
    return export.graph(prior, inputs, ("noise", "theta", "n", "which"), ("z",), dims)


def measured(slug: str, kind: Kind) -> list[Metric]:
    """How sure a classifier of real pictures is of what is drawn, which classes it sees, and how often it is right."""
    generator = Generator(Model(slug), FAMILIES[kind])
    z = generator.latents(1.0, DRAWS)
    shape = generator.model.card.shape
    said = generator.model.classify(decode(generator.model, z).reshape(-1, *shape))
    share = said.mean(0)
    y = np.tile(np.arange(z.shape[1]), len(z))
    figures = (
        (goals.CONFIDENCE, float(said.max(1).mean()), "share"),
        (goals.ENTROPY, float(-(share * np.log(np.maximum(share, 1e-12))).sum()), "nats"),
        (goals.RIGHT, metrics.accuracy(said, y), "share"),
    )
    wanted = goals.GOALS.get(slug, {})
    return [
        Metric(what, round(value, 5), unit, len(y), "drawn", *wanted.get(what, (None, "")))
        for what, value, unit in figures
    ]


def taught(slug: str, kind: Kind, pictures: Pictures, each: int = LESSONS, passes: int = PASSES) -> Metric:
    """Share of the real test pictures that a classifier reads right which has seen only new ones.

    These are from the model's own prior where that knows classes, and else from what was fitted.
    """
    generator = Generator(Model(slug), FAMILIES[kind])
    card, y = generator.model.card, np.tile(np.arange(len(generator.model.card.classes)), each)
    objective = objectives.make(card.objective.name, card.objective.fields)
    told = torch.from_numpy(y)
    rng, own = torch.Generator().manual_seed(card.seed), card.latent.blocks
    drawn = objective.drawn(own[0].end if own else card.latent.size, told, len(card.classes), rng)
    z = generator.latents(1.0, each) if drawn is None else drawn.numpy().reshape(each, -1, card.latent.size)
    new = decode(generator.model, z).reshape(-1, *card.shape)
    lessons = torch.from_numpy(np.rint(255 * new).astype(np.uint8))
    classifier = reconstruction_classifier.train(lessons, told, len(card.classes), passes)
    x = torch.from_numpy(pictures.test.pictures())
    with torch.no_grad():
        seen = [classifier(x[i : i + 1000]).numpy() for i in range(0, len(x), 1000)]
    right = metrics.accuracy(np.concatenate(seen), pictures.test.y)
    goal = goals.GOALS.get(slug, {}).get(goals.TAUGHT, (None, ""))
    return Metric(goals.TAUGHT, round(right, 5), "share", len(x), "test", *goal)
