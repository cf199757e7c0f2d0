"""Generative adversarial network; Goodfellow et al., Generative adversarial nets, 2014, section 3."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, Encoder, Shape
from latent_core.training.objectives import Batch, Losses, Objective
from latent_core.training.posteriors import Gaussian

SLOPE = 0.2
"""Of a leaky ReLU below 0, in opponents."""


TOGETHER = 8
"""Pictures whose differences from one another an opponent of a GAN is shown at once."""


@dataclass(frozen=True)
class Game:
    """What both sides pay; an opponent is anything that gives the log-odds (rows,) of "real" of pictures.

    calm: weight of half the squared slope of these at real pictures (R1, Mescheder et al. 2018). calm_every: steps
    between two looks at that slope, which then counts as many times.
    """

    calm: float
    calm_every: int

    def losses(self, opponent: Callable[[Tensor], Tensor], made: Tensor, batch: Batch) -> Losses:
        """{"fooled": mean -log D(made)} against {"discriminator": mean -log D(real) - log(1 - D(made)), "calm": slope}.

        D is the probability of "real" that the opponent gives to a picture.

        Args:
            made: (batch, channels, height, width), 0..1.
        """

        def odds(pictures: Tensor) -> Tensor:
            with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
                return opponent(pictures)

        real, seen = odds(batch.pictures), odds(made.detach())
        opposing = {"discriminator": F.softplus(-real).mean() + F.softplus(seen).mean()}
        if batch.step % self.calm_every == 0:
            at = batch.pictures.clone().requires_grad_()
            (slope,) = torch.autograd.grad(opponent(at).sum(), at, create_graph=True)
            opposing["calm"] = self.calm_every * self.calm / 2 * slope.square().flatten(1).sum(1).mean()
        return Losses({"fooled": F.softplus(-odds(made)).mean()}, opposing)


@dataclass(frozen=True)
class Gan(Objective):
    """Noise becomes pictures that an opponent cannot tell from real ones; where a real one would lie is fitted."""

    title: ClassVar[str] = "GAN"
    places: ClassVar[Literal["encoded", "fitted"]] = "fitted"
    momentum: ClassVar[float] = 0.0

    channels: int = 32
    """Of the opponent's first convolution; its second has twice as many."""
    rate: float = 1e-3
    """The opponent's step size."""
    calm: float = 1.0
    """Weight of half the squared slope of the opponent's log-odds at real pictures (R1, Mescheder et al. 2018)."""
    calm_every: int = 16
    """Steps between two looks at that slope, which then counts as many times."""

    @property
    def opponents_rate(self) -> float:
        return self.rate

    def opponents(self, latent: int, classes: int, shape: Shape) -> nn.ModuleDict:
        """{"discriminator": log-odds (rows,) of "real"}."""
        return nn.ModuleDict({"discriminator": nn.Sequential(Discriminator(shape, self.channels, 1), nn.Flatten(0))})

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"fooled", "places"}, and the opponent's own; see `Game` and `missed`."""
        encoder = model.encoder
        assert isinstance(encoder, Encoder)
        noise = torch.randn(len(batch.y), encoder.mean.out_features, generator=batch.rng)
        made = pictures_of(model, noise, batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            q = encoder(made.detach())
        played = Game(self.calm, self.calm_every).losses(extra["discriminator"], made, batch)
        return played._replace(own=played.own | {"places": missed(q, noise)})


class Discriminator(nn.Module):
    """Two strided convolutions and two dense layers, the second of which is also told how unlike pictures are.

    One that sees pictures one by one cannot mind that all are the same digit, and then they soon are.
    """

    def __init__(self, shape: Shape, channels: int, answers: int) -> None:
        super().__init__()
        small = (shape[1] // 4) * (shape[2] // 4)
        self.body = nn.Sequential(
            nn.Conv2d(shape[0], channels, 4, 2, 1), nn.LeakyReLU(SLOPE),
            nn.Conv2d(channels, 2 * channels, 4, 2, 1), nn.LeakyReLU(SLOPE),
            nn.Flatten(), nn.Linear(2 * channels * small, 4 * channels), nn.LeakyReLU(SLOPE),
        )  # fmt: skip
        self.head = nn.Sequential(
            nn.Linear(4 * channels + 1, 4 * channels), nn.LeakyReLU(SLOPE), nn.Linear(4 * channels, answers)
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Log-odds (rows, answers) of "real", of each class or all, of pictures (rows, channels, height, width)."""
        seen = self.body(pictures)
        odds: Tensor = self.head(torch.cat([seen, unlikeness(seen)], 1)).float()
        return odds


def unlikeness(seen: Tensor) -> Tensor:
    """(rows, 1): the mean standard deviation of features (rows, features) among the TOGETHER rows around each.

    As in T. Karras et al., Progressive growing of GANs, 2018, section 3. Rows that cannot be parted so are one group.
    """
    groups = len(seen) // TOGETHER if len(seen) % TOGETHER == 0 else 1
    among = seen.float().unflatten(0, (groups, -1))
    spread = (among.var(1, unbiased=False) + 1e-8).sqrt().mean(1)
    return spread.repeat_interleave(among.shape[1])[:, None].to(seen.dtype)


def pictures_of(model: Autoencoder, z: Tensor, batch: Batch) -> Tensor:
    """What the decoder makes of latents z (batch, latent): as many pictures as the batch has, and of their shape."""
    with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
        logits = model.decoder(z)
    return model.decoder.pixels(logits.float()).reshape(batch.pictures.shape)


def missed(q: Gaussian, z: Tensor) -> Tensor:
    """-log q(z) up to a constant, mean over the batch: how badly the noise z (batch, latent) is found in its pictures.

    Where a number cannot be seen in the picture, q comes to the prior's mean and spread. Only q learns by it: pictures
    are made as if nobody asked where they came from.
    """
    return 0.5 * ((z - q.mean).square() * (-q.log_variance).exp() + q.log_variance).sum(1).mean()
