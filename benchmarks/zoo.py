"""Every method against the goal of its row: `python -m benchmarks.zoo [--zoo DIR] [--only NAME]`.

All figures are of the shipped folders and of their dataset's own test pictures, as thumbnails hold them; those on a
card are taken from it. --zoo names a folder of models that do not ship: other training seeds (mnist/tc-16-seed2), and
those that a row is compared with (mnist/elbo-16-weak, mnist/elbo-50). A figure is the mean over training seeds, with
its standard error where there are several. What is compared is only said to differ where the gap is above two of them:
of fewer than three trainings, the one that is ahead has not met a goal yet ("met": null).
"""

import argparse
import json
import math
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from statistics import mean, stdev

import numpy as np
import onnx
from onnx import helper

from benchmarks import piano_rolls
from benchmarks.report import RESULTS, Row, save
from latent_core import artifacts, metrics
from latent_core.artifacts import layout
from latent_core.models.dataset import EncodedDataset
from latent_core.models.halves import covered
from latent_core.models.spectrum import tiles
from latent_core.training import export
from latent_core.training.steps import goals

SEEDS = 5
"""Training seeds that are looked for: NAME, NAME-seed2 and so on."""
ENOUGH = 3
"""Trainings of both models from which a gap is believed: two say little of an error."""
MIDDLES = 10_000
"""Pairs of test pictures whose middles are decoded."""
LABELLED, REPEATS = (200, 1000, 5000), 5
"""Labels that the nearest neighbours of a count know, and how often they are drawn."""


class Pictures:
    """A dataset's shipped pictures, and the features that its classifier sees in some."""

    def __init__(self, name: str) -> None:
        self.dataset = EncodedDataset(name)
        self.split, self.y = self.dataset.rows["split"], self.dataset.rows["y"]
        held = artifacts.read_file(artifacts.folder_of(name), layout.CLASSIFIER, self.dataset.card)
        graph = onnx.load_from_string(held)
        softmax = next(node for node in reversed(graph.graph.node) if node.op_type == "Softmax")
        last = next(node for node in graph.graph.node if softmax.input[0] in node.output)
        graph.graph.output.insert(0, helper.make_tensor_value_info(last.input[0], onnx.TensorProto.FLOAT, None))
        self.seen = graph.SerializeToString()

    @cached_property
    def test(self) -> np.ndarray:
        """(n, channels, height, width) float32, 0..1."""
        return tiles(self.dataset, np.flatnonzero(self.split == 1)).astype(np.float32) / np.float32(255)

    @cached_property
    def train(self) -> np.ndarray:
        return tiles(self.dataset, np.flatnonzero(self.split == 0)).astype(np.float32) / np.float32(255)

    def features(self, pictures: np.ndarray) -> np.ndarray:
        """(n, features): what the classifier's last layer reads."""
        return export.run(self.seen, pictures)[0]

    @cached_property
    def of_test(self) -> np.ndarray:
        return self.features(self.test)

    def distance(self, pictures: np.ndarray) -> float:
        """Frechet distance from the real test pictures."""
        return metrics.frechet_distance(self.features(pictures), self.of_test)

    @cached_property
    def floor(self) -> float:
        """Of the real training pictures from the real test pictures."""
        return self.distance(self.train)


