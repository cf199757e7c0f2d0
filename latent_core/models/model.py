"""A model opened from its folder: encode, decode, blend, classify, project, all through the shipped graphs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import numpy as np

from latent_core import checked
from latent_core.artifacts import BrokenFolder, check_agreement, open_model_card
from latent_core.blends import Method, named
from latent_core.graphs.graph import open_shared
from latent_core.graphs.noise import normal
from latent_core.lazy import lazy
from latent_core.models import group_links
from latent_core.models.dataset import EncodedDataset
from latent_core.models.folder import ModelFolder
from latent_core.models.groups import Group, mark_of, mean_picture, named_in, statistics
from latent_core.recipes.limits import Limit
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta
from latent_core.recipes.where import Where

LAYERS = ("mix_first", "mix_second", "mix_logits", "mix_pixels")


@dataclass(frozen=True, eq=False, repr=False)
class Blend:
    """A finished blend: picture (channels, height, width) 0..1 float32, latent (latent,) its place, and its recipe.

    Blends are equal where all of this is, bit for bit. A notebook shows the picture.

    groups: those that the recipe names. Without their rows nobody could make the picture again.
    """

    picture: np.ndarray
    latent: np.ndarray
    recipe: Recipe
    groups: tuple[Group, ...] = field(default=(), kw_only=True)

    def __repr__(self) -> str:
        parts = [f"{share:.0%} {name}" for name, share in self.recipe.shares().items()]
        more = f" and {len(parts) - 8} more" if len(parts) > 8 else ""
        made = f"{', '.join(parts[:8])}{more} by {self.recipe.slug}, {self.recipe.method}"
        return f"<{type(self).__name__} of {made}; picture {self.picture.shape}, latent {self.latent.shape}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Blend):
            return NotImplemented
        same = (self.recipe, self.groups) == (other.recipe, other.groups)
        arrays = ((self.picture, other.picture), (self.latent, other.latent))
        return same and all(np.array_equal(mine, its) for mine, its in arrays)

    def __hash__(self) -> int:
        return hash((self.recipe, self.groups))

    def _repr_png_(self) -> bytes:
        """What a notebook shows: the PNG that is kept of it, recipe and all."""
        from latent_core.models.files import png

        return png(self, max(1, min(16, 224 // max(self.picture.shape[1:]))))

    def record(self) -> dict[str, Any]:
        """All that makes the picture again, as plain JSON: the recipe's, and its groups as in a link."""
        return {**self.recipe.to_json(), **self._grouped()}

    def query(self) -> dict[str, str]:
        """The same as parameters of a link."""
        return {**self.recipe.to_query(), **self._grouped()}

    def _grouped(self) -> dict[str, str]:
        return {group_links.KEY: group_links.to_text(self.groups)} if self.groups else {}


