"""Small graphs beside the blends: the plain average of pictures, and where a latent lies on a map.

A helper is one function here and one line in HELPERS; its graph is graphs/shared/NAME.onnx.
"""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import pad

NEIGHBOURS = 15
SIDE = 8
"""Fields in a row and in a column, as in `recipes.where`."""
ENOUGH_INK = 0.35
"""Share of a real picture's ink from which on a picture is not called faint."""


class Helper(NamedTuple):
    """A function with the shapes of its inputs as words ("rows latent": two named sizes; "3": always 3 of something).

    outputs are the names of what it gives back.
    """

    function: Callable[..., Tensor | tuple[Tensor, ...]]
    inputs: dict[str, str]
    outputs: tuple[str, ...]


def plain_average(weights: Tensor, pictures: Tensor) -> Tensor:
    """(1, pixels): the weighted mean of the classes' mean pictures (classes, pixels)."""
    return weights[None, :] @ pictures


def place_linear(z: Tensor, centre: Tensor, components: Tensor) -> Tensor:
    """(n, d): exact position of z (n, latent) on PCA axes (d, latent) around the centre (latent,)."""
    return (z - centre) @ components.T


def latent_at(place: Tensor, centre: Tensor, components: Tensor) -> Tensor:
    """(n, latent): the latent at a place (n, d) of a linear map, the way back of `place_linear`.

    Every direction that the map does not show is left at the centre (latent,); components (d, latent) are orthonormal.
    """
    return centre + place @ components


