"""Groups: classes that people make of chosen rows, small enough to live in a link and usable like any other class."""

import base64
import binascii
import copy
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from latent_core.model import Model
from latent_core.recipe import Catalogue

MOST_GROUPS = 4
MOST_ROWS = 2**20
MOST_TEXT = 60_000
"""Characters of a link's `group` that are looked at; four groups of 60,000 scattered rows need fewer."""
_ENTRY = re.compile(r"^(\d{1,2})\.([A-Za-z0-9_-]+)$")


@dataclass(frozen=True)
class Group:
    """Chosen rows of one dataset. Rows are shared by all of its models, so a group is a class of each of them.

    number: 1.. of the name; rows: (n,) int64, increasing, n >= 1.
    """

    dataset: str
    number: int
    rows: tuple[int, ...]

    @property
    def name(self) -> str:
        """What people read and what a recipe names, like Group 1."""
        return f"Group {self.number}"


def pack(rows: Iterable[int]) -> str:
    """Rows as text of A-Z a-z 0-9 _ -: one bit a row, deflated, in base64; `unpack` reads it back."""
    chosen = np.asarray(sorted(set(rows)), np.int64)
    bits = np.zeros(int(chosen[-1]) + 1 if len(chosen) else 0, np.uint8)
    bits[chosen] = 1
    packed = zlib.compress(np.packbits(bits, bitorder="little").tobytes(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack(text: str) -> tuple[int, ...]:
    """The rows of `pack`.

    Raises:
        ValueError: not such a text, or one that names no row or rows from 1,048,576 on.
    """
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        machine = zlib.decompressobj()
        bits = machine.decompress(raw, MOST_ROWS // 8)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError("it is damaged") from error
    if machine.unconsumed_tail or not machine.eof:
        raise ValueError("it is damaged")
    return from_bits(bits)


def from_bits(bits: bytes) -> tuple[int, ...]:
    """Rows of a bit field, row 0 the lowest bit of the first byte.

    Raises:
        ValueError: no bit is set.
    """
    rows = np.flatnonzero(np.unpackbits(np.frombuffer(bits, np.uint8), bitorder="little"))
    if not len(rows):
        raise ValueError("it names no row")
    return tuple(rows.tolist())


def to_bits(group: Group) -> bytes:
    """The group's rows as a bit field, the form that the browser reads."""
    bits = np.zeros(group.rows[-1] + 1, np.uint8)
    bits[list(group.rows)] = 1
    return np.packbits(bits, bitorder="little").tobytes()


def parse(text: str, rows: Mapping[str, int]) -> tuple[tuple[Group, ...], list[str]]:
    """The groups in an untrusted link, and a sentence about what was left out.

    Args:
        text: like `mnist:1.eJxj,2.eJxk;fashion:1.eJxm`.
        rows: number of shipped rows of each dataset that can be opened.
    """
    found: list[Group] = []
    bad = 0
    for part in text[:MOST_TEXT].split(";") if text else ():
        dataset, _, entries = part.partition(":")
        for entry in entries.split(","):
            match = _ENTRY.match(entry)
            try:
                if not match or dataset not in rows:
                    raise ValueError("no group")
                group = Group(dataset, int(match[1]), unpack(match[2]))
                names = [other.name for other in found if other.dataset == dataset]
                crowded = group.name in names or len(names) >= MOST_GROUPS
                if crowded or group.rows[-1] >= rows[dataset] or group.number < 1:
                    raise ValueError("it does not fit")
                found.append(group)
            except ValueError:
                bad += 1
    said = [f"{bad} of the groups in the link could not be read and were left out."] if bad else []
    return tuple(found), said


def to_text(groups: Sequence[Group]) -> str:
    """The groups as a link's `group`; `parse` reads it back."""
    datasets = dict.fromkeys(group.dataset for group in groups)
    parts = (",".join(f"{g.number}.{pack(g.rows)}" for g in groups if g.dataset == name) for name in datasets)
    return ";".join(f"{name}:{part}" for name, part in zip(datasets, parts, strict=True))


def add(groups: Sequence[Group], dataset: str, rows: Sequence[int]) -> tuple[Group, ...]:
    """The groups with one more, under the first free number.

    Raises:
        ValueError: the dataset has as many groups as there may be, or no row was chosen.
    """
    mine = {group.number for group in groups if group.dataset == dataset}
    if len(mine) >= MOST_GROUPS:
        raise ValueError(f"There are {MOST_GROUPS} groups already; remove one first.")
    if not len(rows):
        raise ValueError("No point was selected.")
    number = next(i for i in range(1, MOST_GROUPS + 1) if i not in mine)
    return (*groups, Group(dataset, number, tuple(sorted(set(rows)))))


def statistics(group: Group, latents: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and standard deviation, each (latent,) float32, of the group's rows of latents (rows, latent)."""
    chosen = latents[list(group.rows)].astype(np.float64)
    return chosen.mean(axis=0).astype(np.float32), chosen.std(axis=0).astype(np.float32)


def mean_picture(group: Group, thumbs: np.ndarray) -> np.ndarray:
    """(channels * height * width,) float32 0..1: the mean of its pictures among all (rows, height, width[, 3])."""
    mean = thumbs[list(group.rows)].mean(axis=0, dtype=np.float64) / 255
    return (mean if mean.ndim == 2 else np.moveaxis(mean, -1, 0)).reshape(-1).astype(np.float32)


def with_groups(model: Model, groups: Sequence[Group]) -> Model:
    """The model with its dataset's groups as further classes, after its own; the given model stays as it is."""
    mine = [group for group in groups if group.dataset == model.dataset.slug]
    if not mine:
        return model
    wider, dataset = copy.copy(model), copy.copy(model.dataset)
    names = [*model.card.classes, *(group.name for group in mine)]
    found = [statistics(group, model.latents) for group in mine]
    wider.card = msgspec.structs.replace(model.card, classes=names)
    dataset.card = msgspec.structs.replace(model.dataset.card, classes=names)
    wider.__dict__["stats"] = {
        "mean": np.concatenate([model.stats["mean"], np.stack([mean for mean, _ in found])]),
        "std": np.concatenate([model.stats["std"], np.stack([std for _, std in found])]),
    }
    pictures = np.stack([mean_picture(group, model.dataset.thumbs) for group in mine])
    dataset.__dict__["means"] = np.concatenate([model.dataset.means, pictures])
    wider.dataset = dataset
    return wider


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

    def kept(self, dataset: str) -> int:
        """As in the inner catalogue."""
        return self.inner.kept(dataset)
