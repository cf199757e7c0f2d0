"""Recipes from outside (flags, JSON, a link, a saved PNG) to a finished blend with its model, and to its file."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from latent_core import artifacts, slow
from latent_core.artifacts import layout
from latent_core.evidence import Reading
from latent_core.models import files
from latent_core.models.comparing import Standing, standings
from latent_core.models.even_out import Evened, even_out
from latent_core.models.library import Library, open_library
from latent_core.models.measure import alternatives, measure
from latent_core.models.model import Blend, Model
from latent_core.models.reopening import all_there, strictly
from latent_core.recipes import lists
from latent_core.recipes.limits import shown
from latent_core.recipes.untrusted import record

MOST_BYTES = 64 * 2**20
"""Of a file with a recipe; the largest PNG that Medley saves has a few."""

Made = tuple[Model, Blend]
"""A blend and the model that made it, opened once for whatever else is asked about it."""


def from_flags(slug: str, **values: Any) -> Made:
    """The blend of a model and its flags.

    Raises:
        BrokenFolder: no such model.
        ValueError: a flag that the recipe does not take; unlike a link, a command is refused, not repaired.
    """
    if "/" not in slug or not (artifacts.folder_of(slug) / layout.CARD).is_file():
        raise ValueError(f"there is no model '{slug}'; there are {list(open_library().model_cards)}")
    data, model = slug.split("/", 1)
    given = {"data": data, "model": model, **values}
    return _made({key: value for key, value in given.items() if value is not None}, open_library())


def equal_parts(slug: str, classes: str) -> str:
    """Amounts in equal parts, as `w` takes them: of every class for "all", else of the names between the commas."""
    if classes.strip().lower() == "all":
        folder = artifacts.folder_of(slug)
        names = artifacts.open_model_card(slug).classes if folder.is_dir() else []
    else:
        names = [name.strip() for name in classes.split(",") if name.strip()]
    return ",".join(f"{lists.escaped(name)}:50" for name in names)


def from_text(text: str, live: bool = False) -> Made:
    """The blend of a recipe as JSON, a link (or its query), or the path of a file that holds one: a PNG, NPZ or
    recipe that Medley saved.

    Args:
        live: whether only a method that moves with the controls will do.

    Raises:
        ValueError: it is none, or leaves out something that the picture depends on; the page would fill that in.
    """
    values, there = _whole(text)
    if live and values.get("method") in slow.names():
        raise ValueError(f"{values['method']} is one of the slower ways to blend, which no browser runs")
    return _made(values, there)


def compared(text: str) -> list[Standing]:
    """What every model of the dataset makes of a recipe, given as to `from_text`.

    Raises:
        ValueError: as `from_text`, or it is of a slower method, which is no recipe for all models.
        NoJudge: the dataset has no judge that fits.
    """
    values, there = _whole(text)
    if values.get("method") in slow.names():
        raise ValueError(
            f"{values['method']} is one of the slower ways to blend, which compare does not run: choose another"
        )
    recipe, groups = strictly(values, there)
    return standings(recipe, there, lambda slug: Model(slug).with_groups(groups))


def _whole(text: str) -> tuple[dict[str, Any], Library]:
    """The values in a text that say all of a recipe, and the models that there are.

    Raises:
        ValueError: as `from_text`.
    """
    values, link = _values(text)
    there = open_library()
    all_there(values, there, link)
    return values, there


def _values(text: str) -> tuple[dict[str, Any], bool]:
    """The values in a text, and whether it is a link."""
    if text.lstrip().startswith("{"):
        return _record("this recipe", text), False
    if "=" in text and not _is_file(text):
        return dict(parse_qsl(urlsplit(text).query or text.lstrip("?"))), True
    if not _is_file(text):
        raise ValueError(f"{shown(text)} is no recipe: give JSON, a link, or the path of a file that Medley saved")
    try:
        content = artifacts.read_plain(Path(text), MOST_BYTES, links=True)
    except artifacts.NotPlain as error:
        raise ValueError(f"{text} {error}") from error
    return (_record(text, content) if content.lstrip()[:1] == b"{" else files.recipe_of(content)), False


def _record(name: str, text: str | bytes) -> dict[str, Any]:
    try:
        return record(text)
    except ValueError as error:
        raise ValueError(f"{name} {error}") from error


def _is_file(text: str) -> bool:
    """Whether something lies at that path."""
    try:
        return Path(text).exists()
    except (OSError, ValueError):  # too long for a path, or with a NUL
        return False


def evened(model: Model, blend: Blend) -> tuple[Blend, Evened]:
    """The blend with amounts that show its weakest class better, and what was found.

    Raises:
        NoJudge: the dataset has no judge that fits.
        ValueError: the method has no amounts to solve for.
    """
    if isinstance(blend, slow.Finished):
        raise ValueError(f"--even-out moves the amounts of a live method; {blend.recipe.method} is none")
    found = even_out(model, blend.recipe)
    return (model.make(found.recipe) if found.changed else blend), found


def readings(model: Model, blend: Blend) -> tuple[Reading, dict[str, Reading]]:
    """What is in the blend, and in the usual answers with the same amounts, by title.

    Raises:
        NoJudge: the dataset has no judge that fits.
        ValueError: the picture is of another size than the judge's.
    """
    if list(blend.picture.shape) != model.card.shape:
        raise ValueError(f"the judge reads pictures of {model.card.shape}, and this one is {list(blend.picture.shape)}")
    if isinstance(blend, slow.Finished):  # which would run once more a class
        return measure(model, blend, False, blend.without), alternatives(model, blend.recipe)
    return measure(model, blend), alternatives(model, blend.recipe)


def sha256(blend: Blend) -> str:
    """Hash of the picture's float32 values; the same recipe gives the same."""
    return hashlib.sha256(blend.picture.tobytes()).hexdigest()


def save(blend: Blend, out: Path, scale: int) -> str:
    """Writes the blend as .png or .npz and says what it is."""
    held = files.npz(blend) if out.suffix == ".npz" else files.png(blend, scale)
    artifacts.write_file(out, held)
    parts = ", ".join(f"{share:.0%} {name}" for name, share in blend.recipe.shares().items())
    own = blend.own_ink.values() if isinstance(blend, slow.Finished) else ()
    ink = f"; at least {min(own):.0%} of each class's ink is its own" if own else ""
    return f"{out} written: {parts} by {blend.recipe.slug}, {blend.recipe.method}{ink}; picture sha256 {sha256(blend)}"


def _made(values: dict[str, Any], there: Library) -> Made:
    """The blend of untrusted values.

    Raises:
        ValueError: anything in them that the recipe does not take.
    """
    slower = values.get("method") if values.get("method") in slow.names() else None
    if slower:
        values = {key: value for key, value in values.items() if key != "method"}
    recipe, groups = strictly(values, there)
    model = Model(recipe.slug).with_groups(groups)
    return model, slow.make(slower, recipe, model=model) if slower else model.make(recipe)
