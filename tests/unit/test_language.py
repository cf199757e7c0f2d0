"""Every sentence that visitors read has its words in every language, and nothing else is in the catalogues."""

import ast
import json
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from latent_core import blends, generators, language, registry, slow
from latent_core.artifacts import DEPTH_WORDS
from latent_core.group_names import name_of
from latent_core.language import CLASS, ENGLISH, Language, chosen_by, languages, many, speaking, t
from latent_core.language_folder import Forms
from latent_core.search import BISECTION, KINDS, OPTIMISERS
from latent_core.titles import model_title, parts
from pages.parts.refs import NOUNS, nouns_of
from pages.parts.terms import TERMS
from tests.harness.serving import ROOT

OTHERS = [one for one in languages().values() if one.code != ENGLISH]
VERBS = {"t": 0, "mark": 0, "many": 2}
HOLE = re.compile(r"\{(\w+)\}")


@cache
def said_by_python() -> dict[str, str]:
    """Every key of server/, pages/ and latent_core/, with where it stands."""
    found: dict[str, str] = {}
    for path in [path for room in ("server", "pages", "latent_core") for path in (ROOT / room).rglob("*.py")]:
        tree = ast.parse(path.read_text())
        imported = {
            name.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "latent_core.language"
            for name in node.names
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id == "known" and "known" in imported:
                literal = isinstance(node.args[0], ast.Constant)
                assert not literal, f"{path}:{node.lineno}: a literal is said by t, so that it is read here"
            if node.func.id in imported & VERBS.keys():
                key = node.args[VERBS[node.func.id]]
                at = f"{path.relative_to(ROOT)}:{node.lineno}"
                assert isinstance(key, ast.Constant) and isinstance(key.value, str), f"{at}: the sentence is no literal"
                found[key.value] = at
    return found


@cache
def said_in_browser() -> dict[str, str]:
    """The same of web/."""
    done = subprocess.run(["node", ROOT / "tests/web/keys.js"], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert not [one["at"] for one in found if one["key"] is None], "a sentence that is no literal"
    assert not [one["at"] for one in found if one["verb"] == "known"], "a literal is said by t, so that it is read here"
    return {one["key"]: one["at"] for one in found}


@cache
def cards(pattern: str) -> list[dict[str, Any]]:
    """The cards that ship."""
    return [json.loads(path.read_text()) for path in (ROOT / "models").glob(pattern)]


@cache
def titles(side: str) -> set[str]:
    """Sentences that come as data and are looked up as they come: what `known` is asked for."""
    return _titles_of_python() if side == "python" else _titles_of_browser()


def _titles_of_python() -> set[str]:
    """Of all that is in a registry or on a card, and is told to the browser or shown by Streamlit."""
    entries = [*blends.every(), *generators.every(), *KINDS.values(), *OPTIMISERS.values(), BISECTION]
    found = {words for one in entries for words in (one.title, one.meaning)}
    found |= {one.equation for one in generators.every()}
    found |= {one.latent for one in [*blends.every(), *generators.every()] if one.latent}
    found |= {words for name in slow.names() for words in (slow.method(name).TITLE, slow.method(name).MEANING)}
    found |= {*DEPTH_WORDS, *registry.get("datasets", "sprites").FACTORS}
    for card in cards("*/dataset.json"):
        found |= {card["title"], card["credit"], card["licence"], card["thumbs"]["note"]}
        found |= {half["name"] for half in card.get("halves", ())}
    for noun in (*NOUNS, "class"):
        found |= {noun, nouns_of(f"{noun}s")}
    for card in cards("*/*/card.json"):
        found |= {*parts(card["title"]), card["what"], *(block["name"] for block in card["latent"]["blocks"])}
    return found | {"eigen-images", "GAN", "VAE"}


def _titles_of_browser() -> set[str]:
    """Of terms, and of the figures on cards, which are English in tables that are saved."""
    found = {words for one in TERMS.values() for words in (one.title, one.said)}
    for card in cards("*/*/card.json"):
        found |= {words for one in card["metrics"] for words in (one["what"], one["unit"], one["split"]) if words}
    return found


SIDES = {"python": said_by_python, "web": said_in_browser}


def catalogue(one: Language, side: str) -> dict[str, Forms]:
    """What a language says on a side, classes aside."""
    words: Mapping[str, Forms] = getattr(one, side)
    return {key: said for key, said in words.items() if not key.startswith(CLASS)}


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("one", OTHERS, ids=lambda one: one.code)
def test_every_sentence_is_said_and_no_other(one: Language, side: str) -> None:
    keys, words = dict.fromkeys(titles(side), "a title") | SIDES[side](), catalogue(one, side)
    missing = {key: at for key, at in keys.items() if key not in words}
    assert not missing, f"locales/{one.code}/{side} lacks {json.dumps(missing, ensure_ascii=False, indent=1)}"
    unused = words.keys() - keys.keys()
    assert not unused, f"locales/{one.code}/{side} has what nobody says: {sorted(unused)}"


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("one", OTHERS, ids=lambda one: one.code)
def test_a_sentence_keeps_its_values_and_its_marks(one: Language, side: str) -> None:
    for key, said in catalogue(one, side).items():
        english = key.partition(language.NOTE)[0]
        forms = [said] if isinstance(said, str) else list(said.values())
        if not isinstance(said, str):
            assert set(said) <= {*one.plural, "other"} and "other" in said, key
        for form in forms:
            assert form.strip() or not english.strip(), key
            assert set(HOLE.findall(form)) - {"n"} == set(HOLE.findall(english)) - {"n"}, f"{key} → {form}"
            assert form.count("`") == english.count("`") and form.count("**") == english.count("**"), f"{key} → {form}"
            assert (form[-1:] in ".?!…:") == (english[-1:] in ".?!…:"), f"{key} → {form}"


@pytest.mark.parametrize("one", OTHERS, ids=lambda one: one.code)
def test_every_class_with_a_word_for_a_name_has_one_in_each_language(one: Language) -> None:
    names = {name for card in cards("*/dataset.json") for name in card["classes"] if not name.isdecimal()}
    assert names | {"Group {n}"} == {key.removeprefix(CLASS) for key in one.web if key.startswith(CLASS)}


@pytest.mark.parametrize("one", OTHERS, ids=lambda one: one.code)
def test_a_models_title_is_said_part_by_part(one: Language) -> None:
    assert model_title("MMD VAE, 20 dimensions, smooth") == "MMD VAE, 20 dimensions, smooth"
    with speaking(one.code):
        said = model_title("Own thing, 1 dimensions, smooth")
        assert said == f"Own thing, {many(1, '{n} dimensions', '{n} dimensions')}, {language.known('smooth')}"


def test_a_key_stands_in_one_file_of_a_side() -> None:
    for one in OTHERS:
        for side in SIDES:
            seen: dict[str, str] = {}
            for path in sorted((language.root() / one.code / side).glob("*.json")):
                pairs = json.loads(path.read_text(), object_pairs_hook=lambda pairs: pairs)
                for key, _ in pairs:
                    assert key not in seen, f"{key!r} in {path.name} and {seen[key]}"
                    seen[key] = path.name


def test_english_is_what_stands_in_the_code() -> None:
    assert t("Nobody has {n} of these", n=2) == "Nobody has 2 of these"
    assert (
        many(1, "{n} picture", "{n} pictures") == "1 picture" and many(2, "{n} picture", "{n} pictures") == "2 pictures"
    )
    assert t("Draw##a verb") == "Draw"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A language of its own: `xx`, with three plural categories and a decimal comma."""
    folder = tmp_path / "xx"
    (folder / "python").mkdir(parents=True)
    (folder / "web").mkdir()
    few = {"one": "^1$", "few": "^[2-4]$"}
    about = {"name": "Xx", "direction": "rtl", "decimal": ",", "thousands": "\u202f", "plural": few}
    (folder / "language.json").write_text(json.dumps(about))
    (folder / "classes.json").write_text(json.dumps({"Cat": "Tac", "Group {n}": "G{n}"}))
    forms = {"one": "{n} X", "few": "{n} Y", "other": "{n} Z"}
    words = {"{n} pictures": forms, "Draw##a verb": "D", "{a} and {b}": "{b} & {a}"}
    for side in ("python", "web"):
        (folder / side / "all.json").write_text(json.dumps(words))
    monkeypatch.setenv("MEDLEY_LOCALES", str(tmp_path))
    languages.cache_clear()
    yield tmp_path
    languages.cache_clear()


NO_GROUPS = ["Group 0", "Group 01", "Group ٣", "Group 1 ", "a Group 1"]
"""Names of classes that look like those of groups."""


def test_another_language_is_a_folder(made: Path) -> None:
    assert list(languages()) == [ENGLISH, "xx"]
    with speaking("xx"):
        said = [many(n, "{n} picture", "{n} pictures") for n in (1, 2, 5, 11)]
        assert said == ["1 X", "2 Y", "5 Z", "11 Z"]
        assert t("Draw##a verb") == "D" and t("{a} and {b}", a="1", b="2{a}") == "2{a} & 1"
        assert language.class_name("Cat") == "Tac" and language.class_name("own") == "own"
        assert [language.class_name(one) for one in NO_GROUPS] == NO_GROUPS
        assert language.class_name(name_of(12)) == "G12"
        assert language.decimals(-0.5, 2) == "-0,50" and language.whole(1_020_000) == "1\u202f020\u202f000"
        assert t("nobody translated {a}", a=1) == "nobody translated 1"
    assert t("{a} and {b}", a=1, b=2) == "1 and 2" and language.class_name("Group 12") == "Group 12"
    assert language.whole(1_020_000) == "1,020,000"
    assert language.everywhere("Draw##a verb") == {"xx": "D"} and not language.everywhere("nobody translated {a}")


def test_the_browser_says_the_same(made: Path) -> None:
    script = (
        language.script("xx")
        + f"""
    const said = await import({json.dumps((ROOT / "web/engine/language.js").as_uri())});
    const {{ t, many, className, decimals, whole }} = said;
    process.stdout.write(JSON.stringify([
      ...[1, 2, 5, 11].map((n) => many(n, "{{n}} picture", "{{n}} pictures")),
      t("Draw##a verb"), t("{{a}} and {{b}}", {{ a: "1", b: "2{{a}}" }}),
      className("Cat"), className("own"), className("Group 12"),
      {json.dumps(NO_GROUPS)}.map(className), decimals(-0.5, 2), whole(1020000),
      t("nobody translated {{a}}", {{ a: 1 }}), said.language.direction,
    ]));"""
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert json.loads(done.stdout) == [
        "1 X", "2 Y", "5 Z", "11 Z", "D", "2{a} & 1", "Tac", "own", "G12", NO_GROUPS, "-0,50",
        "1\u202f020\u202f000", "nobody translated 1", "rtl",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"), ("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("en-US,en;q=0.9,de;q=0.8", "en"),
        ("fr,de;q=0.5", "de"), ("fr;q=1,xx;q=.1", "en"), ("de;q=0,en", "en"), ("*", "en"), ("DE", "de"),
        ("de;q=abc", "de"), (",,;;q=", "en"), ("x" * 100_000, "en"),
    ],
)  # fmt: skip
def test_the_browsers_first_known_language_is_spoken(header: str, code: str) -> None:
    assert chosen_by(header) == code
