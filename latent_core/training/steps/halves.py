"""How well a model that sees two halves of a picture tells the one from the other."""

from pathlib import Path

import numpy as np

from latent_core import artifacts, metrics
from latent_core.artifacts import layout
from latent_core.models.halves import covered
from latent_core.training import export, networks
from latent_core.training.networks.halves import HalvesDecoder
from latent_core.training.pictures import Pictures
from latent_core.training.steps import stages

MIXTURE, FITTED_TO = 40, 10_000
"""Gaussians of the mixture that stands in for a prior where there is none, and codes that it is fitted to."""


def rebuilt(half: str, other: str) -> str:
    """What the share is called of pictures whose `half` a classifier names right, if only `other` was shown."""
    return f"{half} from the {other} alone"


def agreeing(half: str, other: str) -> str:
    """What the share is called of drawn pictures in whose halves classifiers see the same class."""
    return f"{half} and {other} drawn alike"


def figures(
    model: networks.Autoencoder, pictures: Pictures, matched: bool, seed: int, root: Path | None
) -> list[tuple[str, float, str, int, str]]:  # fmt: skip
    """(what, value, unit, n, split) of a model that was taught to see halves, of a dataset that names them; else [].

    Halves are looked at by classifiers of the datasets that they come from, which were trained on real pictures alone.
    Pictures are drawn from N(0, I); where that means nothing, from a mixture of Gaussians that is fitted, without their
    classes, to the codes of training pictures of which one half was shown.
    """
    halves = pictures.about.halves
    classifiers = [_classifier(half.of, root) for half in halves]
    if not halves or None in classifiers or not isinstance(model.decoder, HalvesDecoder):
        return []
    names, y = [half.name for half in halves], pictures.test.y
    found: list[tuple[str, float, str, int, str]] = []
    for shown, name in enumerate(names):
        z = alone(model, pictures.test.pictures(), shown)
        seen = _seen(stages.rebuild(model, z), classifiers)
        found += [
            (rebuilt(other, name), metrics.accuracy(one, y), "share", len(y), "test")
            for other, one in zip(names, seen, strict=True)
        ]
    z = drawn(model, pictures, matched, len(y), seed)
    one, other = _seen(stages.rebuild(model, z), classifiers)
    same = float((one.argmax(1) == other.argmax(1)).mean())
    return [*found, (agreeing(*names), same, "share", len(z), "prior")]


def alone(model: networks.Autoencoder, pictures: np.ndarray, shown: int) -> np.ndarray:
    """(n, latent) of pictures (n, channels, height, width) of which this half alone (0 left, 1 right) is shown."""
    z, _ = stages.posterior(model, covered(pictures, 1 - shown))
    return z


def drawn(model: networks.Autoencoder, pictures: Pictures, matched: bool, count: int, seed: int) -> np.ndarray:
    """(count, latent) latents of new pictures whose classes nobody chose; a code serves both halves."""
    assert isinstance(model.decoder, HalvesDecoder)
    rng = np.random.default_rng(seed)
    if matched:
        return rng.standard_normal((count, model.decoder.latent), np.float32)
    from sklearn.mixture import GaussianMixture

    some = rng.permutation(len(pictures.train.x))[: FITTED_TO // 2]
    shown = pictures.train.pictures()[some]
    codes = np.concatenate([alone(model, shown, half) for half in (0, 1)])
    size = codes.shape[1] // 2 if model.decoder.apart else codes.shape[1]
    mixture = GaussianMixture(MIXTURE, random_state=seed, reg_covar=1e-4).fit(codes[:, :size].astype(np.float64))
    z = mixture.sample(count)[0].astype(np.float32)
    return np.concatenate([z, z], 1) if model.decoder.apart else z


def _classifier(name: str, root: Path | None) -> bytes | None:
    """That of a dataset, among these models or those that ship; None where there is none."""
    known = (artifacts.folder_of(name, one) / layout.CLASSIFIER for one in (root, None))
    held = next((path for path in known if path.is_file()), None)
    return held.read_bytes() if held else None


def _seen(made: np.ndarray, classifiers: list[bytes | None]) -> list[np.ndarray]:
    """(n, classes) probabilities of the left and the right half of pictures (n, channels, height, width)."""
    parts = np.split(made, [made.shape[3] // 2], 3)
    return [
        export.run(held, np.ascontiguousarray(part))[0]
        for held, part in zip(classifiers, parts, strict=True)
        if held is not None
    ]
