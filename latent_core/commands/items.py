"""The items that the workshop makes of a dataset: what its models share, each model, and its judges.

Each is made under a lock, with one progress bar, whole or not at all; the sentences that it yields are for people.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from latent_core import artifacts
from latent_core.artifacts import ModelCard, layout
from latent_core.commands.progress import item
from latent_core.training import presets
from latent_core.training.pictures import Pictures

MODEL = {"training": 80.0, "encoding": 4.0, "projecting": 12.0, "measuring": 4.0}
"""Stages of a model and about how long each takes; eigen-images are not trained, but found."""
SHARED = "shared"
"""Name of the lock on what a dataset's models share, among its runs."""


def make_shared(
    found: Pictures, models: Path | None, runs: Path, steps: int | None = None, wait: bool = False
) -> Iterator[str]:  # fmt: skip
    """Rows, class means, thumbnails and the classifier; a killed training of that goes on.

    Args:
        steps: of the classifier's training; None is what the dataset asks for.
        wait: until another process has made it, and then leave it as that did.
    """
    from latent_core.training.steps import shared

    kept = runs / found.name / SHARED
    with artifacts.alone(kept, f"{found.name} is being written", wait=wait):
        if wait and shared.same_dataset(found, models):
            return
        with item(f"{found.name}: what its models share", {"classifier": 9, "thumbnails": 1}) as bar:
            bar.begin("classifier")
            folder = shared.write_dataset(found, models, steps, bar.at, kept)
    accuracy = artifacts.open_dataset(found.name, models).classifier["accuracy"]
    yield f"{folder} written: {len(found.split)} rows, classifier {accuracy:.3f} right on test pictures"


def make_judges(
    found: Pictures, root: Path | None, models: Path | None, runs: Path, steps: int | None = None
) -> Iterator[str]:  # fmt: skip
    """Judge and guide, added to the dataset's folder; killed trainings go on."""
    import torch

    from latent_core.training.judges import judging

    torch.set_num_threads(1)
    kept = runs / found.name / SHARED
    with (
        artifacts.alone(kept, f"{found.name} is being written"),
        item(f"{found.name}: judges", {"training": 9, "measuring": 1}) as bar,
    ):
        bar.begin("training")
        folder = judging.write_judges(found, root, models, steps, bar.at, kept)
    facts = artifacts.open_dataset(found.name, models).judge
    assert facts is not None
    for metric in facts.metrics:
        yield f"  {metric.what}: {metric.value:.3f}"
    yield f"{folder} has its judges: judge.onnx only scores, guide.onnx only steers"


def make_model(
    slug: str, plan: presets.Preset, found: Pictures, models: Path | None, runs: Path, threads: int = 1
) -> Iterator[str]:  # fmt: skip
    """A model, from training to its folder; a killed training goes on from its checkpoint."""
    import torch

    from latent_core.training.steps import publish, shared, stages

    torch.set_num_threads(threads)
    folder = runs / slug
    with artifacts.alone(folder, f"{slug} is being trained", " or give another --runs"):
        if not shared.same_dataset(found, models):
            yield from make_shared(found, models, runs, wait=True)
        with item(slug, MODEL) as bar:

            def show(step: Any) -> None:
                bar.at((step.epoch - 1) * step.steps + step.step, step.epochs * step.steps)
                if step.step % 20 == 0 or step.step == step.steps:
                    terms = ", ".join(f"{name} {value:.1f}" for name, value in step.terms.items())
                    bar.tell(f"epoch {step.epoch} of {step.epochs}: {terms}")

            bar.begin("training")
            stages.fit(slug, plan, found, folder, show)
            bar.begin("encoding")
            stages.encode(found, folder)
            bar.begin("projecting")
            stages.project(folder, plan.seed)
            bar.begin("measuring")
            card = publish.publish(slug, found, folder, models)
    yield from written(card, found, models)


def written(card: ModelCard, found: Pictures, models: Path | None) -> Iterator[str]:
    """What a finished model's card says; thumbnails are drawn anew where this model stands in for the originals."""
    from latent_core.training.steps import shared

    for metric in card.metrics:
        goal = f" (goal {metric.goal:g} or {metric.better})" if metric.goal is not None else ""
        yield f"  {metric.what}: {metric.value:.4g} {metric.unit}{goal}"
    size = sum(fact.bytes for fact in card.files.values())
    yield f"{artifacts.folder_of(card.slug, models)} written: {size} bytes"
    if found.about.redraw == card.slug.split("/", 1)[1]:
        shared.redraw_thumbs(found, models)
        yield f"{found.name}: thumbnails drawn anew by {card.slug}"


def is_made(slug: str, found: Pictures, models: Path | None) -> bool:
    """Whether a model is there, whole, and of these pictures."""
    if not (artifacts.folder_of(slug, models) / layout.CARD).is_file():
        return False
    try:
        card = artifacts.open_model_card(slug, models)
    except artifacts.BrokenFolder:
        return False
    return card.pictures in ("", found.fingerprint)
