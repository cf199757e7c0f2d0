"""The commands of `python -m latent_core`: each yields sentences for people; `__main__` shows them and any error."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

import tyro
from tqdm import tqdm

from latent_core import artifacts, registry
from latent_core.training import presets


class Failed(Exception):
    """A check found something wrong; not the fault of the arguments."""


RUNS = Path("runs")
Root = Annotated[Path | None, tyro.conf.arg(metavar="DIR")]
Slugs = tyro.conf.Positional[tuple[str, ...]]


def data(names: Slugs, /, root: Root = None, models: Root = None, classifier_steps: int | None = None) -> Iterator[str]:
    """Read raw pictures and write what a dataset's models share: rows, class means, thumbnails, a classifier.

    Args:
        names: datasets, such as mnist; none means a list of what there is.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder to write to instead of models/.
        classifier_steps: optimiser steps of the small classifier, if not the dataset's own number.
    """
    if not names:
        for name in registry.names("datasets"):
            yield f"{name}: {(registry.get('datasets', name).__doc__ or '').splitlines()[0]}"
        return
    if classifier_steps is not None:
        _at_least(1, classifier_steps=classifier_steps)
    for name in names:
        _known_dataset(name)
    from latent_core.training import pictures, shared

    for name in names:
        found = pictures.load(name, root)
        steps = classifier_steps or found.about.classifier_steps
        with tqdm(total=steps, desc=f"{name} classifier", unit="step") as bar:
            folder = shared.write_dataset(found, models, steps, lambda step, total: bar.update() and None)
        accuracy = artifacts.open_dataset(name, models).classifier["accuracy"]
        yield f"{folder} written: {len(found.split)} rows, classifier {accuracy:.3f} right on test pictures"


def train_command(slug: str | None) -> Callable[..., Iterator[str]]:
    """The `train` command; its flags are the objective's own fields, with the model's preset as defaults.

    Args:
        slug: the model asked for, as the flags depend on it; None for the general help.
    """
    plan = presets.preset(slug or "mnist/elbo-10")
    if plan.objective == presets.LINEAR:
        kind: Any = None
    else:
        from latent_core.training import objectives

        kind = objectives.kind(plan.objective)
    usual = kind(**plan.fields) if kind else None
    own: Any = Annotated[kind, tyro.conf.arg(name="")] if kind else Annotated[None, tyro.conf.Suppress]

    def train(
        slug: tyro.conf.Positional[str],
        /,
        *,
        objective: own = usual,
        epochs: int = plan.epochs,
        batch: int = plan.batch,
        learning_rate: float = plan.learning_rate,
        decay: float = plan.decay,
        network: str = plan.network,
        width: int = plan.width,
        augment: bool = plan.augment,
        bf16: bool = plan.bf16,
        seed: int = plan.seed,
        root: Root = None,
        models: Root = None,
        runs: Path = RUNS,
        threads: int = 1,
    ) -> Iterator[str]:
        """Train a model, encode its dataset, project it, export it and write its folder; a killed run goes on.

        Args:
            slug: DATASET/OBJECTIVE-LATENT, such as mnist/elbo-10; a shipped name has the settings it shipped with.
            objective: what the model is trained to do.
            epochs: passes over the training pictures.
            batch: pictures a step.
            learning_rate: Adam's step size.
            decay: share of the steps, at the end, over which the learning rate falls to 0.
            network: mlp or conv.
            width: hidden units (mlp) or channels (conv).
            augment: mirror and shift the pictures a little.
            bf16: matrix products in bfloat16.
            seed: of the weights, the order of the pictures and the noise.
            root: folder to search for the raw files; without it they are downloaded.
            models: folder to write to instead of models/.
            runs: folder for checkpoints and intermediate files.
            threads: of torch; only 1 gives the same bits on every run.
        """
        _at_least(1, epochs=epochs, batch=batch, width=width, threads=threads)
        if not 0 < learning_rate < 1 or not 0 <= decay <= 1 or seed < 0:
            raise ValueError("--learning-rate must lie between 0 and 1, --decay from 0 to 1, and --seed from 0 upwards")
        if network not in ("mlp", "conv"):
            raise LookupError(f"there is no network '{network}'; there are ['conv', 'mlp']")
        chosen = replace(
            plan, fields={field.name: getattr(objective, field.name) for field in fields(objective)} if kind else {},
            epochs=epochs, batch=batch, learning_rate=learning_rate, decay=decay, network=network, width=width,
            augment=augment, bf16=bf16, seed=seed,
        )  # fmt: skip
        yield from _train(slug, chosen, root, models, runs, threads)

    return train


def _train(
    slug: str, plan: presets.Preset, root: Path | None, models: Path | None, runs: Path, threads: int
) -> Iterator[str]:  # fmt: skip
    """All steps of one model."""
    import torch

    from latent_core.training import pictures, shared, stages

    torch.set_num_threads(threads)
    found = pictures.load(presets.split_slug(slug)[0], root)
    steps = -(-len(found.train.x) // plan.batch)
    with tqdm(total=plan.epochs * steps, desc=slug, unit="step", disable=plan.objective == presets.LINEAR) as bar:

        def show(step: Any) -> None:
            bar.n = (step.epoch - 1) * steps + step.step
            if step.step % 20 == 0 or step.step == step.steps:
                bar.set_postfix({name: f"{value:.1f}" for name, value in step.terms.items()} | {"epoch": step.epoch})

        stages.fit(slug, plan, found, runs / slug, show)
    if not (artifacts.folder_of(found.name, models) / "dataset.json").is_file():
        yield f"{shared.write_dataset(found, models)} written: what all models of {found.name} share"
    yield f"{slug}: encoding {len(found.split)} rows"
    stages.encode(found, runs / slug)
    yield f"{slug}: projecting them, which takes a minute or two"
    stages.project(runs / slug, plan.seed)
    yield from export((slug,), root, models, runs)


def encode(names: Slugs, /, root: Root = None, models: Root = None, runs: Path = RUNS) -> Iterator[str]:
    """Encode a dataset's pictures by trained models: latents and class statistics.

    Args:
        names: models, such as mnist/elbo-10, trained in runs/ or shipped in models/.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder of finished models instead of models/.
        runs: folder for intermediate files.
    """
    from latent_core.training import pictures, stages

    for slug in _model_names(names):
        stages.borrow(slug, runs / slug, models)
        stages.encode(pictures.load(presets.split_slug(slug)[0], root), runs / slug)
        yield f"{runs / slug} now has latents and class statistics; next: project {slug}"


def project(names: Slugs, /, models: Root = None, runs: Path = RUNS, seed: int = 1) -> Iterator[str]:
    """Project encoded rows to maps: principal components, and UMAP in two and three dimensions.

    Args:
        names: models, such as mnist/elbo-10, encoded in runs/ or shipped in models/.
        models: folder of finished models instead of models/.
        runs: folder for intermediate files.
        seed: of UMAP.
    """
    from latent_core.training import stages

    for slug in _model_names(names):
        stages.borrow(slug, runs / slug, models)
        stages.project(runs / slug, seed)
        yield f"{runs / slug} now has its maps; next: export {slug}"


def export(names: Slugs, /, root: Root = None, models: Root = None, runs: Path = RUNS) -> Iterator[str]:
    """Export trained, encoded and projected models to ONNX, measure them and write their folders.

    Args:
        names: models, such as mnist/elbo-10.
        root: folder to search for the raw files, which the measures need; without it they are downloaded.
        models: folder to write to instead of models/.
        runs: folder with the results of the earlier steps.
    """
    from latent_core.training import pictures, publish, shared, stages

    for slug in _model_names(names):
        dataset, objective, latent = presets.split_slug(slug)
        found = pictures.load(dataset, root)
        stages.borrow(slug, runs / slug, models)
        card = publish.publish(slug, found, runs / slug, models)
        for metric in card.metrics:
            goal = f" (goal {metric.goal:g} or {metric.better})" if metric.goal is not None else ""
            yield f"  {metric.what}: {metric.value:.4g} {metric.unit}{goal}"
        yield f"{artifacts.folder_of(slug, models)} written: {sum(fact.bytes for fact in card.files.values())} bytes"
        if found.about.redraw == f"{objective.replace('_', '-')}-{latent}":
            shared.redraw_thumbs(found, models)
            yield f"{dataset}: thumbnails drawn anew by {slug}"


def verify(names: Slugs, /, models: Root = None) -> Iterator[str]:
    """Hash every file again, and compare torch with ONNX on 16 pictures; exit code 1 if anything differs.

    Args:
        names: models, such as mnist/elbo-10; none means every model there is.
        models: folder to look into instead of models/.
    """
    from latent_core.training import verifying

    shipped = [slug for name in artifacts.list_datasets(models) for slug in artifacts.list_models(name, models)]
    slugs = list(names) or shipped
    if not slugs:
        raise LookupError(f"there are no models in {models or artifacts.models_root()}")
    for slug in slugs:
        try:
            yield f"{slug}: {verifying.verify(slug, models)}"
        except (verifying.Differs, artifacts.BrokenFolder) as error:
            raise Failed(str(error)) from error


def _model_names(names: tuple[str, ...]) -> list[str]:
    """The names, each checked."""
    if not names:
        raise ValueError("name at least one model, such as mnist/elbo-10")
    for slug in names:
        presets.split_slug(slug)
    return list(names)


def _known_dataset(name: str) -> None:
    """Refuses an unknown dataset."""
    if name not in registry.names("datasets"):
        raise LookupError(f"there is no dataset '{name}'; there are {registry.names('datasets')}")


def _at_least(least: int, **values: int) -> None:
    """Refuses numbers that are too small, by the flag's name."""
    for name, value in values.items():
        if value < least:
            raise ValueError(f"--{name.replace('_', '-')} must be at least {least}; it was {value}")


