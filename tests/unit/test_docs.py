"""The book on the Learn page says what is true: every objective, command, picture and figure in it is checked."""

import json
import re
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from PIL import Image

from latent_core import registry
from latent_core.blends import methods
from latent_core.language import ENGLISH, known, languages, speaking
from latent_core.models.spectrum import read_spectrum, squared_error
from latent_core.training.objectives import ROOM, kind
from pages.parts.learn import book
from tests import shipped
from tests.harness.serving import ROOT

HEADINGS = ["What it is", "Objective", "Source", "In Medley", "Limits"]
LEARN = sorted((ROOT / "docs" / "learn").glob("*.md"))
MAIN = (ROOT / "latent_core" / "__main__.py").read_text()
COMMANDS = re.findall(r'^ *"([\w-]+)": (?:commands\.|_train)', MAIN, re.MULTILINE)


def whole_book() -> str:
    return "\n".join(path.read_text() for path in LEARN)


def doc_source(objective: str) -> str:
    """The source that the first line of an objective's module names."""
    return (registry.get(ROOM, objective).__doc__ or "").partition(";")[2].split("\n")[0]


@pytest.mark.parametrize("name", registry.names(ROOM))
def test_every_objective_has_a_page_with_the_same_headings(name: str) -> None:
    text = (ROOT / "docs" / "objectives" / f"{name}.md").read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert "$$" in text and f"objectives/{name}.py" in text
    source = text.split("## Source")[1].split("##")[0]
    authors_and_years = re.findall(r"\b(?:19|20)\d\d\b|\b[A-Z]\w+|[\w-]+/[\w-]+", doc_source(name))
    assert authors_and_years, "the first line of the module names its source after a semicolon"
    assert all(one in source for one in authors_and_years), "the module and its page name the same source"


@pytest.mark.parametrize("name", registry.names(ROOM))
def test_an_objectives_page_names_every_field_of_it_and_its_default(name: str) -> None:
    text = (ROOT / "docs" / "objectives" / f"{name}.md").read_text()
    for field in fields(kind(name)):
        assert field.name == "hidden" or f"`{field.name}`" in text
        told = field.default if isinstance(field.default, str) else f"{field.default:g}"
        assert re.search(rf"\b{re.escape(told)}\b", text), field.name


@pytest.mark.parametrize("name", registry.names(ROOM))
def test_the_figures_on_an_objectives_page_are_those_of_the_cards(name: str) -> None:
    text = (ROOT / "docs" / "objectives" / f"{name}.md").read_text()
    cards = shipped.library().model_cards
    told = {
        "cross-entropy": "cross-entropy",
        "squared error": "squared error",
        r"k-NN \(10\)": "k-NN (10)",
        **{what: what for what in ("total correlation", "MIG", "SAP", "DCI disentanglement", "DCI completeness")},
        "DCI informativeness": "DCI informativeness",
    }
    for part in re.split(r"\*\*(?:What it did here|On sprites)\.\*\*", text)[1:]:
        slugs = re.findall(r"`(\w+/[\w-]+)`", part)[:2]
        for words, what in told.items():
            for said in re.findall(rf"{words} ([\d.]+)(?: nats)? \(([\d.]+)\)", part.split("\n")[0]):
                for slug, value in zip(slugs, said, strict=True):
                    measured = next(one.value for one in cards[slug].metrics if one.what == what)
                    digits = len(value.partition(".")[2])
                    assert float(value) == pytest.approx(measured, abs=0.51 * 10**-digits), (slug, what)


@pytest.mark.parametrize("name", registry.names(ROOM))
def test_the_figures_over_several_trainings_are_those_that_were_measured(name: str) -> None:
    rows = json.loads((ROOT / "benchmarks" / "results" / "zoo.json").read_text())["rows"]
    found = {row["what"]: row for row in rows}
    text = (ROOT / "docs" / "objectives" / f"{name}.md").read_text()
    number = r"([\d.]+) ± ([\d.]+)"
    for line in re.findall(r"^\*\*Over three trainings\*\*.*$", text, re.MULTILINE):
        slugs, told = re.findall(r"`(\w+/[\w-]+)`", line)[:2], line.partition(": ")[2]
        figures = re.findall(rf"([A-Za-z][^,.;]*?) {number}(?: [a-z ]+)? \({number}\)", told)
        assert figures
        for what, *values in figures:
            for slug, value, error in zip(slugs, values[::2], values[1::2], strict=True):
                row = found[f"{slug}: {what}"]
                assert row["n"] == 3
                for told_one, measured in ((value, row["value"]), (error, row["stderr"])):
                    digits = len(told_one.partition(".")[2])
                    assert float(told_one) == pytest.approx(measured, abs=0.51 * 10**-digits), (slug, what)


