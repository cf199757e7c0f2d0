"""The live Generate component: what the browser is told, and what comes back from it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import streamlit as st

from latent_core.artifacts import BrokenFolder, ModelCard, layout
from latent_core.generators import Kit, every, families
from latent_core.language import known, mark, t
from latent_core.models.generator import Generator
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.recipes.theta import Theta
from latent_core.recipes.untrusted import Notice, finite
from latent_core.search._catalogue import KINDS
from latent_core.search._paper import AUTHORS, LINK, OURS, TABLE_4, TITLE
from latent_core.titles import model_title
from pages.parts import component, props, state
from pages.parts.generate import link as generate_link
from pages.parts.generate.link import Way
from pages.parts.props import FamilyProps, GenerateProps, OurRow, PaperProps, PrintedRow, plain
from pages.parts.refs import dataset_ref, family_ref, model_ref, noun_of, recipe_props

KEY, KEY_ASKED = "generateview", "generate_asked"
FIRST_THETA = 0.4
"""Variety of a first visit where no curve says which is still right."""
MOST_ROWS = 20
"""Classes that the sheet shows without being asked which."""
LOST = mark("The page's live part could not be loaded. Check the connection, then reload the page.")
LOADING = mark("Loading the generator …")
FILES = {
    "clouds": layout.CLOUDS,
    "reconstruction_classifier": layout.RECONSTRUCTION_CLASSIFIER,
    "latent_classifier": layout.LATENT_CLASSIFIER,
    "curves": layout.CURVES,
}
"""Files of a model that it may lack."""

_component = st.components.v2.component(
    "medley_generate",
    html=f'<div class="medley generate" data-ready="">\n<p role="status">{LOADING}</p></div>',
    css=component.styles("ui/ui.css", "generate/generate.css"),
    js=component.stub("generate.js", ".medley", LOST, LOADING),
)


def why_not(model: Model) -> str:
    """Why nothing can be drawn from the model, as a sentence; "" where it can."""
    try:
        Generator(model).latents(1.0, 1)
    except (BrokenFolder, ValueError) as problem:
        return str(problem)
    return ""


def sampled_from(card: ModelCard) -> str:
    """What new pictures of a model without a usable prior of its own are drawn from, as a sentence."""
    if layout.PRIOR in card.files:
        return t(
            "Sampled from fitted class Gaussians, or code by code: a point of N(0, I) means nothing to this model."
        )
    return t("Sampled from fitted class Gaussians: a point of N(0, I) means nothing to this model.")


def way(model: Model, recipe: Recipe) -> tuple[Way, list[Notice]]:
    """Family, filter and mode in the link, as far as the model can take them."""
    kit = Kit(model.card, model.folder)
    refused = {one.name: kit.why_not(one.name) for one in every()}
    theta = recipe.theta if recipe.slug == model.slug else Theta()
    return generate_link.from_query(state.aside()[0], refused, kit.has(layout.LATENT_CLASSIFIER), theta, model.grid)


def generateview(view: state.View, library: Library, model: Model, found: dict[str, Any] | None) -> None:
    """Mounts the component; what is settled there reaches the recipe and the link.

    Args:
        found: what a search has found last, which the component takes over and keeps; it has a number of its own, `id`.
    """
    result = _component(
        key=KEY,
        data=component.data(plain(generate_props(view, library, model, found))),
        on_settled_change=lambda: _take(state.take_from_mixer(KEY, library)),
    )
    late = state.catch_up(result.settled, library)
    if late:
        _take(late.get("ask"))
        st.rerun()
    if state.box(KEY_ASKED).pop("blend", False):
        st.switch_page("blend.py")


def _take(asked: Any) -> None:
    """Keeps family, filter and mode, which the page reads like a link's; and notes whether to go to the Blend page."""
    if isinstance(asked, Mapping):
        state.box(KEY_ASKED)["blend"] = asked.get("blend") is True
        words = [str(asked.get(key) or getattr(Way, key))[:40] for key in ("family", "mode")]
        state.keep_aside(Way(words[0], finite(asked.get("tau")), words[1]).to_query(), generate_link.KEYS)


def generate_props(
    view: state.View, library: Library, model: Model, found: dict[str, Any] | None = None
) -> GenerateProps:
    """Everything the component is told, as small JSON; the browser fetches files itself."""
    recipe, card = view.recipe, model.card
    chosen, _ = way(model, recipe)
    kit = Kit(card, model.folder)
    untouched = view.bare and recipe.theta.scale == 0
    dataset = dataset_ref(model.dataset, library)
    return GenerateProps(
        nonce=view.nonce,
        recipe=recipe_props(recipe),
        way=props.Way(**asdict(chosen)),
        start=_first_theta(kit, recipe.n) if untouched else None,
        dataset=dataset,
        noun=known(noun_of(model.dataset.card.title)),
        model=model_ref(card, model.dataset),
        files={name: file for name, file in FILES.items() if kit.has(file)},
        curves=layout.CURVES,
        families=[
            FamilyProps(family=family_ref(one), why_not=kit.why_not(one.name)) for one in families(card.latent.kind)
        ],
        rows=generate_link.shown(card.classes, [name for name, _ in recipe.w], MOST_ROWS),
        others=[
            model_ref(other, model.dataset)
            for other in library.model_cards.values()
            if other.slug.startswith(f"{recipe.data}/") and other.slug != model.slug and layout.CURVES in other.files
        ],
        paper=_paper(library) if recipe.data == "mnist" else None,
        found=found,
        classifier=model.dataset.card.classifier.get("accuracy"),
    )


def _paper(library: Library) -> PaperProps:
    """The paper's Table 4, and what was found here of the models that are there."""
    cards = {one: library.model_cards.get(f"mnist/{one.model}") for one in OURS}
    ours = [
        OurRow(
            slug=card.slug, name=model_title(card.title), form=one.form, title=KINDS[one.form].title,
            cosine=one.cosine, accuracy=one.accuracy, printed=one.printed,
        )
        for one, card in cards.items()
        if card
    ]  # fmt: skip
    printed = [PrintedRow(**asdict(one)) for one in TABLE_4]
    return PaperProps(title=TITLE, authors=AUTHORS, link=LINK, family=Way.family, printed=printed, ours=ours)


def _first_theta(kit: Kit, n: int) -> float:
    """The most variety of the paper's own generator at which nearly every picture is right, in steps of 0.01."""
    try:
        curves = kit.curves
    except BrokenFolder:
        return FIRST_THETA
    of = {one.family: one.calibrated for one in curves.families if one.tau is None} if curves else {}
    scale = of.get(Way.family)
    return min(1.0, int(100 * scale * n**0.5) / 100) if scale else FIRST_THETA
