"""A model opened from its folder: encode, decode, blend, classify, project, all through the shipped graphs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from latent_core.artifacts import BrokenFolder, open_model_card, read_bytes
from latent_core.blends import methods
from latent_core.graphs.graph import Graph, open_shared
from latent_core.graphs.noise import normal
from latent_core.models.folder import Stored
from latent_core.recipes import theta as pattern
from latent_core.recipes.recipe import Recipe

LAYERS = ("mix_first", "mix_second", "mix_logits", "mix_pixels")


@dataclass(frozen=True)
class Blend:
    """A finished blend: picture (channels, height, width) 0..1 float32, latent (latent,) its place, and its recipe."""

    picture: np.ndarray
    latent: np.ndarray
    recipe: Recipe


class Model(Stored):
    """A pretrained model at work, all of it through the graphs of its folder."""

    @cached_property
    def _components(self) -> int:
        """Components of the eigen-image that goes with this model's blends, all of them; what a recipe calls k."""
        try:
            return open_model_card(f"{self.dataset.slug}/{self.dataset.card.linear}").latent.size
        except BrokenFolder:
            return 0

    @cached_property
    def _decoder(self) -> Graph:
        return Graph(read_bytes(self.folder / "decoder.onnx"), f"{self.slug}/decoder.onnx")

    @cached_property
    def _encoder(self) -> Graph:
        return Graph(read_bytes(self.folder / "encoder.onnx"), f"{self.slug}/encoder.onnx")

    def encode(self, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Posterior mean and spread, each (batch, latent), of pictures (batch, channels, height, width) in 0..1."""
        out = self._encoder(pictures=np.ascontiguousarray(pictures, np.float32))
        return out["mean"], out["spread"]

    def decode(self, z: np.ndarray, keep: int | None = None) -> np.ndarray:
        """Pictures (batch, channels, height, width) 0..1 of latents (batch, latent).

        Args:
            keep: use only the first `keep` dimensions (eigen-images); all without it.
        """
        eye = np.eye(len(z), dtype=np.float32)
        return self._run_decoder(np.asarray(z, np.float32), dict.fromkeys(LAYERS, eye), np.array(0, np.float32), keep)

    def blend(
        self,
        w: Mapping[str, float],
        theta: float | np.ndarray = 0.0,
        samples: int = 1,
        seed: int = 1,
        method: str = "decoded_mean",
        depth: int = 4,
        keep: int | None = None,
    ) -> Blend:
        """One picture made of any number of classes.

        Args:
            w: amount of each chosen class, not negative; only their proportions count; all 0 means equal parts.
            theta: multiplier of each class's own spread: one number, or (chosen classes, latent) of 0..1.
            samples: draws that are averaged; only theta / sqrt(samples) matters for how varied the blend is.
            seed: 0..2^32-1, of the noise.
            method: a name from `latent_core.blends.methods()`.
            depth: 0 latent, 1 first layer, 2 second layer, 3 log-odds, 4 pixels; for "averaging_depth".
            keep: components kept (eigen-images).

        Raises:
            ValueError: an unknown class or method, no class, a negative or non-finite number.
        """
        self._check(w)
        chosen = tuple((name, float(w[name])) for name in self.card.classes if name in w)
        known = {one.name: one for one in methods()}
        if method not in known:
            raise ValueError(f"latent_core.blends has no {method!r}; it has {list(known)}")
        if not (np.isfinite(depth) and samples >= 1):
            raise ValueError("depth must be a finite number, and samples at least 1")
        k = keep if keep is not None else self._components
        rows = [self.card.classes.index(name) for name, _ in chosen]
        each = pattern.spread(theta, (len(rows), self.card.latent.size))
        of_all, cells = pattern.recorded(theta, self.grid, rows)
        data, name = self.slug.split("/", 1)
        recipe = Recipe(data, name, chosen, of_all, samples, seed, method, depth, k, cells)
        plan = open_shared(f"blend_{method}")(
            weights=np.array(list(recipe.shares().values()), np.float32),
            theta=each,
            noise=normal(seed, samples, self.card.latent.size),
            mean=self._stand_ins(known[method].means)[rows].astype(np.float32),
            std=self.stats["std"][rows].astype(np.float32),
            depth=np.array(depth, np.float32),
        )
        place = plan.pop("place")
        if known[method].finish:
            finish = open_shared(f"finish_{method}")
            shares = np.array([list(recipe.shares().values())], np.float32)
            picture = finish(pictures=self.decode(plan["z"], keep), weights=shares)["picture"][0]
        else:
            picture = self._run_decoder(plan.pop("z"), plan, plan.pop("stretch"), keep)[0]
        return Blend(picture, place[0], recipe)

    def make(self, recipe: Recipe) -> Blend:
        """The blend of a recipe; `k` counts only for linear models."""
        keep = min(recipe.k, self.card.latent.size) if self.card.kind == "linear" else None
        rows = [row for row, name in enumerate(self.card.classes) if name in dict(recipe.w)]
        cells = recipe.pattern if recipe.slug == self.slug else ""  # another model's dimensions are others
        theta = pattern.thetas(recipe.theta, cells, self.grid, rows)
        made = self.blend(dict(recipe.w), theta, recipe.n, recipe.seed, recipe.method, recipe.depth, keep)
        return replace(made, recipe=recipe)

    def classify(self, pictures: np.ndarray) -> np.ndarray:
        """(batch, classes) the dataset's classifier's probabilities for pictures (batch, channels, height, width)."""
        return self.dataset.classify(pictures)

    def project(self, z: np.ndarray) -> np.ndarray:
        """(batch, 3) exact PCA places of latents (batch, latent)."""
        maps = self.projections
        run = open_shared("place_linear")
        return run(z=np.asarray(z, np.float32), centre=maps["pca_centre"], components=maps["pca_components"])["place"]

    def nearest(self, z: np.ndarray, count: int = 8, training_only: bool = True) -> np.ndarray:
        """(count,) rows whose latents are nearest to z (latent,), nearest first."""
        away = self.latents - np.asarray(z, np.float32)
        distance = np.einsum("ij,ij->i", away, away)
        if training_only:
            distance = np.where(self.dataset.rows["split"] == 0, distance, np.inf)
        count = min(count, len(distance))
        near = np.flatnonzero(distance <= np.partition(distance, count - 1)[count - 1])  # sorting all takes far longer
        return near[np.argsort(distance[near], kind="stable")][:count]

    def _stand_ins(self, means: str) -> np.ndarray:
        """(classes, latent): what stands for each class, its mean or the centre of its biggest cluster; groups, which
        come after the dataset's classes, have no clusters and keep their mean."""
        if means == "mean":
            return self.stats["mean"]
        own = self.centres[:, 0]
        return np.concatenate([own, self.stats["mean"][len(own) :]])

    def _check(self, w: Mapping[str, float]) -> None:
        unknown = [name for name in w if name not in self.card.classes]
        if unknown:
            raise ValueError(f"{self.slug} has no class {unknown[0]!r}; it has {self.card.classes}")
        if not w:
            raise ValueError(f"no class was chosen; {self.slug} has {self.card.classes}")
        if any(not np.isfinite(amount) or amount < 0 for amount in w.values()):
            raise ValueError("amounts must be finite numbers that are not negative")

    def _run_decoder(
        self, z: np.ndarray, mixes: Mapping[str, np.ndarray], stretch: np.ndarray, keep: int | None
    ) -> np.ndarray:
        kept = np.ones(self.card.latent.size, np.float32)
        kept[keep if keep is not None else len(kept) :] = 0
        return self._decoder(z=z, keep=kept, stretch=stretch, **mixes)["pictures"]