class Model:
    """A pretrained model at work, all of it through the graphs of its folder; threads may share it.

    Its classes are the dataset's own and, after them, any groups of rows that a visitor has made.

    Args:
        slug: its name, like mnist/elbo-10.
        dataset, files: the model's dataset and folder where they are open already, to be shared.
        groups: of that dataset, as further classes.

    Raises:
        BrokenFolder: a folder is missing, damaged or of another format.
    """

    def __init__(
        self,
        slug: str,
        dataset: EncodedDataset | None = None,
        files: ModelFolder | None = None,
        groups: Sequence[Group] = (),
    ) -> None:
        self._files = files or ModelFolder(slug)
        self.dataset = dataset or EncodedDataset(slug.split("/", 1)[0])
        own = self._files.card
        if files is None:
            check_agreement(self.dataset.card, self.dataset.rows, own, self._files.stats, self._files.latents)
        self.slug, self.folder, self.groups = slug, self._files.path, tuple(groups)
        self.card = msgspec.structs.replace(own, classes=[*own.classes, *(group.name for group in groups)])
        self.grid = len(own.classes), own.latent.size  # of theta's pattern, which knows no groups

    def __repr__(self) -> str:
        names = [*self.card.classes[:8], *(["..."] if len(self.card.classes) > 8 else [])]
        size, shape = self.card.latent.size, tuple(self.card.shape)
        return (
            f"<Model {self.slug}: {self.card.title}; pictures {shape}, latent {size}; "
            f"{len(self.card.classes)} classes: {', '.join(names)}>"
        )

    def __eq__(self, other: object) -> bool:
        """Whether it is the same model with the same groups: the same files, wherever they lie."""
        if not isinstance(other, Model):
            return NotImplemented
        mine, its = (
            (one.slug, one.card.files, one.dataset.card.files, one.groups) for one in (self, other)
        )  # fmt: skip
        return mine == its

    def __hash__(self) -> int:
        return hash((self.slug, self.groups))

    def __reduce__(self) -> "tuple[type[Model], tuple[Any, ...]]":
        """A pickled model is opened again from its folder, where it is read; its files are not in the pickle."""
        return Model, (self.slug, None, None, self.groups)

    def with_groups(self, groups: Sequence[Group]) -> "Model":
        """The model with these groups, as far as they are its dataset's, as further classes after its own.

        It shares the folder and the dataset with this model, which stays as it is.
        """
        slug, mark = self.dataset.slug, mark_of(self.dataset.card)
        mine = tuple(replace(one, mark=mark) for one in groups if one.dataset == slug and one.mark in ("", mark))
        if mine == self.groups:
            return self
        return Model(self.slug, self.dataset, self._files, mine)

    def named(self, recipe: Recipe) -> tuple[Group, ...]:
        """Those of its groups that the recipe is made of."""
        return named_in(recipe, self.groups)

    @property
    def own_stats(self) -> dict[str, np.ndarray]:
        """As `stats`, of the classes without the groups; of a linear model also share and error, see `spectrum`."""
        return self._files.stats

    @property
    def latents(self) -> np.ndarray:
        """(rows, latent) float32: mu(x) of every shipped row."""
        return self._files.latents

    @property
    def projections(self) -> dict[str, np.ndarray]:
        """pca (rows, up to 3) with pca_centre and pca_components; umap (rows, 2); umap3 (rows, 3)."""
        return self._files.projections

    @property
    def centres(self) -> np.ndarray:
        """(classes, clusters, latent) k-means centres of each class but the groups, the biggest clusters first."""
        return self._files.centres

    @lazy
    def stats(self) -> dict[str, np.ndarray]:
        """mean, std (classes, latent) of mu(x) over the training pictures; without groups also covariance, count."""
        held = self._files.stats
        if not self.groups:
            return held
        mean, std = zip(*(statistics(group, self.latents) for group in self.groups), strict=True)
        return {"mean": np.concatenate([held["mean"], mean]), "std": np.concatenate([held["std"], std])}

    @lazy
    def mean_pictures(self) -> np.ndarray:
        """(classes, pixels) float32 0..1: the mean picture of each class."""
        if not self.groups:
            return self.dataset.means
        return np.stack([*self.dataset.means, *(mean_picture(group, self.dataset.thumbs) for group in self.groups)])

    @lazy
    def _components(self) -> int:
        """Components of the eigen-image that goes with this model's blends, all of them; what a recipe calls k."""
        try:
            return open_model_card(f"{self.dataset.slug}/{self.dataset.card.linear}").latent.size
        except BrokenFolder:
            return 0

    def encode(self, pictures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Posterior mean and spread, each (batch, latent), of pictures (batch, channels, height, width) in 0..1.

        Raises:
            ValueError: pictures of another shape, of whole numbers, or outside 0..1.
        """
        given = checked.pictures(pictures, ("batch", *self.card.shape))
        out = self._files.encoder(pictures=np.ascontiguousarray(given, np.float32))
        return out["mean"], out["spread"]

    def decode(self, z: np.ndarray, components: int | None = None) -> np.ndarray:
        """Pictures (batch, channels, height, width) 0..1 of latents (batch, latent).

        Args:
            components: use only so many of the first dimensions (eigen-images); all without it.

        Raises:
            ValueError: latents of another shape or not finite, or no such number of components.
        """
        latents = np.ascontiguousarray(checked.finite(z, ("batch", self.card.latent.size)), np.float32)
        if components is not None:
            Limit(0, self.card.latent.size, whole=True).check("components", components)
        eye = np.eye(len(latents), dtype=np.float32)
        return self._run_decoder(latents, dict.fromkeys(LAYERS, eye), np.array(0, np.float32), components)

    def blend(
        self,
        w: Mapping[str, float],
        theta: Theta | float | np.ndarray = 0.0,
        samples: int = 1,
        seed: int = 1,
        method: str = "decoded_mean",
        depth: int = 4,
        components: int | None = None,
        where: Where | str | Mapping[str, np.ndarray] = "",
    ) -> Blend:
        """One picture made of any number of classes: `make` of the recipe with these values.

        Args:
            w: amount of each chosen class by name, 0..100; only proportions count; all 0 means equal parts.
            theta: multiplier of each class's own spread: a Theta, one number 0..1, or (chosen classes, latent) of
                0..1 in the dataset's order, which is rounded to steps of 0.01.
            samples: draws that are averaged, 1..10; only theta / sqrt(samples) matters for how varied the blend is.
            seed: 0..2^32-1, of the noise.
            method: a name from `latent_core.blends.methods(card.latent.kind)`.
            depth: 0 latent, 1 first layer, 2 second layer, 3 log-odds, 4 pixels; for "averaging_depth".
            components: how many an eigen-image is made of, 1 to all of them.
            where: paint by class: a Where, its text, or arrays (8, 8) of whole levels 0..3 by class name; each level
                makes a class count 8 times as much in a field of the picture.

        Raises:
            ValueError: an unknown class or method, no class, a value outside these limits, or paint of a class that is
                not chosen or in a dataset whose pictures share no layout.
        """
        if not isinstance(w, Mapping):
            such = dict.fromkeys(w if isinstance(w, (list, tuple)) else self.card.classes[:2], 50)
            raise ValueError(f"w must give each class's amount by its name, such as {such}; it was {type(w).__name__}")
        self._check(w)
        data, name = self.slug.split("/", 1)
        rows = [row for row, of_class in enumerate(self.card.classes) if of_class in w]
        if isinstance(theta, (int, float, np.number)):
            theta = Theta(theta)
        elif not isinstance(theta, Theta):
            theta = Theta.from_rows(theta, rows, self.grid)
        chosen = tuple((self.card.classes[row], w[self.card.classes[row]]) for row in rows)
        k = self._components if components is None else components
        paint = self._paint(where, w)
        return self.make(Recipe(data, name, chosen, theta, samples, seed, method, depth, k, paint))

    def make(self, recipe: Recipe) -> Blend:
        """The blend of a recipe; `k` counts only for linear models.

        A pattern of theta counts only for the model that it was made for, as another model's dimensions are others.
        Where the recipe has paint, every field of the picture is a blend of its own (`recipes.where`); the place in the
        latent space is that of the amounts without it.

        Raises:
            ValueError: a class that the model has not, a method that makes no live blends or needs another kind of
                latent, or a pattern of another size.
            BrokenFolder: its files make no picture.
        """
        shares = recipe.shares()
        self._check(shares)
        method, latent = named(recipe.method), self.card.latent
        if method.latent not in ("", latent.kind):
            raise ValueError(f"{method.title} is for models of {method.latent}, and {self.slug} is none")
        names = [name for name in self.card.classes if name in shares]
        rows = [self.card.classes.index(name) for name in names]
        weights = np.array([shares[name] for name in names], np.float32)
        theta = recipe.theta if recipe.slug == self.slug else Theta(recipe.theta.scale)
        given = {
            "theta": theta.rows(rows, self.grid),
            "noise": normal(recipe.seed, recipe.n, latent.size),
            "mean": self._stand_ins(method.means)[rows].astype(np.float32),
            "std": self.stats["std"][rows].astype(np.float32),
            "depth": np.array(recipe.depth, np.float32),
            **({"code": np.array(latent.code, np.float32)} if method.latent == "codes" else {}),
        }
        ways, fields = recipe.where.ways(names, weights) if recipe.where and len(names) > 1 else (weights[None], None)
        pictures, place = self._pictures(method, given, weights, ways, self._used(recipe))
        picture = pictures[0]
        if fields is not None:
            picture = open_shared("fade_fields")(pictures=pictures, fields=fields)["picture"][0]
        if not (np.isfinite(picture).all() and np.isfinite(place).all()):
            raise BrokenFolder(f"{self.slug} makes a picture of values that are not numbers: its weights are damaged.")
        return Blend(picture, place[0], recipe, groups=self.named(recipe))

    def _pictures(
        self,
        method: Method,
        given: Mapping[str, np.ndarray],
        weights: np.ndarray,
        ways: np.ndarray,
        components: int | None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Pictures (ways, channels, height, width) of the same classes mixed in several ways, and the place (1, latent)
        of the mix by `weights` (rows,); given: what the method's graph is told beside them."""
        run = open_shared(f"blend_{method.name}")
        plan = run(weights=weights, **given)
        if method.finish:
            apart = self.decode(plan["z"], components)
            finish = open_shared(f"finish_{method.name}")
            return finish(pictures=apart, weights=ways, ground=self.dataset.ground)["picture"], plan["place"]
        made = []
        for way in ways:
            told = run(weights=way, **given)
            made.append(
                self._run_decoder(told["z"], {layer: told[layer] for layer in LAYERS}, told["stretch"], components)
            )
        return np.concatenate(made), plan["place"]

    def _paint(self, where: Where | str | Mapping[str, np.ndarray], chosen: Collection[str]) -> Where:
        """The paint as a Where.

        Raises:
            ValueError: it is none, of a class that is not chosen, or this dataset's pictures share no layout.
        """
        if isinstance(where, str):
            where = Where.from_text(where)
        elif isinstance(where, Mapping):
            where = Where.from_levels(where)
        elif not isinstance(where, Where):
            raise ValueError(f"where must be a Where, its text, or levels by class; it was {type(where).__name__}")
        others = [name for name in where.names if name not in chosen]
        if others:
            raise ValueError(f"{others[0]} is painted and not chosen; chosen are {list(chosen)}")
        if where and self.dataset.card.unpaintable:
            raise ValueError(self.dataset.card.unpaintable)
        return where

    def _used(self, recipe: Recipe) -> int | None:
        """Components that the recipe's picture is made of; None for all."""
        if self.card.kind != "linear":
            return None
        if recipe.k < 1:
            raise ValueError(f"{self.slug} makes pictures of at least 1 component; k was {recipe.k}")
        return min(recipe.k, self.card.latent.size)

    def plain_average(self, shares: Mapping[str, float]) -> np.ndarray:
        """(channels, height, width) weighted mean of the classes' mean pictures.

        Args:
            shares: by class name, 0..1, of sum 1.

        Raises:
            ValueError: an unknown class, or shares that are none.
        """
        self._check(shares)
        if not all(share in Limit(0, 1) for share in shares.values()) or abs(sum(shares.values()) - 1) > 1e-3:
            raise ValueError(f"shares must be numbers from 0 to 1 of sum 1; they were {dict(shares)}")
        pictures = self.mean_pictures[[self.card.classes.index(name) for name in shares]]
        weights = np.array(list(shares.values()), np.float32)
        picture = open_shared("plain_average")(weights=weights, pictures=pictures)["picture"]
        return picture.reshape(self.card.shape)

    def classify(self, pictures: np.ndarray) -> np.ndarray:
        """(batch, classes) the dataset's classifier's probabilities for pictures (batch, channels, height, width)."""
        return self.dataset.classify(pictures)

    def project(self, z: np.ndarray) -> np.ndarray:
        """(batch, 3) exact PCA places of latents (batch, latent).

        Raises:
            ValueError: latents of another shape or not finite.
        """
        z = np.ascontiguousarray(checked.finite(z, ("batch", self.card.latent.size)), np.float32)
        maps = self.projections
        run = open_shared("place_linear")
        return run(z=z, centre=maps["pca_centre"], components=maps["pca_components"])["place"]

    def nearest(self, z: np.ndarray, count: int = 8, training_only: bool = True) -> np.ndarray:
        """(count,) rows whose latents are nearest to z (latent,), nearest first; all rows where there are fewer.

        Args:
            training_only: leave out rows of test pictures.

        Raises:
            ValueError: z of another shape or not finite, a count that is no whole number from 1, or training_only that
                is neither True nor False.
        """
        place = np.ascontiguousarray(checked.finite(z, (self.card.latent.size,), "a place"), np.float32)
        count = int(Limit(1, 2**31, whole=True).check("the number of rows", count))
        if not isinstance(training_only, (bool, np.bool_)):
            raise ValueError(f"training_only must be True or False; it was {training_only!r}")
        away = self.latents - place
        distance = np.einsum("ij,ij->i", away, away)
        if training_only:
            distance = np.where(self.dataset.rows["split"] == 0, distance, np.inf)
        count = min(count, int(np.isfinite(distance).sum()))
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

    def _run_decoder(
        self, z: np.ndarray, mixes: Mapping[str, np.ndarray], stretch: np.ndarray, components: int | None
    ) -> np.ndarray:
        used = np.ones(self.card.latent.size, np.float32)
        used[components if components is not None else len(used) :] = 0
        return self._files.decoder(z=z, keep=used, stretch=stretch, **mixes)["pictures"]
