"""curves.json of a model folder: what each family of generators gives at every variety, measured once."""

from pathlib import Path

import msgspec

from latent_core.artifacts.store import BrokenFolder, read_bytes

FORMAT = 1


class Curve(msgspec.Struct, frozen=True, kw_only=True):
    """One family, all theta equal to `scale`; the lists are as long as `scale`.

    tau: only draws that the scorer gives at least this probability were kept, None for all. cosine: mean cosine of the
    pairs of one class, lower is more varied. own: share of draws that the model's own classifier takes for the wanted
    class, own_bound its lower 95 % bound, own_worst the worst class. judge: the same by the classifier that knows only
    real pictures. kept: share of draws that passed tau. calibrated: the largest scale whose own_bound still reaches the
    file's accuracy, None where none does.
    """

    family: str
    tau: float | None = None
    scale: list[float]
    cosine: list[float]
    own: list[float]
    own_bound: list[float]
    own_worst: list[float]
    judge: list[float]
    judge_worst: list[float]
    kept: list[float]
    calibrated: float | None = None


class Reference(msgspec.Struct, frozen=True):
    """Pictures that were not generated, by the same measures; n pictures."""

    what: str
    cosine: float
    own: float
    judge: float
    n: int


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """A setting that a search has found: theta (classes, latent) and its scores on fresh noise."""

    name: str
    family: str
    theta: list[list[float]]
    cosine: float
    own: float
    own_bound: float
    own_worst: float
    judge: float
    judge_worst: float
    tau: float | None = None
    kept: float = 1.0
    command: str = ""


class Curves(msgspec.Struct, frozen=True, kw_only=True):
    """All of a model's curves; `draws` a class and seed, `seeds` seeds of the noise, `accuracy` what is asked for."""

    format: int
    slug: str
    draws: int
    seeds: int
    accuracy: float
    families: list[Curve]
    references: list[Reference]
    searched: list[Searched] = []


def read_curves(path: Path) -> Curves:
    """The curves of a model folder.

    Raises:
        BrokenFolder: not such a file.
    """
    try:
        curves = msgspec.json.decode(read_bytes(path), type=Curves)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BrokenFolder(f"{path.parent.name} has a curves.json that cannot be read: {error}") from error
    lists = ("cosine", "own", "own_bound", "own_worst", "judge", "judge_worst", "kept")
    if curves.format != FORMAT or any(len(getattr(c, name)) != len(c.scale) for c in curves.families for name in lists):
        raise BrokenFolder(f"{path.parent.name} has a curves.json of another form: make it again (see the README).")
    return curves


def write_curves(curves: Curves) -> bytes:
    """The file's content."""
    return msgspec.json.encode(curves) + b"\n"