def test_a_goal_that_is_undecided_says_why_and_so_does_its_objectives_page() -> None:
    rows = json.loads((ROOT / "benchmarks" / "results" / "zoo.json").read_text())["rows"]
    for row in rows:
        if row["goal"] is not None and row["met"] is None:
            slug = row["what"].split()[0].rstrip(":")
            page = ROOT / "docs" / "objectives" / f"{slug.split('/')[1].rpartition('-')[0].replace('-', '_')}.md"
            told = page.read_text().split(f"**`{slug}` is undecided**")[1:]
            assert "trainings" in row["why"] and told, row["what"]


def test_every_objectives_page_is_of_an_objective() -> None:
    assert [path.stem for path in sorted((ROOT / "docs" / "objectives").glob("*.md"))] == registry.names(ROOM)


def test_every_command_is_explained_and_every_command_shown_exists() -> None:
    text = (ROOT / "docs" / "learn" / "7_recipes.md").read_text()
    assert sorted(re.findall(r"^\| `([\w-]+)` \|", text, re.MULTILINE)) == sorted(COMMANDS) and len(COMMANDS) > 10
    assert set(re.findall(r"python -m latent_core ([\w-]+)", whole_book())) <= set(COMMANDS)


def test_every_model_that_ships_is_listed_and_every_one_listed_ships() -> None:
    table = (ROOT / "README.md").read_text().split("## The models that ship")[1].split("##")[0].split("Each is")[0]
    assert sorted(re.findall(r"`(\w+/[\w-]+)`", table)) == sorted(shipped.library().model_cards)


def test_every_picture_is_there_is_used_and_has_words() -> None:
    used = {found for path in LEARN for found in book.PICTURE.findall(path.read_text())}
    files = {f"pictures/{path.name}" for path in (ROOT / "docs" / "learn" / "pictures").iterdir()}
    assert {file for _, file, _ in used} == files
    assert all(len(alt) > 20 and len(caption) > 20 and alt != caption for alt, _, caption in used)
    for file in files:
        with Image.open(ROOT / "docs" / "learn" / file) as picture:
            assert picture.width <= 900 and np.asarray(picture)[..., :3].std() > 20
    assert whole_book().count("![") == len(used), "each picture stands on a line of its own"


def test_the_figures_of_chapter_3_are_those_that_were_measured() -> None:
    rows = json.loads((ROOT / "benchmarks" / "results" / "averages.json").read_text())["rows"]
    value = {row["what"]: row["value"] for row in rows}
    text = (ROOT / "docs" / "learn" / "3_averages.md").read_text()
    lines = re.findall(r"^\| (\d+) \| ([\d.]+) \| ([\d.]+) \|", text, re.MULTILINE)
    table = {int(size): (float(one), float(other)) for size, one, other in lines}
    assert [*table] == [2, 5, 10]
    for size, pair in table.items():
        for method, told in zip(("centre_of_mass", "decoded_mean"), pair, strict=True):
            assert told == pytest.approx(value[f"{method}, {size} classes: with its own classes"], abs=0.0055)
    numbers = re.findall(r"correlate ([\d.]+)|and ([\d.]+) with each|only ([\d.]+)\.", text)
    said = [float(number) for found in numbers for number in found if number]
    measured = [
        value["centre_of_mass, all classes: with 8, the likest"],
        value["centre_of_mass, 5 classes: with blends of other sets"],
        value["decoded_mean, 5 classes: with blends of other sets"],
        value["pairs of single classes"],
    ]
    assert said == pytest.approx(measured, abs=0.0055)
    middle = value["distance of the centre of mass from zero over the centroids' mean distance"]
    assert f"at {100 * middle:.0f} % of" in text


