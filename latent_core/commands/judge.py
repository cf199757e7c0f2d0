"""The command `judge`."""

from collections.abc import Iterator

from tqdm import tqdm

from latent_core import artifacts
from latent_core.commands.checks import Root, Slugs, at_least, known_dataset


def judge(names: Slugs, /, root: Root = None, models: Root = None, steps: int | None = None) -> Iterator[str]:
    """Train the two judges of a dataset, which say how much of each class is in a blend, and add them to its folder.

    Args:
        names: datasets, such as omniglot, whose folders are there already (see data).
        root: folder to search for the raw files; without it they are downloaded.
        models: folder to write to instead of models/.
        steps: optimiser steps of each judge, if not the dataset's own number.
    """
    if not names:
        raise ValueError("name at least one dataset, such as omniglot")
    if steps is not None:
        at_least(1, steps=steps)
    for name in names:
        known_dataset(name)
    import torch

    from latent_core.training import pictures
    from latent_core.training.judges import judging

    torch.set_num_threads(1)
    for name in names:
        found = pictures.load(name, root)
        with tqdm(total=2 * (steps or found.about.judge_steps), desc=f"{name} judges", unit="step") as bar:
            folder = judging.write_judges(found, root, models, steps, lambda step, total: bar.update() and None)
        facts = artifacts.open_dataset(name, models).judge
        assert facts is not None
        for metric in facts.metrics:
            yield f"  {metric.what}: {metric.value:.3f}"
        yield f"{folder} has its judges: judge.onnx only scores, guide.onnx only steers"
