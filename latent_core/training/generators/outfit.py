"""Fits a trained model with what its generators need: class clouds, two classifiers, and its curves."""

from collections.abc import Callable
from typing import Literal

import numpy as np
import torch
from safetensors.numpy import save

from latent_core import artifacts
from latent_core.artifacts import Metric, ModelCard, layout, write_curves
from latent_core.generators import COVARIANCES, Kit
from latent_core.models import scores
from latent_core.models.generator import Generator, decode
from latent_core.models.model import Model
from latent_core.training import export
from latent_core.training.generators import curves, latent_classifier, reconstruction_classifier
from latent_core.training.generators.clouds import COMPONENTS, clouds
from latent_core.training.networks import Autoencoder
from latent_core.training.pictures import Pictures
from latent_core.training.steps import stages

OnStage = Callable[[str, int, int], None]
"""Told (what is being made, step, steps)."""
TAUGHT = {"diagonal": (0.3, 0.5, 0.7, 0.9), "full_covariance": (0.5, 0.8, 1.0), "mixture": (0.5, 0.8, 1.0)}
"""Varieties that the latent classifier learns from, beside random theta per dimension and class, and real latents."""
DRAWS, PAINTED, REAL = 5000, 5, 20000
"""Latents of each variety; how many random theta arrays; real latents."""
CLEAR = 0.95
"""Mixtures are fitted to training pictures of whose reconstruction the reconstruction classifier is at least this sure:
a cloud of readable pictures stays readable at more variety (docs/log.md)."""
Step = Literal["classifier", "mixtures", "curves"]
SEEN = "own classifier on reconstructions"


def outfit(
    slug: str, pictures: Pictures, on_stage: OnStage = lambda what, step, steps: None, since: Step = "classifier",
    pieces: int = COMPONENTS,
) -> ModelCard:  # fmt: skip
    """Adds generators.safetensors, own.onnx, scorer.onnx and curves.json to a model's folder; its new card.

    Args:
        slug: a VAE that is in the models folder.
        pictures: its dataset.
        since: the first step that is made anew; what comes before it is in the folder already.
        pieces: Gaussians of each class's mixture at most.

    A latent too large for covariances (`COVARIANCES`) gets no clouds, and curves of what needs none.

    Raises:
        ValueError: eigen-images, whose latents say nothing about classes.
    """
    folder, card = artifacts.folder_of(slug), artifacts.open_model_card(slug)
    if card.kind == "linear":
        raise ValueError(f"{slug} are eigen-images; generators are made for VAEs")
    model = stages.networks_of(card, folder)
    if since == "classifier":
        card = _reconstruction_classifier(card, model, pictures, on_stage)
    if since != "curves":
        card = _clouds_and_latent_classifier(card, model, pictures, on_stage, pieces)
    found = curves.measured(slug, pictures, model, on_stage)
    files = {name: (folder / name).read_bytes() for name in card.files}
    artifacts.write_folder(card, files | {layout.CURVES: write_curves(found)})
    return artifacts.open_model_card(slug)


def _reconstruction_classifier(
    card: ModelCard, model: Autoencoder, pictures: Pictures, on_stage: OnStage
) -> ModelCard:  # fmt: skip
    """Writes the reconstruction classifier into the folder; the card with its accuracy."""
    folder, y = artifacts.folder_of(card.slug), torch.from_numpy(pictures.train.y.astype(np.int64))
    mean, _ = stages.posterior(model, pictures.train.pictures())
    rebuilt = torch.from_numpy(np.round(stages.rebuild(model, mean) * 255).astype(np.uint8))
    trained = reconstruction_classifier.train(
        rebuilt, y, len(card.classes), on_step=lambda i, n: on_stage("own classifier", i, n)
    )
    files = {
        name: (folder / name).read_bytes()
        for name in card.files
        if name not in (layout.CLOUDS, layout.LATENT_CLASSIFIER, layout.CURVES)
    }
    files[layout.RECONSTRUCTION_CLASSIFIER] = export.classifier(trained, pictures.shape)
    artifacts.write_folder(_with_figures(card, files[layout.RECONSTRUCTION_CLASSIFIER], model, pictures), files)
    return artifacts.open_model_card(card.slug)


