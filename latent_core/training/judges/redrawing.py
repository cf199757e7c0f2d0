"""Few drawings drawn anew, many times, for networks that look at pictures; see `datasets._redrawn`."""

from dataclasses import replace

import numpy as np
import torch

from latent_core.datasets import LabelledImages
from latent_core.datasets._redrawn import Redrawn

TIMES, SEED, SOME = 60, 31, 500
"""Changed pictures of each drawing; what their changes come from; how many are made at once."""


def redrawn(train: LabelledImages) -> LabelledImages:
    """Training pictures with endless originals as TIMES changed ones of each; others as they are."""
    originals = train.originals
    if originals is None:
        return train
    fine = torch.from_numpy(originals).permute(0, 3, 1, 2).float() / 255
    draw, rng = Redrawn(fine, train.x.shape[1]), torch.Generator().manual_seed(SEED)
    which = np.tile(np.arange(len(originals)), TIMES)
    parts = [draw.draw(torch.from_numpy(some), rng) for some in np.array_split(which, -(-len(which) // SOME))]
    x = (torch.cat(parts) * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy()
    return replace(train, x=x, y=train.y[: len(originals)][which], mask=None, originals=None)