class Trained:
    """One model of one training seed, and its figures."""

    def __init__(self, slug: str, root: Path | None, pictures: Pictures) -> None:
        self.card = artifacts.open_model_card(slug, root)
        self.folder, self.pictures = artifacts.folder_of(slug, root), pictures
        self.graphs = [artifacts.read_file(self.folder, one, self.card) for one in (layout.ENCODER, layout.DECODER)]

    def figure(self, what: str) -> float:
        """One of the card's."""
        return next(one.value for one in self.card.metrics if one.what == what)

    def decode(self, z: np.ndarray) -> np.ndarray:
        return export.decode(self.graphs[1], z)

    @cached_property
    def z(self) -> np.ndarray:
        """(n, latent) of the test pictures."""
        return export.run(self.graphs[0], self.pictures.test)[0]

    @cached_property
    def rebuilt(self) -> np.ndarray:
        return self.decode(self.z)

    def rebuilt_distance(self) -> float:
        return self.pictures.distance(self.rebuilt)

    def middle_distance(self) -> float:
        """Of pictures half way between two test pictures (Ghosh et al., From variational to deterministic, 2020)."""
        rng = np.random.default_rng(0)
        one, other = rng.integers(0, len(self.z), (2, MIDDLES))
        return self.pictures.distance(self.decode((self.z[one] + self.z[other]) / 2))

    def drawn_distance(self) -> float:
        """Of new pictures from the Gaussian of each class, with its covariance where that is kept: the fitted prior."""
        stats = artifacts.read_arrays(self.folder, layout.STATS, self.card)
        covariance = stats.get("covariance", [np.diag(np.square(std)) for std in stats["std"]])
        rng, counts = np.random.default_rng(0), np.bincount(self.pictures.y[self.pictures.split == 1])
        drawn = [
            rng.multivariate_normal(m.astype(np.float64), c.astype(np.float64), n, method="eigh")
            for m, c, n in zip(stats["mean"], covariance, counts, strict=True)
        ]
        return self.pictures.distance(self.decode(np.concatenate(drawn).astype(np.float32)))

    @cached_property
    def rows(self) -> np.ndarray:
        """(n, latent) of the training pictures that ship."""
        every = artifacts.read_arrays(self.folder, layout.LATENTS, self.card)["z"].astype(np.float32)
        return every[self.pictures.split == 0]

    def medoids(self) -> np.ndarray:
        """(classes, latent): the most typical training picture of each class."""
        return piano_rolls.medoids(self.rows, self.pictures.y[self.pictures.split == 0])

    def typical_ones_kept(self) -> float:
        """Classes whose most typical melody is still one of theirs when it is rebuilt and played."""
        said = self.pictures.dataset.classify(piano_rolls.played(self.decode(self.medoids()))).argmax(1)
        return float((said == np.arange(len(said))).sum())

    def told_by_a_draw(self, shown: int) -> float:
        """Share of pictures whose other half has its class if one half (0 left, 1 right) alone is shown.

        A draw of the posterior is decoded, as the authors of MMVM do; a card's figures are about its mean.
        """
        mean, spread = export.run(self.graphs[0], covered(self.pictures.test, 1 - shown))
        noise = np.random.default_rng(0).standard_normal(mean.shape, np.float32)
        other = self.pictures.dataset.card.halves[1 - shown].of
        middle = self.card.shape[2] // 2
        columns = slice(middle, None) if shown == 0 else slice(None, middle)
        made = np.ascontiguousarray(self.decode(mean + spread * noise)[..., columns])
        return metrics.accuracy(EncodedDataset(other).classify(made), self.pictures.y[self.pictures.split == 1])

    def kept_as_played(self) -> float:
        """Share of melodies whose kind is still theirs when they are rebuilt and played."""
        said = self.pictures.dataset.classify(piano_rolls.played(self.rebuilt)).argmax(1)
        return float((said == self.pictures.y[self.pictures.split == 1]).mean())

    def sharpness(self) -> float:
        """Mean variance of the 3 x 3 Laplacian of rebuilt pictures."""
        return laplacian(self.rebuilt)

    def neighbours(self, labels: int) -> float:
        """k-NN (5) of test pictures that knows so many training labels, mean over draws of these."""
        train = artifacts.read_arrays(self.folder, layout.LATENTS, self.card)["z"].astype(np.float32)
        known = np.flatnonzero(self.pictures.split == 0)
        found = []
        for seed in range(REPEATS):
            rows = np.random.default_rng(seed).permutation(known)[:labels]
            y = self.pictures.y[rows], self.pictures.y[self.pictures.split == 1]
            found.append(metrics.neighbours(train[rows], y[0], self.z, y[1], k=5))
        return mean(found)


