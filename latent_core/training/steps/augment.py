"""Small changes of pictures while training, so that few photographs go further."""

import torch
from torch import Tensor
from torch.nn import functional as F


def jitter(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Each picture mirrored with chance 1/2 and shifted by up to 2 pixels; (batch, channels, height, width), 0..1."""
    mirrored = torch.rand(len(pictures), generator=generator) < 0.5
    return shift(torch.where(mirrored[:, None, None, None], pictures.flip(3), pictures), generator, 2)


def shift(pictures: Tensor, generator: torch.Generator, reach: int) -> Tensor:
    """Each picture shifted by up to `reach` pixels both ways; edges repeat."""
    batch, _, height, width = pictures.shape
    padded = F.pad(pictures, (reach,) * 4, mode="replicate")
    across, down = torch.randint(0, 2 * reach + 1, (2, batch), generator=generator)
    rows = down[:, None] + torch.arange(height)
    columns = across[:, None] + torch.arange(width)
    picked = padded[torch.arange(batch)[:, None, None], :, rows[:, :, None], columns[:, None, :]]
    return picked.permute(0, 3, 1, 2).contiguous()
