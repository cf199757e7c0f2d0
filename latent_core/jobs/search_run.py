"""A search under way in another process, for the page."""

from collections.abc import Callable, Mapping
from typing import Any

from latent_core.jobs.job import Job, Work, under_way
from latent_core.language import mark


def _result(parcel: Any) -> dict[str, Any]:
    """What a search has found; KeyError where it lacks what the page shows."""
    found: dict[str, Any] = {**parcel, "theta": parcel["theta"], "scores": parcel["scores"]}
    return found


SEARCH = Work(
    module="latent_core.search",
    read=_result,
    patience=90.0,
    turn=20.0,
    most=6,
    crowded=mark("Many other visitors' searches are under way just now. Try again in a minute."),
)


def start_search(
    order: Mapping[str, Any], owner: str = "", keep: Callable[[dict[str, Any]], None] = lambda found: None
) -> Job[dict[str, Any]]:
    """One search; `finished` is the result of `latent_core.search.search`. Two who order the same share it.

    A cancelled or killed search goes on where it was when the same order is given again on the same machine.

    Args:
        order: the fields of `latent_core.search.Order` by name; only `model` must be there. A value that no search can
            use ends in a sentence.
        owner, keep: as of `Job`.
    """
    same = search_under_way(order)
    return same.join() if same else Job(SEARCH, order, owner, keep)


def search_under_way(order: Mapping[str, Any]) -> Job[dict[str, Any]] | None:
    """The search that somebody has ordered and that is not done."""
    return under_way(SEARCH.module, order)


def points(job: Job[dict[str, Any]]) -> list[tuple[float, float]]:
    """The best settings so far of a search, (cosine, accuracy) each, in the order in which they were found."""
    best = [said["best"] for said in list(job.news) if said.get("best")]
    return [(float(cosine), float(accuracy)) for cosine, accuracy in best]