Measure = Callable[[Trained], float]


def laplacian(pictures: np.ndarray) -> float:
    """Variance of the Laplacian (0 1 0; 1 -4 1; 0 1 0) inside each grey picture, mean over (n, 1, height, width)."""
    x = pictures.mean(1)
    middle = x[:, 1:-1, 1:-1]
    found = x[:, :-2, 1:-1] + x[:, 2:, 1:-1] + x[:, 1:-1, :-2] + x[:, 1:-1, 2:] - 4 * middle
    return float(found.reshape(len(x), -1).var(1).mean())


class Zoo:
    """The models there are, each opened once, and the lines about them.

    Args:
        root: folder of models that do not ship.
        only: the dataset or the model that lines are wanted about; "" is all.
    """

    def __init__(self, root: Path | None, only: str = "") -> None:
        self.root, self.only, self.rows = root, only, list[Row]()
        self.pictures: dict[str, Pictures] = {}
        self.opened: dict[str, list[Trained]] = {}

    def models(self, slug: str) -> list[Trained]:
        """Every training seed of a model, the shipped one first; [] where there is none."""
        if slug not in self.opened:
            found, name = list[Trained](), slug.split("/")[0]
            for seed in range(1, SEEDS + 1):
                one = slug if seed == 1 else f"{slug}-seed{seed}"
                root = next((root for root in (None, self.root) if _is_there(one, root)), self.root)
                if _is_there(one, root):
                    if name not in self.pictures:
                        self.pictures[name] = Pictures(name)
                    found.append(Trained(one, root, self.pictures[name]))
            self.opened[slug] = found
        return self.opened[slug]

    def tell(
        self, slug: str, what: str, of: Measure, goal: float | None = None, better: str = "lower", unit: str = ""
    ) -> list[float]:  # fmt: skip
        """One figure of one model against a goal; [] where no line about it is wanted."""
        return self._told(slug, what, of, goal, better, unit) if about(slug, self.only) else []

    def _told(
        self, slug: str, what: str, of: Measure, goal: float | None = None, better: str = "lower", unit: str = ""
    ) -> list[float]:  # fmt: skip
        models = self.models(slug)
        values = [of(one) for one in models]
        if not values and goal is not None:
            self._untrained(f"{slug}: {what}", unit, goal, better, slug)
        if values:
            value = mean(values)
            met = None if goal is None else bool(value <= goal if better == "lower" else value >= goal)
            self._add(f"{slug}: {what}", values, models, unit, goal=goal, better=better, met=met)
        return values

    def against(self, slug: str, other: str, what: str, of: Measure, better: str = "lower", unit: str = "") -> None:
        """A figure of a model that has to be better than another model's, told as the gap."""
        if not about(slug, self.only):
            return
        mine, its = self._told(slug, what, of, unit=unit), self._told(other, what, of, unit=unit)
        if not mine or not its:
            self._untrained(f"{slug} against {other}: {what}", unit, 0.0, better, other if mine else slug)
            return
        gap = mean(mine) - mean(its)
        error = math.hypot(_error(mine), _error(its))
        ahead = gap < 0 if better == "lower" else gap > 0
        sure = abs(gap) > 2 * error if min(len(mine), len(its)) >= ENOUGH else None
        met = None if ahead and sure is None else ahead and bool(sure)
        line = {"value": round(gap, 5), "unit": unit, "goal": 0.0, "better": better, "met": met}
        line |= {"n": min(len(mine), len(its)), "stderr": round(error, 5), "beyond_two_errors": sure}
        told = {None: "ahead", True: "met", False: "NOT MET"}[met]
        unsure = {False: "; no difference within two errors", None: f"; fewer than {ENOUGH} trainings each"}
        sureness = "" if sure else unsure[sure]
        print(f"  {slug} against {other}, {what}: {gap:+.4f} {unit} ({told}{sureness})", flush=True)
        if met is None:
            counts = f"{slug} has {len(mine)}, {other} {len(its)}"
            line["why"] = f"ahead, but a gap counts from {ENOUGH} trainings of each on: {counts}"
        seeds = [one.card.seed for one in self.models(slug)]
        self.rows.append({"what": f"{slug} against {other}: {what}", **line, "seeds": seeds})

    def _untrained(self, what: str, unit: str, goal: float, better: str, slug: str) -> None:
        line = {"what": what, "value": None, "unit": unit, "goal": goal, "better": better, "met": None, "n": 0}
        print(f"  {what}: {slug} is not there", flush=True)
        self.rows.append(line | {"seeds": [], "stderr": 0.0, "why": f"{slug} is not among these models"})

    def _add(self, what: str, values: list[float], models: Sequence[Trained], unit: str, **verdict: object) -> None:
        known = next((one for one in self.rows if one["what"] == what), None)
        if known is not None and verdict["goal"] is None:
            return
        if known is not None:
            self.rows.remove(known)
        said = {None: "", True: "met", False: "NOT MET"}[verdict["met"]]  # type: ignore[index]
        print(f"  {what}: {mean(values):.4f} {unit} (goal {verdict['goal']}) {said}", flush=True)
        row = {"what": what, "value": round(mean(values), 5), "unit": unit, **verdict, "n": len(values)}
        row |= {"seeds": [one.card.seed for one in models], "stderr": round(_error(values), 5)}
        self.rows.append(row | {"each": [round(value, 5) for value in values]})


