"""The steps from pictures to a model folder: fit, encode, project; each leaves its result in the run's folder."""

import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load as load_arrays
from safetensors.numpy import save as save_arrays

from latent_core import artifacts, projections
from latent_core.artifacts import ModelCard, layout
from latent_core.generators import COVARIANCES
from latent_core.jobs.worker import end_with_parent
from latent_core.training import export, networks, objectives
from latent_core.training.networks import linear
from latent_core.training.networks.vq import VqDecoder
from latent_core.training.pictures import Pictures
from latent_core.training.presets import LINEAR, Preset, command
from latent_core.training.steps import axes, loop
from latent_core.training.steps.centres import centres

RUN = "run.json"
"""What a run's folder holds beside the files of a model folder: the story of the training, for the card."""
SHIPPED = (
    layout.ENCODER, layout.DECODER, layout.LATENTS, layout.STATS, layout.CENTRES, layout.PROJECTIONS,
)  # fmt: skip
"""The files of a run's folder that go into the model folder as they are."""


class OtherPictures(ValueError):
    """Something was made from other pictures than those that are there now; the message says what to do."""


class StageMissing(LookupError):
    """A step was asked for before the one it needs; the message says which command comes first."""


def fit(
    slug: str, plan: Preset, pictures: Pictures, folder: Path,
    on_step: Callable[[loop.Step], None] = lambda step: None,
) -> None:  # fmt: skip
    """Trains (or goes on), or finds principal components; leaves encoder.onnx, decoder.onnx and run.json.

    All later steps read their weights from these graphs, so that what is measured is what ships.

    Raises:
        OtherPlan: the folder holds a run with other settings, or on other pictures.
        ValueError: an exported graph differs from torch.
    """
    latent, blocks = plan.latent, dict[str, int]()
    if plan.objective == LINEAR:
        model, _ = linear.fit(pictures.train.pictures(), plan.latent)
        story: dict[str, Any] = {"objective": [LINEAR, {}], "network": [LINEAR, {}]}
        story |= {"terms": {}, "seconds": 0.0, "epochs": 0}
    else:
        run = loop.train(plan, pictures.train, folder, on_step, pictures=pictures.fingerprint)
        model = run.model
        if plan.rotate:
            turn(model, pictures)
        objective, classes = objectives.make(plan.objective, plan.fields), len(pictures.train.names)
        latent, blocks = objective.size(plan.latent, classes), objective.blocks(plan.latent, classes)
        story = {
            "objective": [plan.objective, asdict(objective)],
            "network": [plan.network, asdict(objective.network(plan.network, plan.width, classes))],
            "terms": run.terms, "seconds": run.seconds, "epochs": plan.epochs,
        }  # fmt: skip
    story |= {"latent": latent, "blocks": blocks, "seed": plan.seed, "command": command(slug, plan)}
    story |= {"pictures": pictures.fingerprint}
    export.halve(model)
    artifacts.write_file(folder / layout.ENCODER, export.encoder(model, pictures.shape))
    artifacts.write_file(folder / layout.DECODER, export.decoder(model, latent, pictures.about.ground))
    artifacts.write_file(folder / RUN, json.dumps(story, indent=2).encode())


def turn(model: networks.Autoencoder, pictures: Pictures) -> None:
    """Turns trained latents, in place, to the axes that the covariances of the training classes agree on most."""
    shown, y = pictures.train.pictures(), pictures.train.y
    mean, _ = posterior(model, shown)
    covariances = np.stack([covariance(mean[y == k]) for k in range(len(pictures.train.names))])
    axes.turn(model, axes.joint_axes(covariances), shown)


def encode(pictures: Pictures, folder: Path) -> None:
    """Latents of the shipped rows; of each class its k-means, and mean and std over all training pictures.

    Of latents of few dimensions the covariance of each class, too.
    """
    model, story = open_model(folder, pictures.shape)
    same_pictures(story.get("pictures", ""), pictures, f"the run in {folder}", "delete it and train again")
    rows, _ = posterior(model, pictures.rows.pictures())
    mean, _ = posterior(model, pictures.train.pictures())
    y, classes = pictures.train.y, range(len(pictures.train.names))
    stats = {
        "mean": np.stack([mean[y == k].mean(0, dtype=np.float64) for k in classes]).astype(np.float32),
        "std": np.stack([mean[y == k].std(0, dtype=np.float64) for k in classes]).astype(np.float32),
        "count": np.array([(y == k).sum() for k in classes], np.int32),
    }
    if mean.shape[1] <= COVARIANCES:
        stats["covariance"] = np.stack([covariance(mean[y == k]) for k in classes])
    if isinstance(model.encoder, linear.LinearEncoder):
        stats |= linear.spectrum(model, pictures.train.pictures(), pictures.test.pictures())
    artifacts.write_file(folder / layout.LATENTS, save_arrays({"z": rows.astype(np.float16)}))
    artifacts.write_file(folder / layout.STATS, save_arrays(stats))
    training = pictures.split == 0
    clusters = centres(rows[training], pictures.rows.y[training], len(classes))
    artifacts.write_file(folder / layout.CENTRES, save_arrays(clusters))


