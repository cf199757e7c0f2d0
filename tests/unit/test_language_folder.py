"""A language's folder, written by hand and with a fault: a sentence in the log, and Medley goes on in English."""

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from latent_core import language
from latent_core.language import ENGLISH, chosen_by, languages, script, speaking, t
from latent_core.language_folder import BrokenLanguage, read
from tests.harness.serving import ROOT

GERMAN = ROOT / "latent_core" / "locales" / "de"
Harm = Callable[[Path], object]


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of German beside a sound language."""
    for name in ("de", "xx"):
        shutil.copytree(GERMAN, tmp_path / name)
    monkeypatch.setenv("MEDLEY_LOCALES", str(tmp_path))
    languages.cache_clear()
    yield tmp_path / "de"
    languages.cache_clear()


def about(**values: Any) -> Harm:
    """Other values in language.json; None takes one out."""

    def harm(folder: Path) -> None:
        told = json.loads((folder / "language.json").read_text()) | values
        held = {name: value for name, value in told.items() if value is not None}
        (folder / "language.json").write_text(json.dumps(held))

    return harm


def text(file: str, content: str) -> Harm:
    return lambda folder: (folder / file).write_text(content)


def says(key: str, said: object) -> Harm:
    """A catalogue with one more sentence."""
    return text("python/more.json", json.dumps({key: said}))


def moved(folder: Path) -> None:
    """A folder in the place of a file."""
    (folder / "classes.json").unlink()
    (folder / "classes.json").mkdir()


def refused(folder: Path) -> None:
    """A file that cannot be opened, for root either."""
    (folder / "web" / "more.json").symlink_to("/proc/self/mem")


HARM: dict[str, tuple[Harm, str]] = {
    "no language.json": (lambda folder: (folder / "language.json").unlink(), "language.json is missing"),
    "no classes.json": (lambda folder: (folder / "classes.json").unlink(), "classes.json is missing"),
    "no side": (lambda folder: shutil.rmtree(folder / "web"), "de/web has no catalogue"),
    "a folder for a file": (moved, "classes.json is missing"),
    "a pipe": (lambda folder: os.mkfifo(folder / "web" / "more.json"), "more.json is missing"),
    "unreadable": (refused, "more.json "),
    "half a file": (text("web/more.json", '{"a": "b'), "more.json is not JSON .*line 1"),
    "nothing": (text("language.json", ""), "language.json is not JSON"),
    "Latin 1": (lambda folder: (folder / "classes.json").write_bytes(b'{"a": "\xfc"}'), "classes.json is not text in"),
    "nested too deep": (text("classes.json", "[" * 100_000), "classes.json is not JSON"),
    "a list": (text("python/more.json", "[]"), "more.json is not of the form"),
    "a number as a sentence": (says("a", 1), "more.json has something else than a text .* for 'a'"),
    "forms without other": (says("{n} a", {"one": "{n} b"}), "else than a text or of forms for one, other for"),
    "forms of another language": (says("{n} a", {"few": "b", "other": "c"}), "forms for one, other for '{n} a'"),
    "forms of a class": (text("classes.json", '{"Cat": {"other": "x"}}'), "else than a text for 'Cat'"),
    "a number as a form": (says("{n} a", {"other": 3}), "more.json says for '{n} a'"),
    "a value that nobody gives": (says("{a} of it", "{b} davon"), "says for '{a} of it' what has other values"),
    "half a bracket": (says("{a} of it", "{a davon"), "says for '{a} of it' what has other values"),
    "no thousands": (about(thousands=None), "language.json must say name, .*thousands.*; it says name,"),
    "one more value": (about(more=1), "and nothing else"),
    "no name": (about(name=" "), "no name in words"),
    "up and down": (about(direction="ttb"), 'neither "ltr" nor "rtl"'),
    "no decimal": (about(decimal=""), "one character as decimal"),
    "a decimal that parts thousands": (about(decimal=".", thousands="."), "another one or none as thousands"),
    "plural in a list": (about(plural=["^1$"]), "a regular expression for each category"),
    "a number as plural": (about(plural={"one": 1}), "a regular expression for each category"),
    "a plural that is none": (about(plural={"one": "(1"}), r"no regular expression for the plural 'one' \(missing"),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_language_with_a_fault_is_a_sentence_and_the_others_are_spoken(
    german: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    hurt, sentence = HARM[harm]
    hurt(german)
    with pytest.raises(BrokenLanguage, match=sentence):
        read(german)
    with caplog.at_level(logging.ERROR):
        assert [*languages()] == [ENGLISH, "xx"] and chosen_by("de") == ENGLISH
        assert [*languages()] == [ENGLISH, "xx"]
    (said,) = caplog.messages
    assert str(german) in said and "goes on without it, in English: mend that" in said and "\n" not in said
    assert len(said) < 400 + len(str(german))
    with speaking("de"):
        assert t("Cancel") == "Cancel" and language.whole(1000) == "1,000"


def test_a_sound_folder_is_said_nothing_about_and_no_other_folder_is_a_language(
    german: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (german.parent / "README.md").write_text("Languages.")
    for name in (".git", "__pycache__"):
        (german.parent / name).mkdir()
    assert [*languages()] == [ENGLISH, "de", "xx"] and not caplog.messages
    assert '"thousands": "."' in script("de")


@pytest.mark.parametrize("name", ["en", "German", "a-b"])
def test_a_folder_of_another_name_than_a_languages_is_a_sentence(
    german: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    german.rename(german.parent / name)
    assert [*languages()] == [ENGLISH, "xx"] and languages()[ENGLISH].name == "English"
    assert f"{name} is not named after another language" in caplog.text


def test_without_the_folder_of_all_languages_english_is_spoken(
    german: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("MEDLEY_LOCALES", str(german / "nowhere"))
    assert [*languages()] == [ENGLISH]
    assert "nowhere cannot be read (No such file or directory)" in caplog.text
