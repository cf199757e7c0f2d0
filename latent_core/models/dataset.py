"""An encoded dataset as it ships: its classes, the shared rows, class mean pictures, thumbnails and classifier."""

import io
from pathlib import Path

import numpy as np

from latent_core import checked
from latent_core.artifacts import BrokenFolder, DatasetCard, folder_of, layout, open_dataset, read_arrays, read_file
from latent_core.evidence import Judge
from latent_core.graphs.graph import Graph
from latent_core.language import known, t
from latent_core.lazy import lazy


class EncodedDataset:
    """What the models of one dataset share; threads may share it.

    Args:
        slug: its name, like mnist.
        root: the models folder; None is the shipped one.

    Raises:
        BrokenFolder: the folder is missing, damaged or of another format.
    """

    def __init__(self, slug: str, root: Path | None = None) -> None:
        self.card: DatasetCard = open_dataset(slug, root)
        self.slug = slug
        self.folder = folder_of(slug, root)

    @lazy
    def rows(self) -> dict[str, np.ndarray]:
        """y (n,) class of each row, index (n,) in the source's split, split (n,) 0 train or 1 test."""
        return read_arrays(self.folder, layout.ROWS, self.card)

    @lazy
    def origins(self) -> dict[str, np.ndarray]:
        """changed (n,) 1 where a row is a changed copy of a drawing; artist (n,) index into card.artists of who
        drew it, where artists are named; {} where nothing is known of any row."""
        known = layout.ORIGINS in self.card.files
        return read_arrays(self.folder, layout.ORIGINS, self.card) if known else {}

    def origin(self, row: int) -> str:
        """What a row's picture is, as a sentence: a drawing, or a changed copy of one, and by whom; "" where nobody
        knows."""
        known = self.origins
        changed = bool(known and known["changed"][row])
        if "artist" not in known:
            return t("A changed copy of a drawing.") if changed else ""
        artist = self.card.artists[int(known["artist"][row])]
        if changed:
            return t("A changed copy of a drawing by {artist}.", artist=artist)
        return t("A drawing by {artist}.", artist=artist)

    @lazy
    def means(self) -> np.ndarray:
        """(classes, pixels) float32 0..1: the mean training picture of each class."""
        return read_arrays(self.folder, layout.MEANS, self.card)["pictures"].astype(np.float32)

    @lazy
    def ground(self) -> np.ndarray:
        """(channels,) float32 0..1: the colour behind what is drawn, which ink is measured against."""
        return np.array(self.card.ground or [0.0] * self.card.shape[0], np.float32)

    @lazy
    def flat_ground(self) -> np.ndarray:
        """(pixels,) float32 0..1: a picture of nothing but ground."""
        return np.repeat(self.ground, self.card.shape[1] * self.card.shape[2])

    @lazy
    def classifier(self) -> Graph:
        """pictures (n, channels, height, width) to probabilities (n, classes); it was trained on real pictures only."""
        return self._graph(layout.CLASSIFIER)

    @lazy
    def thumbs(self) -> np.ndarray:
        """(n, height, width) or (n, height, width, 3) uint8: row i's picture (see card.thumbs.kind)."""
        from PIL import Image

        content = read_file(self.folder, self.card.thumbs.file, self.card)
        try:
            sheet = np.asarray(Image.open(io.BytesIO(content)))
        except (OSError, ValueError, SyntaxError) as error:
            file = self.card.thumbs.file
            raise BrokenFolder(f"{self.slug} has a {file} that is no picture: copy it again.") from error
        channels, height, width = self.card.shape
        sheet = sheet[..., 0] if channels == 1 and sheet.ndim == 3 else sheet
        columns = self.card.thumbs.columns
        tiles = sheet.reshape(-1, height, columns, width, *sheet.shape[2:]).swapaxes(1, 2)
        return tiles.reshape(-1, height, width, *sheet.shape[2:])[: len(self.rows["y"])]

    @lazy
    def drawings(self) -> dict[str, list[np.ndarray]]:
        """By class, its drawings as points (points, 2) float32 in -1/2..1/2 on the pen's lines."""
        held = read_arrays(self.folder, layout.STROKES, self.card)
        lines = np.split(held["points"].astype(np.float32), held["starts"][1:-1])
        found: dict[str, list[np.ndarray]] = {}
        for number, points in zip(held["classes"].tolist(), lines, strict=True):
            found.setdefault(self.card.classes[number], []).append(points)
        return found

    @property
    def unjudged(self) -> str:
        """Why nothing can be said about what is in a blend, as a sentence; "" where a judge fits."""
        facts = self.card.judge
        if facts is None or not {layout.JUDGE, layout.GUIDE} <= set(self.card.files):
            return t("{title} has no judge, so nothing is said about what is in a blend.", title=known(self.card.title))
        if facts.classes != self.card.classes:
            return t(
                "The judge of {title} knows other classes, so nothing is said about what is in a blend.",
                title=known(self.card.title),
            )
        return ""

    @lazy
    def judge(self) -> Judge | None:
        """The judge that only scores; None where there is none that fits (see `unjudged`)."""
        return self._open_judge(layout.JUDGE)

    @lazy
    def guide(self) -> Judge | None:
        """The other judge, which steers searches and never scores; None where there is none that fits."""
        return self._open_judge(layout.GUIDE)

    def _open_judge(self, file: str) -> Judge | None:
        if self.unjudged:
            return None
        return Judge(self._graph(file), self.card.classes)

    def _graph(self, file: str) -> Graph:
        return Graph(read_file(self.folder, file, self.card), f"{self.slug}/{file}")

    def classify(self, pictures: np.ndarray) -> np.ndarray:
        """(batch, classes) probabilities for pictures (batch, channels, height, width) in 0..1.

        Raises:
            ValueError: pictures of another shape, of whole numbers, or outside 0..1.
        """
        given = checked.pictures(pictures, ("batch", *self.card.shape))
        return self.classifier(pictures=np.ascontiguousarray(given, np.float32))["probabilities"]
