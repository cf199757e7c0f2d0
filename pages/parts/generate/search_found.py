"""What a search has found becomes the page's setting, and an entry of the visitor's list."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import numpy as np

from latent_core.jobs.job import Job
from latent_core.language import decimals, known, t
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta
from latent_core.search._catalogue import KINDS
from pages.parts import state
from pages.parts.generate import link as generate_link
from pages.parts.generate.link import Way


def receive(kept: dict[str, Any]) -> None:
    """Takes over what a search left that has ended: into the recipe if it is still of that model, and into the list."""
    job: Job[dict[str, Any]] | None = kept.get("job")
    if job is None or job.running:
        return
    if again := job.in_this_language(state.owner()):
        kept["job"] = again
        return
    del kept["job"]
    kept["sentence"] = job.sentence
    if not job.finished:
        return
    kept["result"] = job.finished
    kept["found"] = entry(job.finished)
    recipe = state.recipe()
    if recipe.slug == job.finished["slug"]:
        found, way = setting(job.finished, recipe)
        state.put(found)
        state.keep_aside(way.to_query(), generate_link.KEYS)


def setting(result: dict[str, Any], recipe: Recipe) -> tuple[Recipe, Way]:
    """The recipe with the theta that was found, and how to draw with it."""
    mode = result["form"] if result["form"] in generate_link.MODES else generate_link.MODES[0]
    theta = Theta.of(np.asarray(result["theta"]))
    return replace(recipe, theta=theta, n=1), Way(family_of(result), result.get("tau"), mode)


def family_of(result: dict[str, Any]) -> str:
    """The family of generators of a result, which may name what was searched instead."""
    name = str(result["family"])
    return KINDS[name].family if name in KINDS else name


def entry(result: dict[str, Any]) -> dict[str, Any]:
    """What the browser keeps under a name."""
    theta = Theta.of(np.asarray(result["theta"]))
    title = KINDS[result["kind"]].title if result.get("kind") in KINDS else result["form"]
    scores = result["scores"]
    return {
        "id": hashlib.sha256(json.dumps(result, sort_keys=True).encode()).hexdigest()[:16],
        "name": t(
            "{title}, {accuracy} %, seed {seed}",
            title=known(title),
            accuracy=decimals(100 * result["accuracy"], 1),
            seed=result["seed"],
        ),
        "slug": result["slug"],
        "title": title,
        "family": family_of(result),
        "tau": result.get("tau"),
        "mode": result["form"],
        "theta": theta.scale,
        "n": 1,
        "pattern": theta.pattern,
        "cosine": scores["cosine"],
        "right": scores["own"],
    }
