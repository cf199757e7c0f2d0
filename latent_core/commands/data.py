"""The command `data`."""

from collections.abc import Iterator

from tqdm import tqdm

from latent_core import artifacts, registry
from latent_core.commands.checks import Root, Slugs, at_least, known_dataset


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
        at_least(1, classifier_steps=classifier_steps)
    for name in names:
        known_dataset(name)
    from latent_core.training import pictures
    from latent_core.training.steps import shared

    for name in names:
        found = pictures.load(name, root)
        steps = classifier_steps or found.about.classifier_steps
        with tqdm(total=steps, desc=f"{name} classifier", unit="step") as bar:
            folder = shared.write_dataset(found, models, steps, lambda step, total: bar.update() and None)
        accuracy = artifacts.open_dataset(name, models).classifier["accuracy"]
        yield f"{folder} written: {len(found.split)} rows, classifier {accuracy:.3f} right on test pictures"
