"""Generative adversarial network; Goodfellow et al., Generative adversarial nets, 2014, section 3."""

from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import Autoencoder, Encoder, Shape
from latent_core.training.objectives import Batch, Losses, Objective
from latent_core.training.posteriors import Gaussian

SLOPE = 0.2
"""Of the discriminator's leaky ReLU below 0."""


@dataclass(frozen=True)
class Gan(Objective):
    """Noise becomes pictures that an opponent cannot tell from real ones; where a real one would lie is fitted."""

    title: ClassVar[str] = "GAN"
    places: ClassVar[Literal["encoded", "fitted"]] = "fitted"
    momentum: ClassVar[float] = 0.5

    hidden: int = 512
    """Units of each of the opponent's two hidden layers."""
    rate: float = 1e-3
    """The opponent's step size."""
    calm: float = 1.0
    """Weight of half the squared slope of the opponent's log-odds at real pictures (R1, Mescheder et al. 2018)."""
    calm_every: int = 4
    """Steps between two looks at that slope, which then counts as many times."""

    @property
    def opponents_rate(self) -> float:
        return self.rate

    def opponents(self, latent: int, classes: int, shape: Shape) -> nn.ModuleDict:
        """{"discriminator": log-odds (rows, 1) of "real"}."""
        return nn.ModuleDict({"discriminator": discriminator(shape, self.hidden, 1)})

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"fooled", "places"}, and the opponent's own; see `game` and `missed`."""
        encoder = model.encoder
        assert isinstance(encoder, Encoder)
        noise = torch.randn(len(batch.y), encoder.mean.out_features, generator=batch.rng)
        made = pictures_of(model, noise, batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            q = encoder(made.detach())
        game = self.game(extra["discriminator"], made, batch)
        return game._replace(own=game.own | {"places": missed(q, noise)})

    def game(self, opponent: nn.Module, made: Tensor, batch: Batch) -> Losses:
        """{"fooled": mean -log D(made)} against {"discriminator": mean -log D(real) - log(1 - D(made)), "calm": slope}.

        D is the probability of "real" that the opponent gives to a picture.

        Args:
            made: (batch, channels, height, width), 0..1.
        """

        def odds(pictures: Tensor) -> Tensor:
            with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
                return self.odds(opponent(pictures), batch.y.repeat(len(pictures) // len(batch.y)))

        real, seen = odds(torch.cat([batch.pictures, made.detach()])).chunk(2)
        opposing = {"discriminator": F.softplus(-real).mean() + F.softplus(seen).mean()}
        if batch.step % self.calm_every == 0:
            at = batch.pictures.clone().requires_grad_()
            (slope,) = torch.autograd.grad(self.odds(opponent(at), batch.y).sum(), at, create_graph=True)
            opposing["calm"] = self.calm_every * self.calm / 2 * slope.square().flatten(1).sum(1).mean()
        return Losses({"fooled": F.softplus(-odds(made)).mean()}, opposing)

    def odds(self, said: Tensor, y: Tensor) -> Tensor:
        """Log-odds (rows,) of "real" in what the opponent says (rows, outputs) of pictures of the classes y (rows,)."""
        return said.float()[:, 0]


def discriminator(shape: Shape, hidden: int, outputs: int) -> nn.Sequential:
    """Dense layers, pixels-hidden-hidden-outputs with leaky ReLU."""
    return nn.Sequential(
        nn.Flatten(), nn.Linear(shape[0] * shape[1] * shape[2], hidden), nn.LeakyReLU(SLOPE),
        nn.Linear(hidden, hidden), nn.LeakyReLU(SLOPE), nn.Linear(hidden, outputs),
    )  # fmt: skip


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
