"""The command `generators`."""

from collections.abc import Callable, Iterator
from typing import Literal

from latent_core import artifacts
from latent_core.commands.checks import Root, Slugs, at_least, look_into, model_names
from latent_core.commands.progress import Item, item

STAGES = {"own classifier": 10.0, "mixtures": 5.0, "scorer": 20.0, "curves": 65.0}
"""What is made, as `outfit` names it, and about how long each takes."""


def generators(
    names: Slugs, /, root: Root = None, models: Root = None,
    since: Literal["classifier", "mixtures", "curves"] = "classifier",
    pieces: int = 10,
) -> Iterator[str]:  # fmt: skip
    """Make what generating needs beside a trained model: mixtures, its own classifier, a scorer, and measured curves.

    Args:
        names: models, such as mnist/mmd-20, that are in the models folder.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder of models instead of models/.
        since: the first step to make anew; what comes before it is kept.
        pieces: Gaussians of each class's mixture at most; a class of few pictures gets fewer.
    """
    at_least(1, pieces=pieces)
    import torch

    from latent_core.training import pictures, presets
    from latent_core.training.generators import outfit

    torch.set_num_threads(1)
    look_into(models)
    for slug in model_names(names):
        found = pictures.load(presets.split_slug(slug)[0], root)
        with item(slug, STAGES) as bar:
            card = outfit.outfit(slug, found, _teller(bar), since, pieces)
        for metric in card.metrics[-2:]:
            yield f"  {metric.what}, {metric.split}: {metric.value:.4f}"
        yield f"{artifacts.folder_of(slug)} has its generators: {sum(fact.bytes for fact in card.files.values())} bytes"


def _teller(bar: Item) -> Callable[[str, int, int], None]:
    """Shows in the bar what is being made."""
    begun: list[str] = []

    def tell(what: str, step: int, steps: int) -> None:
        if begun[-1:] != [what]:
            begun.append(what)
            bar.begin(what)
        bar.at(step, steps)

    return tell
