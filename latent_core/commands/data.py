"""The commands `data`, `import-pictures` and `make-all`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import tyro

from latent_core import datasets
from latent_core.commands.checks import RUNS, Root, Slugs, at_least, known_dataset, model_names, size_of


def data(
    names: Slugs, /, root: Root = None, models: Root = None, runs: Path = RUNS, classifier_steps: int | None = None
) -> Iterator[str]:
    """Read raw pictures and write what a dataset's models share: rows, class means, thumbnails, a classifier.

    Args:
        names: datasets, such as mnist; none means a list of what there is.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder to write to instead of models/.
        runs: folder for intermediate files.
        classifier_steps: optimiser steps of the small classifier, if not the dataset's own number.
    """
    if not names:
        for name in datasets.names():
            yield f"{name}: {(datasets.find(name).__doc__ or '').splitlines()[0]}"
        return
    if classifier_steps is not None:
        at_least(1, classifier_steps=classifier_steps)
    for name in names:
        known_dataset(name)
    from latent_core.commands.items import make_shared
    from latent_core.training import pictures

    for name in names:
        yield from make_shared(pictures.load(name, root), models, runs, classifier_steps)


def import_pictures(
    source: tyro.conf.Positional[Path],
    /,
    name: str = "",
    size: str = "",
    channels: Literal["auto", "grey", "colour"] = "auto",
    fit: Literal["crop", "pad", "stretch"] = "crop",
    ground: Literal["white", "black"] = "white",
    invert: bool = False,
    span: tuple[float, float] | None = None,
    labels: Root = None,
    test: float = 0.15,
    seed: int = 1,
    replace: bool = False,
    title: str = "",
    credit: str = "",
    licence: str = "",
) -> Iterator[str]:
    """Make a dataset of your own pictures: checked, split into training and test pictures, written as one file.

    Args:
        source: a folder with one folder of pictures a class, or train/ and test/ with these; an .npz file with pictures
            and labels; an .npy file with --labels; a .csv table of paths and labels.
        name: of the dataset: a to z, 0 to 9 and _.
        size: WIDTHxHEIGHT or one number, 8 to 256 pixels a side; without it the pictures' own, 64 at most.
        channels: grey, colour, or what the pictures are.
        fit: what happens to pictures of other proportions: cut, framed, or stretched.
        ground: colour behind transparent and framed pictures.
        invert: dark becomes light; ink on paper needs it no more, as the ground is measured at the pictures' edges.
        span: the values of arrays that are black and white, such as 0 65535, where their kind does not tell.
        labels: .npy file with the labels of an .npy file.
        test: share of every class that is held out, unless the source has train and test.
        seed: of the split and of the order.
        replace: write over other pictures of that name.
        title: what the pages call the dataset.
        credit: who made the pictures.
        licence: how they may be used.
    """
    from latent_core.commands.progress import item
    from latent_core.datasets import _importing
    from latent_core.datasets._found import Wanted

    if not name:
        raise ValueError("name the dataset, such as --name mine")
    if not 0 < test < 1 or seed < 0:
        raise ValueError(f"--test is a share between 0 and 1, and --seed 0 or more; they were {test:g} and {seed}")
    if span and not span[0] < span[1]:
        raise ValueError(f"--span takes the value of black and a larger one of white; it was {span[0]:g} {span[1]:g}")
    wanted = Wanted(size_of(size), {"grey": 1, "colour": 3}.get(channels), fit, ground, invert, span)
    with item(f"{name}: pictures", {"reading": 1}) as bar:
        bar.begin("reading")
        made = _importing.import_pictures(
            source, name, wanted, labels, test, seed, replace, title, credit, licence, bar.at
        )  # fmt: skip
    for note in made.notes:
        yield f"  {note}"
    yield f"{made.path} written: {made.what} {made.train} to learn from, {made.test} to test with"
    yield f"next: make-all {name}"


def make_all(
    name: tyro.conf.Positional[str],
    also: Slugs = (),
    /,
    root: Root = None,
    models: Root = None,
    runs: Path = RUNS,
    threads: int = 1,
    steps: int | None = None,
) -> Iterator[str]:
    """Make all that the pages need of a dataset: shared files, eigen-images, a VAE, judges; a killed run goes on.

    What is there already, of these very pictures, is left as it is.

    Args:
        name: a dataset, such as one of your own pictures (see import-pictures).
        also: further models, such as mmd-16 or label-guided-16.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder to write to instead of models/.
        runs: folder for checkpoints and intermediate files.
        threads: of torch; only 1 gives the same bits on every run.
        steps: of the classifier and of each judge, if not the dataset's own numbers.
    """
    known_dataset(name)
    at_least(1, threads=threads, **({} if steps is None else {"steps": steps}))
    about = datasets.about(name)
    asked = (about.linear, about.default_model, *also)
    slugs = model_names([f"{name}/{one.removeprefix(f'{name}/')}" for one in asked])
    from latent_core import artifacts
    from latent_core.artifacts import layout
    from latent_core.commands.items import is_made, make_judges, make_model, make_shared
    from latent_core.training import pictures, presets
    from latent_core.training.steps import shared

    found = pictures.load(name, root)
    if shared.same_dataset(found, models):
        yield f"{name}: what its models share is there already"
    else:
        yield from make_shared(found, models, runs, steps)
    for slug in dict.fromkeys(slugs):
        if is_made(slug, found, models):
            yield f"{slug} is there already"
        else:
            yield from make_model(slug, presets.preset(slug), found, models, runs, threads)
    if artifacts.open_dataset(name, models).judge is not None:
        yield f"{name}: its judges are there already"
    else:
        yield from make_judges(found, root, models, runs, steps)
    yield f"{name} is ready: {', '.join(slugs)}"
    vae = next((slug for slug in slugs if presets.preset(slug).objective != presets.LINEAR), "")
    if vae and not artifacts.open_model_card(vae, models).files.keys() >= {layout.CLOUDS, layout.CURVES}:
        yield f"for all generators and their curves on the page Generate, which takes longer: generators {vae}"
