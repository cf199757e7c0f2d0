"""Networks of encoders and decoders; every decoder is three stages, because blends may average between them."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.posteriors import Gaussian

Shape = tuple[int, int, int]
"""(channels, height, width) of a picture."""


START_LOG_VARIANCE = -4.0
"""Posteriors start narrow (std 0.14), so that the decoder hears the latents at once; wide ones never recover
where, as in MMD-VAEs, noise alone already looks like the prior."""


class Encoder(nn.Module):
    """Pictures to a diagonal Gaussian: two affine layers read its mean and log-variance from the last hidden layer."""

    mean: nn.Linear
    log_variance: nn.Linear

    def hidden(self, pictures: Tensor) -> Tensor:
        """The last hidden layer (batch, hidden) of pictures (batch, channels, height, width), 0..1."""
        raise NotImplementedError

    def forward(self, pictures: Tensor) -> Gaussian:
        """The posterior of pictures (batch, channels, height, width), 0..1."""
        hidden = self.hidden(pictures)
        return Gaussian(self.mean(hidden).float(), self.log_variance(hidden).float().clamp(-20, 10))


class MlpEncoder(Encoder):
    """pixels-hidden-hidden-(latent x 2) with softplus; Table 1 of Vargas Aguilar et al."""

    def __init__(self, shape: Shape, latent: int, hidden: int) -> None:
        super().__init__()
        pixels = shape[0] * shape[1] * shape[2]
        self.first, self.second = nn.Linear(pixels, hidden), nn.Linear(hidden, hidden)
        self.mean, self.log_variance = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def hidden(self, pictures: Tensor) -> Tensor:
        """(batch, hidden): what mean and variance are read from."""
        return F.softplus(self.second(F.softplus(self.first(pictures.flatten(1)))))


class Decoder(nn.Module):
    """Three stages, each on flat rows: latents, first hidden layer, second hidden layer, log-odds of the pixels."""

    shape: Shape

    def entry(self) -> nn.Linear:
        """The layer that reads the latents."""
        raise NotImplementedError

    def first(self, z: Tensor) -> Tensor:
        """(rows, latent) to (rows, first)."""
        raise NotImplementedError

    def second(self, first: Tensor) -> Tensor:
        """(rows, first) to (rows, second)."""
        raise NotImplementedError

    def logits(self, second: Tensor) -> Tensor:
        """(rows, second) to log-odds (rows, pixels)."""
        raise NotImplementedError

    def pixels(self, logits: Tensor) -> Tensor:
        """Log-odds to pixels 0..1."""
        return torch.sigmoid(logits)

    def forward(self, z: Tensor) -> Tensor:
        """Log-odds (rows, pixels) of latents (rows, latent)."""
        return self.logits(self.second(self.first(z)))


class MlpDecoder(Decoder):
    """latent-hidden-hidden-pixels with softplus: the encoder's mirror."""

    def __init__(self, shape: Shape, latent: int, hidden: int) -> None:
        super().__init__()
        self.shape = shape
        self.one, self.two = nn.Linear(latent, hidden), nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, shape[0] * shape[1] * shape[2])

    def entry(self) -> nn.Linear:
        return self.one

    def first(self, z: Tensor) -> Tensor:
        return F.softplus(self.one(z))

    def second(self, first: Tensor) -> Tensor:
        return F.softplus(self.two(first))

    def logits(self, second: Tensor) -> Tensor:
        return self.out(second)


class ConvEncoder(Encoder):
    """Three strided convolutions and a dense layer."""

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        small = (shape[1] // 8) * (shape[2] // 8)
        self.body = nn.Sequential(
            nn.Conv2d(shape[0], width, 4, 2, 1), nn.SiLU(),
            nn.Conv2d(width, 2 * width, 4, 2, 1), nn.SiLU(),
            nn.Conv2d(2 * width, 2 * width, 4, 2, 1), nn.SiLU(),
            nn.Flatten(), nn.Linear(2 * width * small, 8 * width), nn.SiLU(),
        )  # fmt: skip
        self.mean, self.log_variance = nn.Linear(8 * width, latent), nn.Linear(8 * width, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def hidden(self, pictures: Tensor) -> Tensor:
        """(batch, 8 width): what mean and variance are read from."""
        hidden: Tensor = self.body(pictures)
        return hidden


class ConvDecoder(Decoder):
    """A dense layer to an eighth of the size, then three doublings: small, as 40 of these run in one frame."""

    def __init__(self, shape: Shape, latent: int, width: int) -> None:
        super().__init__()
        self.shape, self.width = shape, width
        self.small = (shape[1] // 8, shape[2] // 8)
        self.dense = nn.Linear(latent, 2 * width * self.small[0] * self.small[1])
        self.up_one = nn.ConvTranspose2d(2 * width, 3 * width // 2, 4, 2, 1)
        self.up_two = nn.ConvTranspose2d(3 * width // 2, width, 4, 2, 1)
        self.out = nn.ConvTranspose2d(width, shape[0], 4, 2, 1)

    def entry(self) -> nn.Linear:
        return self.dense

    def first(self, z: Tensor) -> Tensor:
        return F.silu(self.dense(z))

    def second(self, first: Tensor) -> Tensor:
        grid = first.reshape(-1, 2 * self.width, *self.small)
        return F.silu(self.up_two(F.silu(self.up_one(grid)))).flatten(1)

    def logits(self, second: Tensor) -> Tensor:
        grid = second.reshape(-1, self.width, self.small[0] * 4, self.small[1] * 4)
        return self.out(grid).flatten(1)


class Autoencoder(nn.Module):
    """An encoder and its decoder."""

    def __init__(self, encoder: nn.Module, decoder: Decoder) -> None:
        super().__init__()
        self.encoder, self.decoder = encoder, decoder


def build(name: str, fields: dict[str, Any], shape: Shape, latent: int) -> Autoencoder:
    """The untrained networks of a card's `network` entry.

    Args:
        name: "mlp" (fields: hidden), "conv" (fields: width) or "linear" (no fields).

    Raises:
        LookupError: no network has this name.
    """
    if name == "mlp":
        return Autoencoder(MlpEncoder(shape, latent, fields["hidden"]), MlpDecoder(shape, latent, fields["hidden"]))
    if name == "conv":
        return Autoencoder(ConvEncoder(shape, latent, fields["width"]), ConvDecoder(shape, latent, fields["width"]))
    if name == "linear":
        from latent_core.training.networks.linear import linear_autoencoder

        return linear_autoencoder(shape, latent)
    raise LookupError(f"there is no network '{name}'; there are ['conv', 'linear', 'mlp']")
