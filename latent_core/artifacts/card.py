"""The typed cards of model and dataset folders; a card that does not fit is refused with a sentence."""

from typing import Annotated, Any, Literal, TypeVar

import msgspec

FORMAT = 1
"""Version of the folder layout; a folder of another version is listed with a sentence and never half read."""

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
ClassName = Annotated[str, msgspec.Meta(pattern=r"^[^:,+<>&\x00-\x1f]{1,40}$")]
FileName = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9_]+\.[a-z0-9]+$")]


class CardError(ValueError):
    """A card's text is not a card of this format; the message says which field and why."""


class FileFact(msgspec.Struct, frozen=True):
    """Hash and size (bytes) of one file of the folder."""

    sha256: Sha256
    bytes: Annotated[int, msgspec.Meta(ge=0)]


class Named(msgspec.Struct, frozen=True):
    """A registered piece by its name, with the fields it was run with."""

    name: str
    fields: dict[str, Any] = {}


class Metric(msgspec.Struct, frozen=True):
    """One measured figure: what, its unit, on how many pictures of which split, and the goal if there is one."""

    what: str
    value: float
    unit: str = ""
    n: int = 0
    split: str = "test"
    goal: float | None = None
    better: Literal["lower", "higher", ""] = ""


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """card.json: what a model folder holds and how it was made.

    Loss terms and `terms` are in nats per image; `shape` is (channels, height, width).
    """

    format: int
    slug: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+/[a-z0-9-]+$")]
    title: str
    what: str
    kind: Literal["vae", "linear"]
    objective: Named
    network: Named
    latent: Annotated[int, msgspec.Meta(ge=1, le=4096)]
    shape: Annotated[list[int], msgspec.Meta(min_length=3, max_length=3)]
    classes: Annotated[list[ClassName], msgspec.Meta(min_length=1, max_length=1000)]
    rows: Annotated[int, msgspec.Meta(ge=1)]
    seed: int = 0
    epochs: int = 0
    seconds: float = 0.0
    terms: dict[str, float] = {}
    metrics: list[Metric] = []
    command: str = ""
    commit: str = ""
    versions: dict[str, str] = {}
    files: dict[FileName, FileFact] = {}


class Thumbs(msgspec.Struct, frozen=True):
    """The sprite of row pictures: row i is tile i, row-major, `columns` tiles a row.

    kind "reconstruction" means that the originals may not be redistributed and a model's pictures stand in.
    """

    file: FileName
    columns: Annotated[int, msgspec.Meta(ge=1)]
    kind: Literal["original", "reconstruction"]
    note: str = ""


class JudgeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a dataset's two judges: judge.onnx, which only scores, and guide.onnx, which only steers.

    classes are the judges' outputs in order; real holds contrast, stroke width (pixels) and ink (mean grey value) of
    real pictures, which sharpness is measured against; chance: by number of classes in a blend ("3"), the mean bits of
    the classes that are not in it.
    """

    classes: Annotated[list[ClassName], msgspec.Meta(min_length=1, max_length=1000)]
    real: dict[str, float]
    chance: dict[str, float]
    metrics: list[Metric] = []
    command: str = ""
    versions: dict[str, str] = {}


class DatasetCard(msgspec.Struct, frozen=True, kw_only=True):
    """dataset.json: classes, source, licence and what the dataset's models share."""

    format: int
    slug: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$")]
    title: str
    what: str
    classes: Annotated[list[ClassName], msgspec.Meta(min_length=1, max_length=1000)]
    shape: Annotated[list[int], msgspec.Meta(min_length=3, max_length=3)]
    source: str
    licence: str
    credit: str
    counts: dict[str, int]
    linear: str
    default_model: str
    start: list[str]
    thumbs: Thumbs
    symbols: dict[str, str] = {}
    classifier: dict[str, float] = {}
    judge: JudgeFacts | None = None
    files: dict[FileName, FileFact] = {}


Card = TypeVar("Card", ModelCard, DatasetCard)


def decode(text: bytes, kind: type[Card]) -> Card:
    """The card in `text`.

    Raises:
        CardError: not JSON, a missing or ill-typed field, or another format number.
    """
    try:
        loose = msgspec.json.decode(text)
        if isinstance(loose, dict) and loose.get("format") != FORMAT:
            raise CardError(f"it has format {loose.get('format')!r}; this version of Medley reads format {FORMAT}")
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CardError(f"its card cannot be read: {error}") from error


def encode(card: ModelCard | DatasetCard) -> bytes:
    """The card as indented JSON, keys in the order of the fields."""
    return msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n"


def changed(card: Card, **fields: Any) -> Card:
    """The card with other values in these fields."""
    return msgspec.structs.replace(card, **fields)