def test_the_figures_of_chapter_11_are_those_that_were_measured() -> None:
    rows = json.loads((ROOT / "benchmarks" / "results" / "which.json").read_text())["rows"]
    found = {(row["model"].split("/")[1], row["method"]): row for row in rows}
    text = (ROOT / "docs" / "learn" / "11_which_method.md").read_text()
    told = re.findall(r"^\| `([\w-]+)` \| (\d+) %.*? \| (\d+) %(?: ± (\d+))? \| ([\d.]+) \|$", text, re.MULTILINE)
    assert len(told) == 19
    for name, decoded, centre, error, sharpness in told:
        first, middle = found[name, "decoded_mean"], found[name, "centre_of_mass"]
        assert (int(decoded), int(centre)) == (round(100 * first["seen"][0]), round(100 * middle["seen"][0]))
        assert int(error or 0) == round(100 * middle["seen"][1]) and float(sharpness) == round(first["sharpness"][0], 2)
    decoded = {name: row["seen"][0] for (name, way), row in found.items() if way == "decoded_mean"}
    large = [seen for name, seen in decoded.items() if not name.endswith("-2") and name != "poisson-50"]
    assert min(large) == pytest.approx(0.96, abs=0.005), "96 to 100 % of the classes can be seen"
    assert decoded["poisson-50"] == pytest.approx(0.88, abs=0.005)
    middles = [row["seen"][0] for (name, way), row in found.items() if way != "decoded_mean" and "linear" not in name]
    assert (max(middles), min(middles)) == (pytest.approx(0.9, abs=0.005), pytest.approx(0.26, abs=0.005))
    assert first["n"] == 60


def test_what_chapter_11_says_of_ways_to_blend_was_measured() -> None:
    """All of the table, and that its bold figures are the best ones."""
    rows = json.loads((ROOT / "benchmarks" / "results" / "methods.json").read_text())["rows"]
    found = {row["what"]: row for row in rows}
    text = (ROOT / "docs" / "learn" / "11_which_method.md").read_text()
    seen, middle = "classes seen", "Frechet distance of middles"
    columns = [
        (slug, what)
        for slug in ("mnist/mmd-20", "fashion/mmd-16", "olivetti/elbo-32", "omniglot/label-guided-16")
        for what in ((seen,) if slug.startswith("olivetti") else (seen, middle))
    ]
    lines = {}
    for way in methods("gaussian"):
        told = re.search(rf"^\| {re.escape(way.title)} \| (.+) \|$", text, re.MULTILINE)
        assert told, way.title
        lines[way.name] = told[1].split(" | ")
    for place, (slug, what) in enumerate(columns):
        values = {name: found[f"{slug}, {name}: {what}"]["value"] for name in lines}
        best = (max if what == seen else min)(values.values())
        for name, cells in lines.items():
            value = f"{100 * values[name]:.0f} %" if what == seen else f"{values[name]:.0f}"
            assert cells[place] == (f"**{value}**" if values[name] == best else value)
            assert found[f"{slug}, {name}: {seen}"]["stderr"] <= 0.05
    said = [("mnist/vq-98", "code_vote", 68), ("mnist/vq-98", "centre_of_mass", 90)]
    said += [("mnist/poisson-50", "log_rates", 65), ("mnist/poisson-50", "centre_of_mass", 40)]
    assert all(round(100 * found[f"{slug}, {name}: {seen}"]["value"]) == share for slug, name, share in said)


def test_what_chapter_11_says_of_animals_was_measured() -> None:
    rows = json.loads((ROOT / "benchmarks" / "results" / "animals.json").read_text())["rows"]
    found = {row["what"]: row for row in rows}
    text = (ROOT / "docs" / "learn" / "11_which_method.md").read_text().split("**Do faces change")[1]
    ways = {"Average after decoding": "decoded_mean", "Centre of mass": "centre_of_mass", "Eigen-image": "eigen-image"}
    ways |= {"Balanced consensus (crisp)": "consensus", "Pixel mean": "pixel mean"}
    for title, way in ways.items():
        seen, sharp = (found[f"3 animals, {way}, centroids: {what}"] for what in ("present", "sharpness Q"))
        line = f"| {title} | {seen['value']:.2f} ± {seen['stderr']:.2f} | {sharp['value']:.2f} |"
        assert line in text
    everyone = {way: found[f"all 20, {way}, centroids: present and missed"]["value"] for way in ways.values()}
    decoded, middle = everyone["decoded_mean"], everyone["centre_of_mass"]
    assert f"shows {decoded:.0f} and is missed by every one" in text and f"found to be {middle:.0f} of them" in text
    assert everyone["eigen-image"] == everyone["pixel mean"]
    assert f"show {everyone['pixel mean']:.0f}, as a cloud" in text
    drawn = [found[f"3 animals, {way}, drawings: present"] for way in ("decoded_mean", "centre_of_mass", "pixel mean")]
    for one in drawn:
        assert f"{one['value']:.2f} ± {one['stderr']:.2f}" in text
    own = found["one drawing: its class seen"]
    assert f"finds {own['value'] * own['n']:.0f} of the {own['n']} single drawings" in text


