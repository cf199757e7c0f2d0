"""The typed cards of model and dataset folders; a card that does not fit is refused with a sentence."""

from typing import Annotated, Any, Literal, TypeVar

import msgspec

from latent_core.artifacts import layout
from latent_core.language import mark, t

FORMAT = 2
"""Version of the folder layout. Format 1 is read as format 2; any other is listed with a sentence, never half read."""
SQUARED_IN_FORMAT_1 = ("label_guided",)
"""Objectives of format 1 that rebuild by squared error, whose cards could not say so."""
CLASS_GAUSSIANS = "class Gaussians"
FITTED_PLACES = mark("A GAN has no places for real pictures; these are fitted.")
"""Said wherever the pages show where real pictures lie in a model whose training knew of no such place."""
UNMATCHED_BEFORE = ("label_guided",)
"""Objectives whose latents lie elsewhere than N(0, I), of cards that do not say so."""
DEPTHS = (0, 1, 2, 3, 4)
"""Where a decoder may average: 0 latent, 1 first layer, 2 second layer, 3 log-odds, 4 pixels."""
LATENT_KINDS = ("gaussian", "linear", "codes", "counts", "labelled", "levels", "halves", "layers")
DEPTH_WORDS = ("the latent code", "the first layer", "the second layer", "the log-odds", "the finished pixels")
"""What these are called on the pages."""
MOST_DEPTH = 8
"""Levels of lists and records in a card, its own included; those that ship have five."""
MOST_TEXT = 4_000
"""Characters of any text on a card."""

Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
ClassName = Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f\x7f]{1,255}$")]
"""Anything that a folder can be called; whoever writes it into a link, a page or a table escapes it there."""
Fingerprint = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]
"""Of the pictures that something was made from; "" where nobody noted it."""
ModelName = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]*$")]
Shape = Annotated[
    list[Annotated[int, msgspec.Meta(ge=1, le=1024)]],
    msgspec.Meta(min_length=3, max_length=3),
]
"""Channels, height, width."""
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


class Block(msgspec.Struct, frozen=True):
    """A named part of the latent: dimensions start .. end - 1."""

    name: str
    start: Annotated[int, msgspec.Meta(ge=0)] = msgspec.field(name="from")
    end: int = msgspec.field(name="to")


class Latent(msgspec.Struct, frozen=True):
    """The latent space: its dimensions, what the encoder says of a picture, and its parts where they mean something.

    kind: "gaussian" is a mean and a spread for each picture, "linear" a projection without spread, "codes" a mean whose
    every `code` numbers the decoder replaces by the nearest of its codes, "counts" a rate (0 upwards) in each
    dimension, "labelled" a Gaussian followed by the share of each class, "levels" Gaussians from coarse to fine, each
    relative to what those before it lead one to expect, "halves" a Gaussian of those halves of a picture that are
    shown, "layers" one of what is in front and one of what is behind it, followed by the share of each class.

    Raises:
        ValueError: a kind that is not known, codes that do not fill the latent, or a block outside it.
    """

    size: Annotated[int, msgspec.Meta(ge=1, le=4096)]
    kind: str = "gaussian"
    blocks: list[Block] = []
    code: Annotated[int, msgspec.Meta(ge=0, le=4096)] = 0

    def __post_init__(self) -> None:
        if self.kind not in LATENT_KINDS:
            known = ", ".join(LATENT_KINDS)
            raise ValueError(
                f"its latent is of the kind {self.kind[:40]!r}, and this version of Medley knows {known}: take a newer "
                f"version, or a model of one of these"
            )
        if (self.kind == "codes") != bool(self.code) or (self.code and self.size % self.code):
            raise ValueError(f"a latent of {self.size} dimensions is not made of codes of {self.code} numbers")
        for block in self.blocks:
            if not block.start < block.end <= self.size:
                raise ValueError(f"block {block.name!r} is not within a latent of {self.size} dimensions")


class Prior(msgspec.Struct, frozen=True):
    """Where latents of new pictures come from.

    kind: "matched" where training pulled all latents to N(0, I), "fitted" where a draw of that means nothing, and what
    was fitted afterwards is drawn from instead; what: that, in plain words.
    """

    kind: Literal["matched", "fitted"] = "matched"
    what: str = ""


