"""Numbers that JavaScript makes or reads by hand are Python's: noise, theta, mixes, safetensors."""

import base64
import json
import math
import unicodedata

import numpy as np
import pytest
from safetensors.numpy import save

from latent_core.graphs.noise import normal
from latent_core.recipes import numbers
from latent_core.recipes.recipe import Recipe, parse
from latent_core.recipes.theta import Theta
from tests import shipped
from tests.web.node import Node


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [  # the published vectors of Philox 4x32-10 (Random123)
        ([0] * 4, [0] * 2, "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ([0xFFFFFFFF] * 4, [0xFFFFFFFF] * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            [0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344],
            [0xA4093822, 0x299F31D0],
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_philox_is_the_published_one(node: Node, counter: list[int], key: list[int], words: str) -> None:
    assert node.ask("philox", counter=counter, key=key) == [int(word, 16) for word in words.split()]


@pytest.mark.parametrize(
    ("seed", "samples", "latent", "first"), [(1, 1, 1, 0), (2**32 - 1, 10, 33, 0), (77, 3, 20, 1000), (0, 2, 4, 2**31)]
)
def test_noise(node: Node, seed: int, samples: int, latent: int, first: int) -> None:
    found = node.ask("normal", seed=seed, samples=samples, latent=latent, first=first)
    np.testing.assert_allclose(found, normal(seed, samples, latent, first).ravel(), rtol=0, atol=1e-6)


def test_theta(node: Node) -> None:
    rng = np.random.default_rng(4)
    for _ in range(60):
        grid = int(rng.integers(1, 41)), int(rng.integers(1, 51))
        cells = rng.integers(0, 101, grid) / 100 if rng.random() < 0.8 else np.ones(grid)
        theta = Theta.from_cells(round(float(rng.random()), 3), cells)
        rows = sorted(rng.choice(grid[0] + 3, int(rng.integers(1, grid[0] + 1)), replace=False).tolist())  # and groups
        found = node.ask("theta", scale=theta.scale, pattern=theta.pattern, rows=rows, latent=grid[1])
        np.testing.assert_array_equal(np.array(found["rows"], np.float32), theta.rows(rows, grid).ravel())
        assert found["text"] == theta.pattern
        assert found["cells"] is None or found["cells"] == np.rint(cells * 100).astype(int).ravel().tolist()


RECIPE = Recipe("mnist", "mmd-20", (("3", 20.0), ("8", 80.0)), theta=Theta(0.3), n=2, seed=7)
CLASSES = [str(i) for i in range(10)]


def test_a_recipe_goes_through_the_mix_unchanged(node: Node) -> None:
    found = node.ask("mix", recipe=RECIPE.to_json(), classes=CLASSES, steps=[])
    assert found["recipe"] == RECIPE.to_json()
    assert found["chosen"] == [3, 8] and found["scale"] == 0.3
    assert found["shares"] == list(RECIPE.shares().values())


def test_shares_are_those_of_python(node: Node) -> None:
    rng = np.random.default_rng(5)
    for _ in range(100):
        amounts = np.round(rng.choice([0.0, 1.0]) * rng.random(int(rng.integers(1, 11))) * 100, 2)
        recipe = Recipe("mnist", "mmd-20", tuple(zip(CLASSES, amounts.tolist(), strict=False)))
        found = node.ask("mix", recipe=recipe.to_json(), classes=CLASSES, steps=[])
        np.testing.assert_allclose(found["shares"], list(recipe.shares().values()), rtol=1e-12)
        assert found["empty"] == bool((amounts == 0).all())


def test_what_hands_do_to_a_mix(node: Node) -> None:
    def after(*steps: list) -> dict[str, float]:
        found: dict[str, float] = node.ask("mix", recipe=RECIPE.to_json(), classes=CLASSES, steps=steps)["recipe"]["w"]
        return found

    assert after(["toggle", 0]) == {"0": 50, "3": 20, "8": 80}  # the average of what is there
    assert after(["toggle", 3]) == {"8": 80}
    assert after(["toggle", 3], ["toggle", 8]) == {}
    assert after(["toggle", 3], ["toggle", 8], ["toggle", 1]) == {"1": 50}
    assert after(["chooseAll", True]) == dict.fromkeys(CLASSES, 50)
    assert after(["chooseAll", True, 4]) == dict.fromkeys("0123", 50)
    assert after(["chooseAll", False]) == {}
    assert after(["setWeights", [0.1, 0.3]]) == {"3": 33.33, "8": 100}


HELD = {
    "half": np.array([[0.5, -2.0, 65504.0], [6e-8, 1e-5, 0.0]], np.float16),
    "odd": np.arange(3, dtype=np.uint8),  # whatever follows is not aligned
    "single": np.linspace(-1, 1, 7, dtype=np.float32),
    "short": np.array([-32768, 32767], np.int16),
    "whole": np.array([[-(2**31)], [2**31 - 1]], np.int32),
    "long": np.array([2**52, -5], np.int64),
    "scalar": np.array(3.5, np.float32),
    "none": np.zeros((0, 4), np.float32),
}


def test_every_dtype_of_safetensors_is_read(node: Node) -> None:
    found = node.ask("arrays", bytes=base64.b64encode(save(HELD, {"note": "skipped"})).decode())
    assert set(found) == set(HELD)
    for name, array in HELD.items():
        assert found[name]["dims"] == list(array.shape)
        assert found[name]["data"] == array.astype(np.float64).ravel().tolist()


def test_all_16_bit_floats_widen_exactly(node: Node) -> None:
    bits = np.arange(2**16, dtype=np.uint16)
    found = np.array([float(one) for one in node.ask("widen", bits=bits.tolist())])
    np.testing.assert_array_equal(found, bits.view(np.float16).astype(np.float64))


def damaged() -> dict[str, bytes]:
    """Files that are no whole safetensors file, by what is wrong."""
    whole = save({"a": np.ones((2, 3), np.float32)})
    size = int.from_bytes(whole[:8], "little")
    header = json.loads(whole[8 : 8 + size])

    def with_header(**changes: object) -> bytes:
        text = json.dumps({"a": {**header["a"], **changes}}).encode()
        return len(text).to_bytes(8, "little") + text + whole[8 + size :]

    return {
        "empty": b"",
        "seven bytes": whole[:7],
        "cut in the header": whole[:20],
        "cut in the numbers": whole[:-1],
        "a header longer than the file": (2**40).to_bytes(8, "little") + whole[8:],
        "no JSON": whole[:8] + b"x" * size + whole[8 + size :],
        "an unknown dtype": with_header(dtype="F64"),
        "another size": with_header(shape=[2, 4]),
        "beyond the end": with_header(data_offsets=[24, 48]),
        "before the start": with_header(data_offsets=[-24, 0]),
        "no shape": with_header(shape=None),
        "a page of HTML": b"<!doctype html><title>404</title>",
    }


@pytest.mark.parametrize("wrong", damaged())
def test_a_damaged_file_is_a_sentence(node: Node, wrong: str) -> None:
    with pytest.raises(RuntimeError, match=r"FileError: this file is damaged: it is not a whole safetensors file\."):
        node.ask("arrays", bytes=base64.b64encode(damaged()[wrong]).decode())


WRITTEN = {
    "0,5": 0.5, "0.5": 0.5, ".5": 0.5, "5.": 5, "1e3": 1000, "1E-2": 0.01, "-0": 0, "+7": 7, "0.001": 0.001, "007": 7,
    "٣": 3, "٠٫٥": 0.5, "５０": 50, "१२": 12, "𝟟": 7, "−4": -4, " 8\u00a0": 8, "1,0000": 1, "0,125": 0.125, "1.000": 1,
    "1000,125": 1000.125, "9" * 40: float("9" * 40),
    "1_000": None, "1,000": None, "-12,345": None, "٣,٠٠٠": None, "999,999": None,
    "1 000": None, "1'000": None, "1.000,5": None, "": None, " ": None, "-": None, ".": None, "e3": None,
    "0x10": None, "1e999": None, "nan": None, "inf": None, "Infinity": None, "½": None, "²": None, "三": None,
    "5%": None, "1e": None, "--1": None, "9" * 41: None, "1\n2": None, "0,5,": None,
}  # fmt: skip
WHOLE = {"7": 7, "7.0": 7, "1e3": 1000, "1.000": None, "1,000": None, "0,5": None, "4294967295": 4294967295, "-0": 0}
WHOLE |= {"9007199254740991": 2**53 - 1, "9007199254740993": None}
ZEROS = [zero for zero in range(0x30, 0x1D800) if unicodedata.decimal(chr(zero), -1) == 0]
SCRIPTS = ["".join(chr(zero + i) for i in range(10)) for zero in ZEROS]


def test_fields_and_links_read_the_same_numbers(node: Node) -> None:
    for whole, wanted in ((False, WRITTEN), (True, WHOLE)):
        there = node.ask("numbers", texts=list(wanted), whole=whole)
        here = [numbers.read(text, whole) for text in wanted]
        assert here == there == list(wanted.values())
    texts = [*WRITTEN, " -1,500 ", "1,500e3", "01,500", "1,5000"]
    assert node.ask("doubts", texts=texts) == [numbers.doubt(text) for text in texts]
    assert numbers.doubt(" -1,500 ") == "“-1,500” may be -1.500 or -1500: write the one that is meant"
    assert len(SCRIPTS) > 30
    assert node.ask("numbers", texts=SCRIPTS, whole=False) == [123456789.0] * len(SCRIPTS)
    assert [numbers.read(text) for text in SCRIPTS] == [123456789.0] * len(SCRIPTS)
    assert math.copysign(1, numbers.read("-0") or 0) == 1


def test_a_link_takes_what_a_field_takes() -> None:
    library = shipped.library()
    recipe, said = parse({"data": "mnist", "w": "3:٥٠,8:1e1", "theta": "0,001", "seed": "7.0"}, library)
    assert (recipe.w, recipe.theta.scale, recipe.seed, said) == ((("3", 50), ("8", 10)), 0.001, 7, [])
    assert "seed must be a whole number" in parse({"data": "mnist", "seed": "1,000"}, library)[1][0]
    said = parse({"data": "mnist", "theta": "1,000"}, library)[1][0]
    unsure = "“1,000” may be 1.000 or 1000: write the one that is meant"
    assert said == f"theta must be a number from 0 to 1 ({unsure}); 0 is used."
    assert "theta must be" in parse({"data": "mnist", "theta": "0_1"}, library)[1][0]
