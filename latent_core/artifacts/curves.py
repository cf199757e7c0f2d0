"""curves.json of a model folder: what each family of generators gives at every variety, measured once."""

import msgspec

from latent_core.artifacts.card import ModelCard

FORMAT = 1
MEASURES = (
    "cosine", "reconstruction", "reconstruction_bound", "reconstruction_worst", "classifier", "classifier_worst",
    "accepted",
)  # fmt: skip
"""Fields of a curve that have one value per scale, named as in `models.scores.Scores`."""


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """One family, all theta equal to `scale`; the lists are as long as `scale`.

    tau: only draws that the latent classifier gives at least this probability were accepted, None for all. cosine: mean
    cosine of the pairs of one class, lower is more varied. reconstruction: share of draws that the reconstruction
    classifier takes for the wanted class, reconstruction_bound its lower 95 % bound, reconstruction_worst the worst
    class. classifier: the same by the classifier that knows only real pictures. accepted: share of draws that passed
    tau. calibrated: the largest scale whose reconstruction_bound still reaches the file's accuracy, None where none
    does. The file's keys are older than these names.
    """

    family: str
    tau: float | None = None
    scale: list[float]
    cosine: list[float]
    reconstruction: list[float] = msgspec.field(name="own")
    reconstruction_bound: list[float] = msgspec.field(name="own_bound")
    reconstruction_worst: list[float] = msgspec.field(name="own_worst")
    classifier: list[float] = msgspec.field(name="judge")
    classifier_worst: list[float] = msgspec.field(name="judge_worst")
    accepted: list[float] = msgspec.field(name="kept")
    calibrated: float | None = None


class Reference(msgspec.Struct, frozen=True):
    """Pictures that were not generated, by the same measures; n pictures."""

    what: str
    cosine: float
    reconstruction: float = msgspec.field(name="own")
    classifier: float = msgspec.field(name="judge")
    n: int


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """A setting that a search has found: theta (classes, latent) and its scores on fresh noise."""

    name: str
    family: str
    theta: list[list[float]]
    cosine: float
    reconstruction: float = msgspec.field(name="own")
    reconstruction_bound: float = msgspec.field(name="own_bound")
    reconstruction_worst: float = msgspec.field(name="own_worst")
    classifier: float = msgspec.field(name="judge")
    classifier_worst: float = msgspec.field(name="judge_worst")
    tau: float | None = None
    accepted: float = msgspec.field(name="kept", default=1.0)
    command: str = ""


class Curves(msgspec.Struct, frozen=True, kw_only=True):
    """All of a model's curves; `draws` per class and seed, `seeds` seeds of the noise, `accuracy` what is asked for."""

    format: int
    slug: str
    draws: int
    seeds: int
    accuracy: float
    families: list[Curve]
    references: list[Reference]
    searched: list[Searched] = []


class BadCurves(ValueError):
    """A curves.json that cannot be used; the message goes on after the file's name."""


def parse_curves(content: bytes, card: ModelCard) -> Curves:
    """The curves of a model.

    Raises:
        BadCurves: not such a file, another model's, or figures that are none.
    """
    try:
        curves = msgspec.json.decode(content, type=Curves)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadCurves(f"cannot be read: {str(error)[:200]}") from error
    if curves.format != FORMAT or any(
        len(getattr(c, name)) != len(c.scale) for c in curves.families for name in MEASURES
    ):
        raise BadCurves("is of another form")
    if curves.slug != card.slug:
        raise BadCurves(f"has the curves of {curves.slug[:80]}")
    shares = [
        *(share for c in curves.families for name in ("scale", *MEASURES) for share in getattr(c, name)),
        *(share for one in curves.references for share in (one.cosine, one.reconstruction, one.classifier)),
        *(getattr(one, name) for one in curves.searched for name in MEASURES),
        *(share for one in curves.searched for row in one.theta for share in row),
        *(c.calibrated for c in curves.families if c.calibrated is not None),
        *(c.tau for c in curves.families if c.tau is not None),
        *(one.tau for one in curves.searched if one.tau is not None),
        curves.accuracy,
    ]
    if not all(-1e-6 <= share <= 1 + 1e-6 for share in shares):
        raise BadCurves("has figures outside 0 to 1")
    size = len(card.classes), card.latent.size
    if any((len(one.theta), *{len(row) for row in one.theta}) != size for one in curves.searched):
        raise BadCurves("has settings for other classes or dimensions than the model's")
    return curves


def write_curves(curves: Curves) -> bytes:
    """The file's content."""
    return msgspec.json.encode(curves) + b"\n"