def same_pictures(fingerprint: str, pictures: Pictures, what: str, remedy: str) -> None:
    """Refuses to go on with what was made from other pictures; what nobody noted ("") passes.

    Raises:
        OtherPictures: naming what was made, and what to do.
    """
    if fingerprint and fingerprint != pictures.fingerprint:
        raise OtherPictures(f"{what} was made from other pictures of {pictures.name} than are there now: {remedy}")


def project(folder: Path, seed: int = 0) -> None:
    """Maps of the encoded rows; the parameters go into the file's metadata."""
    if not (folder / layout.LATENTS).is_file():
        raise StageMissing(f"{folder} has no latents yet: run encode first")
    z = load_arrays((folder / layout.LATENTS).read_bytes())["z"].astype(np.float32)
    arrays, parameters = in_worker(projections.project_all, z, seed)
    notes = {"parameters": json.dumps(parameters)}  # in one, as several stand in the file in any order
    artifacts.write_file(folder / layout.PROJECTIONS, save_arrays(arrays, metadata=notes))


def in_worker(function: Callable[..., Any], *values: Any) -> Any:
    """function(*values), computed in a fresh process, so that umap and its compiler stay out of this one.

    It ends with this one, however that ends.
    """
    with ProcessPoolExecutor(1, get_context("spawn"), end_with_parent) as worker:
        return worker.submit(function, *values).result()


def open_model(folder: Path, shape: networks.Shape) -> tuple[networks.Autoencoder, dict[str, Any]]:
    """The trained networks of a run's folder, and its story.

    Raises:
        StageMissing: nothing has been trained there.
    """
    if not (folder / RUN).is_file():
        raise StageMissing(f"{folder} has no trained weights: run train first")
    story: dict[str, Any] = json.loads((folder / RUN).read_bytes())
    name, fields = story["network"]
    return export.restore(name, fields, shape, story["latent"], _graphs(folder)), story


def networks_of(card: ModelCard, folder: Path) -> networks.Autoencoder:
    """The trained networks of a model folder."""
    shape = (card.shape[0], card.shape[1], card.shape[2])
    return export.restore(card.network.name, card.network.fields, shape, card.latent.size, _graphs(folder))


def _graphs(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in (layout.ENCODER, layout.DECODER)]


def borrow(slug: str, folder: Path, root: Path | None = None) -> None:
    """Fills an empty run folder from a model folder, so that a shipped model can be encoded or projected anew."""
    source = artifacts.folder_of(slug, root)
    if (folder / RUN).is_file() or not (source / layout.CARD).is_file():
        return
    card = artifacts.open_model_card(slug, root)
    for name in SHIPPED:
        artifacts.write_file(folder / name, artifacts.read_file(source, name, card))
    story = {
        "objective": [card.objective.name, card.objective.fields], "network": [card.network.name, card.network.fields],
        "terms": card.terms, "seconds": card.seconds, "epochs": card.epochs, "latent": card.latent.size,
        "blocks": {block.name: block.end - block.start for block in card.latent.blocks},
        "seed": card.seed, "command": card.command, "pictures": card.pictures,
    }  # fmt: skip
    artifacts.write_file(folder / RUN, json.dumps(story, indent=2).encode())


def posterior(model: networks.Autoencoder, pictures: np.ndarray, batch: int = 1000) -> tuple[np.ndarray, np.ndarray]:
    """Posterior mean and spread (n, latent) float32 of pictures (n, channels, height, width)."""
    means, spreads = [], []
    with torch.no_grad():
        for start in range(0, len(pictures), batch):
            q = model.encoder(torch.from_numpy(pictures[start : start + batch]))
            means.append(q.mean.numpy())
            spreads.append(q.spread().numpy())
    return np.concatenate(means), np.concatenate(spreads)


def divergence(model: networks.Autoencoder, pictures: np.ndarray, batch: int = 1000) -> float:
    """What the posteriors of pictures (n, channels, height, width) say that their prior does not, nats per image."""
    with torch.no_grad():
        starts = range(0, len(pictures), batch)
        parts = [model.encoder(torch.from_numpy(pictures[i : i + batch])).divergence().sum(1) for i in starts]
    return float(torch.cat(parts).double().mean())


def codes(model: networks.Autoencoder, z: np.ndarray, batch: int = 1000) -> np.ndarray:
    """(n, cells) int64: numbers of the codes that latents (n, latent) are decoded as; the model has codes."""
    assert isinstance(model.decoder, VqDecoder)
    starts = range(0, len(z), batch)
    return torch.cat([model.decoder.nearest(torch.from_numpy(z[i : i + batch])) for i in starts]).numpy()


def rebuild(model: networks.Autoencoder, z: np.ndarray, batch: int = 1000) -> np.ndarray:
    """Pictures (n, channels, height, width), 0..1, of latents (n, latent)."""
    starts = range(0, len(z), batch)
    with torch.no_grad():
        parts = [model.decoder.pixels(model.decoder(torch.from_numpy(z[i : i + batch]))) for i in starts]
    return torch.cat(parts).reshape(-1, *model.decoder.shape).numpy()


def covariance(mean: np.ndarray) -> np.ndarray:
    """(latent, latent) float32, divided by the number of rows."""
    centred = mean.astype(np.float64) - mean.mean(0, dtype=np.float64)
    return (centred.T @ centred / len(mean)).astype(np.float32)
