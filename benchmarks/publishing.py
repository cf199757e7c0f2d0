"""Writes results of searches into the curves.json of their models, where the Generate page finds them."""

from collections.abc import Sequence
from typing import Any

import msgspec

from latent_core import artifacts
from latent_core.artifacts import Searched, layout, write_curves
from latent_core.generators import Kit
from latent_core.search import KINDS


def publish(results: Sequence[dict[str, Any]]) -> None:
    """Replaces what was searched for each model by these results; everything else in its folder stays as it is."""
    for slug in dict.fromkeys(result["slug"] for result in results):
        card, folder = artifacts.open_model_card(slug), artifacts.folder_of(slug)
        curves = Kit(card, folder).curves
        if curves is None:
            print(f"{slug} has no curves, so nothing is published for it")
            continue
        found = [entry(result) for result in results if result["slug"] == slug]
        files = {name: (folder / name).read_bytes() for name in card.files}
        files[layout.CURVES] = write_curves(msgspec.structs.replace(curves, searched=found))
        artifacts.write_folder(card, files)
        print(f"{slug}: {len(found)} searches in its curves.json")


def entry(result: dict[str, Any]) -> Searched:
    """A result as curves.json holds it."""
    scores = result["scores"]
    measures = ("cosine", "own", "own_bound", "own_worst", "judge", "judge_worst", "kept")
    told = {name: round(scores[name], 5) for name in measures}
    told |= {name: result[name] for name in ("family", "theta", "tau", "command")}
    return msgspec.convert(told | {"name": KINDS[result["kind"]].title}, Searched)
