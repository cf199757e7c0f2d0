"""Balanced consensus: a crisp picture of the pixels that the classes want most, each class heard as it should be."""

import torch
from torch import Tensor
from torch.nn import functional as F

from latent_core.blends._plan import Plan, apart, drawn_on, draws, hue_of, on_ground, plain_mean

ORDER = 35
TITLE = "Balanced consensus (crisp)"
MEANING = "Draws only the pixels that the classes want most, and listens more to a class that is not heard."
USES_DEPTH = False
ROUNDS, STEP = 16, 8.0
"""Rounds of listening, and how strongly a class that is not heard is listened to in the next one."""
INK, EDGE, LOCAL, REACH = 1.3, 0.12, 0.6, 7
"""Ink in parts of the classes' mean ink; width of the edge between ink and paper in parts of the votes' range; how much
of the votes around a pixel is taken from its own; side of the square that is around it, in pixels."""
NOBODY = 1e-9
"""Votes below this are none."""
SAY = 0.1
"""How much more of a class must be drawn when it has e times its fair share."""


def blend(weights: Tensor, theta: Tensor, noise: Tensor, mean: Tensor, std: Tensor, depth: Tensor) -> Plan:
    """A row a class. Args: as in `centre_of_mass.blend`; the place on the map is the centre of mass."""
    z = draws(theta, noise, mean, std)
    return apart(z, weights[None, :] @ z)


def finish(pictures: Tensor, weights: Tensor, ground: Tensor) -> Tensor:
    """Ink where the votes s = sum_k l_k P_k, P_k = x_k / sum x_k, less LOCAL times their surroundings, are highest.

    A pixel is inked by sigmoid(2 (s - tau) / T), tau being the vote that leaves INK times the classes' mean ink. Then
    class k is drawn to cov_k = sum P_k x, and l_k <- l_k exp(-STEP (cov_k - mean cov - SAY log(n w_k)) / sqrt(round)).
    Towards a single class the picture goes over into that class itself. x_k is the ink of class k; a pixel that is
    inked has the mean hue of the classes that vote for it.

    Args and Returns: as in `decoded_mean.finish`.
    """
    height, width = pictures.shape[2:]
    colours, flat = drawn_on(pictures, ground)
    part = flat / flat.sum(1, keepdim=True).clamp_min(1e-6)
    used = (weights > 0).to(weights.dtype)
    count = used.sum(1, keepdim=True)
    wanted = SAY * torch.log((weights * count).clamp_min(1e-4))
    ink = (INK * (weights @ flat.mean(1, keepdim=True)) * flat.shape[1]).clamp(1, flat.shape[1] - 1).to(torch.int64)
    say, drawn = weights, weights @ flat
    for turn in range(1, ROUNDS + 1):
        votes = say @ part
        sheet = votes.reshape(-1, 1, height, width)
        around = F.avg_pool2d(F.avg_pool2d(sheet, REACH, 1, REACH // 2), REACH, 1, REACH // 2)
        votes = votes - LOCAL * around.flatten(1)
        order = torch.sort(votes, dim=1, descending=True).values
        tau = torch.gather(order, 1, ink)
        edge = EDGE * (order[:, :1] - order[:, -1:]).clamp_min(1e-9)
        drawn = torch.sigmoid(2 * (votes - tau) / edge)
        heard = drawn @ part.T
        fair = (heard * used).sum(1, keepdim=True) / count
        say = used * say * torch.exp(-STEP / turn**0.5 * (heard - fair - wanted))
        say = say / say.sum(1, keepdim=True).clamp_min(1e-12)
    mean, top, hue = plain_mean(pictures, weights, ground)
    mixed = (2 * (1 - (weights * weights).sum(1, keepdim=True))).clamp(0, 1)
    agreed = _agreed(say, part, hue_of(colours, flat), ground)
    shown = ((1 - mixed) * top * mean)[:, None] * hue + (mixed * drawn)[:, None] * agreed
    return on_ground(shown, ground, (height, width))


def _agreed(say: Tensor, part: Tensor, hue: Tensor, ground: Tensor) -> Tensor:
    """(m, channels, pixels): the mean hue of the classes by their votes say part; where nobody votes, that which is the
    farthest from the ground."""
    votes = (say @ part)[:, None]
    mean = (say @ (part[:, None] * hue).flatten(1)).reshape(-1, hue.shape[1], hue.shape[2])
    away = torch.sign(0.5 - ground)[:, None]
    return torch.where(votes > NOBODY, mean / votes.clamp_min(NOBODY), away)
