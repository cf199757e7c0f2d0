"""Small changes of pictures while training, so that few photographs go further."""

import torch
from torch import Tensor
from torch.nn import functional as F


def mirror_and_shift(pictures: Tensor, rng: torch.Generator) -> Tensor:
    """Each picture mirrored half of the time and shifted by up to 2 pixels; (batch, channels, height, width), 0..1."""
    mirrored = torch.rand(len(pictures), generator=rng) < 0.5
    return shift(torch.where(mirrored[:, None, None, None], pictures.flip(3), pictures), rng, 2)


def shift(pictures: Tensor, rng: torch.Generator, reach: int) -> Tensor:
    """Each picture shifted by up to `reach` pixels both ways; edges repeat."""
    batch, _, height, width = pictures.shape
    padded = F.pad(pictures, (reach,) * 4, mode="replicate")
    across, down = torch.randint(0, 2 * reach + 1, (2, batch), generator=rng)
    rows = down[:, None] + torch.arange(height)
    columns = across[:, None] + torch.arange(width)
    picked = padded[torch.arange(batch)[:, None, None], :, rows[:, :, None], columns[:, None, :]]
    return picked.permute(0, 3, 1, 2).contiguous()