def _error(values: list[float]) -> float:
    return stdev(values) / math.sqrt(len(values)) if len(values) > 1 else 0.0


def _is_there(slug: str, root: Path | None) -> bool:
    return (artifacts.folder_of(slug, root) / layout.CARD).is_file()


def card(what: str) -> Measure:
    """A figure that stands on the card."""
    return lambda one: one.figure(what)


EVERYWHERE: tuple[tuple[str, Measure, str], ...] = (
    ("cross-entropy of rebuilt pictures", card(goals.CROSS_ENTROPY), "nats per image"),
    ("squared error", card("squared error"), "per pixel"),
    ("k-NN (10)", card(goals.NEIGHBOURS), "share"),
    ("active dimensions", card("active dimensions"), "dimensions"),
    ("Frechet distance of rebuilt pictures", Trained.rebuilt_distance, "of classifier features"),
    ("Frechet distance of middles", Trained.middle_distance, "of classifier features"),
    ("Frechet distance of pictures drawn from class Gaussians", Trained.drawn_distance, "of classifier features"),
    ("sharpness of rebuilt pictures", Trained.sharpness, "variance of the Laplacian"),
)
MNIST = (
    "elbo-16",
    "beta-16",
    "tc-16",
    "factor-16",
    "dip-16",
    "gamix-16",
    "epanechnikov-16",
    "cvae-16",
    "poisson-50",
    "ladder-24",
    "gan-32",
    "cgan-32",
)
SPRITES = ("elbo-10", "beta-10", "tc-10", "factor-10", "dip-10")
MELODIES = ("musicvae-16",)
PAIRS = ("poe-16", "moe-16", "mopoe-16", "set-16", "mmvm-16")


def disentangling(zoo: Zoo) -> None:
    """beta, TC, Factor and DIP: less total correlation than ELBO at the same size; MIG, SAP and DCI on sprites."""
    for name in ("beta", "tc", "factor", "dip"):
        zoo.against(f"mnist/{name}-16", "mnist/elbo-16", goals.CORRELATION, card(goals.CORRELATION), unit="nats")
        zoo.against(f"sprites/{name}-10", "sprites/elbo-10", goals.CORRELATION, card(goals.CORRELATION), unit="nats")
        for what in (goals.GAP, "SAP", "DCI disentanglement", "DCI completeness", "DCI informativeness"):
            zoo.against(f"sprites/{name}-10", "sprites/elbo-10", what, card(what), "higher", "0 to 1")


