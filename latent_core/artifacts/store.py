"""Finds, verifies, opens and atomically writes model and dataset folders."""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

import msgspec
import numpy as np

from latent_core.artifacts import contents, layout
from latent_core.artifacts.agreement import Arrays, disagreement
from latent_core.artifacts.card import Card, CardError, DatasetCard, FileFact, ModelCard, decode, encode
from latent_core.artifacts.curves import BadCurves, Curves, parse_curves
from latent_core.artifacts.graph_file import BadGraph
from latent_core.artifacts.plain import NotPlain, read_plain
from latent_core.artifacts.writing import beside, put, roomy, sweep

MAX_CARD_BYTES = 1_000_000
MAX_FILE_BYTES = 64 * 2**20
MAX_FOLDER_BYTES = 512 * 2**20
MOST_FOLDERS = 1_000
"""Datasets, and models of one, that are looked at."""
NEEDED = {ModelCard: layout.NEEDED_OF_MODEL, DatasetCard: layout.NEEDED_OF_DATASET}
BESIDE = Path(__file__).resolve().parents[2] / "models"
"""Where the shipped folders lie."""
SLUG = re.compile(r"^[a-z0-9_]+(/[a-z0-9-]+)?$")


class BrokenFolder(ValueError):
    """A folder that cannot be used; the message is one sentence for a person: what is wrong, what to do."""


def models_root() -> Path:
    """Where the folders lie: MEDLEY_MODELS if set, else `models` beside `latent_core`, else `models` where one is."""
    return Path(os.environ.get("MEDLEY_MODELS") or (BESIDE if BESIDE.is_dir() else "models"))


def folder_of(slug: str, root: Path | None = None) -> Path:
    """The folder of a dataset (`mnist`) or a model (`mnist/elbo-10`).

    Raises:
        BrokenFolder: the slug is not of that form, so that no path outside the root can be named.
    """
    if not SLUG.match(slug):
        raise BrokenFolder(f"{slug!r} is not the name of a model; names look like mnist/elbo-10.")
    return (root or models_root()) / slug


def list_datasets(root: Path | None = None) -> list[str]:
    """Slugs of all folders that hold a dataset card, or that may not be looked into, sorted."""
    base = root or models_root()
    return [name for name in _folders(base) if SLUG.match(name) and _may_hold(base / name / layout.DATASET_CARD)]


def list_models(dataset: str, root: Path | None = None) -> list[str]:
    """Slugs of every folder below a dataset, whether or not it can be opened: a broken one is listed, not hidden."""
    names = _folders(folder_of(dataset, root))
    return [f"{dataset}/{name}" for name in names if re.match(r"^[a-z0-9-]+$", name)]


def _folders(base: Path) -> list[str]:
    """Names of the folders in a folder, and of links, which may be meant as such; sorted, at most MOST_FOLDERS."""
    try:
        with os.scandir(base) as entries:
            found = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False) or entry.is_symlink()]
    except OSError:
        return []
    return sorted(found)[:MOST_FOLDERS]


