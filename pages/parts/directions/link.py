"""Where a visitor stands on the Directions page, as link parameters and back; a link is anybody's input.

The point is told as steps along named directions from where it starts: `dir=pc1:0.5,dim3:-1`. web/directions/steps.js
reads and writes the same text, and says the same of what is wrong in it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from latent_core.language import class_name, known, mark, point, t
from latent_core.recipes import limits, lists, numbers
from latent_core.recipes.limits import Limit, short
from latent_core.recipes.untrusted import Notice, finite, one_of, plain

TOOLS = ("steps", "numbers", "change", "morph", "corners", "parts")
GRIDS = ("near", "pc1", "pc3")
"""Which two directions the grid goes along: those of the neighbourhood, the first two of all pictures, the next two."""
SIZES = (0.25, 0.5, 1.0, 2.0)
"""Lengths of a step of the grid, in standard deviations."""
WAYS = ("straight", "sphere", "data")
KEYS = ("tool", "start", "dir", "grid", "change", "morph", "corners", "parts", "further")
"""The page's own query parameters."""
BLEND, POINT, ALL, HERE, ROW = ":blend", ":point", ":all", ":here", ":row"
"""Things that are no class: the recipe's blend, the same place as one code, the mean of all pictures, where one stands,
and, with a number, a picture of the dataset. Colons in names of classes are escaped, so none is called so."""
CORNERS = 4
MOST_STEPS = 256
MOST_AXES = 128
"""Dimensions up to which principal axes are computed in the browser."""
MOST_TEXT = 20_000
SHARE = Limit(0, 1)
LEFT_OUT = mark("The other steps are taken.")
NO_PARTS = mark("This model's numbers have no parts with names, so there is nothing to take from two classes.")
MOST_SAID = 3
"""Faults of one parameter that are told one by one."""
_STEP = re.compile(r"(pc|dim)([1-9]\d{0,3})", re.ASCII)
_ROW = re.compile(r":row(0|[1-9]\d{0,6})", re.ASCII)


@dataclass(frozen=True)
class Change:
    """`amount` of the way from one thing to another is added to where one stands."""

    begin: str
    end: str
    amount: float = 0


@dataclass(frozen=True)
class Morph:
    """From one thing to another along a way of `WAYS`; `at` is how far, 0 to 1."""

    begin: str
    end: str
    way: str = WAYS[0]
    at: float = 0


@dataclass(frozen=True)
class Sheet:
    """Four things in the corners, top left, top right, bottom left, bottom right, and the place between them, each way
    0 to 1."""

    things: tuple[str, ...]
    across: float = 0.5
    down: float = 0.5


@dataclass(frozen=True)
class DirectionsView:
    """Everything that is set on the page; things are class names as `lists.escaped` writes them, or begin with a colon.

    steps: (direction, standard deviations) in the order in which they were taken first, none of them 0; further: the
    switch that lets steps and changes leave their usual range; parts: a thing for each block of the latent.
    """

    change: Change
    morph: Morph
    corners: Sheet
    parts: tuple[str, ...] = ()
    tool: str = TOOLS[0]
    start: str = BLEND
    steps: tuple[tuple[str, float], ...] = ()
    grid: str = GRIDS[0]
    size: float = 1.0
    further: bool = False

    def texts(self) -> dict[str, str]:
        """All of it as link parameters."""
        change, morph, corners = self.change, self.morph, self.corners
        return {
            "tool": self.tool,
            "start": self.start,
            "dir": steps_text(self.steps),
            "grid": f"{self.grid}:{short(self.size)}",
            "change": f"{change.begin},{change.end}:{short(change.amount)}",
            "morph": f"{morph.begin},{morph.end},{morph.way}:{short(morph.at)}",
            "corners": f"{','.join(corners.things)}:{short(corners.across)}:{short(corners.down)}",
            "parts": ",".join(self.parts),
            "further": "1" if self.further else "",
        }

    def to_query(self, space: "Space") -> dict[str, str]:
        """Link parameters; only what differs from a first visit, so that links stay short."""
        first = first_view(space).texts()
        return {key: text for key, text in self.texts().items() if text != first[key]}


@dataclass(frozen=True)
class Space:
    """What the page's values are about: names of classes and groups, and of those among them that are blended; latent
    dimensions, pictures of the dataset, and blocks of the latent.

    instead: a picture of each class, by its name, that a first visit shows where the typical ones are blurs.
    """

    names: tuple[str, ...]
    chosen: tuple[str, ...]
    latent: int
    rows: int
    blocks: int
    instead: Mapping[str, int] = field(default_factory=dict)


