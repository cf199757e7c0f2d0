"""The files that all models of a dataset share: rows, class means, thumbnails and the classifier."""

import io
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from safetensors.numpy import save

from latent_core import artifacts, metrics
from latent_core.artifacts import DatasetCard, JudgeFacts, Thumbs, layout
from latent_core.training import export
from latent_core.training.judges import classifier
from latent_core.training.pictures import Pictures
from latent_core.training.steps import stages
from latent_core.training.steps.checkpoint import Resume

LOSSLESS = 24 * 2**20
"""Bytes of pixels up to which the sheet of thumbnails loses nothing."""


def write_dataset(
    pictures: Pictures,
    root: Path | None = None,
    steps: int | None = None,
    on_step: Callable[[int, int], None] = lambda step, steps: None,
    kept: Path | None = None,
) -> Path:
    """Trains the classifier and writes the dataset's folder; its judges, where it has some of these pictures, stay.

    Args:
        pictures: both splits.
        root: the models folder; None is the shipped one.
        steps: of the classifier's training; None is what the dataset asks for.
        on_step: told (step, steps).
        kept: folder in which the classifier's training is kept until the dataset is written.

    Raises:
        OtherPictures: there are models that were made from other pictures.
    """
    staying, judge = _staying(pictures, root)
    steps = steps or pictures.about.classifier_steps
    what = {"name": layout.CLASSIFIER, "pictures": pictures.fingerprint, "steps": steps}
    resume = Resume(kept / Path(layout.CLASSIFIER).stem, what) if kept else None
    trained = classifier.train(pictures.train, steps, on_step=on_step, resume=resume)
    held = export.classifier(trained, pictures.shape)
    rows = {"y": pictures.rows.y.astype(np.int16), "index": pictures.index, "split": pictures.split}
    drawn = {name: (artifacts.folder_of(pictures.name) / name).read_bytes() for name in pictures.about.originals}
    files = (
        staying
        | drawn
        | {
            layout.ROWS: save(rows, {"pictures": pictures.fingerprint}),
            **origins(pictures),
            layout.MEANS: save({"pictures": class_means(pictures)}),
            layout.CLASSIFIER: held,
        }
    )
    test = pictures.test
    seen = metrics.accuracy(export.run(held, test.pictures())[0], test.y)
    folder = _write(pictures, files, {"accuracy": round(seen, 4), "n": float(len(test.y))}, root, judge)
    if resume:
        resume.clear()
    return folder


def same_dataset(pictures: Pictures, root: Path | None = None) -> bool:
    """Whether what the dataset's models share has been made already.

    Raises:
        OtherPictures: it was made from other pictures, so that nothing that is made from these fits to it.
    """
    folder = artifacts.folder_of(pictures.name, root)
    if not (folder / layout.DATASET_CARD).is_file():
        return False
    card = artifacts.open_dataset(pictures.name, root)
    if card.pictures:
        same = card.pictures == pictures.fingerprint
    else:  # written before cards said which pictures they are of
        held = artifacts.read_arrays(folder, layout.ROWS, card)
        mine = {"y": pictures.rows.y, "index": pictures.index, "split": pictures.split}
        same = (card.classes, card.shape) == (list(pictures.train.names), list(pictures.shape))
        same = same and all(np.array_equal(held[name], mine[name]) for name in mine)
    if not same:
        raise stages.OtherPictures(
            f"{folder} was made from other pictures of {pictures.name} than are there now: give these another name, or "
            f"remove {folder} with its models"
        )
    return True


def _staying(pictures: Pictures, root: Path | None) -> tuple[dict[str, bytes], JudgeFacts | None]:
    """The files of the dataset's folder that are not made anew, and what is known about its judges.

    Raises:
        OtherPictures: they were made from other pictures, and models stand on them.
    """
    try:
        if not same_dataset(pictures, root):
            return {}, None
    except artifacts.BrokenFolder:  # nothing in it can be trusted, so all is made anew
        return {}, None
    except stages.OtherPictures:
        if artifacts.list_models(pictures.name, root):
            raise
        return {}, None
    folder, card = artifacts.folder_of(pictures.name, root), artifacts.open_dataset(pictures.name, root)
    names = [name for name in card.files if name in (layout.JUDGE, layout.GUIDE, layout.CONTROLS, layout.STROKES)]
    return {name: (folder / name).read_bytes() for name in names}, card.judge


