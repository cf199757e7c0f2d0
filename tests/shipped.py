"""What ships, opened once for all tests of a process, so that sprites are decoded once. To look at, not to change."""

from functools import cache

from latent_core.models.dataset import EncodedDataset
from latent_core.models.library import Library, open_library
from latent_core.models.model import Model


@cache
def library() -> Library:
    """All that ships, every file compared with its hash."""
    return open_library()


@cache
def models() -> list[str]:
    """The names of all models."""
    return [*library().model_cards]


@cache
def dataset(slug: str) -> EncodedDataset:
    """A shipped dataset."""
    return EncodedDataset(slug)


@cache
def model(slug: str) -> Model:
    """A shipped model."""
    return Model(slug, dataset(slug.split("/")[0]))


@cache
def judged() -> list[str]:
    """Datasets that have a judge."""
    return [slug for slug in library().datasets() if not dataset(slug).unjudged]


@cache
def sorts() -> list[str]:
    """One model of each dataset, network and latent kind: others of its sort differ from it in their numbers alone."""
    first: dict[tuple[str, str, str], str] = {}
    for slug, card in library().model_cards.items():
        first.setdefault((slug.split("/")[0], card.network.name, card.latent.kind), slug)
    return [*first.values()]
