"""Finds, verifies, opens and atomically writes model and dataset folders."""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors

from latent_core.artifacts import layout
from latent_core.artifacts.card import Card, CardError, DatasetCard, FileFact, ModelCard, decode, encode
from latent_core.artifacts.writing import beside, put, roomy, sweep

MAX_CARD_BYTES = 1_000_000
MAX_FILE_BYTES = 64 * 2**20
NEEDED = {ModelCard: layout.NEEDED_OF_MODEL, DatasetCard: layout.NEEDED_OF_DATASET}
SLUG = re.compile(r"^[a-z0-9_]+(/[a-z0-9-]+)?$")


class BrokenFolder(ValueError):
    """A folder that cannot be used; the message is one sentence for a person: what is wrong, what to do."""


def models_root() -> Path:
    """Where the folders lie: MEDLEY_MODELS if set, else `models` beside `latent_core`."""
    return Path(os.environ.get("MEDLEY_MODELS") or Path(__file__).resolve().parents[2] / "models")


def folder_of(slug: str, root: Path | None = None) -> Path:
    """The folder of a dataset (`mnist`) or a model (`mnist/elbo-10`).

    Raises:
        BrokenFolder: the slug is not of that form, so that no path outside the root can be named.
    """
    if not SLUG.match(slug):
        raise BrokenFolder(f"{slug!r} is not the name of a model; names look like mnist/elbo-10.")
    return (root or models_root()) / slug


def list_datasets(root: Path | None = None) -> list[str]:
    """Slugs of all folders that hold a dataset card, sorted."""
    base = root or models_root()
    return sorted(card.parent.name for card in base.glob(f"*/{layout.DATASET_CARD}"))


def list_models(dataset: str, root: Path | None = None) -> list[str]:
    """Slugs of every folder below a dataset, whether or not it can be opened: a broken one is listed, not hidden."""
    base = folder_of(dataset, root)
    folders = (path for path in base.iterdir() if path.is_dir()) if base.is_dir() else ()
    return sorted(f"{dataset}/{path.name}" for path in folders if re.match(r"^[a-z0-9-]+$", path.name))


def open_model_card(slug: str, root: Path | None = None) -> ModelCard:
    """The card of a model whose files are all present with the right size and hash.

    Raises:
        BrokenFolder: missing, truncated, altered or of another format.
    """
    card = _open(folder_of(slug, root), layout.CARD, ModelCard, slug)
    if card.slug != slug:
        raise BrokenFolder(f"{slug} holds the card of {card.slug}: put each model into the folder of its own name.")
    return card


def open_dataset(slug: str, root: Path | None = None) -> DatasetCard:
    """The card of a dataset whose shared files are all present with the right size and hash."""
    card = _open(folder_of(slug, root), layout.DATASET_CARD, DatasetCard, slug)
    missing = [name for name in card.start if name not in card.classes]
    if missing or len(set(card.classes)) != len(card.classes):
        raise BrokenFolder(f"{slug} has a card whose class names do not agree: make it again (see the README).")
    return card


def _open(folder: Path, name: str, kind: type[Card], slug: str) -> Card:
    """Card of a folder after checking each file that the card lists."""
    path = folder / name
    if not path.is_file():
        raise BrokenFolder(f"{slug} has no {name}: copy the folder again, or make it with python -m latent_core train.")
    if path.stat().st_size > MAX_CARD_BYTES:
        raise BrokenFolder(f"{slug} has a {name} of {path.stat().st_size} bytes, too large for a card.")
    try:
        card = decode(path.read_bytes(), kind)
    except CardError as error:
        raise BrokenFolder(f"{slug} cannot be used: {error}. Make it again (see the README).") from error
    for needed in NEEDED[kind]:
        if needed not in card.files:
            raise BrokenFolder(f"{slug} cannot be used: its card does not list {needed}.")
    for file, fact in card.files.items():
        read_bytes(folder / file, fact, slug)
    return card