def _may_hold(path: Path) -> bool:
    """Whether something has that name, as far as one may look."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def open_model_card(slug: str, root: Path | None = None) -> ModelCard:
    """The card of a model whose files are all present with the right size, hash and content.

    Raises:
        BrokenFolder: missing, truncated, altered, of another format, or with arrays and graphs that cannot be used.
    """
    return open_model(slug, root).card


def open_dataset(slug: str, root: Path | None = None) -> DatasetCard:
    """The card of a dataset whose shared files are all present with the right size, hash and content."""
    return open_dataset_folder(slug, root).card


@dataclass(frozen=True)
class Opened(Generic[Card]):
    """A card, and the arrays of its folder by file, read-only."""

    card: Card
    arrays: Mapping[str, Mapping[str, np.ndarray]]


def open_model(slug: str, root: Path | None = None) -> Opened[ModelCard]:
    """As `open_model_card`, with the arrays."""
    opened = _open(folder_of(slug, root), layout.CARD, ModelCard, slug)
    if opened.card.slug != slug:
        other = opened.card.slug
        raise BrokenFolder(f"{slug} holds the card of {other}: put each model into the folder of its own name.")
    return opened


def open_dataset_folder(slug: str, root: Path | None = None) -> Opened[DatasetCard]:
    """As `open_dataset`, with the arrays."""
    opened = _open(folder_of(slug, root), layout.DATASET_CARD, DatasetCard, slug)
    card = opened.card
    missing = [name for name in card.start if name not in card.classes]
    if missing or len(set(card.classes)) != len(card.classes):
        raise BrokenFolder(f"{slug} has a card whose class names do not agree: make it again (see the README).")
    return opened


def check_agreement(dataset: DatasetCard, rows: Arrays, model: ModelCard, stats: Arrays, z: np.ndarray) -> None:
    """Refuses a model that belongs to another dataset, or whose statistics are not those of its latents.

    Args:
        rows, stats, z: see `agreement.disagreement`.

    Raises:
        BrokenFolder: the sentence says what does not fit.
    """
    why = disagreement(dataset, rows, model, stats, z)
    if why:
        raise BrokenFolder(f"{model.slug} {why}: make it again (see the README).")


def _open(folder: Path, name: str, kind: type[Card], slug: str) -> Opened[Card]:
    """Card and arrays of a folder after checking each file that the card lists; all that are bad are named."""
    card = _read_card(folder, name, kind, slug)
    faults = [f"its card does not list {needed}" for needed in NEEDED[kind] if needed not in card.files]
    if isinstance(card, DatasetCard) and card.thumbs.file not in card.files:
        faults.append(f"its card does not list {card.thumbs.file}")
    if faults:
        raise BrokenFolder(f"{slug} cannot be used: {'; '.join(faults)}. Make it again (see the README).")
    arrays: dict[str, dict[str, np.ndarray]] = {}
    sizes, thumbs = contents.sizes_of(card), b""
    for file, fact in card.files.items():
        try:
            content = _read_fact(folder / file, fact)
            if file in contents.ARRAYS:
                arrays[file] = contents.read(content, file, sizes)
            elif file.endswith(".onnx"):
                contents.check_onnx(content, file, card)
            elif isinstance(card, ModelCard) and file == layout.CURVES:
                parse_curves(content, card)
            elif isinstance(card, DatasetCard) and file == card.thumbs.file:
                thumbs = content
        except (NotPlain, Altered, contents.BadContent, BadGraph, BadCurves) as error:
            faults.append(f"{file} {error}")
    if isinstance(card, DatasetCard) and thumbs and "rows" in sizes:
        try:
            contents.check_thumbs(thumbs, card, sizes["rows"])
        except contents.BadContent as error:
            faults.append(f"{card.thumbs.file} {error}")
    if faults:
        raise BrokenFolder(f"{slug} cannot be used: {'; '.join(faults)}. Copy the folder again, or make it again.")
    return Opened(card, arrays)


def _read_card(folder: Path, name: str, kind: type[Card], slug: str) -> Card:
    try:
        if folder.is_symlink():
            raise NotPlain("is in a folder that is a link, which the web server does not follow")
        card = decode(read_plain(folder / name, MAX_CARD_BYTES), kind)
    except NotPlain as error:
        remedy = "copy the folder again, or make it with python -m latent_core train"
        raise BrokenFolder(f"{slug} cannot be used: {name} {error}; {remedy}.") from error
    except CardError as error:
        raise BrokenFolder(f"{slug} cannot be used: {error}. Make it again (see the README).") from error
    if sum(fact.bytes for fact in card.files.values()) > MAX_FOLDER_BYTES:
        raise BrokenFolder(f"{slug} cannot be used: its files have more than {MAX_FOLDER_BYTES} bytes in all.")
    return card


class Altered(ValueError):
    """A file is not the one that its card means; the message goes on after its name."""


def _read_fact(path: Path, fact: FileFact) -> bytes:
    """The whole file, checked against its fact; never memory-mapped, as a file may be replaced while it is read.

    Raises:
        NotPlain, Altered: the message goes on after the file's name.
    """
    content = read_plain(path, MAX_FILE_BYTES)
    if len(content) != fact.bytes:
        raise Altered(f"has {len(content)} bytes where {fact.bytes} belong")
    if hashlib.sha256(content).hexdigest() != fact.sha256:
        raise Altered("was altered (its hash differs)")
    return content


def read_file(folder: Path, name: str, card: ModelCard | DatasetCard) -> bytes:
    """A file of a folder that was opened: the very bytes that its card means, whatever lies there by now.

    Raises:
        BrokenFolder: the card does not list it, or the file is another one.
    """
    if name not in card.files:
        raise BrokenFolder(f"{card.slug} has no {name}: make it again (see the README).")
    try:
        return _read_fact(folder / name, card.files[name])
    except (NotPlain, Altered) as error:
        raise BrokenFolder(f"{card.slug} cannot be used: {name} {error}. Copy the folder again.") from error


def read_arrays(folder: Path, name: str, card: ModelCard | DatasetCard) -> dict[str, np.ndarray]:
    """The arrays of a safetensors file of a folder that was opened, read-only, with their sizes and ranges checked.

    Raises:
        BrokenFolder: as `read_file`; or not safetensors, a missing array, another shape, or a value outside its range.
    """
    try:
        return contents.read(read_file(folder, name, card), name, contents.sizes_of(card))
    except contents.BadContent as error:
        raise BrokenFolder(f"{card.slug} cannot be used: {name} {error}. Make it again (see the README).") from error


def read_curves(folder: Path, card: ModelCard) -> Curves:
    """What was measured of a model's generators.

    Raises:
        BrokenFolder: as `read_file`; or the file is none of this model's.
    """
    try:
        return parse_curves(read_file(folder, layout.CURVES, card), card)
    except BadCurves as error:
        raise BrokenFolder(
            f"{card.slug} has a {layout.CURVES} that {error}: make it again (see the README)."
        ) from error


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
        write_folder(card, {name: read_file(folder, name, card) for name in card.files}, root)
    return before, sum(file.stat().st_size for file in folder.iterdir() if file.is_file())


def _swap(scratch: Path, target: Path) -> None:
    """Puts `scratch` at `target`; an older folder there is moved aside first and removed after."""
    aside = beside(target, "old")
    if target.exists():
        target.rename(aside)
    scratch.rename(target)
    shutil.rmtree(aside, ignore_errors=True)
