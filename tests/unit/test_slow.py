"""The slower blends: known answers of own ink and transport, what a search and an arrangement promise, and refusals."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from latent_core import open_model, slow
from latent_core.__main__ import main
from latent_core.artifacts import changed
from latent_core.evidence import sharpness
from latent_core.evidence.own_ink import own_ink
from latent_core.models.files import recipe_of_png
from latent_core.models.measure import measure
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe, parse
from latent_core.recipes.theta import Theta
from latent_core.slow import _arranging, _pen, collage, search, transport
from tests import shipped

pytestmark = pytest.mark.usefixtures("opened_once")
THREE = ("Latin b", "Greek theta", "Korean h")


def recipe(names: tuple[str, ...] = THREE, slug: str = "omniglot/elbo-16") -> Recipe:
    """Equal parts of the named classes."""
    data, model = slug.split("/")
    return Recipe(data, model, tuple((name, 50.0) for name in names))


@pytest.fixture(scope="module")
def model() -> Model:
    """An Omniglot model, with judges and strokes."""
    return open_model("omniglot/elbo-16")


def test_methods_say_what_they_are() -> None:
    assert slow.names() == ["search", "transport", "collage"]
    for name in slow.names():
        about = slow.method(name)
        assert about.TITLE and about.MEANING.endswith(".") and len(about.MEANING) < 120
    with pytest.raises(LookupError, match="search"):
        slow.method("magic")


def test_own_ink_of_layers_that_never_or_always_meet() -> None:
    left, right = np.zeros((2, 4, 4))
    left[:, :2], right[:, 2:] = 1, 1
    assert own_ink(np.stack([left, right])).tolist() == [1, 1]
    assert own_ink(np.stack([left, left])).tolist() == [0, 0]
    half = left.copy()
    half[2:] = 0
    assert own_ink(np.stack([left, half])).tolist() == [0.5, 0]
    assert own_ink(np.stack([left, 0.2 * left])).tolist() == [1, 0]  # as faint as that is no ink


def test_a_stroke_is_as_wide_as_it_says_and_ink_is_what_grey_says() -> None:
    line = np.stack([np.linspace(20.3, 90.1, 400), np.full(400, 50.2)], axis=1).astype(np.float32)
    drawn = _pen.grey(line)
    assert drawn.sum() == pytest.approx(69.8 * 2 * _pen.RADIUS, rel=0.05)
    assert np.flatnonzero(drawn.reshape(-1) > _pen.INK).tolist() == _pen.inked(line).tolist()


def test_arranging_leaves_more_ink_free_than_laying_over(model: Model) -> None:
    there = list(model.dataset.drawings.values())
    plain = np.stack([_pen.grey(_pen.placed(of_class[0], _pen.Pose(0, 0.0, 1.0))) for of_class in there])
    poses = _arranging.arrange(there, seed=1)
    arranged = np.stack([_pen.grey(_pen.placed(of[one.drawing], one)) for of, one in zip(there, poses, strict=True)])
    assert own_ink(plain).min() < 0.2
    assert own_ink(arranged).min() > 0.42
    assert all(abs(one.turn) <= _arranging.TURN and max(map(abs, one.shift)) <= _arranging.SHIFT for one in poses)
    assert arranged[:, [0, -1]].max() == arranged[:, :, [0, -1]].max() == 0  # nothing runs off the sheet


def test_collage_has_a_colour_a_class(model: Model) -> None:
    made = slow.make("collage", recipe(), model=model)
    assert made.picture.shape == (3, 112, 112) and made.recipe.method == "collage"
    assert set(made.own_ink) == set(THREE) and min(made.own_ink.values()) > 0.8
    one = slow.make("collage", recipe(THREE[:1]), model=model)
    assert one.own_ink == {"Latin b": 1.0}
    lit = one.picture.reshape(3, -1)[:, one.picture.max(axis=0).reshape(-1) > 0.9]
    assert np.allclose(lit / lit.max(axis=0), collage.hue(0)[:, None] / collage.hue(0).max(), atol=1e-5)
    colours = (Path(__file__).resolve().parents[2] / "web/ui/colours.js").read_text()
    assert ", ".join(f'"#{one}"' for one in collage.TEN) in colours


def test_barycentre_of_two_places_lies_between() -> None:
    y, x = np.mgrid[0:28, 0:28]
    blobs = np.stack([np.exp(-((x - at) ** 2 + (y - 14) ** 2) / 8) for at in (8, 18)])
    for shares, at in (((0.5, 0.5), 13), ((0.25, 0.75), 15.5)):
        found = transport.barycentre(blobs, np.array(shares))
        assert (found * x).sum() / found.sum() == pytest.approx(at, abs=0.3)
        assert found[14, 13 if at == 13 else 15] > 0.8 > 0.2 > found[14, 8]
        assert found.max() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("slug", "name"), [("omniglot/elbo-16", THREE[0]), ("fashion/mmd-16", "T-shirt")])
def test_transport_of_one_class_is_its_own_picture(slug: str, name: str) -> None:
    """Of a drawing, and where there are no pen lines."""
    model, asked = open_model(slug), recipe((name,), slug)
    made = slow.make("transport", asked, model=model)
    own = model.decode(model.stats["mean"][[model.card.classes.index(name)]])[0]
    assert np.abs(made.picture - own).mean() < 0.01
    assert np.array_equal(made.picture, slow.make("transport", asked, model=model).picture)


def test_search_is_better_than_its_start_and_repeats_itself(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "GENERATIONS", 30)
    told: list[tuple[int, int]] = []
    made = slow.make("search", recipe(), lambda step, steps: told.append((step, steps)), model)
    assert told == [(step + 1, 30) for step in range(30)]
    rows = [model.card.classes.index(name) for name in THREE]
    space = search.Space(model, model.stats["mean"][rows], model.stats["std"][rows])
    guide, facts = model.dataset.guide, model.dataset.card.judge
    assert guide and facts
    start = space.pictures(np.zeros((1, space.size)))
    assert guide.bits(made.picture[None])[0, rows].min() > guide.bits(start)[0, rows].min() + 0.5
    value = search.scorer(space, guide, facts.real, rows)
    assert value(np.zeros((1, space.size))).shape == (1,)
    again = slow.make("search", replace(recipe(), theta=Theta(0.5), n=3), model=model)
    assert np.array_equal(made.picture, again.picture) and np.array_equal(made.latent, again.latent)
    assert made.picture.shape == start.shape[1:] and 0 <= made.picture.min() and made.picture.max() == 1


def test_a_search_for_all_shows_more_of_them_than_their_average_does_and_is_no_vaguer(model: Model) -> None:
    everyone = recipe(tuple(model.card.classes))
    usual = model.make(everyone)
    made = slow.make("search", everyone, model=model)
    guide, facts = model.dataset.guide, model.dataset.card.judge
    assert guide and facts
    before, after = guide.bits(np.stack([usual.picture, made.picture]))
    assert (before > 0).sum() < 18 < (after > 0).sum(), "by the guide, which steers"
    sharp = sharpness(np.stack([usual.picture, made.picture]), facts.real, model.dataset.ground)
    assert sharp[1] > sharp[0] - 0.01
    reading = measure(model, made, without=made.without)
    assert reading.without and min(reading.without.values()) > 0, "the judge misses every one that is taken out"
    assert made.without.shape == (20, 1, 28, 28) and made.recipe.method == "search"
    ten = slow.make("search", recipe(tuple(model.card.classes[:10])), model=model)
    assert ten.without.size == 0, "nobody has to tell what is missed where bits alone tell presence"


def test_pictures_without_a_class_are_what_the_other_ones_make(model: Model) -> None:
    many = search.Many.of(model, list(range(7)))
    vector = np.random.default_rng(3).normal(0, 0.5, many.size)
    told = vector.copy()
    told[:-2][many.classes == 4] = -100  # as good as none of it
    assert np.abs(many.without(vector)[4] / 255 - many.pictures(told[None])[0]).max() <= 0.5 / 255 + 1e-6
    assert many.amounts(vector[None]).sum() == pytest.approx(1)
    assert many.places(np.zeros((1, many.size)))[0] == pytest.approx(many.z.mean(0), abs=1e-5)
    assert many.pictures(np.zeros((1, many.size))).max() == pytest.approx(search.TOP, abs=1e-5)


def test_a_search_tries_as_many_as_its_card_says() -> None:
    tried: list[np.ndarray] = []

    def value(vectors: np.ndarray) -> np.ndarray:
        tried.extend(vectors)
        return -np.abs(vectors).sum(axis=1)

    search.best(value, 5, 1, lambda step, steps: None)
    assert f"{round(len(tried), -2):,} combinations" in search.MEANING


def test_a_search_never_returns_less_than_its_start() -> None:
    best = search.best(lambda vectors: -np.abs(vectors).sum(axis=1), 5, 1, lambda step, steps: None)
    assert best.tolist() == [0] * 5
    hill = search.best(lambda vectors: -np.abs(vectors - 2).sum(axis=1), 5, 1, lambda step, steps: None)
    assert np.abs(hill - 2).max() < 0.2
    plain = search.best(lambda vectors: -np.abs(vectors).sum(axis=1), 5, 1, lambda step, steps: None, middle=True)
    assert plain.tolist() == [0] * 5, "nor does the middle of its last tries"


def test_evidence_that_a_pixel_undoes_counts_a_fifth() -> None:
    class Corner:
        classes = ("a",)

        def bits(self, pictures: np.ndarray) -> np.ndarray:
            return pictures[:, 0, 5:6, 5]

    picture = np.zeros((1, 1, 32, 32), np.float32)
    picture[0, 0, 5, 5] = 5
    assert search.Moved(Corner()).bits(picture) == 1  # type: ignore[arg-type]
    assert search.Moved(Corner()).bits(np.ones((2, 1, 32, 32), np.float32)).tolist() == [[1], [1]]


@pytest.mark.parametrize(
    ("name", "asked", "sentence"),
    [
        ("search", recipe(THREE[:1]), "Give weight to at least two"),
        ("collage", recipe(("T-shirt", "Trousers"), "fashion/elbo-16"), "no pen lines"),
    ],
)
def test_what_cannot_be_made_is_a_sentence(name: str, asked: Recipe, sentence: str) -> None:
    model = open_model(asked.slug)
    assert sentence in slow.why_not(name, model, asked)
    with pytest.raises(ValueError, match=sentence):
        slow.make(name, asked, model=model)


def test_without_judges_nothing_is_searched() -> None:
    model, asked = open_model("fashion/elbo-16"), recipe(("T-shirt", "Trousers"), "fashion/elbo-16")
    model.dataset.card = changed(model.dataset.card, judge=None)
    assert "no judge" in slow.why_not("search", model, asked)
    with pytest.raises(ValueError, match="no judge"):
        slow.make("search", asked, model=model)


def test_a_class_without_an_amount_does_not_count(model: Model) -> None:
    asked = replace(recipe(), w=(("Latin b", 50.0), ("Greek theta", 0.0)))
    assert slow.chosen(asked) == ["Latin b"]
    assert "Only one class has any weight" in slow.why_not("search", model, asked)


def test_a_link_to_a_slower_method_ends_in_a_sentence() -> None:
    found, said = parse({"data": "omniglot", "method": "search"}, shipped.library())
    assert found.method == "decoded_mean" and any("below the mixer" in sentence for sentence in said)


def test_command_makes_the_same_picture_from_its_own_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, again = tmp_path / "a.png", tmp_path / "b.png"
    line = ["blend", "--model", "omniglot/elbo-16", "--classes", "Latin b,Korean h", "--method", "collage"]
    assert main([*line, "--out", str(out)]) == 0
    assert "of each class's ink is its own" in capsys.readouterr().out
    assert recipe_of_png(out.read_bytes())["method"] == "collage"
    assert main(["blend", "--recipe", str(out), "--out", str(again)]) == 0
    assert out.read_bytes() == again.read_bytes()
    assert main(["blend", "fashion/elbo-16", "--classes", "all", "--method", "collage", "--out", str(out)]) == 2
    assert "no pen lines" in capsys.readouterr().err
    assert main([*line, "--measure", "--out", str(out)]) == 2
    assert main([*line, "--even-out", "--out", str(out)]) == 2
    assert "live method" in capsys.readouterr().err
