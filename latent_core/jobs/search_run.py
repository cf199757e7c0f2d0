"""A search under way in another process, for the page."""

from collections.abc import Mapping
from typing import Any

from latent_core.jobs.job import Job


class SearchJob(Job[dict[str, Any]]):
    """One search. `finished` is the result of `latent_core.search.search`, `best` the points (cosine, accuracy) so far.

    A cancelled or killed search goes on where it was when the same order is given again on the same machine.

    Args:
        order: the fields of `latent_core.search.Order` by name; only `model` must be there. A value that no search can
            use ends in a sentence.
    """

    MODULE = "latent_core.search"
    PATIENCE = 90.0
    crowded = "Other visitors' searches are under way just now. Try again in a minute."

    def __init__(self, order: Mapping[str, Any]) -> None:
        self.order, self.best = dict(order), list[tuple[float, float]]()
        super().__init__(order)

    def hear(self, said: Mapping[str, Any]) -> None:
        super().hear(said)
        if said.get("best"):
            cosine, accuracy = said["best"]
            self.best.append((float(cosine), float(accuracy)))

    def taken(self, parcel: Any) -> dict[str, Any]:
        """The result.

        Raises:
            KeyError: this is none.
        """
        found: dict[str, Any] = {**parcel, "theta": parcel["theta"], "scores": parcel["scores"]}
        return found
