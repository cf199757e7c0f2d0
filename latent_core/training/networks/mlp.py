"""Dense layers, the network of the paper; Table 1 of Vargas Aguilar et al."""

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, Decoder, Encoder, Network, Shape


@dataclass(frozen=True)
class Mlp(Network):
    """Two hidden layers in the encoder, and two in the decoder."""

    hidden: int = 500
    """Units of each hidden layer."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        return Autoencoder(MlpEncoder(shape, latent, self.hidden), MlpDecoder(shape, latent, self.hidden))


class MlpEncoder(Encoder):
    """pixels-hidden-hidden-(latent x 2) with softplus."""

    def __init__(self, shape: Shape, latent: int, hidden: int) -> None:
        super().__init__()
        pixels = shape[0] * shape[1] * shape[2]
        self.first, self.second = nn.Linear(pixels, hidden), nn.Linear(hidden, hidden)
        self.mean, self.log_variance = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def hidden(self, pictures: Tensor) -> Tensor:
        """(batch, hidden): what mean and variance are read from."""
        return F.softplus(self.second(F.softplus(self.first(pictures.flatten(1)))))


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
