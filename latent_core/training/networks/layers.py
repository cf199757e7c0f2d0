"""Dense layers for what stands in front and what lies behind; Yan, Yang, Sohn and Lee, Attribute2Image, 2016."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from latent_core.training.networks import START_LOG_VARIANCE, Autoencoder, Decoder, LatentKind, Network, Shape
from latent_core.training.posteriors import Gaussian


@dataclass(frozen=True)
class Layers(Network):
    """One decoder draws the foreground of its class and where it is, another the background, which shows elsewhere."""

    latent_kind: ClassVar[LatentKind] = "layers"

    hidden: int = 400
    """Units of each hidden layer of the foreground; the background has half of them."""
    labels: int = 10
    """Classes: so many last numbers of the latent are their shares."""
    background: int = 8
    """Numbers before these that tell the background; those before them tell the style of the foreground."""

    def build(self, shape: Shape, latent: int) -> Autoencoder:
        """Networks for pictures of that shape and a latent of that many numbers, background and classes included.

        Raises:
            ValueError: a latent without room for a style.
        """
        style = latent - self.background - self.labels
        if style < 1:
            raise ValueError(
                f"a latent of {latent} numbers has no room beside {self.background} of the background and the shares "
                f"of {self.labels} classes"
            )
        sizes = (style, self.background, self.labels)
        return Autoencoder(LayersEncoder(shape, sizes, self.hidden), LayersDecoder(shape, sizes, self.hidden))


class Told(nn.Module):
    """pixels beside shares of classes, two hidden layers with softplus, and a diagonal Gaussian."""

    def __init__(self, pixels: int, labels: int, hidden: int, latent: int) -> None:
        super().__init__()
        self.first, self.told = nn.Linear(pixels, hidden), nn.Linear(labels, hidden, bias=False)
        self.second = nn.Linear(hidden, hidden)
        self.mean, self.log_variance = nn.Linear(hidden, latent), nn.Linear(hidden, latent)
        nn.init.constant_(self.log_variance.bias, START_LOG_VARIANCE)

    def forward(self, flat: Tensor, shares: Tensor) -> Gaussian:
        hidden = F.softplus(self.second(F.softplus(self.first(flat) + self.told(shares))))
        return Gaussian(self.mean(hidden).float(), self.log_variance(hidden).float().clamp(-20, 10))


class LayersEncoder(nn.Module):
    """Reads the class, then the style of what is in front, then what is behind it; all from the whole picture.

    The paper gives the first of them the foreground cut out, which nobody has of a new picture.
    """

    def __init__(self, shape: Shape, sizes: tuple[int, int, int], hidden: int) -> None:
        super().__init__()
        pixels, (style, background, labels) = shape[0] * shape[1] * shape[2], sizes
        self.seen, self.class_of = nn.Linear(pixels, hidden), nn.Linear(hidden, labels)
        self.style = Told(pixels, labels, hidden, style)
        self.background = Told(pixels, labels, hidden // 2, background)

    def classified(self, pictures: Tensor) -> Tensor:
        """Log-odds (batch, labels) of the classes of pictures (batch, channels, height, width), 0..1."""
        odds: Tensor = self.class_of(F.softplus(self.seen(pictures.flatten(1))))
        return odds

    def given(self, pictures: Tensor, shares: Tensor) -> Gaussian:
        """Style and background (batch, style + background) of pictures whose classes are known, as shares."""
        flat = pictures.flatten(1)
        both = self.style(flat, shares), self.background(flat, shares)
        return Gaussian(torch.cat([one.mean for one in both], 1), torch.cat([one.log_variance for one in both], 1))

    def forward(self, pictures: Tensor) -> Gaussian:
        """The posterior of pictures (batch, channels, height, width), 0..1, and the classes seen in them, undoubted."""
        shares = torch.softmax(self.classified(pictures), 1)
        q = self.given(pictures, shares)
        log_variance = torch.cat([q.log_variance, torch.full_like(shares, -torch.inf)], 1)
        return Gaussian(torch.cat([q.mean, shares], 1), log_variance)


class LayersDecoder(Decoder):
    """Both halves side by side in every stage; log-odds are three pictures: foreground, gate and background.

    The pixels are foreground + gate x background, as in the paper: the gate is open where the background shows. Shares
    of classes are made 0 upwards with a sum of 1 before they are read.
    """

    def __init__(self, shape: Shape, sizes: tuple[int, int, int], hidden: int) -> None:
        super().__init__()
        self.shape, self.sizes, self.wide = shape, sizes, hidden
        style, background, labels = sizes
        pixels, narrow = shape[0] * shape[1] * shape[2], hidden // 2
        self.front_one, self.front_two = nn.Linear(style + labels, hidden), nn.Linear(hidden, hidden)
        self.back_one, self.back_two = nn.Linear(background, narrow), nn.Linear(narrow, narrow)
        self.front_out, self.back_out = nn.Linear(hidden, 2 * pixels), nn.Linear(narrow, pixels)

    def entry(self) -> nn.Linear:
        return self.front_one

    def first(self, z: Tensor) -> Tensor:
        style, background, shares = z.split(self.sizes, 1)
        shares = shares.clamp_min(0)
        shares = shares / shares.sum(1, keepdim=True).clamp_min(1e-6)
        front = F.softplus(self.front_one(torch.cat([style, shares], 1)))
        return torch.cat([front, F.softplus(self.back_one(background))], 1)

    def second(self, first: Tensor) -> Tensor:
        front, back = first[:, : self.wide], first[:, self.wide :]
        return torch.cat([F.softplus(self.front_two(front)), F.softplus(self.back_two(back))], 1)

    def logits(self, second: Tensor) -> Tensor:
        """(rows, 3 pixels): log-odds of the foreground, of the gate, and of the background."""
        front, back = second[:, : self.wide], second[:, self.wide :]
        return torch.cat([self.front_out(front), self.back_out(back)], 1)

    def pixels(self, logits: Tensor) -> Tensor:
        foreground, gate, background = self.layers(logits)
        return (foreground + gate * background).clamp(0, 1)

    def layers(self, logits: Tensor) -> tuple[Tensor, ...]:
        """Foreground, gate and background, each (rows, pixels), 0..1."""
        return torch.sigmoid(logits).chunk(3, 1)
