"""Permutation-invariant; Hirt, Campolo, Leong and Ortega, Learning multi-modal generative models, 2023, eq. 4."""

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor, nn

from latent_core.training.networks import Autoencoder, LatentKind, Network
from latent_core.training.networks.halves import SetEncoder, costs, of_halves
from latent_core.training.objectives import Batch, Losses, Objective, risen
from latent_core.training.posteriors import divergence_between


@dataclass(frozen=True)
class Set(Objective):
    """What is seen in a picture's halves is summed up, in any order; how to go by a part of it is learned, too."""

    title: ClassVar[str] = "Permutation-invariant VAE"
    latent_kind: ClassVar[LatentKind] = "halves"

    kl: float = 1.0
    """Weight of both divergences (beta)."""
    warm_up: int = 0
    """Steps over which that weight rises from 0."""

    def network(self, name: str, width: int, classes: int) -> Network:
        return of_halves(name, width, "set")

    def losses(self, model: Autoencoder, extra: nn.ModuleDict, batch: Batch) -> Losses:
        """{"reconstruction", "kl", "told"}: two bounds, one of some halves S, one of the others given these.

        f: the halves in S, rebuilt from a draw of q(z given S), and KL(q(z given S), N(0, I)).
        g: the other halves, rebuilt from a draw of q(z given all), and KL(q(z given all), q(z given S)).
        """
        encoder, x = model.encoder, batch.pictures
        assert isinstance(encoder, SetEncoder)
        some = chosen(len(x), batch.rng)
        with torch.autocast("cpu", torch.bfloat16, enabled=batch.bf16):
            seen = encoder.seen(x)
            part, whole = encoder.joined(seen, some), encoder.joined(seen, torch.ones_like(some))
            z = [q.sample(torch.randn(q.mean.shape, generator=batch.rng)) for q in (part, whole)]
            first, second = model.decoder(torch.cat(z)).chunk(2)
        rebuilding = (costs(first, x) * some + costs(second, x) * (1 - some)).sum(1)
        weight = self.kl * risen(batch.step, self.warm_up)
        return Losses(
            {
                "reconstruction": rebuilding.mean(),
                "kl": weight * part.divergence().sum(1).mean(),
                "told": weight * divergence_between(whole, part).sum(1).mean(),
            },
            {},
        )


def chosen(rows: int, rng: torch.Generator) -> Tensor:
    """(rows, 2) 0 or 1: which halves are in S; for each row each half with a chance that is drawn first, 0 to 1."""
    chance = torch.rand(rows, 1, generator=rng)
    return (torch.rand(rows, 2, generator=rng) < chance).float()
