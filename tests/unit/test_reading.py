"""A reading says which classes are in the picture, in figures and in words, on a toy whose answers are known."""

import json

import msgspec
import numpy as np
import pytest

from latent_core import measure
from latent_core.__main__ import main
from latent_core.artifacts import open_dataset
from latent_core.evidence import Reading, baseline_bits, listed
from latent_core.models import dataset
from latent_core.models.groups import Group
from latent_core.models.measure import NoJudge, alternatives
from latent_core.models.model import Model
from tests import shipped
from tests.unit import toys

pytestmark = pytest.mark.usefixtures("opened_once")
JUDGED = [slug for slug in shipped.models() if slug.split("/")[0] in shipped.judged()]


@pytest.mark.parametrize(
    ("seen", "chosen", "sentence"),
    [
        (
            "038", "01378",
            "A judge network finds 3 of 5: 0, 3 and 8. 1 and 7 are hard to find. Give them more weight.",
        ),
        ("03", "037", "A judge network finds 2 of 3: 0 and 3. 7 is hard to find. Give it more weight."),
        ("", "03", "A judge network finds 0 of 2. 0 and 3 are hard to find. Choose fewer classes."),
        ("3", "3", "A judge network finds 1 of 1: 3."),
        ("", "3", "A judge network finds 0 of 1. 3 is hard to find."),
        (
            ["bag"], ["bag", "Latin b"],
            "A judge network finds 1 of 2: bag. Latin b is hard to find. Give it more weight.",
        ),
        ("0123456789ab", "0123456789ab", "A judge network finds 12 of 12: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, a and b."),
        ("0123456789abc", "0123456789abc", f"A judge network finds 13 of 13: {', '.join('0123456789a')} and 2 more."),
        (
            "", "012345",
            "A judge network finds 0 of 6. 0, 1, 2, 3 and 2 more are hard to find. Choose fewer classes.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_names_what_is_seen_and_what_is_missing(seen: str, chosen: str, sentence: str) -> None:
    assert Reading({}, None, 0.5, tuple(seen), tuple(chosen), None, 0.0, None).sentence() == sentence


def test_names_are_listed_as_people_list_them() -> None:
    assert [listed("ab"[:n]) for n in range(3)] == ["", "a", "a and b"]
    assert listed("abcde") == "a, b, c, d and e" and listed("abcdefg") == "a, b, c, d and 3 more"


def test_chance_is_that_of_the_nearest_number_of_classes() -> None:
    chance = {"10": -1.0, "3": -2.0, "20": -0.5}
    assert [baseline_bits(chance, n) for n in (1, 3, 6, 7, 15, 40)] == [-2, -2, -2, -1, -1, -0.5]
    assert baseline_bits({}, 3) == 0


def test_a_reading_of_some_classes() -> None:
    toy = toys.Toy([2.0, 2.0, 0.5, 1.0])
    found = measure(toy, toy.recipe({"a": 50, "b": 25, "c": 25, "d": 0}))
    assert found.chosen == ("a", "b", "c") and found.seen == ("a", "b") and (found.k, found.n) == (2, 3)
    assert list(found.bits.values()) == pytest.approx([7, 2, -1.75, -3], abs=1e-4)
    assert found.without is None and found.became is None and found.recoverability == 1 and found.baseline == -1
    assert found.sentence().startswith("A judge network finds 2 of 3: a and b. c is hard to find. Give it more weight.")
    told = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert told["k"] == 2 and told["least"] == -1.75 and told["sentence"] == found.sentence()


def test_with_every_class_chosen_a_class_must_bring_its_own_evidence() -> None:
    toy = toys.Toy([2.0, 2.0, 0.0])
    toy.dataset.judge = toys.judge(3, np.array([0.3, 0.3, -1]))  # takes anything for c
    everyone = toy.recipe({"a": 40, "b": 40, "c": 20})
    found = measure(toy, everyone)
    assert found.bits["c"] > 0 and found.seen == ("a", "b")
    assert found.without == pytest.approx({"a": 8, "b": 8, "c": 0}, abs=1e-4) and found.recoverability is None
    assert measure(toy, everyone, remove_one=False).seen == ("a", "b", "c")


def test_leave_one_out_can_be_asked_for_but_not_of_a_single_class() -> None:
    toy = toys.Toy([2.0, 2.0, 1.0])
    assert set(measure(toy, toy.recipe({"a": 1, "b": 1}), remove_one=True).without or ()) == {"a", "b"}
    assert measure(toy, toy.recipe({"a": 1})).seen == ("a",)
    with pytest.raises(ValueError, match="at least two"):
        measure(toy, toy.recipe({"a": 1}), remove_one=True)


def test_a_reading_tells_what_the_blend_turned_into() -> None:
    toy = toys.Toy([0.5, 0.5, 1.0])
    toy.dataset.judge = toys.judge(3, np.array([0.3, 0.3, -0.2]))
    assert measure(toy, toy.recipe({"a": 1, "b": 1})).became == "c"


def test_all_amounts_0_are_equal_parts_in_the_reading_too() -> None:
    toy = toys.Toy([2.0, 2.0, 1.0])
    assert measure(toy, toy.recipe({"a": 0, "b": 0})) == measure(toy, toy.recipe({"a": 5, "b": 5}))


def test_a_blend_is_read_as_it_is_and_not_made_again() -> None:
    toy = toys.Toy([2.0, 2.0, 1.0])
    blend = toy.make(toy.recipe({"a": 1, "b": 1}))
    made = toy.made
    assert measure(toy, blend).seen == ("a", "b") and toy.made == made


def test_groups_are_left_out_with_a_note() -> None:
    toy = toys.Toy([2.0, 2.0], groups=("Group 1",))
    found = measure(toy, toy.recipe({"a": 40, "b": 40, "Group 1": 20}))
    assert found.chosen == ("a", "b") and "Group 1" in found.note and list(found.bits) == ["a", "b"]
    assert found.without == pytest.approx(dict.fromkeys("ab", 8 - 1 / 3), abs=1e-4), "the group stays in, as a veil"
    alone = measure(toy, toy.recipe({"Group 1": 20}))
    assert alone.n == alone.k == 0 and alone.sentence() == alone.note != ""
    assert alone.to_json()["least"] is None


def test_a_dataset_without_a_judge_says_so() -> None:
    toy = toys.Toy([1.0, 1.0])
    toy.dataset.judge, toy.dataset.unjudged = None, "Toys has no judge yet."
    for ask in (measure, alternatives):
        with pytest.raises(NoJudge, match="Toys has no judge yet"):
            ask(toy, toy.recipe({"a": 1}))


def test_the_usual_answers_are_read_with_the_same_amounts() -> None:
    toy = toys.Toy([2.0, 2.0, 1.0])
    recipe = toy.recipe({"a": 60, "b": 40})
    found = alternatives(toy, recipe)
    assert list(found) == ["Centre of mass", "Plain average"], "the toy has no linear model"
    assert found["Plain average"] == measure(toy, recipe)
    assert list(alternatives(toy, recipe, linear=toy)) == ["Centre of mass", "Eigen-image", "Plain average"]


@pytest.fixture(scope="module", params=JUDGED[:1] + JUDGED[-1:])
def judged(request: pytest.FixtureRequest):
    return shipped.model(request.param)


def test_a_shipped_model_is_read(judged) -> None:
    names = judged.card.classes
    found = measure(judged, judged.blend({names[2]: 1.0}))
    assert found.n == 1 and set(found.bits) == set(names) and 0 <= found.sharpness <= 1
    everyone = measure(judged, judged.blend(dict.fromkeys(names, 1.0)))
    assert everyone.n == len(names) and set(everyone.without or ()) == set(names)
    grouped = judged.with_groups([Group(judged.dataset.slug, 1, (0, 1, 2))])
    some = measure(grouped, grouped.blend({names[0]: 1.0, "Group 1": 1.0}))
    assert some.chosen == (names[0],) and some.note


def test_the_order_of_the_classes_does_not_matter(judged) -> None:
    names = judged.card.classes[:4]
    first = measure(judged, judged.blend({name: 1.0 + i for i, name in enumerate(names)}))
    second = measure(judged, judged.blend({name: 1.0 + i for i, name in reversed(list(enumerate(names)))}))
    assert first == second


def test_the_command_tells_the_same_reading(judged, tmp_path, capsys) -> None:
    names = judged.card.classes[:3]
    line = ["blend", judged.slug, "--classes", ",".join(names), "--measure", "--out", str(tmp_path / "a.png")]
    assert main([*line, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    blend = judged.blend(dict.fromkeys(names, 50.0))
    assert said["reading"] == json.loads(json.dumps(measure(judged, blend).to_json()))
    assert set(said["alternatives"]) == {"Centre of mass", "Eigen-image", "Plain average"}
    assert len(said["picture_sha256"]) == 64 and said["recipe"]["w"] == dict.fromkeys(names, 50)
    assert main(["blend", "--recipe", str(tmp_path / "a.png"), "--measure", "--out", str(tmp_path / "b.png")]) == 0
    text = capsys.readouterr().out
    assert said["reading"]["sentence"] in text and "Centre of mass: " in text and "nan" not in text


def test_the_command_evens_out_first(judged, tmp_path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    out = ["--even-out", "--measure", "--json", "--out", str(tmp_path / "a.png")]
    opened, made = [], Model.__init__
    monkeypatch.setattr(Model, "__init__", lambda self, slug, *rest: (opened.append(slug), made(self, slug, *rest))[1])
    assert main(["blend", judged.slug, "--classes", ",".join(judged.card.classes[:4]), *out]) == 0
    monkeypatch.undo()
    assert opened.count(judged.slug) == 1, "a model is opened once, whatever is asked about its blend"
    said = json.loads(capsys.readouterr().out)
    assert said["evened"]["after"] >= said["evened"]["before"] and said["recipe"] == said["evened"]["recipe"]
    assert main(["blend", "--recipe", str(tmp_path / "a.png"), "--json", "--out", str(tmp_path / "b.png")]) == 0
    assert json.loads(capsys.readouterr().out)["picture_sha256"] == said["picture_sha256"]


def test_the_command_says_when_there_is_no_judge(tmp_path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    unjudged = msgspec.structs.replace(open_dataset("mnist"), judge=None)
    monkeypatch.setattr(dataset, "open_dataset", lambda slug, root: unjudged)
    line = ["blend", "mnist/elbo-10", "--classes", "3,8", "--out", str(tmp_path / "a.png")]
    for flag in ("--measure", "--even-out"):
        assert main([*line, flag]) == 2
        assert "has no judge, so nothing is said about what is in a blend" in capsys.readouterr().err
    assert main(line) == 0
