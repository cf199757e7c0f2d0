"""Every dataset and model folder that there is, each opened once or listed with what is wrong with it."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from latent_core.artifacts import (
    BrokenFolder,
    DatasetCard,
    ModelCard,
    check_agreement,
    layout,
    list_datasets,
    list_models,
    models_root,
    open_dataset_folder,
    open_model,
)
from latent_core.models.groups import mark_of

DEPTH = 3
"""Levels of a models folder: datasets, models, files."""
MOST_FILES = 20_000
"""Files whose changes are noticed."""


@dataclass(frozen=True)
class Library:
    """Cards of everything that can be opened, and one sentence for everything that cannot; a `recipe.Catalogue`."""

    dataset_cards: dict[str, DatasetCard] = field(default_factory=dict)
    model_cards: dict[str, ModelCard] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)

    def datasets(self) -> Sequence[str]:
        """Slugs of datasets that open and have at least one model that opens."""
        return [slug for slug in self.dataset_cards if slug in self._models]

    def models(self, dataset: str) -> Sequence[str]:
        """Names (without the dataset) of the models that open."""
        return self._models.get(dataset, [])

    @cached_property
    def _models(self) -> dict[str, list[str]]:
        """The names of each dataset's models; every link that is read asks for them."""
        found: dict[str, list[str]] = {}
        for slug in self.model_cards:
            dataset, name = slug.split("/", 1)
            found.setdefault(dataset, []).append(name)
        return found

    def classes(self, dataset: str) -> Sequence[str]:
        """Class names."""
        return self.dataset_cards[dataset].classes

    def start(self, dataset: str) -> tuple[str, Sequence[str]]:
        """Default model and first classes."""
        card = self.dataset_cards[dataset]
        return card.default_model, card.start

    def method(self, dataset: str) -> str:
        """Blending method of a first visit; "" is the usual one."""
        return self.dataset_cards[dataset].method

    def components(self, dataset: str) -> int:
        """Components of the dataset's linear model; 0 when it cannot be opened."""
        card = self.model_cards.get(f"{dataset}/{self.dataset_cards[dataset].linear}")
        return card.latent.size if card else 0

    def rows(self) -> dict[str, int]:
        """Rows of each dataset that can be opened."""
        return {slug.split("/", 1)[0]: card.rows for slug, card in self.model_cards.items()}

    def marks(self) -> dict[str, str]:
        """What tells each dataset's rows from another's of the same name; see `groups.mark_of`."""
        return {slug: mark_of(card) for slug, card in self.dataset_cards.items()}

    def grid(self, dataset: str, model: str) -> tuple[int, int]:
        """Classes and latent dimensions of a model."""
        card = self.model_cards[f"{dataset}/{model}"]
        return len(card.classes), card.latent.size

    def latent_kind(self, dataset: str, model: str) -> str:
        """Kind of a model's latent."""
        return self.model_cards[f"{dataset}/{model}"].latent.kind

    def unpaintable(self, dataset: str) -> str:
        """Why nobody can paint where classes of the dataset show."""
        return self.dataset_cards[dataset].unpaintable


def open_library(root: Path | None = None) -> Library:
    """Opens and verifies every folder; a broken one never hides the others."""
    library = Library()
    for name in list_datasets(root):
        with _listed(library, name):
            dataset = open_dataset_folder(name, root)
            library.dataset_cards[name] = dataset.card
            for slug in list_models(name, root):
                with _listed(library, slug):
                    model = open_model(slug, root)
                    stats, z = model.arrays[layout.STATS], model.arrays[layout.LATENTS]["z"]
                    check_agreement(dataset.card, dataset.arrays[layout.ROWS], model.card, stats, z)
                    library.model_cards[slug] = model.card
    return library


@contextmanager
def _listed(library: Library, slug: str) -> Iterator[None]:
    """Lists a folder that cannot be opened with what is wrong, whatever that is."""
    try:
        yield
    except BrokenFolder as problem:
        library.broken[slug] = str(problem)
    except (ArithmeticError, LookupError, OSError, MemoryError, RecursionError, TypeError, ValueError) as problem:
        library.broken[slug] = f"{slug} cannot be used ({type(problem).__name__}): copy the folder again."


def stamp(root: Path | None = None) -> tuple[tuple[str, int, int, int], ...]:
    """Changes whenever a file of the library does: (path, time of its last change in ns, inode, bytes) of each.

    The time is that of any change, also of a file's dates, so that a file put back with its old dates is another one.
    """
    base = str(root or models_root())
    found: list[tuple[str, int, int, int]] = []
    _look(base, len(base) + 1, DEPTH, found)
    return tuple(sorted(found))


def _look(folder: str, skip: int, depth: int, found: list[tuple[str, int, int, int]]) -> None:
    """Notes each visible entry below, as far as one may look; quick, as every click of every visitor runs it."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or len(found) >= MOST_FILES:
                    continue
                try:
                    if depth > 1 and entry.is_dir(follow_symlinks=False):
                        _look(entry.path, skip, depth - 1, found)
                    else:
                        facts = entry.stat(follow_symlinks=False)
                        found.append((entry.path[skip:], facts.st_ctime_ns, facts.st_ino, facts.st_size))
                except OSError:  # it went away while we looked, or may not be looked at
                    found.append((entry.path[skip:], 0, 0, 0))
    except OSError:
        found.append((folder[skip:], 0, 0, 0))