def test_chapter_5_is_right_about_errors_at_equal_size() -> None:
    library = shipped.library()
    behind = re.findall(r"`(\w+/[\w-]+)`", (ROOT / "docs" / "learn" / "5_eigen_images.md").read_text())
    for dataset in library.datasets():
        linear = f"{dataset}/{library.dataset_cards[dataset].linear}"
        if linear not in library.model_cards:
            continue
        from latent_core import open_model

        error = read_spectrum(open_model(linear)).error
        for name in library.models(dataset):
            card = library.model_cards[f"{dataset}/{name}"]
            other_wishes = card.places == "fitted" or card.latent.kind in ("counts", "halves", "levels", "layers")
            if card.kind == "vae" and not other_wishes:
                better = squared_error(card)[0] < error[min(card.latent.size, len(error) - 1)]
                assert better != (card.slug in behind), card.slug


def test_every_blending_method_is_explained() -> None:
    text = (ROOT / "docs" / "learn" / "3_averages.md").read_text().lower()
    names = {"decoded_mean": "decode, then average"}
    assert all(names.get(one.name, one.title.lower()) in text for one in methods())
    with speaking("de"):
        text = (ROOT / "docs" / "learn" / "de" / "3_averages.md").read_text().lower()
        names = {"decoded_mean": "erst decodieren, dann mitteln"}
        assert all(names.get(one.name, known(one.title).lower()) in text for one in methods())


FENCE = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
TARGET = re.compile(r"\]\(([^ )]+)")
NUMBER = re.compile(r"\d*\.?\d+")


def told(paragraph: str, decimal: str, thousands: str) -> dict[str, list[Any]]:
    """What a translation must leave as it is: the figures of a paragraph, code, and where links and pictures lead."""
    prose = TARGET.sub(" ", CODE.sub(" ", paragraph))
    prose = re.sub(rf"(\d){re.escape(thousands)}(\d{{3}})(?!\d)", r"\1\2", prose)
    prose = re.sub(rf"(\d){re.escape(decimal)}(\d)", r"\1.\2", prose)
    return {
        "figures": sorted(map(float, NUMBER.findall(prose))),
        "links": TARGET.findall(paragraph),
        "lines": [re.match(r"#*|\*?|\|?", line)[0] for line in paragraph.splitlines()],  # type: ignore[index]
    }


@pytest.mark.parametrize("code", [code for code in languages() if code != ENGLISH])
@pytest.mark.parametrize("folder", [book.LEARN, book.OBJECTIVES])
def test_a_translated_page_tells_the_same_figures_code_and_pictures(folder: str, code: str) -> None:
    """So that no figure goes stale in one language: paragraph by paragraph."""
    english_marks = languages()[ENGLISH].decimal, languages()[ENGLISH].thousands
    marks = languages()[code].decimal, languages()[code].thousands
    marks = marks if folder == book.LEARN else english_marks  # equations keep the point
    web = languages()[code].web
    for path in sorted((book.DOCS / folder / code).glob("*.md")):
        english, other = (one.read_text() for one in (book.DOCS / folder / path.name, path))
        programs = [[re.sub(r" *#.*", "", found) for found in FENCE.findall(text)] for text in (english, other)]
        assert programs[0] == programs[1], path.name
        words, same = (set(CODE.findall(FENCE.sub("", text))) for text in (english, other))
        buttons = {str(web.get(word, word)) for word in words}
        assert same <= words | buttons and len(same) == len(words), path.name
        ours, theirs = ([*map(str.strip, FENCE.sub("", text).split("\n\n"))] for text in (english, other))
        assert len(ours) == len(theirs), path.name
        for mine, yours in zip(ours, theirs, strict=True):
            assert told(yours, *marks) == told(mine, *english_marks), f"{path.name}: {yours[:200]}"


def test_a_book_is_whole_in_every_language_and_links_lead_to_the_same_chapters() -> None:
    for folder in (book.LEARN, book.OBJECTIVES):
        english = book.pages(folder)
        for code in languages():
            with speaking(code):
                pages = book.pages(folder)
            assert list(pages) == list(english)
            assert [page.anchor for page in pages.values()] == [page.anchor for page in english.values()]
            differ = [page.text != english[name].text for name, page in pages.items()]
            assert all(differ) if code != ENGLISH else not any(differ), code


def test_pages_of_the_book_are_parted_into_text_and_pictures() -> None:
    pages = book.pages(book.LEARN)
    assert [page.title.partition(" ")[0] for page in pages.values()] == [f"{i}." for i in range(1, len(pages) + 1)]
    assert len({page.anchor for page in pages.values()}) == len(pages)
    assert all(not page.text.startswith("#") for page in pages.values())
