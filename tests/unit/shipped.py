"""What ships, opened once for all tests of a process, so that sprites are decoded once. To look at, not to change."""

from functools import cache

from latent_core import list_models
from latent_core.artifacts import list_datasets, open_model_card
from latent_core.models.dataset import EncodedDataset
from latent_core.models.model import Model

DATASETS = list_datasets()


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
    return [slug for slug in DATASETS if not dataset(slug).unjudged]


@cache
def sorts() -> list[str]:
    """One model of each dataset, network and latent kind: others of its sort differ from it in their numbers alone."""
    first: dict[tuple[str, str, str], str] = {}
    for slug in list_models():
        card = open_model_card(slug)
        first.setdefault((slug.split("/")[0], card.network.name, card.latent.kind), slug)
    return [*first.values()]
