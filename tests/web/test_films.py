"""Films: what is between two blends, and files that another program reads as they were meant."""

import io
from base64 import b64decode, b64encode
from typing import Any

import numpy as np
import pytest
from PIL import Image

from latent_core.graphs.noise import normal
from tests.web.node import Node

RECIPE = {"data": "d", "model": "m", "theta": 0.0, "n": 1, "seed": 1, "method": "a", "depth": 4, "k": 50, "pattern": ""}
OF = {"classes": ["3", "8", "0"], "latent": 6}
FILM = {"width": 9, "height": 7, "scale": 3, "rate": 20, "loop": True, "comment": "medley {}", "note": "medley {}"}


def keyframe(seconds: float, w: dict[str, float], **given: Any) -> dict[str, Any]:
    return {"recipe": {**RECIPE, "w": w, **given}, "seconds": seconds}


def frames(content: bytes) -> list[np.ndarray]:
    """Every picture of a film, (height, width, 3)."""
    with Image.open(io.BytesIO(content)) as film:
        found = []
        for i in range(film.n_frames):
            film.seek(i)
            found.append(np.asarray(film.convert("RGB")).astype(int))
        return found


def film_of(node: Node, kind: str, pictures: list[bytes], **given: Any) -> bytes:
    coded = [b64encode(one).decode() for one in pictures]
    return b64decode(node.ask("film", kind=kind, coded=coded, film={**FILM, **given}))


def smooth(rng: np.random.Generator, colours: int) -> np.ndarray:
    """A picture that is hard to pack, (7, 9, 3)."""
    noise = rng.integers(0, 256, (7, 9, colours), np.uint8)
    return np.repeat(noise, 3 // colours, axis=2)


def test_a_gif_has_the_pictures_in_crisp_squares_their_times_and_the_recipe(node: Node) -> None:
    rng = np.random.default_rng(1)
    pictures = [smooth(rng, 1) for _ in range(7)]
    content = film_of(node, "gif", [one.tobytes() for one in pictures], rate=12)
    expected = [np.kron(one, np.ones((3, 3, 1), int)) for one in pictures]
    assert all((a == b).all() for a, b in zip(frames(content), expected, strict=True))
    with Image.open(io.BytesIO(content)) as film:
        times = []
        for i in range(film.n_frames):
            film.seek(i)
            times.append(film.info["duration"])
        film.seek(0)
        assert film.info["loop"] == 0 and film.info["comment"] == b"medley {}"
    assert sum(times) == 580 and set(times) == {80, 90}  # 7 twelfths of a second, in hundredths
    assert node.ask("opened", coded=b64encode(content).decode(), name="a.gif") == {"text": "{}"}
    with Image.open(io.BytesIO(film_of(node, "gif", [one.tobytes() for one in pictures], loop=False))) as film:
        assert "loop" not in film.info


def test_a_gif_of_many_codes_and_of_colours(node: Node) -> None:
    rng = np.random.default_rng(2)
    noisy = rng.integers(0, 256, (120, 110, 1), np.uint8).repeat(3, axis=2)  # the codes run out
    content = film_of(node, "gif", [noisy.tobytes()], width=110, height=120, scale=1)
    assert (frames(content)[0] == noisy).all()
    ramp = np.linspace(0, 255, 63).astype(np.uint8).reshape(7, 9)
    colours = np.stack([ramp, ramp[::-1], ramp.T.reshape(7, 9)], axis=2)
    found = frames(film_of(node, "gif", [colours.tobytes()], scale=1))[0]
    assert np.abs(found - colours).max() <= 8  # 63 colours, told apart in steps of eight
    many = smooth(rng, 3)
    close = np.abs(frames(film_of(node, "gif", [many.tobytes(), colours.tobytes()], scale=1))[0] - many)
    assert close.max() <= 8
    faint = np.linspace(90, 120, 64)[None, :, None] + np.arange(0, 48, 1)[:, None, None] * np.array([2, 1, 0.5])
    faint, noise = faint.round().astype(np.uint8), rng.integers(0, 256, (48, 64, 3), np.uint8)
    hard, soft = (
        frames(film_of(node, "gif", [faint.tobytes(), noise.tobytes()], width=64, height=48, scale=1, smooth=smooth))[0]
        for smooth in (False, True)
    )
    even = [np.abs((one - faint).reshape(12, 4, 16, 4, 3).mean((1, 3))).mean() for one in (hard, soft)]
    assert even[1] < 0.95 * even[0], "neighbouring pixels share what lies between two colours"
    flat = np.full((7, 9, 3), (200, 30, 60), np.uint8)
    assert (frames(film_of(node, "gif", [flat.tobytes()], scale=1))[0] == flat).all()


def test_an_animated_webp_has_the_pictures_and_the_recipe(node: Node) -> None:
    rng = np.random.default_rng(3)
    pictures, packed = [smooth(rng, 3) for _ in range(3)], []
    for one in pictures:
        out = io.BytesIO()
        Image.fromarray(one).save(out, "WEBP", lossless=True)
        packed.append(out.getvalue())
    content = film_of(node, "webp", packed)
    assert all((a == b).all() for a, b in zip(frames(content), pictures, strict=True))
    assert node.ask("opened", coded=b64encode(content).decode(), name="a.webp") == {"text": "{}"}
    assert "cut off" in node.ask("opened", coded=b64encode(content[:-9]).decode(), name="a.webp")["said"]
    with pytest.raises(RuntimeError, match="packs no WebP"):
        film_of(node, "webp", [b"\x89PNG and so on"])


def test_between_two_blends_shares_and_theta_move_evenly_and_noise_keeps_its_strength(node: Node) -> None:
    first = keyframe(2, {"3": 50, "8": 50}, theta=0.2)
    second = keyframe(1, {"8": 10, "0": 30}, theta=0.6, seed=9, n=3)
    reel = {"keyframes": [first, second], "of": OF}
    begin, half, there, back = node.ask("reel", at=[0, 1, 2, 2.5], loop=True, **reel)
    assert (begin["rows"], begin["shares"], begin["scale"]) == ([0, 1], [0.5, 0.5], 0.2)
    assert half["rows"] == [0, 1, 2] and half["shares"] == pytest.approx([0.25, 0.375, 0.375])
    assert half["scale"] == pytest.approx(0.4) and half["n"] == 2
    ends = [normal(seed, 2, 6).ravel() for seed in (1, 9)]
    assert half["draws"] == pytest.approx((ends[0] + ends[1]) / np.sqrt(2), abs=1e-6)
    assert (there["rows"], there["seed"], there["scale"], there.get("draws")) == ([1, 2], 9, 0.6, None)
    assert back["shares"] == pytest.approx(half["shares"])
    assert node.ask("reel", at=[2.9], loop=False, **reel)[0]["shares"] == pytest.approx(there["shares"])
    painted = [keyframe(1, {"3": 1}, pattern="ZAAAZAAA"), keyframe(1, {"3": 1})]
    assert node.ask("reel", keyframes=painted, of=OF, at=[0.5], loop=True)[0]["pattern"] not in ("", "ZAAAZAAA")


def test_films_that_are_too_long_or_empty_get_a_sentence(node: Node) -> None:
    one = keyframe(1.5, {"3": 50})
    assert node.ask("filmless", keyframes=[one] * 4, rate=20) == [120, ""]
    frames, said = node.ask("filmless", keyframes=[{**one, "seconds": 20}] * 20, rate=25)
    assert frames == 10_000 and "10,000 pictures, and 600 is the most" in said
    assert "needs blends" in node.ask("filmless", keyframes=[], rate=20)[1]
