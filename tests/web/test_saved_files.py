"""Files that Medley saved, opened again: the browser finds in them what Python put there, and says what is wrong."""

import io
import json
import zlib
from base64 import b64encode
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from latent_core import open_model
from latent_core.models.files import png
from tests.web.node import Node


def opened(node: Node, content: bytes, name: str = "a.png", **given: Any) -> dict[str, str]:
    """The text of the recipe, or what is said."""
    found: dict[str, str] = node.ask("opened", coded=b64encode(content).decode(), name=name, **given)
    return found


def drawn(**facts: str | tuple[str, bool]) -> bytes:
    """A PNG with texts, packed where a pair says so."""
    info = PngInfo()
    for name, fact in facts.items():
        text, packed = fact if isinstance(fact, tuple) else (fact, False)
        info.add_text(name, text, zip=packed)
    info.add_itxt("other", "{}")
    out = io.BytesIO()
    Image.fromarray(np.zeros((4, 4), np.uint8)).save(out, "PNG", pnginfo=info)
    return out.getvalue()


@pytest.fixture(scope="module")
def saved() -> tuple[bytes, dict[str, Any]]:
    """A blend as `Keep it` saves it, and its record."""
    blend = open_model("mnist/mmd-20").blend({"3": 0.3, "8": 0.7}, theta=0.2)
    return png(blend, 2), blend.record()


def test_the_recipe_of_a_saved_picture_is_found(node: Node, saved: tuple[bytes, dict[str, Any]]) -> None:
    content, record = saved
    assert json.loads(opened(node, content)["text"]) == record
    assert json.loads(opened(node, json.dumps(record).encode(), "recipe.json")["text"]) == record
    assert opened(node, drawn(medley="{}"))["text"] == "{}"
    assert opened(node, drawn(medley=("{} packed", True)))["text"] == "{} packed"
    assert opened(node, drawn(medley="{} 日本"))["text"] == "{} 日本"
    out = io.BytesIO()
    Image.fromarray(np.zeros((4, 4), np.uint8)).save(out, "GIF", comment=b'medley {"n": 1}')
    assert opened(node, out.getvalue(), "a.gif")["text"] == '{"n": 1}'


def test_whatever_else_is_given_ends_in_a_sentence(node: Node, saved: tuple[bytes, dict[str, Any]]) -> None:
    content, _ = saved
    assert "no picture that Medley saved" in opened(node, b"hello")["said"]
    assert "no picture that Medley saved" in opened(node, b"")["said"]
    assert "holds no recipe" in opened(node, drawn())["said"]
    for cut in (20, 40, 300, len(content) - 1):
        assert "cut off" in opened(node, content[:cut])["said"]
    assert "has 70 MB" in opened(node, content, size=70 * 2**20)["said"]
    bomb = drawn(medley=("{" + " " * 3 * 2**20, True))
    assert "too long" in opened(node, bomb)["said"]
    packed = zlib.compress(b"{}")
    assert "cut off" in opened(node, drawn(medley=("{}", True)).replace(packed[:4], b"\0\0\0\0"))["said"]
    assert "cut off" in opened(node, b"GIF89a" + bytes(7), "a.gif")["said"]
