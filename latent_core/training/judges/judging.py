"""Makes a dataset's two judges: trains them, makes them honest, measures controls, and adds them to the folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.numpy import save
from torch import Tensor

from latent_core import artifacts, datasets, evidence
from latent_core.artifacts import JudgeFacts, Metric, layout
from latent_core.training import export
from latent_core.training.judges import judge
from latent_core.training.judges.colours import farthest
from latent_core.training.judges.mixtures import MOST, Mixer, overlay
from latent_core.training.judges.redrawing import redrawn
from latent_core.training.pictures import Pictures
from latent_core.training.steps import publish, shared
from latent_core.training.steps.checkpoint import Resume
from latent_core.training.steps.minimise import OnStep

CONTROLS = 200
"""Out-of-class pictures that ship, so that anybody can test that the judges see nothing in them."""

HANDFUL = 256 * 2**20
"""Bytes of pictures that are mixed at once."""


def write_judges(
    pictures: Pictures, root: Path | None, models: Path | None = None, steps: int | None = None,
    on_step: OnStep = lambda step, steps: None, kept: Path | None = None,
) -> Path:  # fmt: skip
    """Trains both judges of a dataset and adds judge.onnx, guide.onnx and, where
    they may ship, some out-of-class pictures (controls.safetensors) to its folder.

    Args:
        pictures: both splits; judges learn from the training pictures only.
        root: where the out-of-class pictures are read from.
        models: the models folder; None is the shipped one.
        steps: of each judge's training; None is what the dataset asks for.
        on_step: told (step, steps) over both.
        kept: folder in which both trainings are kept until the judges are written.
    """
    shared.same_dataset(pictures, models)
    card = artifacts.open_dataset(pictures.name, models)
    folder = artifacts.folder_of(pictures.name, models)
    files = {name: (folder / name).read_bytes() for name in card.files}
    steps = steps or pictures.about.judge_steps
    learn, held = (_tensors(split) for split in (redrawn(pictures.train), pictures.test))
    ground, classes = mixing_ground(pictures.shape[0], pictures.about.ground), len(card.classes)
    others = [torch.from_numpy(part) for part in datasets.out_of_class(pictures.name, root, pictures.train)]
    heat, resumes = {}, []
    for turn, spec in enumerate((judge.JUDGE, judge.GUIDE)):
        mixer, fresh = (
            Mixer(judge.shrunk(x), y, classes, judge.shrunk(absent), spec.how(ground), _rng(spec.seed + i), ground)
            for i, ((x, y), absent) in enumerate(zip((learn, held), others, strict=True))
        )
        resume = None
        if kept:
            what = {"name": spec.file, "pictures": pictures.fingerprint, "steps": steps, "seed": spec.seed}
            resumes.append(resume := Resume(kept / Path(spec.file).stem, what))
        net = judge.train(spec, mixer, steps, _after(turn * steps, 2 * steps, on_step), resume)
        heat[spec.file] = judge.temperature(net, fresh)
        files[spec.file] = export.judge(judge.Bits(net, heat[spec.file]), pictures.shape)
    if pictures.about.redraw is None:  # they may be made of originals, which may not ship then
        files[layout.CONTROLS] = save({"foreign": _bytes(others[1][:CONTROLS].numpy())})
    seen = evidence.look(pictures.test.pictures(), pictures.about.ground)
    facts = JudgeFacts(
        classes=card.classes,
        real={name: round(value, 4) for name, value in seen.items()},
        baseline_bits=baseline_bits(files[layout.JUDGE], held, classes, others[1], ground),
        metrics=[
            *(Metric(f"temperature, {file}", round(value, 3), split="test") for file, value in heat.items()),
            *(metric for file in heat for metric in controls(file, files[file], held, classes, others[1], ground)),
        ],
        command=f"python -m latent_core judge {pictures.name}",
        versions=publish.versions(),
    )
    folder = artifacts.write_folder(artifacts.changed(card, judge=facts), files, models)
    for resume in resumes:
        resume.clear()
    return folder


def baseline_bits(
    held: bytes, test: tuple[Tensor, Tensor], classes: int, others: Tensor, ground: Tensor | None = None,
    each: int = 300,
) -> dict[str, float]:  # fmt: skip
    """By number of classes in a picture: mean bits of the classes that are not in it, over held-out mixtures."""
    mixer = Mixer(*test, classes, others, judge.JUDGE.how(ground), _rng(7), ground)
    found = {}
    for n in [n for n in (1, 2, 3, 4, 5, 7, 10, 14, 19, 28, 39) if n < classes]:
        bits, present = _seen(held, mixer, n, each)
        found[str(n)] = round(float(bits[present == 0].mean()), 3)
    return found


def _seen(held: bytes, mixer: Mixer, n: int, pictures: int) -> tuple[np.ndarray, np.ndarray]:
    """Bits (pictures, classes) of mixtures of n classes, and 1 where a class is in one; few at a time if large."""
    parts = [mixer.draw(some, torch.full((some,), n)) for some in _handfuls(pictures, n + 1, mixer)]
    bits = [export.run(held, given.numpy())[0] for given, _ in parts]
    return np.concatenate(bits), np.concatenate([present.numpy() for _, present in parts])


def _handfuls(pictures: int, layers: int, mixer: Mixer) -> list[int]:
    """The pictures in parts whose layers take HANDFUL bytes at most."""
    most = max(1, HANDFUL // (4 * layers * int(np.prod(mixer.shape))))
    return [min(most, pictures - start) for start in range(0, pictures, most)]


def controls(
    file: str, held: bytes, test: tuple[Tensor, Tensor], classes: int, others: Tensor, ground: Tensor | None = None
) -> list[Metric]:
    """Recoverability (AUC) of literal overlays of held-out pictures, and of out-of-class pictures, where it must be
    one half: nothing can be recovered."""
    found = []
    for n in [n for n in (1, 3, 5, 10) if n < classes]:
        over: Any = overlay if ground is None else farthest
        mixer = Mixer(*test, classes, others, (over,), _rng(n), ground)
        seen, present = _seen(held, mixer, n, 300)
        parts = _handfuls(300, min(classes, MOST), mixer)
        absent = np.concatenate([export.run(held, mixer.out_of_class(some).numpy())[0] for some in parts])
        for what, bits in (("overlay", seen), ("strangers", absent)):
            pairs = zip(bits, present, strict=True)
            auc = [evidence.recoverability(one, chosen > 0) for one, chosen in pairs]
            name = f"{what} of {n}: recoverability, {file}"
            found.append(Metric(name, round(float(np.mean(auc)), 3), "AUC", 300, "test", None, "higher"))
    return found


def mixing_ground(channels: int, behind: Sequence[float]) -> Tensor | None:
    """The ground (channels,) that pictures of a dataset are mixed on; None for grey ones on black."""
    return None if channels == 1 and not any(behind) else torch.tensor(list(behind) or [0.0] * channels)


def _tensors(split: datasets.LabelledImages) -> tuple[Tensor, Tensor]:
    return torch.from_numpy(split.pictures()), torch.from_numpy(split.y).long()


def _after(before: int, total: int, on_step: OnStep) -> OnStep:
    """Progress of one of several trainings as progress of all."""
    return lambda step, _: on_step(before + step, total)


def _rng(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def _bytes(pictures: np.ndarray) -> np.ndarray:
    return np.round(pictures * 255).astype(np.uint8)