def blend(
    name: tyro.conf.Positional[str] = "",
    /,
    w: str = "",
    theta: float = 0.0,
    n: int = 1,
    seed: int = 1,
    method: str = "decoded_mean",
    depth: int = 4,
    k: int | None = None,
    recipe: str = "",
    out: Path = Path("blend.png"),
    scale: int = 8,
) -> Iterator[str]:
    """Blend classes to one picture: the same recipe gives the same picture as on the page and in Python.

    Args:
        name: model, such as mnist/mmd-20.
        w: amounts of the classes, such as 3:50,8:50; only their proportions count.
        theta: 0 to 1, how far from the average each class may go.
        n: draws that are averaged.
        seed: of the noise, 0 to 4294967295.
        method: blending method; a wrong one makes the command list them.
        depth: 0 latent to 4 pixels, for averaging_depth.
        k: components kept, for eigen-images.
        recipe: a whole recipe instead: JSON, a link, or the path of a PNG that Medley saved.
        out: file to write: .png with the recipe inside, or .npz with latent and weights.
        scale: of the PNG, 1 to 16.
    """
    from latent_core import cooking

    if bool(recipe) == bool(name):
        raise ValueError("give either a model and --w, such as mnist/mmd-20 --w 3:50,8:50, or --recipe")
    if out.suffix not in (".png", ".npz"):
        raise ValueError(f"--out must end in .png or .npz; it was {out}")
    if recipe:
        made = cooking.from_text(recipe)
    else:
        made = cooking.from_flags(name, w=w, theta=theta, n=n, seed=seed, method=method, depth=depth, k=k)
    yield cooking.save(made, out, scale)


def graphs(folder: Path | None = None) -> Iterator[str]:
    """Write the blending methods as ONNX graphs for browser and server.

    Args:
        folder: where to instead of web/graphs.
    """
    from latent_core import blends

    written = blends.export_all(folder)
    yield f"{written[0].parent} now has {len(written)} files: " + ", ".join(path.name for path in written)
