"""How much of what differs between a dataset's pictures is their class; and a warning where that is next to nothing."""

import numpy as np

from latent_core.language import class_name, t
from latent_core.models.model import Model

LEAST = 0.12
"""Share below which a class's centroid is the middle of pictures that have little in common."""
CLASS = "class"
"""Block of a latent that tells nothing but the class, so that a centroid's picture is of it."""


def class_share(model: Model) -> float:
    """Share of the variance of all training latents that lies between the classes' centroids, 0 to 1.

    That is the correlation ratio of all dimensions together, of the model's own classes. 0 where nothing varies.
    """
    stats = model.own_stats
    weight = stats["count"] / stats["count"].sum()
    mean = stats["mean"].astype(np.float64)
    between = float((weight @ np.square(mean - weight @ mean)).sum())
    within = float((weight @ np.square(stats["std"].astype(np.float64))).sum())
    return between / (between + within) if between + within > 0 else 0.0


def blurred(model: Model) -> str:
    """A sentence where the classes' centroids are blurs because pictures of a class have little in common; else ""."""
    told_apart = any(block.name == CLASS for block in model.card.latent.blocks)
    share = class_share(model)
    if told_apart or share >= LEAST:
        return ""
    return t(
        "The class is {share} of what differs between these pictures, so the typical {name}, the middle of them all, "
        "is a blur. Make a class of pictures that are alike on the Map, or start from a single picture on Directions.",
        share=t("less than 1 %") if share < 0.01 else f"{100 * share:.0f} %",
        name=class_name(model.dataset.card.classes[0]),
    )
