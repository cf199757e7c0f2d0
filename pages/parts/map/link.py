"""What a visitor sees on the map, as link parameters and back; a link is anybody's input, so nothing is trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from latent_core.recipes import lists

PROJECTIONS = ("pca", "umap", "raw")
DIMENSIONS = (2, 3)
KEYS = ("view", "axes", "focus", "pictures", "marker", "row")
"""The map's own query parameters."""
MOST_TEXT = 20_000
MOST_DIGITS = 9


@dataclass(frozen=True)
class MapView:
    """The choices on the map page.

    projection: pca, umap or raw; dims 2 or 3; axes: three latent dimensions, from 0, for raw; chosen: classes and
    groups that stand out, all alike without one; pictures: in place of points; marker: the blend is shown; row: the one
    that is looked at.
    """

    projection: str = "umap"
    dims: int = 2
    axes: tuple[int, int, int] = (0, 1, 2)
    chosen: tuple[str, ...] = ()
    pictures: bool = False
    marker: bool = True
    row: int | None = None

    def to_query(self) -> dict[str, str]:
        """Link parameters; only what differs from a first visit, so that links stay short. Axes count from 1."""
        first = MapView()
        query = {}
        if (self.projection, self.dims) != (first.projection, first.dims):
            query["view"] = f"{self.projection}{self.dims}"
        if self.projection == "raw":
            query["axes"] = ".".join(str(axis + 1) for axis in self.axes)
        if self.chosen:
            query["focus"] = ",".join(lists.escaped(name) for name in self.chosen)
        if self.pictures:
            query["pictures"] = "1"
        if not self.marker:
            query["marker"] = "0"
        if self.row is not None:
            query["row"] = str(self.row)
        return query

    def to_json(self) -> dict[str, Any]:
        """What the browser is told."""
        return {**self.__dict__, "axes": list(self.axes), "chosen": list(self.chosen)}


def from_query(query: Mapping[str, str], classes: Sequence[str], latent: int, rows: int) -> MapView:
    """The view that a link asks for; each part that does not fit this model is as on a first visit.

    Args:
        classes: names that can be chosen.
        latent: dimensions of the model's latent.
        rows: number of points.
    """
    view = query.get("view", "")
    dims = view[-1:]
    axes = [int(part) - 1 if _digits(part) else None for part in query.get("axes", "")[:MOST_TEXT].split(".")]
    return from_values(
        {
            "projection": view[:-1] if view else None,
            "dims": int(dims) if _digits(dims) else None,
            "axes": axes,
            "chosen": [lists.plain(name) for name in query.get("focus", "")[:MOST_TEXT].split(",")],
            "pictures": query.get("pictures") == "1",
            "marker": query.get("marker") != "0",
            "row": int(query["row"]) if _digits(query.get("row", "")) else None,
        },
        classes,
        latent,
        rows,
    )


def from_values(values: Mapping[str, Any], classes: Sequence[str], latent: int, rows: int) -> MapView:
    """The view in what the browser sent; arguments as in `from_query`."""
    first = MapView()
    projection = values.get("projection")
    dims = values.get("dims")
    chosen = values.get("chosen")
    named = set(chosen) & set(classes) if _names(chosen) else set()
    row = values.get("row")
    view = MapView(
        projection=projection if projection in PROJECTIONS else first.projection,
        dims=dims if isinstance(dims, int) and dims in DIMENSIONS else first.dims,
        axes=_axes(values.get("axes"), latent),
        chosen=tuple(name for name in classes if name in named),
        pictures=values.get("pictures") is True,
        marker=values.get("marker") is not False,
        row=row if _whole(row) and 0 <= row < rows else None,
    )
    flat = view.projection == "raw" and latent < DIMENSIONS[-1]
    return MapView(**{**view.__dict__, "dims": DIMENSIONS[0]}) if flat else view


def _axes(given: Any, latent: int) -> tuple[int, int, int]:
    """Three dimensions that the latent has; 1, 2, 3 (as far as there are) in place of what is not one."""
    wanted = list(given)[:3] if isinstance(given, list | tuple) else []
    wanted += [None] * (3 - len(wanted))
    good = [axis if _whole(axis) and 0 <= axis < latent else min(i, latent - 1) for i, axis in enumerate(wanted)]
    return good[0], good[1], good[2]


def _names(given: Any) -> TypeGuard[Sequence[str]]:
    return isinstance(given, list | tuple) and all(isinstance(name, str) for name in given)


def _whole(given: Any) -> TypeGuard[int]:
    return isinstance(given, int) and not isinstance(given, bool)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
