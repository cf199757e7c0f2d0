"""The command `prior`."""

from collections.abc import Iterator
from typing import Literal

from latent_core import artifacts
from latent_core.commands.checks import Root, Slugs, look_into, model_names
from latent_core.commands.progress import item


def prior(
    names: Slugs, /, root: Root = None, models: Root = None,
    what: Literal["usual", "gaussians", "mixture", "codes"] = "usual",
) -> Iterator[str]:  # fmt: skip
    """Fit a second-stage prior to a trained model's latents, to draw new pictures from, and measure what it draws.

    Args:
        names: models, such as mnist/vq-98, that are in the models folder.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder of models instead of models/.
        what: gaussians or a mixture of them per class, or codes one after the other; usual takes codes where there are
            some, else gaussians.
    """
    import torch

    from latent_core.training import pictures, presets
    from latent_core.training.steps import priors

    torch.set_num_threads(1)
    look_into(models)
    for slug in model_names(names):
        found = pictures.load(presets.split_slug(slug)[0], root)
        kind = priors.usual(artifacts.open_model_card(slug)) if what == "usual" else what
        with item(slug, {"fitting": 1.0}) as bar:
            bar.begin("fitting")
            card = priors.fit_prior(slug, found, kind, on_step=bar.at)
        for metric in card.metrics:
            if metric.what in priors.MEASURED:
                goal = f" (goal {metric.goal:g} or {metric.better})" if metric.goal is not None else ""
                yield f"  {metric.what}: {metric.value:.4g} {metric.unit}{goal}"
        yield f"{artifacts.folder_of(slug)} has its prior: {sum(fact.bytes for fact in card.files.values())} bytes"