def others(zoo: Zoo) -> None:
    """GAMIX, Epanechnikov, conditional and Poisson: what each is for."""
    of = {what: (measure, unit) for what, measure, unit in EVERYWHERE}

    def ahead(slug: str, other: str, what: str, better: str = "lower") -> None:
        zoo.against(slug, other, what, of[what][0], better, of[what][1])

    for other in ("mnist/elbo-16", "mnist/elbo-16-weak"):
        ahead("mnist/gamix-16", other, "cross-entropy of rebuilt pictures")
        ahead("mnist/gamix-16", other, "sharpness of rebuilt pictures", "higher")
        ahead("mnist/epanechnikov-16", other, "Frechet distance of rebuilt pictures")
        ahead("mnist/epanechnikov-16", other, "Frechet distance of pictures drawn from class Gaussians")
    for slug in ("mnist/gamix-16", "mnist/elbo-16", "mnist/elbo-16-weak"):
        zoo.tell(slug, goals.DIVERGENCE, card(goals.DIVERGENCE), unit="nats per image")
    zoo.tell("mnist/gamix-16", "active dimensions", card("active dimensions"), 16, "higher", "dimensions")
    zoo.tell("mnist/cvae-16", goals.DRAWN, card(goals.DRAWN), 0.97, "higher", "share")
    zoo.tell("mnist/cvae-16", "k-NN (10)", card(goals.NEIGHBOURS), 0.3, "lower", "share")
    for labels, goal in zip(LABELLED, (0.80, 0.90, 0.94), strict=True):
        what = f"k-NN (5) that knows {labels:,} labels"

        def knows(one: Trained, labels: int = labels) -> float:
            return one.neighbours(labels)

        zoo.tell("mnist/poisson-50", what, knows, goal, "higher", "share")
        zoo.against("mnist/poisson-50", "mnist/elbo-50", what, knows, "higher", "share")
    least = math.floor(0.4 * 50) + 1
    zoo.tell("mnist/poisson-50", "active dimensions", card("active dimensions"), least, "higher", "dimensions")


def melodies(zoo: Zoo) -> None:
    """MusicVAE: melodies stay of their kind, and what is done to them is heard."""
    slug = "melodies/musicvae-16"
    zoo.tell(slug, goals.SEEN, card(goals.SEEN), 0.95, "higher", "share")
    zoo.tell(slug, "kind kept by the loudest notes", Trained.kept_as_played, 0.95, "higher", "share")
    zoo.tell(slug, "medoids whose loudest notes keep their kind", Trained.typical_ones_kept, 10, "higher", "of 10")

    def rise(one: Trained) -> float:
        return piano_rolls.least_rise(one.decode, one.z, one.pictures.test)

    zoo.tell(slug, "least rise with each half of the pitch vector", rise, 0.5, "higher", "rows")

    def audible(one: Trained) -> float:
        return piano_rolls.audible(one.decode, one.medoids())

    zoo.tell(slug, "eighths of the ways between medoids that are heard", audible, 0.95, "higher", "share")

    def heard(one: Trained) -> float:
        return piano_rolls.least_heard(one.card.slug)

    zoo.tell(slug, "least share of steps with a note in 60 blends", heard, 0.5, "higher", "share")