def redraw_thumbs(pictures: Pictures, root: Path | None = None) -> Path | None:
    """Makes the thumbnails again from the model that stands in for the originals; None where there is no such model."""
    folder = artifacts.folder_of(pictures.name, root)
    if pictures.about.redraw is None or not (folder / layout.DATASET_CARD).is_file():
        return None
    card = artifacts.open_dataset(pictures.name, root)
    files = {name: (folder / name).read_bytes() for name in card.files if name != layout.THUMBS}
    return _write(pictures, files, card.classifier, root, card.judge)


def origins(pictures: Pictures) -> dict[str, bytes]:
    """The file that tells which of the shipped rows are changed copies of drawings, and by whom; none where neither is
    known of any picture."""
    rows, told = pictures.rows, {}
    if rows.changed is not None:
        told["changed"] = rows.changed.astype(np.uint8)
    if rows.artist is not None:
        told |= {"changed": told.get("changed", np.zeros(len(rows.x), np.uint8)), "artist": rows.artist}
    return {layout.ORIGINS: save(told)} if told else {}


def class_means(pictures: Pictures) -> np.ndarray:
    """(classes, pixels) float32, 0..1: the mean training picture of each class."""
    train = pictures.train
    flat = train.x.transpose(0, 3, 1, 2).reshape(len(train.x), -1)
    means = [flat[train.y == number].mean(0, dtype=np.float64) / 255 for number in range(len(train.names))]
    return np.stack(means).astype(np.float32)


def sprite(x: np.ndarray, columns: int) -> bytes:
    """WebP of pictures (n, height, width, channels) uint8; row i is tile i, row-major.

    Lossless, but for sheets that would take minutes to write and to load: those are close to what they show.
    """
    n, height, width, channels = x.shape
    lines = -(-n // columns)
    sheet = np.zeros((lines * columns, height, width, channels), np.uint8)
    sheet[:n] = x
    sheet = sheet.reshape(lines, columns, height, width, channels).swapaxes(1, 2)
    flat = sheet.reshape(lines * height, columns * width, channels)
    exact = sheet.size <= LOSSLESS
    how = {"lossless": True, "quality": 100} if exact else {"lossless": False, "quality": 90}
    out = io.BytesIO()
    Image.fromarray(flat[..., 0] if channels == 1 else flat).save(out, "WEBP", method=4, **how)
    return out.getvalue()


def _write(
    pictures: Pictures, files: dict[str, bytes], classified: dict[str, float], root: Path | None,
    judge: JudgeFacts | None = None,
) -> Path:  # fmt: skip
    """Adds the thumbnails and the card, and writes the folder."""
    about = pictures.about
    x, note = _thumbnails(pictures, root)
    columns = math.ceil(math.sqrt(len(x)))
    card = DatasetCard(
        format=artifacts.FORMAT,
        slug=pictures.name,
        title=about.title,
        what=about.what,
        classes=list(pictures.train.names),
        shape=list(pictures.shape),
        source=about.source,
        licence=about.licence,
        credit=about.credit,
        counts={"train": len(pictures.train.x), "test": len(pictures.test.x)},
        linear=about.linear,
        default_model=about.default_model,
        start=list(about.start),
        thumbs=Thumbs(layout.THUMBS, columns, "original" if about.redraw is None else "reconstruction", note),
        symbols=about.symbols,
        notes=list(about.notes),
        halves=list(about.halves),
        ground=list(about.ground),
        enlarge=about.enlarge,
        method=about.method,
        artists=list(pictures.train.artists),
        classifier=classified,
        judge=judge,
        pictures=pictures.fingerprint,
    )
    return artifacts.write_folder(card, {**files, layout.THUMBS: sprite(x, columns)}, root)


def _thumbnails(pictures: Pictures, root: Path | None) -> tuple[np.ndarray, str]:
    """Pictures of the shipped rows (n, height, width, channels) uint8 and what they are."""
    model, rows = pictures.about.redraw, pictures.rows
    if model is None:
        return rows.x, "the original pictures"
    folder = artifacts.folder_of(f"{pictures.name}/{model}", root)
    if (folder / layout.DECODER).is_file():
        z = export.run((folder / layout.ENCODER).read_bytes(), rows.pictures())[0]
        made = export.decode((folder / layout.DECODER).read_bytes(), z)
        note = f"drawn by the model {model}, as the original photographs may not be passed on"
    else:
        made = class_means(pictures)[rows.y].reshape(-1, *pictures.shape)
        note = f"mean picture of each class, until the model {model} has been trained"
    return np.round(made.transpose(0, 2, 3, 1) * 255).astype(np.uint8), note
