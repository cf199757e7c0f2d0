"""The weighted mean of the decoded classes: average after the decoder, not before it."""

from torch import Tensor

from latent_core.blends._plan import Plan, apart, draws, on_ground, plain_mean

ORDER = 10
TITLE = "Average after decoding"
MEANING = "Decodes every class on its own, then averages the pictures. Softer, but each class stays in it."
USES_DEPTH = False
FEW, MANY, MANY_FROM = 0.5, 0.4, 12
"""How much a blend of few classes is steepened and one of many is softened, and how fast many begin. Chosen by the
guide and by sharpness on Omniglot, see docs/log.md."""


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """A row a class. Args: as in `centre_of_mass.blend`; the place on the map is the centre of mass."""
    z = draws(theta, noise, mean, std)
    return apart(z, weights[None, :] @ z)


def finish(pictures: Tensor, weights: Tensor, ground: Tensor) -> Tensor:
    """x = top (m / max m)^g with m = sum_k w_k decode(z_k): the average at its ingredients' contrast.

    h = sum w^2 is 1 for one class and 1/n for n equal ones; g = 1 + FEW h (1 - h) - MANY (1 - h)^MANY_FROM. An average
    of two to five is a little steeper than it was, so that it is not vague; that of twenty is softer, as in it the
    faint strokes are what tells the classes apart. One class alone has g = 1 and is itself. On another ground than
    black m is the ink, the distance from it, and all channels get the same factor, so that hues stay.

    Args:
        pictures: (classes, channels, height, width) 0..1, each class decoded on its own.
        weights: (m, classes) not negative, each row of sum 1.
        ground: (channels,) 0..1, the colour behind what is drawn.

    Returns:
        (m, channels, height, width).
    """
    mean, top, hue = plain_mean(pictures, weights, ground)
    h = (weights * weights).sum(1, keepdim=True)
    g = 1 + FEW * h * (1 - h) - MANY * (1 - h).clamp_min(0.0) ** MANY_FROM
    out = top * mean.clamp(1e-6, 1.0) ** g * (mean > 1e-6)
    return on_ground(out[:, None] * hue, ground, (pictures.shape[2], pictures.shape[3]))
