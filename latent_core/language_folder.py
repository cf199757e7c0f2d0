"""Reads the folder of a language and looks whether it can be used: anybody may write one, by hand.

What it holds is told in `latent_core.language`. A folder with a fault is one sentence, in English, for whoever runs the
server: what is wrong where, so that it can be mended.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from string import Formatter
from typing import Any, Literal

ENGLISH = "en"
NOTE = "##"
"""Parts a key from a note on what it means: "Draw##a verb" is "Draw" in English, and something of its own elsewhere."""
CLASS = "class/"
"""Begins the key of a class's name, which may be any word."""
OTHER = "other"
"""The plural category of counts that fit no other one."""
SIDES = ("python", "web")
Forms = str | Mapping[str, str]
_ABOUT, _CLASSES = "language.json", "classes.json"
_CODE = re.compile(r"[a-z]{2,8}")


class BrokenLanguage(ValueError):
    """A language that cannot be used; the text is one sentence that says why."""


@dataclass(frozen=True)
class Language:
    """A language that visitors can choose.

    code: as in `<html lang>`; name: in itself; direction: of its script; decimal: what parts whole from tenth;
    thousands: what stands between thousands, which may be nothing; plural: a regular expression for each category but
    "other", in the order in which they are tried; python, web: what stands instead of each English sentence.
    """

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    decimal: str
    thousands: str
    plural: Mapping[str, str]
    python: Mapping[str, Forms]
    web: Mapping[str, Forms]

    def category(self, n: float) -> str:
        """The plural category of a count."""
        digits = f"{n:g}"
        return next((name for name, fits in self.plural.items() if re.search(fits, digits)), OTHER)


_TOLD = [one.name for one in fields(Language) if one.name not in ("code", *SIDES)]
"""What language.json says."""


def folders(root: Path) -> list[Path]:
    """The folders of languages below root, by name; hidden ones are none.

    Raises:
        BrokenLanguage: root cannot be read.
    """
    try:
        return [path for path in sorted(root.iterdir()) if path.is_dir() and path.name[0] not in "._"]
    except OSError as error:
        raise BrokenLanguage(f"{root} cannot be read ({error.strerror})") from error


def read(folder: Path) -> Language:
    """The language of a folder.

    Raises:
        BrokenLanguage: something of it is missing, cannot be read, or is of another form.
    """
    if folder.name == ENGLISH or not _CODE.fullmatch(folder.name):
        raise BrokenLanguage(f"{folder} is not named after another language than English: two letters or a few more")
    about = _about(folder / _ABOUT)
    categories = {*about["plural"], OTHER}
    classes = _catalogue(folder / _CLASSES, set())
    named = {CLASS + name: said for name, said in classes.items()}
    sides: dict[str, dict[str, Forms]] = {}
    for side in SIDES:
        parts = sorted((folder / side).glob("*.json"))
        if not parts:
            raise BrokenLanguage(f"{folder / side} has no catalogue (*.json)")
        sides[side] = {key: said for part in parts for key, said in _catalogue(part, categories).items()} | named
    return Language(folder.name, **about, python=sides["python"], web=sides["web"])


def _about(path: Path) -> dict[str, Any]:
    about = _object(path)
    if about.keys() != set(_TOLD):
        raise BrokenLanguage(f"{path} must say {', '.join(_TOLD)}, and nothing else; it says {', '.join(about)}")
    plural = about["plural"]
    if about["direction"] not in ("ltr", "rtl"):
        raise BrokenLanguage(f'{path} has a direction that is neither "ltr" nor "rtl"')
    if not (isinstance(about["name"], str) and about["name"].strip()):
        raise BrokenLanguage(f"{path} has no name in words")
    marks = about["decimal"], about["thousands"]
    if not all(isinstance(one, str) and len(one) <= 1 for one in marks) or not about["decimal"] or len({*marks}) < 2:
        raise BrokenLanguage(f"{path} must have one character as decimal, and another one or none as thousands")
    if not (isinstance(plural, dict) and all(isinstance(fits, str) for fits in plural.values())):
        raise BrokenLanguage(f"{path} must have a regular expression for each category of plural")
    for name, fits in plural.items():
        try:
            re.compile(fits)
        except re.error as error:
            raise BrokenLanguage(f"{path} has no regular expression for the plural {name!r} ({error})") from error
    return about


def _catalogue(path: Path, categories: set[str]) -> dict[str, Forms]:
    """What is said instead of each key; a sentence with a count has forms for some categories and for "other"."""
    found = _object(path)
    for key, said in found.items():
        if isinstance(said, dict) and OTHER in said and said.keys() <= categories:
            forms = list(said.values())
        elif isinstance(said, str):
            forms = [said]
        else:
            allowed = f" or of forms for {', '.join(sorted(categories))}" if categories else ""
            raise BrokenLanguage(f"{path} has something else than a text{allowed} for {_short(key)}")
        given = _holes(key) | {"n"}
        for form in forms:
            if not isinstance(form, str) or not (_holes(form) <= given or _is_equation(given)):
                raise BrokenLanguage(f"{path} says for {_short(key)} what has other values in {{}} than it")
    return found


def _holes(sentence: str) -> set[str]:
    """Names of the values that are put into a sentence; that of something unknown where its brackets do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence.partition(NOTE)[0]) if name is not None}
    except ValueError:
        return {"{"}


def _is_equation(holes: set[str]) -> bool:
    """Whether a sentence's brackets are those of LaTeX, into which nothing is put."""
    return not all(name.isidentifier() for name in holes)


def _object(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise BrokenLanguage(f"{path} is missing")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BrokenLanguage(f"{path} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BrokenLanguage(f"{path} is not text in UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BrokenLanguage(f"{path} is not JSON ({error})") from error
    if not isinstance(found, dict):
        raise BrokenLanguage(f'{path} is not of the form {{"name": value, ...}}')
    return found


def _short(key: str) -> str:
    return repr(key if len(key) < 60 else key[:59] + "…")