def _clouds_and_latent_classifier(
    card: ModelCard, model: Autoencoder, pictures: Pictures, on_stage: OnStage, pieces: int
) -> ModelCard:  # fmt: skip
    """Writes the clouds, as far as the latent has them, and the latent classifier into the folder, which has a
    reconstruction classifier."""
    folder, y = artifacts.folder_of(card.slug), pictures.train.y
    mean, _ = stages.posterior(model, pictures.train.pictures())
    files = {
        name: (folder / name).read_bytes()
        for name in card.files
        if name not in (layout.LATENT_CLASSIFIER, layout.CURVES)
    }
    if card.latent.size <= COVARIANCES:
        on_stage("mixtures", 0, 1)
        rebuilt = stages.rebuild(model, mean)
        seen = export.run(files[layout.RECONSTRUCTION_CLASSIFIER], rebuilt)[0][np.arange(len(y)), y]
        files[layout.CLOUDS] = save(clouds(mean, y, len(card.classes), seen >= CLEAR, pieces))
        artifacts.write_folder(card, files)
    files[layout.LATENT_CLASSIFIER] = _latent_classifier(card.slug, mean, on_stage)
    artifacts.write_folder(card, files)
    return artifacts.open_model_card(card.slug)


def _with_figures(
    card: ModelCard, held: bytes, model: Autoencoder, pictures: Pictures
) -> ModelCard:  # fmt: skip
    """The card with the reconstruction classifier's accuracy on rebuilt training and test pictures."""
    metrics = [one for one in card.metrics if one.what != SEEN]
    for split, part in (("train", pictures.train), ("test", pictures.test)):
        mean, _ = stages.posterior(model, part.pictures())
        seen = float((export.run(held, stages.rebuild(model, mean))[0].argmax(1) == part.y).mean())
        metrics.append(Metric(SEEN, round(seen, 5), "share", len(part.y), split))
    return artifacts.changed(card, metrics=metrics)


def _latent_classifier(slug: str, mean: np.ndarray, on_stage: OnStage) -> bytes:
    """scorer.onnx, taught on latents of every family and on real ones."""
    model = Model(slug)
    classes, latent = len(model.card.classes), model.card.latent.size
    rng = np.random.default_rng(1)
    each, given = -(-DRAWS // classes), [mean[rng.permutation(len(mean))[:REAL]]]
    kit = Kit(model.card, model.folder)
    for family, scales in TAUGHT.items():
        if kit.why_not(family):
            continue
        generator = Generator(model, family)
        thetas: list[float | np.ndarray] = list(scales)
        thetas += [rng.random((classes, latent)) for _ in range(PAINTED)]
        given += [generator.latents(theta, each, 100 + i).reshape(-1, latent) for i, theta in enumerate(thetas)]
    z = np.concatenate(given).astype(np.float32)
    taught = _teacher(Generator(model), z)
    trained = latent_classifier.train(
        torch.from_numpy(z), torch.from_numpy(taught), on_step=lambda i, n: on_stage("scorer", i, n)
    )
    return export.classifier(trained, (latent,), "z")


def _teacher(generator: Generator, z: np.ndarray) -> np.ndarray:
    """What the reconstruction classifier says of the pictures of latents (n, latent): probabilities (n, classes)."""
    classifier, shape, parts = generator.kit.reconstruction_classifier, generator.model.card.shape, []
    assert classifier is not None
    for i in range(0, len(z), scores.CHUNK):
        pictures = decode(generator.model, z[i : i + scores.CHUNK, None]).reshape(-1, *shape)
        parts.append(classifier(pictures=pictures)["probabilities"])
    return np.concatenate(parts)