def place_neighbours(z: Tensor, latents: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
    """Position of a new latent on a map that has no formula, and the rows of its 15 nearest neighbours.

    The mean of the neighbours' places, weighted by 1 / distance: an estimate, as UMAP has no exact place for a new one.

    Args:
        z: (1, latent).
        latents: (n, latent) of the map's rows, n >= 15.
        places: (n, d) their places.

    Returns:
        place (1, d) and index (15,) of the neighbours, nearest first.
    """
    distance = ((latents - z) ** 2).sum(dim=1)
    near, index = torch.topk(distance, NEIGHBOURS, largest=False)
    weight = 1.0 / (torch.sqrt(near) + 1e-6)
    return ((weight / weight.sum())[None, :] @ places[index], index)


def components(keep: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """The plan (decoder inputs) whose pictures are the components of a linear model, as keep (latent,) is all ones.

    A linear decoder's last stage is m + z V^T. Latents +1 and -1 of each component, mixed there with weights 1/2 and
    -1/2, leave v and -v without the mean; clipping then keeps what is above 0. So picture j is the part of component j
    that adds light, and picture latent + j the part that takes it away.

    Returns:
        z (2 latent, latent), mix_first, mix_second, mix_logits, mix_pixels (2 latent, 2 latent), stretch ().
    """
    one = torch.diag(keep)
    both = torch.cat([one, -one])
    eye = torch.diag(torch.cat([keep, keep]))
    return both, eye, eye, 0.5 * both @ both.T, eye, 0 * keep.sum()


def squared_error(pictures: Tensor, originals: Tensor) -> tuple[Tensor, Tensor]:
    """Mean squared difference a pixel, of each picture (n,) and of all (); inputs (n, channels, height, width)."""
    error = ((pictures - originals) ** 2).mean(dim=(1, 2, 3))
    return error, error.mean()


def mix_pictures(pictures: Tensor, mix_pixels: Tensor, stretch: Tensor, ground: Tensor) -> Tensor:
    """(m, pixels): a decoder's last step alone, for pictures (rows, pixels) that are decoded already.

    While only weights move, many methods decode the same pictures again and again; this way they are decoded once.
    It is the end of `training.export.DecoderGraph`: mix, then give the average its ingredients' contrast back. Contrast
    is against the ground (pixels,), and all channels get the same factor.
    """
    apart = pictures - ground
    mixed = mix_pixels @ apart
    top = mix_pixels @ apart.abs().amax(1, keepdim=True)
    factor = 1 + stretch * (top / mixed.abs().amax(1, keepdim=True).clamp_min(1e-6) - 1)
    return (ground + mixed * factor).clamp(0, 1)


def fade_fields(pictures: Tensor, fields: Tensor) -> Tensor:
    """(1, channels, height, width): one picture of many, each of which shows in some of 8 x 8 fields.

    In the middle of a field its own picture shows; between the middles of four fields their pictures fade into one
    another, evenly in both directions, and at the edges the nearest field's stays. The weights of a pixel have sum 1.

    Args:
        pictures: (ways, channels, height, width).
        fields: (ways, 64), row after row, 1 for the one picture that a field has and 0 for the others.
    """
    across, down = (_near_fields(pictures.new_ones(pictures.shape[side])) for side in (3, 2))
    masks = down @ fields.reshape(-1, SIDE, SIDE) @ across.T
    return (masks[:, None] * pictures).sum(0, keepdim=True)


def _near_fields(ones: Tensor) -> Tensor:
    """(pixels, 8): how much each of 8 fields counts for each pixel along a side; ones (pixels,)."""
    place = ((torch.cumsum(ones, 0) - 0.5) * SIDE / ones.sum() - 0.5).clamp(0, SIDE - 1)
    middle = torch.arange(SIDE, dtype=ones.dtype)
    return (1 - (place[:, None] - middle).abs()).clamp_min(0.0)


def sharpness(pictures: Tensor, real: Tensor, ground: Tensor) -> Tensor:
    """Q (rows,), 0..1: how much pictures look drawn instead of averaged; blank, grey and solid pictures are near 0.

    Q = min(1, c / c_real) exp(-max(0, w / w_real - 1)) min(1, ink / ink_real / 0.35), with contrast c = sum x^2 / sum x
    (1 is black and white), stroke width w = 2 area / perimeter in pixels, area = sum x, perimeter =
    sqrt(TVx^2 + TVy^2), TV the total variation along one axis of the picture on its ground, and ink = mean x.
    x is a pixel's ink: how far from the ground the channel is that is farthest; of a step between two pixels, too, the
    channel counts that changes most, so that an edge between two colours of the same ink is one. Grey on black, x is
    the grey value. White noise and small tiles score high too: Q tells grey averages apart, it is not the quality of a
    picture.

    Args:
        pictures: (rows, channels, height, width) 0..1.
        real: (3,) contrast, width and ink of real pictures (`latent_core.evidence.look`).
        ground: (channels,) 0..1, the colour behind what is drawn.
    """
    tiny = 1e-6  # a blank picture is 0 over this, so 0 and never nan
    apart = pictures - ground[:, None, None]
    x = apart.abs().amax(dim=1)
    area = x.sum(dim=(1, 2))
    framed = pad(apart, (1, 1, 1, 1))
    across = (framed[:, :, :, 1:] - framed[:, :, :, :-1]).abs().amax(dim=1).sum(dim=(1, 2))
    down = (framed[:, :, 1:] - framed[:, :, :-1]).abs().amax(dim=1).sum(dim=(1, 2))
    contrast = (x * x).sum(dim=(1, 2)) / area.clamp_min(tiny)
    width = 2 * area / torch.sqrt(across * across + down * down).clamp_min(tiny)
    crisp = (contrast / real[0].clamp_min(tiny)).clamp_max(1)
    thin = torch.exp(-(width / real[1].clamp_min(tiny) - 1).clamp_min(0))
    return crisp * thin * (x.mean(dim=(1, 2)) / real[2].clamp_min(tiny) / ENOUGH_INK).clamp_max(1)


HELPERS = (
    Helper(plain_average, {"weights": "classes", "pictures": "classes pixels"}, ("picture",)),
    Helper(place_linear, {"z": "rows latent", "centre": "latent", "components": "d latent"}, ("place",)),
    Helper(latent_at, {"place": "rows d", "centre": "latent", "components": "d latent"}, ("z",)),
    Helper(place_neighbours, {"z": "1 latent", "latents": "rows latent", "places": "rows d"}, ("place", "index")),
    Helper(
        mix_pictures,
        {"pictures": "rows pixels", "mix_pixels": "m rows", "stretch": "", "ground": "pixels"},
        ("picture",),
    ),
    Helper(fade_fields, {"pictures": "ways channels height width", "fields": "ways 64"}, ("picture",)),
    Helper(components, {"keep": "latent"}, ("z", "mix_first", "mix_second", "mix_logits", "mix_pixels", "stretch")),
    Helper(squared_error, dict.fromkeys(("pictures", "originals"), "rows channels height width"), ("error", "mean")),
    Helper(sharpness, {"pictures": "rows channels height width", "real": "3", "ground": "channels"}, ("sharpness",)),
)
