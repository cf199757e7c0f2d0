"""Which animals are in a blend, by method, and whether the judges hold: `python -m benchmarks.animals [--model NAME]`.

Scored by the judge that only scores. It, the guide, the classifier and the VAEs never saw a drawing by the two sets of
artists that are held out. "drawings": one of their drawings of each class is encoded, and these latents are blended,
plain pixel mean and eigen-image likewise; "centroids": what the page shows, means of the training pictures' latents.
There are 37 drawings, so sets share them and errors are wider than those of as many independent sets.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from benchmarks.report import Row, row, save
from latent_core import Model, datasets, evidence, open_model, slow
from latent_core.graphs.graph import open_shared
from latent_core.models.measure import measure

SETS = 60
"""Random sets of three; their seed is 103."""
ALL = 10
"""Random choices of a drawing for each of all classes, and searches for all of them, by seed."""
METHODS = ("centre_of_mass", "decoded_mean", "spherical", "consensus", "averaging_depth")
HALFWAY = 2
"""Where "averaging_depth" averages: between the decoder's stages."""
BEST_OF_OMNIGLOT = 0.465
"""Sharpness Q of three characters by the one method that shows all of them, benchmarks/results/blending.json."""
Draw = Callable[[np.ndarray], np.ndarray]
"""The picture (channels, height, width) of weights (classes,)."""


