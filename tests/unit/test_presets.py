"""Presets, surprises and lesson links: what they show, and that a stranger's link does no harm."""

import re
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from PIL import Image

from latent_core.artifacts import BrokenFolder
from latent_core.blends import every
from latent_core.models.files import RECIPE_KEY, pixels
from latent_core.recipes.recipe import parse
from pages.parts import lessons, presets, state
from pages.parts.quiz import link as quiz_link
from pages.parts.surprise import MOST, surprise
from tests import shipped
from tests.harness.serving import ROOT

LIBRARY = shipped.library()
THERE = presets.present(LIBRARY)


def test_every_preset_whose_dataset_ships_can_be_shown_and_has_a_name_a_question_and_an_answer() -> None:
    missing = {one.key for one in presets.PRESETS} - {preset.key for preset, _ in THERE}
    assert all(one.slug not in LIBRARY.model_cards for one in presets.PRESETS if one.key in missing)
    assert len(THERE) >= 8 and len({one.key for one in presets.PRESETS}) == len(presets.PRESETS)
    for one in presets.PRESETS:
        assert "?" in one.ask and one.told.endswith(".") and len(one.title) < 40
        own = r"1 and 9|\b[A7]+ 7|the 7|an 8"  # names of classes
        assert not re.search(r"\d", re.sub(own, "", one.told)), "figures are the judge's"
        assert one.method in [method.name for method in every()]


@pytest.mark.parametrize(("preset", "recipe"), THERE, ids=[preset.key for preset, _ in THERE])
def test_the_picture_of_a_preset_is_its_models_own(preset: presets.Preset, recipe: presets.Recipe) -> None:
    drawn = pixels(shipped.model(recipe.slug).make(recipe).picture).astype(int)
    with Image.open(presets.PICTURES / f"{preset.key}.png") as image:
        assert RECIPE_KEY in image.info
        kept = np.asarray(image).astype(int)
    assert np.abs(kept - drawn).max() <= 1, "python -m pages.parts.presets draws it anew"


def test_no_picture_is_left_of_a_preset_that_is_gone() -> None:
    assert {path.stem for path in presets.PICTURES.iterdir()} == {preset.key for preset, _ in THERE}


def test_a_preset_is_a_link_that_opens_as_itself() -> None:
    for _, recipe in THERE:
        assert parse(recipe.to_query(), LIBRARY) == (recipe, [])


def test_a_preset_without_its_model_or_with_unknown_classes_is_left_out() -> None:
    nowhere = presets.Preset("x", "X", "nowhere/elbo-1", (), "?", ".")
    unknown = presets.Preset("y", "Y", "mnist/mmd-20", ("Cat",), "?", ".")
    assert nowhere.recipe(LIBRARY) is None and unknown.recipe(LIBRARY) is None


def test_a_surprise_is_of_its_seed_and_differs_with_others() -> None:
    found = [surprise(seed, LIBRARY, shipped.model) for seed in range(4)]
    assert found[0] == surprise(0, LIBRARY, shipped.model) and len(set(found)) == 4
    assert all(2 <= len(one.w) <= MOST and parse(one.to_query(), LIBRARY) == (one, []) for one in found)


def test_a_surprise_passes_over_what_cannot_be_opened() -> None:
    first = surprise(0, LIBRARY, shipped.model).data

    def model(slug: str) -> object:
        if slug.startswith(f"{first}/"):
            raise BrokenFolder("It is broken.")
        return shipped.model(slug)

    assert surprise(0, LIBRARY, model).data != first  # type: ignore[arg-type]
    with pytest.raises(BrokenFolder):
        surprise(0, LIBRARY, lambda slug: model(f"{first}/"))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(
    ("link", "controls", "ask", "said"),
    [
        ("", (), "", 0),
        ("lesson=pad,classes&ask=Where%20is%20the%203%3F", ("classes", "pad"), "Where is the 3?", 0),
        ("lesson=PAD,%20classes,pad", ("classes", "pad"), "", 0),
        ("lesson=pad,piano", ("pad",), "", 1),
        ("lesson=piano", (), "", 1),
        ("lesson=<script>alert(1)</script>", (), "", 1),
        ("lesson=,,,", (), "", 0),
        ("ask=%3Cimg src%3Dx onerror%3Dhacked%28%29%3E", (), "img src=x onerror=hacked()", 0),
        ("ask=" + "why " * 500, (), None, 1),
        ("lesson=" + "pad," * 100_000, ("pad",), "", 0),
    ],
)
def test_a_lesson_link_shows_what_it_names_and_a_hostile_one_leaves_the_page_whole(
    link: str, controls: tuple[str, ...], ask: str | None, said: int
) -> None:
    found, notices = lessons.from_query(dict(parse_qsl(link)))
    assert found.controls == controls and len(notices) == said
    assert (ask is None and len(found.ask) <= lessons.LONGEST + 2) or found.ask == ask
    assert not set("<>&") & set("".join([found.ask, *notices]))
    assert lessons.from_query(found.to_query())[0] == found, "what it says is a link again"
    assert all(found.shows(one) == (not controls or one in controls) for one in lessons.CONTROLS)


LESSON = (ROOT / "docs" / "lesson.md").read_text()
LINKS = re.findall(r"\]\(<(/[^>]*)>\)", LESSON)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_of_the_lesson_plan_opens_as_it_is_written(link: str) -> None:
    parts = urlsplit(link)
    query = dict(parse_qsl(parts.query, strict_parsing=True))
    assert f"[{link}](" in LESSON, "it is printed as it is"
    recipe, notices = parse(query, LIBRARY)
    assert not notices and set(query) <= {*state.RECIPE_KEYS, *state.ASIDE_KEYS}
    lesson, said = lessons.from_query(query)
    assert not said and lesson.ask == query.get("ask", "")
    assert set(lesson.controls) == set(filter(None, query.get("lesson", "").split(",")))
    asked = quiz_link.from_query(query, LIBRARY.classes(recipe.data), LIBRARY.start(recipe.data)[1])
    assert asked[1] == [] and parts.path == ("/quiz" if "turn" in query else "/")
    if lesson.ask:
        assert lesson.controls and lesson.ask.rstrip("?") in LESSON.replace(link, "").replace("\n  ", " ").replace(
            "one face: what", "one face. What"
        )


def test_the_lesson_plan_has_its_twenty_minutes_and_names_every_control() -> None:
    assert sum(map(int, re.findall(r"\((\d+) minutes\)", LESSON))) == 20 and len(LINKS) >= 6
    assert set(lessons.CONTROLS) <= set(re.findall(r"`(\w+)`", LESSON))
