"""Animals: emoji of twenty animals, 64x64 in colour, by nine sets of artists, who are named in models/animals."""

import io
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from latent_core import artifacts
from latent_core.artifacts import layout
from latent_core.datasets import About, DataMissing, LabelledImages, Split

if TYPE_CHECKING:  # torch takes a second, and nobody who reads ABOUT needs it
    from latent_core.datasets._redrawn import Redrawn

ABOUT = About(
    title="Twenty animals",
    what="Emoji of twenty animals, each drawn by seven to nine artists; two of these no network has ever seen.",
    source="https://github.com/iconify/icon-sets",
    licence="Apache-2.0, CC BY 4.0, CC BY-SA 4.0, MIT: one for each artist, in licences.md",
    credit=(
        "Noto Emoji (Google), Twemoji (Twitter), Fluent Emoji (Microsoft), Firefox OS Emoji (Mozilla), OpenMoji, "
        "EmojiOne and Emojitwo (Emoji One)"
    ),
    linear="linear-50",
    default_model="label-guided-48",
    start=("Cat", "Dog", "Panda"),
    rows=(600, 40),
    classifier_steps=700,
    judge_steps=1000,
    ground=(1.0, 1.0, 1.0),
    enlarge="smooth",
    originals=(layout.ORIGINALS, layout.ORIGINALS_LIST, "licences.md", "apache_2_0.txt"),
)
NAME, SIDE = "animals", 64
EACH, SEED = 60, 1
"""Training pictures of every class, drawings and changed copies of them together, and what their changes come from."""
TAUGHT = 6
"""How many of the strangers, the first ones, teach judges what to see nothing in; the others test it."""


def load(root: Path | None, split: Split) -> LabelledImages:
    """Training: what seven sets of artists drew, then changed copies, until every class has 60; test: two other sets.

    The first 600 hold 30 of every class. `originals` of the training pictures are the drawings alone, 128x128. All is
    read from the file that ships; nothing below root.
    """
    drawings, y, artist = _drawings(split, range(len(_index()["classes"])))
    names = tuple(_index()["classes"])
    by = tuple(_named(one["by"], one["name"]) for one in artists())
    if split == "test":
        return LabelledImages(_bytes(_redrawn(drawings).plain()), y, names, artist=artist, artists=by)
    which = _copies(y, len(names))
    import torch

    redrawn, rng = _redrawn(drawings), torch.Generator().manual_seed(SEED)
    copies = [_bytes(redrawn.draw(torch.from_numpy(part), rng)) for part in np.array_split(which, 20)]
    x, of = np.concatenate([_bytes(redrawn.plain()), *copies]), np.concatenate([np.arange(len(y)), which])
    changed = np.arange(len(of)) >= len(y)
    return LabelledImages(
        x, y[of], names, originals=drawings, drawn_from=of, changed=changed, artist=artist[of], artists=by
    )


def out_of_class(root: Path | None) -> tuple[np.ndarray, np.ndarray]:
    """(n, 64, 64, 3) uint8 of animals that are none of the twenty: horses to learn from, and bats to test with.

    To learn from: twenty changed copies of each drawing by the artists of the training pictures. To test with: every
    drawing of other animals, by all artists.
    """
    import torch

    first = len(_index()["classes"])
    last = first + len(_index()["strangers"])
    learn, *_ = _drawings("train", range(first, first + TAUGHT))
    rng, redrawn = torch.Generator().manual_seed(SEED), _redrawn(learn)
    taught = [_bytes(redrawn.draw(torch.arange(len(learn)), rng)) for _ in range(20)]
    asked = [_redrawn(_drawings(split, range(first + TAUGHT, last))[0]).plain() for split in ("train", "test")]
    return np.concatenate(taught), _bytes(torch.cat(asked))


def artists() -> list[dict[str, Any]]:
    """Each set of artists: name, by, split, licence, source, and its icon for each column of the sheet, or None."""
    found: list[dict[str, Any]] = _index()["artists"]
    return found


def _named(by: str, work: str) -> str:
    """Who drew, and for what, in one bracket."""
    return f"{by} ({work.replace(' (', ', ').replace(')', '')})"


@cache
def _index() -> dict[str, Any]:
    """originals.json: side of a tile, names of the columns, and the artists of the rows."""
    found: dict[str, Any] = json.loads(_file(layout.ORIGINALS_LIST))
    return found


def _file(name: str) -> bytes:
    path = artifacts.folder_of(NAME) / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataMissing(f"{path} is missing; the animals are read from it, and it ships with Medley") from error


def _drawings(split: Split, columns: range) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Originals (n, 128, 128, 3) uint8 on white, artist by artist, the column of each (n,) int16 from the first, and
    its artist (n,) int16."""
    side, rows = _index()["side"], artists()
    sheet = Image.open(io.BytesIO(_file(layout.ORIGINALS)), formats=["WEBP"]).convert("RGBA")
    white = Image.new("RGBA", sheet.size, "white")
    white.alpha_composite(sheet)
    tiles = np.asarray(white)[..., :3].reshape(len(rows), side, -1, side, 3).swapaxes(1, 2)
    chosen = [
        (row, column)
        for row, artist in enumerate(rows)
        if artist["split"] == split
        for column in columns
        if artist["icons"][column]
    ]
    y = np.array([column - columns.start for _, column in chosen], np.int16)
    return np.stack([tiles[one] for one in chosen]), y, np.array([row for row, _ in chosen], np.int16)


def _copies(y: np.ndarray, classes: int) -> np.ndarray:
    """(EACH classes - len(y),) int64: of which drawing each copy is, so that all classes grow alike."""
    found = []
    for number in range(classes):
        own = np.flatnonzero(y == number)
        found += [(slot, number, own[slot % len(own)]) for slot in range(len(own), EACH)]
    return np.array([drawing for _, _, drawing in sorted(found)])


def _redrawn(drawings: np.ndarray) -> "Redrawn":
    import torch

    from latent_core.datasets._redrawn import Redrawn

    return Redrawn(torch.from_numpy(drawings).permute(0, 3, 1, 2).double() / 255, SIDE)


def _bytes(pictures: Any) -> np.ndarray:
    """Pictures (n, 3, height, width), 0..1, as (n, height, width, 3) uint8."""
    found: np.ndarray = (pictures * 255).round().byte().permute(0, 2, 3, 1).contiguous().numpy()
    return found