def main() -> None:
    """Measures everything and writes benchmarks/results/animals.json."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    flags.add_argument("--model", default="", help="name of the VAE; the dataset's own default without it")
    asked = flags.parse_args().model
    name = asked or open_model("animals/linear-50").dataset.card.default_model
    made = Bench(open_model(f"animals/{name}"), open_model("animals/linear-50"))
    rows = [*made.controls(), *made.three(), *made.everyone()]
    print(save("animals", rows, "not used"))


class Bench:
    """The judge, and what pictures are made of."""

    def __init__(self, model: Model, linear: Model) -> None:
        self.model, self.linear, self.judge = model, linear, model.dataset.judge
        test = datasets.load("animals", None, "test")
        self.x, self.y = test.pictures(), test.y
        self.classes = len(model.card.classes)
        facts = model.dataset.card.judge
        assert facts is not None and self.judge is not None
        self.real = facts.real

    def bits(self, pictures: np.ndarray) -> np.ndarray:
        """(n, classes) of the judge."""
        assert self.judge is not None
        return self.judge.bits(pictures)

    def sharp(self, pictures: np.ndarray) -> np.ndarray:
        """(n,) sharpness Q."""
        return evidence.sharpness(pictures, self.real, self.model.dataset.ground)

    def draws(self, rows: np.ndarray) -> Iterator[tuple[str, Draw]]:
        """Each way to blend: its name, and the maker of its pictures from one drawing of each class, `rows`."""
        z, flat = self.model.encode(self.x[rows])[0], self.linear.encode(self.x[rows])[0]
        for method in METHODS:
            yield f"{method}, drawings", lambda w, m=method: blended(self.model, z, m, w)
        yield "pixel mean, drawings", lambda w: np.tensordot(w, self.x[rows], 1).astype(np.float32)
        yield "eigen-image, drawings", lambda w: blended(self.linear, flat, "centre_of_mass", w)
        mean, plain = self.model.stats["mean"], self.model.mean_pictures.reshape(-1, *self.model.card.shape)
        for method in METHODS:
            yield f"{method}, centroids", lambda w, m=method: blended(self.model, mean, m, w)
        yield "pixel mean, centroids", lambda w: np.tensordot(w, plain, 1).astype(np.float32)
        yield "eigen-image, centroids", lambda w: blended(self.linear, self.linear.stats["mean"], "centre_of_mass", w)

    def controls(self) -> list[Row]:
        """What must not be seen is not, and what is there is: held-out drawings, and animals that are none of them."""
        strangers = datasets.out_of_class("animals", None, datasets.load("animals", None, "train"))[1]
        rng, shape = np.random.default_rng(5), self.model.card.shape
        noise = rng.random((100, *shape), np.float32)
        smooth = np.stack([np.stack([_smooth(rng, shape[1]) for _ in range(shape[0])]) for _ in range(100)])
        nothing = {
            "blank": np.ones((1, *shape), np.float32),
            "grey": np.full((1, *shape), 0.5, np.float32),
            "black": np.zeros((1, *shape), np.float32),
            "noise": noise,
            "smooth noise": smooth,
            "other animals": strangers,
        }
        rows = []
        for what, pictures in nothing.items():
            bits = self.bits(pictures)
            seen = (bits > 0).sum(1).astype(float).tolist()
            rows.append(row(f"{what}: classes seen", seen, f"of {self.classes}", None, _mean))
            weakest = []
            for i in range(400):
                chosen = np.isin(np.arange(self.classes), rng.choice(self.classes, 3, replace=False))
                weakest.append(float(bits[i % len(bits)][chosen].min() > 0))
            rows.append(row(f"{what}: the weakest of any three seen", weakest, "share", 0.1, _mean))
        bits = self.bits(self.x)
        own = bits[np.arange(len(self.y)), self.y]
        others = ((bits > 0).sum(1) - (own > 0)).astype(float)
        rows.append(row("one drawing: its class seen", (own > 0).astype(float).tolist(), "share", 0.8, _mean, "higher"))
        rows.append(row("one drawing: other classes seen", others.tolist(), f"of {self.classes - 1}", 1, _mean))
        both, wrong = [], []
        for _ in range(200):
            pair = rng.choice(self.classes, 2, replace=False)
            layers = np.stack([self.x[rng.choice(np.flatnonzero(self.y == k))] for k in pair])
            said = self.bits(layers.mean(0, keepdims=True))[0] > 0
            both.append(float(said[pair].sum()))
            wrong.append(float(said.sum() - said[pair].sum()))
        rows.append(row("two drawings, averaged: of the two seen", both, "of 2", 1.6, _mean, "higher"))
        rows.append(row("two drawings, averaged: others seen", wrong, f"of {self.classes - 2}", 1, _mean))
        return rows

    def three(self) -> list[Row]:
        """Random sets of three animals, by each way."""
        rng, found = np.random.default_rng(103), {}
        for _ in range(SETS):
            chosen = np.isin(np.arange(self.classes), rng.choice(self.classes, 3, replace=False))
            for what, draw in self.draws(self.drawn(rng)):
                picture = draw(chosen / chosen.sum())[None]
                bits = self.bits(picture)[0]
                told = (float((bits[chosen] > 0).sum()), float(self.sharp(picture)[0]))
                told += (evidence.recoverability(bits, chosen), float((bits[~chosen] > 0).sum()))
                found.setdefault(what, []).append(told)
        rows = []
        for what, told in found.items():
            seen, sharp, auc, wrong = (list(one) for one in zip(*told, strict=True))
            rows.append(row(f"3 animals, {what}: present", seen, "of 3", 2.9, _mean, "higher"))
            rows.append(row(f"3 animals, {what}: sharpness Q", sharp, "", BEST_OF_OMNIGLOT, _mean, "higher"))
            rows.append(row(f"3 animals, {what}: recoverability", auc, "AUC", None, _mean, "higher"))
            rows.append(row(f"3 animals, {what}: others seen", wrong, f"of {self.classes - 3}", None, _mean))
        return rows

    def everyone(self) -> list[Row]:
        """All animals at once, by each way: those with bits above 0 that lose some when they are taken out."""
        rng, found = np.random.default_rng(120), {}
        even = np.full(self.classes, 1 / self.classes)
        for turn in range(ALL):
            for what, draw in self.draws(self.drawn(rng)):
                if turn and what.endswith("centroids"):
                    continue  # the same picture every time
                lost = evidence.leave_one_out(draw, even, self)
                picture = draw(even)[None]
                seen = (self.bits(picture)[0] > 0) & (lost > 0)
                told = (float(seen.sum()), float((lost > 0).sum()), float(lost.min()), float(self.sharp(picture)[0]))
                found.setdefault(what, []).append(told)
            found.setdefault("search", []).append(self.searched(turn + 1))
        rows = []
        for what, told in found.items():
            seen, missed, least, sharp = (list(one) for one in zip(*told, strict=True))
            name = f"all {self.classes}, {what}"
            rows.append(row(f"{name}: present and missed", seen, "classes", 15, _mean, "higher"))
            rows.append(row(f"{name}: missed when taken out", missed, "classes", None, _mean, "higher"))
            rows.append(row(f"{name}: least leave-one-out", least, "bits", None, _mean, "higher"))
            rows.append(row(f"{name}: sharpness Q", sharp, "", None, _mean, "higher"))
        return rows

    def searched(self, seed: int) -> tuple[float, float, float, float]:
        """The same four of a search for all classes, which the guide steers."""
        recipe = self.model.blend(dict.fromkeys(self.model.card.classes, 50.0), seed=seed).recipe
        made = slow.make("search", recipe, model=self.model)
        reading = measure(self.model, made, without=made.without)
        lost = [*(reading.without or {}).values()]
        return float(reading.k), float(sum(one > 0 for one in lost)), min(lost), reading.sharpness

    def drawn(self, rng: np.random.Generator) -> np.ndarray:
        """(classes,) a held-out drawing of each class."""
        return np.array([rng.choice(np.flatnonzero(self.y == k)) for k in range(self.classes)])


def blended(model: Model, z: np.ndarray, method: str, weights: np.ndarray) -> np.ndarray:
    """The picture of latents (classes, latent) by a method, as `Model.make` makes it of centroids."""
    used = np.flatnonzero(weights > 0)
    shares, latents = weights[used].astype(np.float32), np.ascontiguousarray(z[used], np.float32)
    plan = open_shared(f"blend_{method}")(
        weights=shares / shares.sum(), theta=0 * latents, noise=np.zeros((1, latents.shape[1]), np.float32),
        mean=latents, std=0 * latents, depth=np.array(HALFWAY, np.float32),
    )  # fmt: skip
    if method in ("decoded_mean", "consensus"):
        given = {"pictures": model.decode(plan["z"]), "weights": shares[None] / shares.sum()}
        return open_shared(f"finish_{method}")(**given, ground=model.dataset.ground)["picture"][0]
    mixes = {name: value for name, value in plan.items() if name != "place"}
    picture: np.ndarray = model._files.decoder(keep=np.ones(latents.shape[1], np.float32), **mixes)["pictures"][0]
    return picture


def _smooth(rng: np.random.Generator, side: int) -> np.ndarray:
    """(side, side) 0..1 of noise that changes slowly."""
    noise = rng.random((side + 8, side + 8))
    kernel = np.ones(9) / 9
    for axis in (0, 1):
        noise = np.apply_along_axis(lambda line: np.convolve(line, kernel, "valid"), axis, noise)
    noise -= noise.min()
    found: np.ndarray = (noise / noise.max()).astype(np.float32)
    return found


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


if __name__ == "__main__":
    main()
