"""The core's promises: the same noise everywhere, recipes that survive anything, files without pickles."""

import io
import json
import math
import pickle
import pickletools
import struct
import zipfile
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from latent_core import metrics, open_model
from latent_core.evidence import look, sharpness
from latent_core.graphs.graph import Graph, open_shared
from latent_core.graphs.noise import normal, philox
from latent_core.models import files, generator
from latent_core.models.generator import Generator
from latent_core.models.library import Library
from latent_core.models.model import Blend
from latent_core.recipes.recipe import MOST_CLASSES, Recipe, parse, with_model
from latent_core.recipes.theta import Theta
from tests.unit.folders import dataset_card, model_card

# Known answers of Philox 4x32-10, published with Random123 (Salmon et al. 2011).
VECTORS = [
    ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
    ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
    ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
]
LIBRARY = Library(
    {"tiny": dataset_card(classes=["3", "8", "a b", "é/ü"], start=["3", "8"])},
    {slug: model_card(slug) for slug in ("tiny/elbo-2", "tiny/linear-2")},
)
RECIPE = Recipe("tiny", "elbo-2", (("3", 20.0), ("8", 60.5)), Theta(0.4), 2, 7, "averaging_depth", 2, 1)


def words(text: str) -> list[int]:
    return [int(word, 16) for word in text.split()]


@pytest.mark.parametrize(("counter", "key", "expected"), VECTORS)
def test_philox_gives_its_published_answers(counter: str, key: str, expected: str) -> None:
    high, low = words(key)
    assert philox(np.array([words(counter)], np.uint32), (high, low)).tolist() == [words(expected)]


@pytest.mark.parametrize(("samples", "latent"), [(1, 1), (3, 10), (10, 32), (2, 5)])
def test_noise_does_not_depend_on_how_much_is_asked_for(samples: int, latent: int) -> None:
    much = normal(7, 12, 40)
    np.testing.assert_array_equal(normal(7, samples, latent), much[:samples, :latent])


def test_noise_is_standard_normal_and_its_seeds_are_independent() -> None:
    many = normal(123, 2000, 20)
    assert abs(many.mean()) < 0.02 and abs(many.std() - 1) < 0.02
    assert abs(np.corrcoef(many.ravel(), normal(124, 2000, 20).ravel())[0, 1]) < 0.02
    assert np.isfinite(normal(2**32 - 1, 50, 50)).all()