class ModelCard(msgspec.Struct, frozen=True, kw_only=True):
    """card.json: what a model folder holds and how it was made.

    `terms` (of the loss) are in nats per image; `shape` is (channels, height, width); likelihood: of a pixel given the
    decoder's picture; averages_at: the `DEPTHS` at which this decoder can average; places: "fitted" where training gave
    real pictures none in the latent space, and the encoder learned afterwards, or beside it, from pictures made.
    """

    format: int
    slug: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+/[a-z0-9-]+$")]
    title: str
    what: str
    kind: Literal["vae", "linear"]
    objective: Named
    network: Named
    latent: Latent
    likelihood: Literal["bernoulli", "gaussian", "categorical"]
    averages_at: Annotated[list[Annotated[int, msgspec.Meta(ge=0, le=4)]], msgspec.Meta(min_length=1)]
    prior: Prior = Prior()
    places: Literal["encoded", "fitted"] = "encoded"
    shape: Shape
    classes: Annotated[list[ClassName], msgspec.Meta(min_length=1, max_length=1000)]
    rows: Annotated[int, msgspec.Meta(ge=1, le=2**20)]
    seed: int = 0
    epochs: int = 0
    seconds: float = 0.0
    terms: dict[str, float] = {}
    metrics: list[Metric] = []
    command: str = ""
    commit: str = ""
    versions: dict[str, str] = {}
    pictures: Fingerprint = ""
    files: Annotated[dict[FileName, FileFact], msgspec.Meta(max_length=32)] = {}

    @property
    def called(self) -> str:
        """What the pages call a model of this sort: "eigen-images", "GAN" or "VAE"."""
        if self.kind == "linear":
            return "eigen-images"
        return "GAN" if self.places == "fitted" else "VAE"


class Thumbs(msgspec.Struct, frozen=True):
    """The sprite of row pictures: row i is tile i, row-major, `columns` tiles a row.

    kind "reconstruction" means that the originals may not be redistributed and a model's pictures stand in.
    """

    file: FileName
    columns: Annotated[int, msgspec.Meta(ge=1, le=4096)]
    kind: Literal["original", "reconstruction"]
    note: str = ""


class JudgeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a dataset's judge, which only scores, and its guide, which only steers.

    classes are their outputs in order; real holds contrast, stroke width (pixels) and ink (mean grey value) of
    real pictures, which sharpness is measured against; baseline_bits: by number of classes in a blend ("3"), the mean
    bits of the classes that are not in it.
    """

    classes: Annotated[list[ClassName], msgspec.Meta(min_length=1, max_length=1000)]
    real: dict[str, float]
    baseline_bits: dict[str, float] = msgspec.field(name="chance")
    metrics: list[Metric] = []
    command: str = ""
    versions: dict[str, str] = {}


class Half(msgspec.Struct, frozen=True):
    """The left or the right half of every picture of a dataset: what it shows, and the dataset that it comes from."""

    name: Annotated[str, msgspec.Meta(pattern="^[a-z ]{1,40}$")]
    of: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$")]


class DatasetCard(msgspec.Struct, frozen=True, kw_only=True):
    """dataset.json: classes, source, licence and what the dataset's models share.

    notes: the MIDI number of each row of a picture, the top one first, where pictures are piano rolls; [] where there
    is nothing to hear. halves: the left and the right half of its pictures, where these are two pictures side by side;
    [] where they are one. ground: the colour behind what is drawn, 0..1 for each channel, [] for black; ink is how far
    a pixel is from it. enlarge: how pictures are enlarged at first. method: the blending method of a first visit, ""
    for the usual one. artists: who drew its pictures, where that is told of each.

    Raises:
        ValueError: notes for another number of rows than pictures have, another number of halves, or a ground of
            another number of channels.
    """

    format: int
    slug: Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]+$")]
    title: str
    what: str
    classes: Annotated[list[ClassName], msgspec.Meta(min_length=1, max_length=1000)]
    shape: Shape
    source: str
    licence: str
    credit: str
    counts: dict[str, int]
    linear: ModelName
    default_model: ModelName
    start: list[str]
    thumbs: Thumbs
    symbols: dict[str, str] = {}
    notes: list[Annotated[int, msgspec.Meta(ge=0, le=127)]] = []
    halves: list[Half] = []
    ground: list[Annotated[float, msgspec.Meta(ge=0, le=1)]] = []
    enlarge: Literal["crisp", "smooth"] = "crisp"
    method: Annotated[str, msgspec.Meta(pattern="^[a-z_]{0,40}$")] = ""
    artists: Annotated[list[ClassName], msgspec.Meta(max_length=1000)] = []
    classifier: dict[str, float] = {}
    judge: JudgeFacts | None = None
    pictures: Fingerprint = ""
    files: Annotated[dict[FileName, FileFact], msgspec.Meta(max_length=32)] = {}

    def __post_init__(self) -> None:
        if self.notes and len(self.notes) != self.shape[1]:
            raise ValueError(f"it names {len(self.notes)} notes for pictures of {self.shape[1]} rows")
        if len(self.halves) not in (0, 2):
            raise ValueError(f"its pictures have {len(self.halves)} halves, where only two make sense")
        if len(self.ground) not in (0, self.shape[0]):
            raise ValueError(f"its ground has {len(self.ground)} channels, and its pictures have {self.shape[0]}")

    @property
    def unpaintable(self) -> str:
        """Why nobody can paint where a class shows, as a sentence; "" where its pictures share a layout."""
        if self.notes:
            return t("In melodies no place is the same part of every one, so nobody can paint where a class shows.")
        if self.halves:
            return t("These pictures are two pictures side by side, so nobody can paint where a class shows.")
        return ""


Card = TypeVar("Card", ModelCard, DatasetCard)


def decode(text: bytes, kind: type[Card]) -> Card:
    """The card in `text`; one of format 1 comes back as it would have been written in format 2.

    Raises:
        CardError: not JSON, a missing or ill-typed field, or another format number.
    """
    try:
        loose = msgspec.json.decode(text)
        if isinstance(loose, dict) and loose.get("format") == 1:
            loose = upgraded(loose)
        elif isinstance(loose, dict) and loose.get("format") != FORMAT:
            raise CardError(f"it has format {loose.get('format')!r}; this version of Medley reads format {FORMAT}")
        _check_depth(loose)
        if isinstance(loose, dict) and "latent" in loose and "prior" not in loose:
            loose = {**loose, "prior": _prior_of_old(loose)}
        return msgspec.convert(loose, kind)
    except RecursionError as error:
        raise CardError("its card is nested too deep") from error
    except (msgspec.DecodeError, UnicodeError, ValueError) as error:
        if isinstance(error, CardError):
            raise
        raise CardError(f"its card cannot be read: {str(error)[:200]}") from error


def _check_depth(loose: Any) -> None:
    """Refuses what is nested deeper, or says more in one place, than any card; pages hand cards on and show them."""
    level, depth = [loose], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise CardError("its card is nested too deep")
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += [*value, *value.values()]
            elif isinstance(value, list):
                below += value
            elif isinstance(value, str) and len(value) > MOST_TEXT:
                raise CardError(f"its card has a text of {len(value)} characters, more than {MOST_TEXT}")
        level = below


def _prior_of_old(card: dict[str, Any]) -> dict[str, str]:
    """The prior of a model whose card was written before there was such a field."""
    objective = card.get("objective")
    loose = isinstance(objective, dict) and objective.get("name") in UNMATCHED_BEFORE
    return {"kind": "fitted", "what": CLASS_GAUSSIANS} if loose or card.get("kind") == "linear" else {"kind": "matched"}


def upgraded(card: dict[str, Any]) -> dict[str, Any]:
    """A card of format 1, a model's or a dataset's, with what format 2 says in addition.

    Format 1 shipped the weights a second time, beside the graphs that hold them; nothing reads that file any more.
    """
    card = {**card, "format": FORMAT}
    if "latent" not in card:
        return card  # a dataset's
    linear = card.get("kind") == "linear"
    objective = card.get("objective")
    squared = linear or (isinstance(objective, dict) and objective.get("name") in SQUARED_IN_FORMAT_1)
    files = card.get("files")
    if isinstance(files, dict):
        files = {name: fact for name, fact in files.items() if name != layout.WEIGHTS_OF_FORMAT_1}
    return card | {
        "latent": {"size": card["latent"], "kind": "linear" if linear else "gaussian", "blocks": []},
        "likelihood": "gaussian" if squared else "bernoulli",
        "averages_at": list(DEPTHS),
        "files": files,
    }


def encode(card: ModelCard | DatasetCard) -> bytes:
    """The card as indented JSON, keys in the order of the fields."""
    return msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n"


def changed(card: Card, **fields: Any) -> Card:
    """The card with other values in these fields."""
    return msgspec.structs.replace(card, **fields)
