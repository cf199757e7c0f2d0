"""The Python face of the live mixer: what it is told, and what it tells back."""

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import streamlit as st

from latent_core.artifacts import ModelCard
from latent_core.blends import methods
from latent_core.models.even_out import even_out
from latent_core.models.files import png
from latent_core.models.groups import Group, mean_picture, statistics, with_groups
from latent_core.models.library import Library
from latent_core.models.measure import NoJudge
from latent_core.models.model import Blend
from latent_core.recipes.recipe import Recipe, parse
from pages.parts import component, loaders, state

WEB = Path(__file__).resolve().parents[3] / "web"
KEY = "mixer"
CENTRE = "centre_of_mass"
"""The method of the small pictures `Centre of mass` and `Eigen-image`."""
DEPTHS = ("the latent code", "the first layer", "the second layer", "the log-odds", "the finished pixels")
"""What the values of a recipe's `depth` are called."""

LOST = "The mixer could not be loaded. Check the connection, then reload the page."

_component = st.components.v2.component(
    "medley_mixer",
    html='<div class="medley" data-ready=""></div>\n',
    css=(WEB / "blend" / "blend.css").read_text(encoding="utf-8"),
    js=component.stub("blend.js", ".medley", LOST),
)


def live_mixer(view: state.View, library: Library, blend: Blend) -> None:
    """Mounts the mixer; when a control is let go there, its recipe reaches `state.take_from_mixer` before the next run.

    Args:
        view: the recipe to show, and the nonce that tells the mixer whether to take it over.
        blend: the same recipe's blend, shown until the browser has drawn its own.
    """
    result = _component(
        key=KEY,
        data=facts(view, library, blend, state.groups(library)[0]),
        on_settled_change=lambda: _answer(state.take_from_mixer(KEY, library), library),
    )
    if state.catch_up(result.settled, library):
        _answer(result.settled.get("ask"), library)
        st.rerun()


def _answer(ask: Any, library: Library) -> None:
    """Does what the mixer asks for beside keeping its recipe: "even" evens out the amounts of that recipe."""
    if ask != "even":
        return
    recipe = state.recipe()
    named = [group for group in state.groups(library)[0] if group.name in dict(recipe.w)]
    model = with_groups(loaders.model(recipe.slug), named)
    try:
        evened = even_out(model, recipe)
    except NoJudge as why:
        state.put(recipe, str(why))
    else:
        state.put(evened.recipe, evened.sentence())


def facts(view: state.View, library: Library, blend: Blend, groups: Sequence[Group] = ()) -> dict[str, Any]:
    """Everything the mixer is told, as small JSON: names, shapes and folders; the browser fetches the files itself."""
    recipe = view.recipe
    dataset, model = library.dataset_cards[recipe.data], library.model_cards[recipe.slug]
    linear = library.model_cards.get(f"{recipe.data}/{dataset.linear}")
    picture = base64.b64encode(png(blend)).decode()
    return {
        "nonce": view.nonce,
        "told": view.told,
        "recipe": recipe.to_json(),
        "first": _first(recipe, library).to_json(),
        "picture": f"data:image/png;base64,{picture}",
        "dataset": {
            "title": dataset.title,
            "classes": list(dataset.classes),
            "symbols": dict(dataset.symbols),
            "shape": list(dataset.shape),
            "kept": library.components(recipe.data),
            "folder": f"models/{recipe.data}/",
            "judge": _judge(recipe.data),
            "unjudged": loaders.dataset(recipe.data).unjudged,
        },
        "model": {
            "slug": recipe.slug,
            "title": model.title,
            "linear": model.kind == "linear",
            "folder": f"models/{recipe.slug}/",
        },
        "linear": {"folder": f"models/{linear.slug}/"} if linear else None,
        "methods": [msgspec.structs.asdict(one) for one in methods()],
        "depths": list(DEPTHS),
        "groups": [_group(group, recipe, linear) for group in groups if group.dataset == recipe.data],
        "centre": CENTRE,
    }


def _judge(data: str) -> dict[str, Any] | None:
    """What the browser needs to read a blend: how real pictures look, and chance levels by number of classes."""
    dataset = loaders.dataset(data)
    facts = dataset.card.judge
    if facts is None or dataset.unjudged:
        return None
    return {"real": [facts.real[part] for part in ("contrast", "width", "ink")], "chance": dict(facts.chance)}


def _group(group: Group, recipe: Recipe, linear: ModelCard | None) -> dict[str, Any]:
    """A group as the browser blends it: mean and spread of its latents in both models, and its mean picture."""
    found: dict[str, Any] = {"name": group.name}
    for part, slug in (("model", recipe.slug), ("linear", linear.slug if linear else None)):
        if slug:
            mean, std = statistics(group, loaders.model(slug).latents)
            found[part] = {"mean": mean.tolist(), "std": std.tolist()}
    picture = mean_picture(group, loaders.dataset(recipe.data).thumbs)
    return found | {"picture": base64.b64encode(picture.tobytes()).decode()}


def _first(recipe: Recipe, library: Library) -> Recipe:
    """What `Reset` goes back to: the dataset's first blend with the same model."""
    first, _ = parse({"data": recipe.data, "model": recipe.model}, library)
    return first