def first_view(space: Space) -> DirectionsView:
    """What is set before anything was: the tools offer the classes that are blended, then the others."""
    order = [*space.chosen, *(name for name in space.names if name not in space.chosen)]
    tokens = [f"{ROW}{space.instead[name]}" if name in space.instead else lists.escaped(name) for name in order]
    things = tuple(tokens[i % len(tokens)] for i in range(CORNERS))
    return DirectionsView(
        start=things[0] if space.instead else BLEND,
        change=Change(things[0], things[1]),
        morph=Morph(things[0], things[1]),
        corners=Sheet(things),
        parts=tuple(things[i % CORNERS] for i in range(space.blocks)),
    )


def from_query(query: Mapping[str, str], space: Space) -> tuple[DirectionsView, list[Notice]]:
    """The view that a link asks for, and a sentence about each part of it that cannot be taken."""
    values: dict[str, Any] = {key: query[key] for key in ("tool", "start", "dir") if query.get(key)}
    values["further"] = query.get("further") == "1"
    texts = {key: _split(query[key]) for key in ("grid", "change", "morph", "corners") if query.get(key)}
    if "grid" in texts:
        values |= dict(zip(("grid", "size"), _padded([*texts["grid"][0], *texts["grid"][1]], 2), strict=True))
    if "change" in texts:
        values["change"] = _named(texts["change"], ("begin", "end"), ("amount",))
    if "morph" in texts:
        values["morph"] = _named(texts["morph"], ("begin", "end", "way"), ("at",))
    if "corners" in texts:
        things, numbers = texts["corners"]
        values["corners"] = {"things": things} | dict(zip(("across", "down"), _padded(numbers, 2), strict=True))
    if query.get("parts"):
        values["parts"] = query["parts"][:MOST_TEXT].split(",")
    return from_values(values, space)


def from_values(values: Mapping[str, Any], space: Space) -> tuple[DirectionsView, list[Notice]]:
    """The view in what the browser sent, which says `dir` in place of `steps`; returns as `from_query` does."""
    said: list[Notice] = []
    first = first_view(space)
    further = values.get("further") is True
    steps, faults = parse_steps(values.get("dir"), space.latent, further)
    said += faults
    change, morph, corners = (_record(values, key) for key in ("change", "morph", "corners"))
    ends = partial(_thing, space=space, said=said)
    things, parts = _texts(corners.get("things")), _texts(values.get("parts"))
    if parts and not space.blocks:
        said.append(Notice(known(NO_PARTS)))
    view = DirectionsView(
        change=Change(
            ends(change.get("begin"), first.change.begin, (ALL,)),
            ends(change.get("end"), first.change.end, (ALL,)),
            _within(change.get("amount"), 0, limits.CHANGE_FURTHER if further else limits.CHANGE, mark("change"), said),
        ),
        morph=Morph(
            ends(morph.get("begin"), first.morph.begin, (BLEND, HERE)),
            ends(morph.get("end"), first.morph.end, (BLEND, HERE)),
            one_of(morph, "way", WAYS, WAYS[0], mark("way of a morph"), said),
            _within(morph.get("at"), 0, SHARE, mark("place on the morph"), said),
        ),
        corners=Sheet(
            _things(things, first.corners.things, ends),
            _within(corners.get("across"), 0.5, SHARE, mark("place between the corners"), said),
            _within(corners.get("down"), 0.5, SHARE, mark("place between the corners"), said),
        ),
        parts=_things(parts, first.parts, ends),
        tool=one_of(values, "tool", TOOLS, TOOLS[0], mark("tool"), said),
        start=ends(values.get("start"), first.start, (BLEND, POINT)),
        steps=steps,
        grid=one_of(values, "grid", GRIDS, GRIDS[0], mark("grid of steps"), said),
        size=_size(values.get("size"), said),
        further=further,
    )
    return view, list(dict.fromkeys(said))


def steps_text(steps: Sequence[tuple[str, float]]) -> str:
    """Steps as they stand in a link: `pc1:0.5,dim3:-1`."""
    return ",".join(f"{name}:{short(amount)}" for name, amount in steps)


def parse_steps(given: Any, latent: int, further: bool) -> tuple[tuple[tuple[str, float], ...], list[Notice]]:
    """The steps in a link's `dir`, and a sentence about those that are left out.

    Args:
        latent: dimensions of the model.
        further: whether the wider range is allowed.
    """
    if given is None or given == "":
        return (), []
    text = given if isinstance(given, str) else ""
    allowed = limits.STEP_FURTHER if further else limits.STEP
    steps: dict[str, float] = {}
    faults: list[str] = []
    parts = text[:MOST_TEXT].split(",")
    for part in parts[:MOST_STEPS]:
        name, colon, number = part.strip().partition(":")
        amount = numbers.read(number) if colon else None
        found = _STEP.fullmatch(name)
        values = {"name": name, "latent": str(latent), "low": str(allowed.low), "high": str(allowed.high)}
        if not found:
            called_so = {"name": plain(name), "some": called("pc", latent), "others": called("dim", latent)}
            faults.append(t("There is no direction “{name}”: they are called {some} and {others}.", **called_so))
        elif int(found[2]) > latent:
            values["names"] = called(found[1], latent)
            faults.append(t("{name} is beyond this model: it has {latent} of them, {names}.", **values))
        elif found[1] == "pc" and latent > MOST_AXES:
            faults.append(t("Of {latent} numbers no principal axes are computed, so there is no {name}.", **values))
        elif amount is None or amount not in allowed:
            wider = "" if further or amount not in limits.STEP_FURTHER else f" {t('With Go further it may.')}"
            faults.append(t("The step along {name} must be a number from {low} to {high}.", **values) + wider)
        else:
            steps[name] = float(short(amount))
    if len(parts) > MOST_STEPS:
        faults.append(t("There are more than {most} steps.", most=MOST_STEPS))
    kept = tuple((name, amount) for name, amount in steps.items() if amount)
    if not faults:
        return kept, []
    more = [t("{count} more could not be taken.", count=len(faults) - MOST_SAID)] if len(faults) > MOST_SAID else []
    return kept, [Notice(" ".join([*faults[:MOST_SAID], *more, known(LEFT_OUT)]))]


