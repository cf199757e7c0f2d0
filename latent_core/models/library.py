"""Every dataset and model folder that there is, each opened once or listed with what is wrong with it."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from latent_core.artifacts import (
    BrokenFolder,
    DatasetCard,
    ModelCard,
    list_datasets,
    list_models,
    models_root,
    open_dataset,
    open_model_card,
)


@dataclass(frozen=True)
class Library:
    """Cards of everything that can be opened, and one sentence for everything that cannot; a `recipe.Catalogue`."""

    dataset_cards: dict[str, DatasetCard] = field(default_factory=dict)
    model_cards: dict[str, ModelCard] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    def datasets(self) -> Sequence[str]:
        """Slugs of datasets that open and have at least one model that opens."""
        return [slug for slug in self.dataset_cards if self.models(slug)]

    def models(self, dataset: str) -> Sequence[str]:
        """Names (without the dataset) of the models that open."""
        return [slug.split("/", 1)[1] for slug in self.model_cards if slug.startswith(f"{dataset}/")]

    def classes(self, dataset: str) -> Sequence[str]:
        """Class names."""
        return self.dataset_cards[dataset].classes

    def start(self, dataset: str) -> tuple[str, Sequence[str]]:
        """Default model and first classes."""
        card = self.dataset_cards[dataset]
        return card.default_model, card.start

    def components(self, dataset: str) -> int:
        """Components of the dataset's linear model; 0 when it cannot be opened."""
        card = self.model_cards.get(f"{dataset}/{self.dataset_cards[dataset].linear}")
        return card.latent.size if card else 0

    def rows(self) -> dict[str, int]:
        """Rows of each dataset that can be opened."""
        return {slug.split("/", 1)[0]: card.rows for slug, card in self.model_cards.items()}

    def grid(self, dataset: str, model: str) -> tuple[int, int]:
        """Classes and latent dimensions of a model."""
        card = self.model_cards[f"{dataset}/{model}"]
        return len(card.classes), card.latent.size


def open_library(root: Path | None = None) -> Library:
    """Opens and verifies every folder; a broken one never hides the others."""
    library = Library()
    for dataset in list_datasets(root):
        try:
            library.dataset_cards[dataset] = open_dataset(dataset, root)
        except BrokenFolder as problem:
            library.broken[dataset] = str(problem)
            continue
        for slug in list_models(dataset, root):
            try:
                library.model_cards[slug] = open_model_card(slug, root)
            except BrokenFolder as problem:
                library.broken[slug] = str(problem)
    return library


def stamp(root: Path | None = None) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever a file of the library does: (path, modification time in ns, bytes) of each."""
    base = str(root or models_root())
    return tuple(sorted((path[len(base) + 1 :], changed, size) for path, changed, size in _files(base)))


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    """Path, modification time and size of each visible file below; quick, as every click of every visitor runs it."""
    try:
        entries = list(os.scandir(folder))
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            else:
                facts = entry.stat()
                yield entry.path, facts.st_mtime_ns, facts.st_size
    except FileNotFoundError:  # it went away while we looked
        return
