"""What the map's tests do: open the map, ask it where its points are, build a folder of 60,000 points."""

import base64
import io
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import numpy as np
from PIL import Image
from playwright.sync_api import Page
from safetensors.numpy import load_file, save
from scipy.spatial import cKDTree

from latent_core.artifacts import open_dataset, open_model_card
from latent_core.artifacts.store import models_root, write_folder
from tests.browser.helpers import CODED, rested, visit

MAP = "window.medley?.map"
"""JavaScript: the explorer of the page's map."""
LASSO = [(290, 290), (330, 190), (420, 170), (470, 250), (430, 330), (340, 350)]
"""Corners of a selection, pixels of the map."""
STILL = f"""() => {{ const map = {MAP};
  return map?.root.isConnected && map.root.dataset.drawn && !map.stage.from && !map.stage.stale; }}"""


def open_map(page: Page, url: str, query: str = "?data=mnist") -> None:
    """Open the Map page and wait until its points rest."""
    visit(page, f"{url}/map{query}")
    rest(page)


def rest(page: Page) -> None:
    """Wait until the points have arrived where they belong, and pictures can be shown."""
    page.wait_for_function(STILL, timeout=30_000)
    rested(page)
    page.wait_for_function(STILL, timeout=30_000)


def kept(page: Page) -> None:
    """Wait until the server knows what was chosen on the map."""
    rested(page)


def ask(page: Page, expression: str, argument: Any = None) -> Any:
    """The value of a JavaScript expression about `map`, the explorer, and `given`."""
    return page.evaluate(f"(given) => {{ const map = {MAP}; return ({expression}); }}", argument)


def frame(page: Page) -> tuple[float, float, float, float]:
    """Left, top, width and height of the map in the window, CSS pixels."""
    box = ask(page, "(({x, y, width, height}) => [x, y, width, height])(map.frame.getBoundingClientRect())")
    return box[0], box[1], box[2], box[3]


def numbers(page: Page, expression: str, kind: str = "f4") -> np.ndarray:
    """A typed array of the page as a flat numpy array."""
    return np.frombuffer(base64.b64decode(ask(page, f"({CODED})({expression})")), kind)


def screen(page: Page) -> np.ndarray:
    """(rows, 2) where the points are drawn, CSS pixels of the map."""
    return np.stack([numbers(page, "map.stage.xs"), numbers(page, "map.stage.ys")], axis=1).astype(np.float64)


def pixels(page: Page, selector: str) -> np.ndarray:
    """(height, width, 4) uint8 of the first canvas inside the map that matches a CSS selector."""
    canvas = f"map.root.querySelector('{selector}')"
    width, height = ask(page, f"[{canvas}.width, {canvas}.height]")
    found = numbers(page, f"{canvas}.getContext('2d').getImageData(0, 0, {width}, {height}).data", "u1")
    return found.reshape(height, width, 4)


def inside(polygon: np.ndarray, points: np.ndarray) -> np.ndarray:
    """(n,) whether points (n, 2) lie in a polygon (corners, 2), by the crossing rule, corner by corner."""
    hit = np.zeros(len(points), bool)
    for (ax, ay), (bx, by) in zip(polygon, np.roll(polygon, 1, axis=0), strict=True):
        if ay == by:
            continue
        crosses = (ay > points[:, 1]) != (by > points[:, 1])
        hit ^= crosses & (points[:, 0] < (bx - ax) * (points[:, 1] - ay) / (by - ay) + ax)
    return hit


def press(page: Page, name: str) -> None:
    """Press the button of exactly this name."""
    page.get_by_role("button", name=name, exact=True).click()


def parameters(page: Page) -> dict[str, str]:
    """What the link says, the first value of each name."""
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).query).items()}


def draw(page: Page, corners: list[tuple[float, float]]) -> None:
    """A drag over corners given in pixels of the map."""
    left, top, _, _ = frame(page)
    page.mouse.move(left + corners[0][0], top + corners[0][1])
    page.mouse.down()
    for x, y in corners[1:]:
        page.mouse.move(left + x, top + y, steps=4)
    page.mouse.up()


def empty_place(page: Page) -> tuple[float, float]:
    """A pixel of the map with no point near it and no button over it."""
    _, _, width, height = frame(page)
    spots = [(x, y) for x in np.arange(30, width - 60, 15) for y in np.arange(70, height - 50, 15)]
    far, _ = cKDTree(screen(page)).query(spots)
    return spots[int(np.argmax(far))]


def in_sight(page: Page, rng: np.random.Generator, count: int, among: np.ndarray | None = None) -> np.ndarray:
    """Random rows whose points are free of the buttons over the map."""
    _, _, width, height = frame(page)
    x, y = screen(page).T
    free = (x > 20) & (x < width - 20) & (y > 60) & (y < height - 40)
    return rng.choice(np.flatnonzero(free & (among if among is not None else True)), count, replace=False)


def folder_of_60000(target: Path) -> Path:
    """A models folder like the shipped mnist/mmd-20, with every row three times and a little apart."""
    home = models_root() / "mnist"
    noise = np.random.default_rng(0)
    dataset, model = open_dataset("mnist"), open_model_card("mnist/mmd-20")

    def tripled(path: Path, kept: tuple[str, ...] = ()) -> bytes:
        arrays = load_file(path)
        for name, array in arrays.items():
            if name in kept:
                continue
            times = np.concatenate([array] * 3)
            if array.dtype.kind == "f":
                spread = 0.1 * array.astype(np.float64).std()
                times = times + spread * noise.normal(size=times.shape)
            arrays[name] = np.ascontiguousarray(times.astype(array.dtype))
        return save(arrays)

    rows = 3 * model.rows
    sheet = np.asarray(Image.open(home / dataset.thumbs.file).convert("L"))
    columns = dataset.thumbs.columns
    tiles = sheet.reshape(-1, 28, columns, 28).swapaxes(1, 2).reshape(-1, 28, 28)[: model.rows]
    wide = np.zeros((245 * 245, 28, 28), np.uint8)
    wide[:rows] = np.concatenate([tiles] * 3)
    out = io.BytesIO()
    sheet = wide.reshape(245, 245, 28, 28).swapaxes(1, 2).reshape(245 * 28, -1)
    Image.fromarray(sheet).save(out, "PNG", compress_level=1)
    files = {name: (home / name).read_bytes() for name in ("means.safetensors", "classifier.onnx")}
    files |= {"rows.safetensors": tripled(home / "rows.safetensors"), "thumbs.png": out.getvalue()}
    thumbs = msgspec.structs.replace(dataset.thumbs, file="thumbs.png", columns=245)
    write_folder(msgspec.structs.replace(dataset, thumbs=thumbs, linear="mmd-20"), files, target)
    same = ("decoder.onnx", "encoder.onnx", "stats.safetensors")
    files = {name: (home / "mmd-20" / name).read_bytes() for name in same}
    files["latents.safetensors"] = tripled(home / "mmd-20" / "latents.safetensors")
    kept = ("pca_centre", "pca_components", "pca_share")
    files["projections.safetensors"] = tripled(home / "mmd-20" / "projections.safetensors", kept)
    write_folder(msgspec.structs.replace(model, rows=rows), files, target)
    return target