@given(
    values=some.dictionaries(
        some.sampled_from(["data", "model", "w", "theta", "n", "seed", "method", "depth", "k", "other"]),
        some.one_of(
            some.text(max_size=60), some.floats(), some.integers(), some.none(), some.booleans(),
            some.lists(some.integers()),
            some.dictionaries(some.text(max_size=8), some.floats() | some.text(max_size=8)),
        ),
    )
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_values_give_a_recipe_that_can_be_made(values: dict[str, object]) -> None:
    recipe, said = parse(values, LIBRARY)
    assert recipe.data == "tiny" and recipe.model in LIBRARY.models("tiny")
    assert 1 <= len(recipe.w) <= MOST_CLASSES and all(0 <= amount <= 100 for _, amount in recipe.w)
    assert 0 <= recipe.theta.scale <= 1 and 1 <= recipe.n <= 10 and 0 <= recipe.seed < 2**32 and 1 <= recipe.k <= 2
    assert math.isclose(sum(recipe.shares().values()), 1)
    assert all("<" not in sentence and len(sentence) < 200 for sentence in said)
    again = [parse(form, LIBRARY)[0] for form in (recipe.to_json(), recipe.to_query())]
    assert again[0] == again[1] or recipe.method != "averaging_depth"


@pytest.mark.parametrize("form", [Recipe.to_json, Recipe.to_query])
def test_a_recipe_comes_back_from_json_and_from_a_link(form) -> None:
    odd = Recipe("tiny", "linear-2", (("a b", 33.3), ("é/ü", 0.0)), seed=2**32 - 1, k=2)
    for recipe in (RECIPE, odd):
        assert parse(form(recipe), LIBRARY) == (recipe, [])


@pytest.mark.parametrize(
    ("values", "words_"),
    [
        ({"w": "3:nan,8:1e308"}, "amounts"),
        ({"w": ",".join(f"x{i}:1" for i in range(10_000))}, "not in this dataset"),
        ({"data": "<script>alert(1)</script>"}, "dataset"),
        ({"model": "../../etc/passwd"}, "model"),
        ({"theta": "inf"}, "theta"),
        ({"seed": "1e99"}, "seed"),
        ({"n": "2.5"}, "n must be a whole number"),
        ({"w": "3:0,8:0"}, "share equally"),
    ],
)
def test_what_is_wrong_with_a_link_is_said_once_and_the_rest_is_kept(values: dict[str, str], words_: str) -> None:
    recipe, said = parse({"method": "spherical", **values}, LIBRARY)
    assert recipe.method == "spherical"
    assert sum(words_ in sentence for sentence in said) == 1
    assert not any("<" in sentence for sentence in said)


def test_another_model_of_the_dataset_keeps_the_rest_of_the_recipe() -> None:
    assert with_model(RECIPE, "tiny/linear-2", LIBRARY).w == RECIPE.w


@pytest.fixture(params=[1, 3], ids=["grey", "colour"])
def blend(request: pytest.FixtureRequest) -> Blend:
    picture = np.random.default_rng(0).random((request.param, 4, 6), dtype=np.float32)
    return Blend(picture, np.arange(3, dtype=np.float32), RECIPE)


@pytest.mark.parametrize("scale", [1, 3, 16])
def test_a_saved_png_holds_the_same_pixels_and_the_recipe(blend: Blend, scale: int) -> None:
    content = files.png(blend, scale)
    shown = np.asarray(Image.open(io.BytesIO(content)))
    assert shown.shape[:2] == (4 * scale, 6 * scale)
    np.testing.assert_array_equal(shown[::scale, ::scale], files.pixels(blend.picture))
    assert parse(files.recipe_of_png(content), LIBRARY) == (RECIPE, [])


def test_a_picture_to_pass_on_has_its_words_below_it_and_the_recipe_inside(blend: Blend) -> None:
    address = "http://127.0.0.1:8501/?w=" + "Person+1:50," * 40
    content = files.poster(blend, ["Blend of 3 and 8", "MNIST digits", address])
    shown = np.asarray(Image.open(io.BytesIO(content)))
    assert shown.shape[1] == 1080 and shown.shape[0] > 720 + 4 * 26, "an address of several lines has its room"
    corners = shown[[0, 0, 719, 719], [0, 1079, 0, 1079]]
    wanted = np.asarray(Image.fromarray(files.pixels(blend.picture)).convert("RGB"))
    np.testing.assert_array_equal(corners, wanted[[0, 0, 3, 3], [0, 5, 0, 5]])
    below = shown[720:]
    assert (below < 128).any() and (below[:, -20:] == 255).all(), "there are letters, and none beyond the edge"
    assert parse(files.recipe_of_png(content), LIBRARY) == (RECIPE, [])


@pytest.mark.parametrize("scale", [0, 17, 1.5, -1])
def test_a_scale_outside_1_to_16_is_refused(blend: Blend, scale: float) -> None:
    with pytest.raises(ValueError, match="1 to 16"):
        files.png(blend, scale)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_is_not_ours_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(ValueError, match="holds no recipe"):
        files.recipe_of_png(content)


def huge(width: int, height: int, recipe: str) -> bytes:
    """A PNG of any size in a hundred bytes: a header, a recipe, and no pixels."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"tEXt", b"medley\0" + recipe.encode())]
    parts = [struct.pack(">I", len(d)) + name + d + struct.pack(">I", zlib.crc32(name + d)) for name, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + struct.pack(">I", 0) + b"IDAT"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("side", [6_400, 9_800, 13_400, 2**31 - 1])
def test_a_png_larger_than_ours_is_refused_with_a_sentence(side: int) -> None:
    with pytest.raises(ValueError, match="more than 40000000 pixels"):
        files.recipe_of_png(huge(side, side, "{}"))


@pytest.mark.parametrize(
    ("recipe", "why"), [("[" * 9999, "nested too deep"), ("[]", "not a record"), ("{", "not JSON")]
)
def test_a_png_whose_recipe_is_none_is_refused_with_a_sentence(recipe: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"this PNG's recipe is {why}"):
        files.recipe_of_png(huge(8, 8, recipe))


def test_an_npz_opens_without_pickle_and_holds_everything(blend: Blend) -> None:
    content = files.npz(blend)
    held = np.load(io.BytesIO(content), allow_pickle=False)
    np.testing.assert_array_equal(held["z"], blend.latent)
    np.testing.assert_array_equal(held["picture"], blend.picture)
    assert held["classes"].tolist() == ["3", "8"] and math.isclose(held["weights"].sum(), 1, rel_tol=1e-6)
    assert parse(json.loads(str(held["recipe"])), LIBRARY) == (RECIPE, [])
    for name in zipfile.ZipFile(io.BytesIO(content)).namelist():
        with pytest.raises(ValueError):
            list(pickletools.genops(zipfile.ZipFile(io.BytesIO(content)).read(name)))


def test_halves_round_up_as_they_do_on_the_canvas() -> None:
    assert files.pixels(np.array([[[0.5 / 255, 1.5 / 255, 1.2, -0.1]]])).tolist() == [[1, 2, 255, 0]]


def test_a_graph_says_what_is_wrong_with_its_inputs() -> None:
    graph = open_shared("plain_average")
    ones = np.ones(2, np.float32)
    with pytest.raises(ValueError, match=r"takes \['pictures', 'weights'\]"):
        graph(weights=ones)
    with pytest.raises(ValueError, match="cannot take these arrays"):
        graph(weights=ones, pictures=np.ones((3, 4), np.float32))
    with pytest.raises(ValueError, match="cannot take these arrays"):
        graph(weights=ones, pictures=np.ones((2, 4)))
    with pytest.raises(ValueError, match=r"broken.onnx is not a graph"):
        Graph(b"no graph", "broken.onnx")


ELBO = open_model("mnist/elbo-2")
"""A shipped model, opened once for what follows."""
PICTURES = np.zeros((2, 1, 28, 28), np.float32)
REFUSED = {
    "uint8 pictures": (lambda: ELBO.encode((PICTURES * 255).astype(np.uint8)), "they were uint8: write pictures / 255"),
    "pictures of -1..1": (lambda: ELBO.encode(PICTURES - 1), "float 0..1; they were -1 to -1"),
    "NaN pictures": (lambda: ELBO.encode(PICTURES * np.nan), "not all finite"),
    "one picture": (lambda: ELBO.classify(PICTURES[0]), r"\(batch, 1, 28, 28\) float 0..1; they were \(1, 28, 28\)"),
    "words as pictures": (lambda: ELBO.encode("picture"), "pictures must be real numbers"),
    "uneven lists": (lambda: ELBO.encode([[1.0], [1.0, 2.0]]), "different lengths"),
    "latents of another size": (
        lambda: ELBO.decode(np.zeros((1, 3))),
        r"\(batch, 2\) finite numbers; they were \(1, 3\)",
    ),
    "huge latents": (lambda: ELBO.decode([[1e300, 0.0]]), "some were not finite"),
    "complex latents": (lambda: ELBO.project(np.zeros((1, 2), complex)), "real numbers"),
    "NaN places": (lambda: ELBO.project([[np.nan, 0]]), "some were not finite"),
    "a NaN neighbour": (lambda: ELBO.nearest([np.nan, 0]), r"\(2,\) finite numbers"),
    "count -1": (lambda: ELBO.nearest([0, 0], -1), "must be a whole number from 1"),
    "count 2.5": (lambda: ELBO.nearest([0, 0], 2.5), "must be a whole number from 1"),
    "training_only as text": (lambda: ELBO.nearest([0, 0], 3, "no"), "True or False"),
    "a list of classes": (lambda: ELBO.blend(["3", "8"]), r"such as {'3': 50, '8': 50}"),
    "shares of 2": (lambda: ELBO.plain_average({"3": 2.0}), "of sum 1"),
    "an unknown class": (lambda: ELBO.plain_average({"x": 1.0}), "no class 'x'"),
    "a judge's list": (lambda: ELBO.dataset.judge.bits(PICTURES[0]), r"\(n, channels, height, width\) float 0..1"),
    "a dataset's name": (lambda: open_model("mnist"), r"'mnist' is no model's name; .*'mnist/elbo-10'"),
    "no name": (lambda: open_model(None), "None is no model's name"),
}


GENERATOR = Generator(ELBO)
REAL = {"contrast": 0.8, "width": 2.0, "ink": 0.1}
ROW, TWO = np.zeros((3, 2), np.float32), np.array([0, 1, 0])
REFUSED |= {
    "sharpness of uint8": (lambda: sharpness((PICTURES * 255).astype(np.uint8), REAL), "write pictures / 255"),
    "sharpness of NaN": (lambda: sharpness(PICTURES * np.nan, REAL), "not all finite"),
    "sharpness against nothing": (lambda: sharpness(PICTURES, {"ink": 1}), "real must have contrast, width and ink"),
    "the look of one": (lambda: look(PICTURES[0]), r"\(n, channels, height, width\) float 0..1; they were \(1, 28"),
    "the look of none": (lambda: look(PICTURES[:0]), r"they were \(0, 1, 28, 28\)"),
    "the look of 0..255": (lambda: look(PICTURES + 255), "they were 255 to 255"),
    "bits of 0..255": (lambda: ELBO.dataset.judge.bits(PICTURES + 9), "they were 9 to 9"),
    "pictures of two sizes": (lambda: metrics.squared_error(PICTURES, PICTURES[:1]), r"\(2, 1, 28, 28\) float 0..1;"),
    "nothing rebuilt": (lambda: metrics.cross_entropy(PICTURES[:0], PICTURES[:0]), "they were"),
    "a spread of 0": (lambda: metrics.divergence(ROW, ROW), "must be above 0"),
    "a NaN mean": (lambda: metrics.active_units(ROW * np.nan), "some were not finite"),
    "a mean that is a list": (lambda: metrics.encoded_std(["x"]), "means must be real numbers"),
    "labels of another length": (lambda: metrics.neighbours(ROW, TWO[:2], ROW, TWO), r"labels must be \(3\) whole"),
    "k of 0": (lambda: metrics.neighbours(ROW, TWO, ROW, TWO, 0), "k must be a whole number from 1"),
    "one class": (lambda: metrics.silhouette(ROW, TWO * 0), "at least two classes"),
    "labels 0.5": (lambda: metrics.silhouette(ROW, TWO / 2), "whole numbers from 0; they were float64"),
    "a class too many": (lambda: metrics.accuracy(ROW, TWO + 1), "whole numbers from 0 to 1; they were int64, 1 to 2"),
    "no probabilities": (lambda: metrics.accuracy(ROW - 1, TWO), "probabilities must be .* they were -1 to -1"),
    "a flat class": (lambda: metrics.same_class_cosine(ROW), r"\(draws, classes, pixels\) float 0..1"),
    "NaN trials": (lambda: metrics.lower_bound(0.5, float("nan")), "at least one trial"),
    "draws 2.5": (lambda: GENERATOR.latents(0.5, 2.5), "draws must be a whole number from 1 to 1000000; it was 2.5"),
    "draws True": (lambda: GENERATOR.sample(0.5, True), "draws must be a whole number"),
    "n of 0": (lambda: GENERATOR.latents(0.5, 2, n=0), "n must be a whole number from 1"),
    "first -1": (lambda: GENERATOR.latents(0.5, 2, first=-1), "first must be a whole number from 0"),
    "a word for theta": (lambda: GENERATOR.theta("much"), "theta must be real numbers"),
    "theta NaN": (lambda: GENERATOR.theta(np.nan), "theta must be numbers from 0"),
    "flat latents": (lambda: generator.decode(ELBO, ROW), r"\(draws, classes, 2\) finite numbers; they were \(3, 2\)"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_function_can_take_is_refused_with_what_it_takes(what: str) -> None:
    call, said = REFUSED[what]
    with pytest.raises(ValueError, match=said):
        call()


def test_no_test_picture_is_called_a_training_neighbour() -> None:
    training = int((ELBO.dataset.rows["split"] == 0).sum())
    assert len(ELBO.nearest([0.0, 0.0], 10**6)) == training
    assert len(ELBO.nearest([0.0, 0.0], 10**6, training_only=False)) == len(ELBO.latents)


def test_a_blend_and_a_model_tell_what_they_are_and_are_equal_where_they_are_the_same() -> None:
    first, again, other = (ELBO.blend({"3": 50, "8": 50}, theta=0.3, seed=seed) for seed in (1, 1, 2))
    assert first == again and first != other and len({first, again, other}) == 2 and first != 3
    assert repr(first).startswith("<Blend of 50% 3, 50% 8 by mnist/elbo-2, decoded_mean; picture (1, 28, 28)")
    assert files.recipe_of_png(first._repr_png_())["w"] == {"3": 50, "8": 50}
    assert "10 classes: 0, 1, 2, 3, 4, 5, 6, 7, ..." in repr(ELBO) and "latent 2" in repr(ELBO)
    assert open_model("mnist/elbo-2") == ELBO != open_model("mnist/elbo-10")


def test_pickled_blends_and_models_come_back_as_they_were() -> None:
    blend = ELBO.blend({"3": 50})
    assert pickle.loads(pickle.dumps(blend)) == blend  # noqa: S301
    held = pickle.dumps(ELBO)
    assert len(held) < 500 and pickle.loads(held) == ELBO  # noqa: S301