def called(kind: str, latent: int) -> str:
    """Names of all directions of a kind: "pc1 to pc20"."""
    return t("{first} to {last}", first=f"{kind}1", last=f"{kind}{latent}") if latent > 1 else f"{kind}1"


def _thing(given: Any, usual: str, others: Sequence[str], *, space: Space, said: list[Notice]) -> str:
    """A class, a group, a picture of the dataset, or one of the others that make sense here."""
    if given is None or given == "":
        return usual
    text = given[:MOST_TEXT] if isinstance(given, str) else ""
    if text in others:
        return text
    if row := _ROW.fullmatch(text):
        if int(row[1]) < space.rows:
            return text
        said.append(
            Notice(t("There is no picture {row}: they are numbered from 0 to {last}.", row=row[1], last=space.rows - 1))
        )
        return usual
    name = lists.plain(text)
    if name in space.names and not text.startswith(":"):
        return lists.escaped(name)
    picture = _ROW.fullmatch(usual)
    named = {"name": plain(name)}
    if usual == BLEND:
        said.append(Notice(t("There is no class or group “{name}” here; your blend is shown.", **named)))
    elif picture:
        said.append(
            Notice(t("There is no class or group “{name}” here; picture {row} is shown.", row=picture[1], **named))
        )
    else:
        shown = class_name(lists.plain(usual))
        said.append(Notice(t("There is no class or group “{name}” here; {shown} is shown.", shown=shown, **named)))
    return usual


def _things(given: Sequence[str], usual: Sequence[str], thing: Callable[..., str]) -> tuple[str, ...]:
    """As many things as usual, each the usual one where there is none."""
    return tuple(thing(one, instead, ()) for one, instead in zip(_padded(given, len(usual)), usual, strict=True))


def _size(given: Any, said: list[Notice]) -> float:
    size = 1.0 if given is None or given == "" else finite(given)
    if size in SIZES:
        return size
    said.append(
        Notice(
            t("A step of the grid is {sizes} wide; 1 is used.", sizes=", ".join(point(short(size)) for size in SIZES))
        )
    )
    return 1.0


def _within(given: Any, usual: float, allowed: Limit, what: str, said: list[Notice]) -> float:
    """The number within the limit, else the usual one with a sentence."""
    number = usual if given is None or given == "" else finite(given)
    if number is not None and number in allowed:
        return float(short(number))
    wider = number is not None and allowed == limits.CHANGE and number in limits.CHANGE_FURTHER
    told = [
        t(
            "The {what} must be a number from {low} to {high}; {usual} is used.",
            what=known(what), low=allowed.low, high=allowed.high, usual=point(short(usual)),
        )
    ]  # fmt: skip
    if wider and number is not None:
        told.append(t("With Go further it may be {number}.", number=point(short(number))))
    said.append(Notice(" ".join(told)))
    return usual


def _split(text: str) -> tuple[list[str], list[str]]:
    """The names of a parameter, parted by commas, and the numbers after them, each after a colon inside a name."""
    names, *figures = re.split(r"(?<=[^,]):", text[:MOST_TEXT])
    return names.split(","), figures


def _named(split: tuple[list[str], list[str]], names: Sequence[str], figures: Sequence[str]) -> dict[str, str]:
    """The parts of a parameter by what they are; those that are not there are empty."""
    both = [*_padded(split[0], len(names)), *_padded(split[1], len(figures))]
    return dict(zip([*names, *figures], both, strict=True))


def _padded(texts: Sequence[str], size: int) -> list[str]:
    """The first texts, and empty ones where there are fewer."""
    return [*texts, *[""] * size][:size]


def _record(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = values.get(key)
    return found if isinstance(found, Mapping) else {}


def _texts(given: Any) -> list[str]:
    return [one for one in given if isinstance(one, str)] if isinstance(given, list | tuple) else []