def halves(zoo: Zoo) -> None:
    """PoE, MoE, MoPoE, permutation-invariant and MMVM: the one half of a picture from the other."""
    least = {
        "pairs/mmvm-16": {goals.DIGIT: 0.80, goals.ITEM: 0.80, goals.ALIKE: 0.86},
        "pairs/moe-16": {goals.DIGIT: 0.75, goals.ITEM: 0.75},
    }
    for name in PAIRS:
        slug = f"pairs/{name}"
        for what in (goals.DIGIT, goals.ITEM, goals.ALIKE):
            zoo.tell(slug, what, card(what), least.get(slug, {}).get(what), "higher", "share")
        for shown, what in enumerate((goals.ITEM, goals.DIGIT)):

            def drawn(one: Trained, shown: int = shown) -> float:
                return one.told_by_a_draw(shown)

            zoo.tell(slug, f"{what}, of a draw", drawn, unit="share")
        zoo.tell(slug, "seconds of training", lambda one: one.card.seconds, unit="s")
    for what in (goals.DIGIT, goals.ITEM):
        zoo.against("pairs/set-16", "pairs/poe-16", what, card(what), "higher", "share")


def dropped(zoo: Zoo) -> None:
    """Label-guided with and without the drop of its classifier's weight: all figures of both, and no goal."""
    for slug in ("mnist/label-guided-16", "mnist/label-guided-16-kept"):
        for what, measure, unit in (*EVERYWHERE, ("silhouette", card("silhouette"), "-1 to 1")):
            zoo.tell(slug, what, measure, unit=unit)
        zoo.tell(slug, goals.DIVERGENCE, card(goals.DIVERGENCE), unit="nats per image")


def scenes(zoo: Zoo) -> None:
    """Attribute2Image: another class in the same style, before the same background."""
    slug = "scenes/attribute2image-16"
    for what, (goal, better) in goals.GOALS[slug].items():
        unit = "of the variance" if what in (goals.BEHIND, goals.STAYS) else "share"
        zoo.tell(slug, what, card(what), goal, better, unit)


def promised(zoo: Zoo) -> None:
    """Ladder, GAN and conditional GAN: the goals that stand on their cards."""
    for slug in ("mnist/ladder-24", "mnist/gan-32", "mnist/cgan-32"):
        for what, (goal, better) in goals.GOALS[slug].items():
            zoo.tell(slug, what, card(what), goal, better, "nats per image" if goal >= 1 else "share")


def about(what: str, only: str) -> bool:
    """Whether a model's name, or a line that begins with one, is about this dataset or model; "" is about all."""
    return bool(re.match(rf"{re.escape(only)}(?![\w-])", what)) if only else True


def _merged(rows: list[Row], only: str) -> list[Row]:
    """These rows, and those that stay: of what was measured before, all that is about something else."""
    before: list[Row] = json.loads((RESULTS / "zoo.json").read_text())["rows"] if only else []
    return [
        *(row for row in before if not about(row["what"], only)),
        *(row for row in rows if about(row["what"], only)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--zoo", type=Path, help="folder of models that do not ship")
    parser.add_argument("--only", default="", help="a dataset or a model: the lines about all others stay as they are")
    given = parser.parse_args()
    zoo = Zoo(given.zoo, given.only)
    for name, slugs in (("mnist", MNIST), ("sprites", SPRITES), ("melodies", MELODIES), ("pairs", PAIRS)):
        if not artifacts.list_models(name):
            continue
        for slug in slugs:
            for what, measure, unit in EVERYWHERE:
                zoo.tell(f"{name}/{slug}", what, measure, unit=unit)
    disentangling(zoo)
    others(zoo)
    melodies(zoo)
    dropped(zoo)
    halves(zoo)
    scenes(zoo)
    promised(zoo)
    for name, pictures in zoo.pictures.items():
        floor = {"what": f"{name}: Frechet distance of real training pictures", "value": round(pictures.floor, 4)}
        facts = {"unit": "of classifier features", "goal": None, "better": "lower", "met": None}
        real = {"what": f"{name}: sharpness of real test pictures", "value": round(laplacian(pictures.test), 5)}
        n = {"n": len(pictures.test), "seeds": [], "stderr": 0.0}
        zoo.rows += [floor | facts | n, real | facts | {"unit": "variance of the Laplacian"} | n]
    print(save("zoo", _merged(zoo.rows, given.only), "not used"))


if __name__ == "__main__":
    main()
