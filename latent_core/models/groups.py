"""Groups: classes that people make of chosen rows, usable like any other class of any model of the dataset."""

from base64 import urlsafe_b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from latent_core.artifacts import DatasetCard, layout
from latent_core.group_names import name_of
from latent_core.language import t
from latent_core.recent import Recent
from latent_core.recipes.recipe import Catalogue, Recipe

MOST_GROUPS = 4
MOST_NUMBER = 99
_moments: Recent[tuple[np.ndarray, np.ndarray, np.ndarray]] = Recent(128)
_pictures: Recent[tuple[np.ndarray, np.ndarray]] = Recent(64)
"""Of groups, with the array that they were taken from; every run of a page asks for both. While an entry holds an
array, no other one gets its `id`."""


@dataclass(frozen=True)
class Group:
    """Chosen rows of one dataset. Rows are shared by all of its models, so a group is a class of each of them.

    number: 1.. of the name; rows: (n,) int64, increasing, n >= 1; mark: of the dataset that the rows were chosen in
    (`mark_of`), "" where nobody knows.
    """

    dataset: str
    number: int
    rows: tuple[int, ...]
    mark: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """What people read and what a recipe names, like Group 1."""
        return name_of(self.number)


def mark_of(card: DatasetCard) -> str:
    """Six letters that tell one dataset's rows from those of another one of the same name; "" where it has none."""
    rows = card.files.get(layout.ROWS)
    return urlsafe_b64encode(bytes.fromhex(rows.sha256))[:6].decode() if rows else ""


def named_in(recipe: Recipe, groups: Sequence[Group]) -> tuple[Group, ...]:
    """Those of the groups that the recipe is made of."""
    names = {name for name, _ in recipe.w}
    return tuple(group for group in groups if group.dataset == recipe.data and group.name in names)


def add_group(
    groups: Sequence[Group], dataset: str, rows: Sequence[int], used: Collection[int] = (), mark: str = ""
) -> tuple[Group, ...]:
    """The groups with one more, under the first number that is free.

    Args:
        used: numbers of groups that there were; they are given again only when all are used up, because a recipe of
            before may still name one of them.
        mark: of the dataset.

    Raises:
        ValueError: the dataset has as many groups as there may be, or no row was chosen.
    """
    mine = {group.number for group in groups if group.dataset == dataset}
    if len(mine) >= MOST_GROUPS:
        raise ValueError(t("There are {n} groups already; remove one first.", n=MOST_GROUPS))
    if not len(rows):
        raise ValueError(t("No point was selected."))
    free = [number for number in range(1, MOST_NUMBER + 1) if number not in mine]
    number = next((number for number in free if number not in used), free[0])
    return (*groups, Group(dataset, number, tuple(sorted(set(rows))), mark))


def statistics(group: Group, latents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation, each (latent,) float32, of the group's rows of latents (rows, latent)."""

    def take() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        chosen = latents[list(group.rows)].astype(np.float64)
        return latents, chosen.mean(axis=0).astype(np.float32), chosen.std(axis=0).astype(np.float32)

    return _moments.get_or_make((group, id(latents)), take)[1:]


def mean_picture(group: Group, thumbs: np.ndarray) -> np.ndarray:
    """(channels * height * width,) float32 0..1: the mean of its pictures among all (rows, height, width[, 3])."""

    def take() -> tuple[np.ndarray, np.ndarray]:
        mean = thumbs[list(group.rows)].mean(axis=0, dtype=np.float64) / 255
        return thumbs, (mean if mean.ndim == 2 else np.moveaxis(mean, -1, 0)).reshape(-1).astype(np.float32)

    return _pictures.get_or_make((group, id(thumbs)), take)[1]


@dataclass(frozen=True)
class WithGroups:
    """A catalogue in which groups are classes too, so that `recipe.parse` takes their names."""

    inner: Catalogue
    groups: Sequence[Group]

    def datasets(self) -> Sequence[str]:
        """As in the inner catalogue."""
        return self.inner.datasets()

    def models(self, dataset: str) -> Sequence[str]:
        """As in the inner catalogue."""
        return self.inner.models(dataset)

    def classes(self, dataset: str) -> Sequence[str]:
        """The dataset's classes, then its groups."""
        return [*self.inner.classes(dataset), *(group.name for group in self.groups if group.dataset == dataset)]

    def start(self, dataset: str) -> tuple[str, Sequence[str]]:
        """As in the inner catalogue."""
        return self.inner.start(dataset)

    def method(self, dataset: str) -> str:
        """As in the inner catalogue."""
        return self.inner.method(dataset)

    def components(self, dataset: str) -> int:
        """As in the inner catalogue."""
        return self.inner.components(dataset)

    def grid(self, dataset: str, model: str) -> tuple[int, int]:
        """As in the inner catalogue: patterns know no groups."""
        return self.inner.grid(dataset, model)

    def latent_kind(self, dataset: str, model: str) -> str:
        """As in the inner catalogue."""
        return self.inner.latent_kind(dataset, model)

    def unpaintable(self, dataset: str) -> str:
        """As in the inner catalogue."""
        return self.inner.unpaintable(dataset)