def read_bytes(path: Path, fact: FileFact | None = None, slug: str = "") -> bytes:
    """The whole file, checked against its fact; never memory-mapped, as a file may be replaced while it is read.

    Raises:
        BrokenFolder: not there, too large, of another size or another hash.
    """
    owner = slug or path.parent.name
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BrokenFolder(f"{owner} has a file {path.name} of more than {MAX_FILE_BYTES} bytes.")
        content = path.read_bytes()
    except OSError as error:
        raise BrokenFolder(f"{owner} has lost its file {path.name}: copy the folder again.") from error
    if fact is not None and len(content) != fact.bytes:
        raise BrokenFolder(f"{owner}: {path.name} has {len(content)} bytes where {fact.bytes} belong; copy it again.")
    if fact is not None and hashlib.sha256(content).hexdigest() != fact.sha256:
        raise BrokenFolder(f"{owner} has a file {path.name} that was altered (its hash differs): copy it again.")
    return content


def read_arrays(path: Path, shapes: Mapping[str, tuple[int | None, ...]]) -> dict[str, np.ndarray]:
    """The named arrays of a safetensors file, read-only.

    Args:
        shapes: the arrays that must be there, with their shapes; None stands for any length.

    Raises:
        BrokenFolder: not safetensors, a missing array, another shape, or a value that is not finite.
    """
    try:
        arrays = load_tensors(read_bytes(path))
    except (SafetensorError, ValueError) as error:
        if isinstance(error, BrokenFolder):
            raise
        raise BrokenFolder(f"{path.parent.name} has a file {path.name} that is not safetensors: {error}") from error
    for name, shape in shapes.items():
        if name not in arrays:
            raise BrokenFolder(f"{path.parent.name} has a file {path.name} without the array {name!r}.")
        got = arrays[name].shape
        if len(got) != len(shape) or any(want not in (None, have) for want, have in zip(shape, got, strict=True)):
            raise BrokenFolder(f"{path.parent.name} has an array {name!r} of shape {got} where {shape} belongs.")
        if not np.isfinite(arrays[name]).all():
            raise BrokenFolder(f"{path.parent.name} has an array {name!r} with values that are not numbers.")
        arrays[name].setflags(write=False)
    return arrays


def write_folder(card: ModelCard | DatasetCard, files: Mapping[str, bytes], root: Path | None = None) -> Path:
    """Writes a folder so that a reader sees the old one or the new one, never a half.

    Files go to a hidden sibling, are flushed to disk, and the sibling takes the folder's place by renaming. A dataset's
    models stay where they are: only its own files are replaced, its card last.

    Raises:
        CardError: the card could not be read back, so nothing is written.
        NoRoom: the disk is full; what was there before is still there.
    """
    target = folder_of(card.slug, root)
    facts = {name: FileFact(hashlib.sha256(data).hexdigest(), len(data)) for name, data in sorted(files.items())}
    name = layout.CARD if isinstance(card, ModelCard) else layout.DATASET_CARD
    text = encode(msgspec.structs.replace(card, files=facts))
    _ = decode(text, ModelCard) if isinstance(card, ModelCard) else decode(text, DatasetCard)
    with roomy(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    for folder in (target.parent, target):
        sweep(folder)
    scratch = beside(target)
    try:
        with roomy(scratch):
            scratch.mkdir()
        for file, data in {**files, name: text}.items():
            put(scratch / file, data)
        if isinstance(card, DatasetCard) and target.is_dir():
            for file in (*files, name):
                (scratch / file).replace(target / file)
        else:
            _swap(scratch, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target


def upgrade(slug: str, root: Path | None = None) -> tuple[int, int]:
    """Rewrites a model's or a dataset's folder in today's format, whole or not at all; bytes before and after.

    Files that the format does not have any more go; all others keep their bytes. A folder that is in today's format
    already is not touched.

    Raises:
        BrokenFolder: the folder cannot be opened.
    """
    folder = folder_of(slug, root)
    card: ModelCard | DatasetCard = open_model_card(slug, root) if "/" in slug else open_dataset(slug, root)
    path = folder / (layout.CARD if isinstance(card, ModelCard) else layout.DATASET_CARD)
    before = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    if path.read_bytes() != encode(card):
        write_folder(card, {name: read_bytes(folder / name, fact, slug) for name, fact in card.files.items()}, root)
    return before, sum(file.stat().st_size for file in folder.iterdir() if file.is_file())


def _swap(scratch: Path, target: Path) -> None:
    """Puts `scratch` at `target`; an older folder there is moved aside first and removed after."""
    aside = beside(target, "old")
    if target.exists():
        target.rename(aside)
    scratch.rename(target)
    shutil.rmtree(aside, ignore_errors=True)
