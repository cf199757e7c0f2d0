"""What visitors read, in their language.

English stands in the code, as the key of each sentence; `locales/CODE/` holds what other languages say instead:

    locales/de/language.json   {"name": "Deutsch", "direction": "ltr", "decimal": ",", "thousands": ".",
                                "plural": {"one": "^1$"}}
    locales/de/python/*.json   {"{n} of {total} pictures": "{n} von {total} Bildern"}: what Python says
    locales/de/web/*.json      the same for the browser (web/engine/language.js)
    locales/de/classes.json    {"Cat": "Katze"}: what classes of the datasets that ship are called, and "Group {n}"

A sentence with a count has a form for each plural category of the language: {"{n} bits": {"one": ..., "other": ...}}.
The categories of a language are regular expressions, tried on the count in digits; what fits none is "other". A
sentence that a catalogue lacks is said in English. A folder that cannot be used (`latent_core.language_folder`) is told
in the log and left out. MEDLEY_LOCALES names another folder than ours.
"""

import json
import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from latent_core import group_names, language_folder
from latent_core.language_folder import CLASS, ENGLISH, NOTE, OTHER, BrokenLanguage, Language

Read = TypeVar("Read")
_forced: ContextVar[str | None] = ContextVar("language", default=None)


def root() -> Path:
    """The folder with a folder for each language."""
    return Path(os.environ.get("MEDLEY_LOCALES") or Path(__file__).parent / "locales")


@cache
def languages() -> Mapping[str, Language]:
    """All languages by code that can be used, English first."""
    found = {ENGLISH: Language(ENGLISH, "English", "ltr", ".", ",", {"one": "^1$"}, {}, {})}
    for folder in _told(language_folder.folders, root()) or ():
        language = _told(language_folder.read, folder)
        found |= {language.code: language} if language else {}
    return found


def _told(read: Callable[[Path], Read], folder: Path) -> Read | None:
    """What is read, or None where it cannot be and the log says so: a server without a language is better than none."""
    try:
        return read(folder)
    except BrokenLanguage as fault:
        logging.getLogger(__name__).error(
            "%s. Medley goes on without it, in English: mend that and start anew, or take it away.", fault
        )
        return None


def check(code: str) -> str:
    """The code itself.

    Raises:
        ValueError: there is no such language.
    """
    if code not in languages():
        raise ValueError(f"there is no language {code!r}; there are {list(languages())}")
    return code


_asked: Callable[[], str] = lambda: ENGLISH  # noqa: E731


def ask(who: Callable[[], str]) -> None:
    """Has `who` asked for the code of the language in which something is said, wherever `speaking` does not say it."""
    global _asked
    _asked = who


def spoken() -> Language:
    """The language in which things are said now; English where nobody knows a better one."""
    known = languages()
    return known.get(_forced.get() or _asked(), known[ENGLISH])


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Says everything in this language meanwhile; also what is kept for several visitors, in English."""
    before = _forced.set(code)
    try:
        yield
    finally:
        _forced.reset(before)


def t(sentence: str, /, **values: object) -> str:
    """A sentence in the visitor's language.

    Args:
        sentence: the English one, as a literal: tests read it from the code. {name} stands for a value.
        values: what is put in, as it is.
    """
    return _filled(known(sentence), values)


def many(n: int, one: str, other: str, /, **values: object) -> str:
    """A sentence with a count, which it may name {n}.

    Args:
        one: English of one; other: English of any other count, which is the key in catalogues. Both are literals.
    """
    language = spoken()
    english = one if language.category(n) == "one" else other
    said = language.python.get(other, english)
    chosen = said if isinstance(said, str) else said.get(language.category(n), said[OTHER])
    return _filled(_plain(chosen), {"n": n, **values})


def mark(sentence: str, /) -> str:
    """The very sentence; says that `known` shows it later: for constants, which are made before a visitor comes."""
    return sentence


def known(sentence: str, /) -> str:
    """A sentence that comes from elsewhere (a title on a card, one that was marked), in the visitor's language."""
    said = spoken().python.get(sentence, sentence)
    return _plain(said if isinstance(said, str) else said[OTHER])


def class_name(name: str, /) -> str:
    """What a class or group is called in the visitor's language; links and files have its English name."""
    number = group_names.number_in(name)
    said = spoken().python.get(CLASS + (group_names.NAME if number else name), name)
    if not isinstance(said, str):
        return name
    return _filled(said, {"n": number}) if number else said


def decimals(value: float, digits: int) -> str:
    """A number with so many digits behind the point, or what stands for a point."""
    return f"{value:.{digits}f}".replace(".", spoken().decimal)


def thousands() -> str:
    """What stands between thousands."""
    return spoken().thousands


def point(number: object) -> str:
    """A number as it is written, with what stands for a point."""
    return f"{number}".replace(".", spoken().decimal)


def whole(n: int) -> str:
    """A count with its thousands apart: "20,000", where a point parts whole from tenth."""
    return f"{n:,}".replace(",", thousands())


def everywhere(sentence: str, /) -> dict[str, str]:
    """A marked sentence by the code of each language that has it: for texts that are made before a visitor comes."""
    said = {code: language.python.get(sentence) for code, language in languages().items()}
    return {code: one for code, one in said.items() if isinstance(one, str)}


def chosen_by(header: str) -> str:
    """The code of the language that fits an Accept-Language header best (RFC 9110, 12.5.4); English where none does."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        code, _, weight = part.partition(";")
        found = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", weight)
        wanted.append((float(found[1]) if found else 1.0, code.strip().lower().split("-")[0]))
    best = [code for weight, code in sorted(wanted, key=lambda one: -one[0]) if weight > 0 and code in languages()]
    return best[0] if best else ENGLISH


def script(code: str) -> str:
    """What tells a browser the language before anything else runs: a classic script."""
    language = languages()[code]
    told: dict[str, Any] = {
        "code": code, "direction": language.direction, "decimal": language.decimal,
        "thousands": language.thousands, "plural": language.plural, "words": language.web,
    }  # fmt: skip
    return f"globalThis.medleyLanguage = {json.dumps(told, ensure_ascii=False)};\n"


def _filled(said: str, values: Mapping[str, object]) -> str:
    return said.format_map(values) if values else said


def _plain(sentence: str) -> str:
    """Without its note."""
    return sentence.partition(NOTE)[0]
