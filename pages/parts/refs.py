"""Datasets, models, methods, groups and recipes as every page's props name them, in the visitor's language."""

import base64
from collections.abc import Iterable

import msgspec

from latent_core.artifacts import DEPTH_WORDS, ModelCard
from latent_core.blends import Method
from latent_core.generators import Family
from latent_core.language import known
from latent_core.models.dataset import EncodedDataset
from latent_core.models.groups import Group, mean_picture, statistics
from latent_core.models.library import Library
from latent_core.models.model import Model
from latent_core.recipes.recipe import Recipe
from latent_core.titles import model_title
from pages.parts import props

NOUNS = ("digit", "character", "face", "animal")


def noun_of(title: str) -> str:
    """What one class of a dataset is called, where the dataset's title says it."""
    return next((noun for noun in NOUNS if f"{noun}s" in title.lower()), "class")


def nouns_of(title: str) -> str:
    """What its classes are called."""
    return {"class": "classes"}.get(noun := noun_of(title), f"{noun}s")


def dataset_ref(dataset: EncodedDataset, library: Library) -> props.DatasetRef:
    """A dataset, with what its judge needs where it has one."""
    card = dataset.card
    channels, height, width = card.shape
    return props.DatasetRef(
        slug=dataset.slug,
        title=known(card.title),
        nouns=known(nouns_of(card.title)),
        classes=list(card.classes),
        symbols=dict(card.symbols),
        shape=(channels, height, width),
        components=library.components(dataset.slug),
        notes=list(card.notes),
        judge=_judge(dataset),
        unjudged=dataset.unjudged,
        halves=[half.name for half in card.halves],
        ground=dataset.ground.tolist(),
        enlarge=card.enlarge,
        unpaintable=card.unpaintable,
    )


def _judge(dataset: EncodedDataset) -> props.Judge | None:
    facts = dataset.card.judge
    if facts is None or dataset.unjudged:
        return None
    real = facts.real
    baseline = {str(count): bits for count, bits in facts.baseline_bits.items()}
    return props.Judge(real=(real["contrast"], real["width"], real["ink"]), baseline=baseline)


def model_ref(card: ModelCard, dataset: EncodedDataset) -> props.ModelRef:
    """A model of a dataset."""
    latent = card.latent
    return props.ModelRef(
        slug=card.slug,
        title=model_title(card.title),
        called=known(card.called),
        latent=latent.size,
        kind=latent.kind,
        linear=card.kind == "linear",
        code=latent.code,
        ground=dataset.ground.tolist(),
    )


def method_refs(methods: Iterable[Method]) -> list[Method]:
    """Blending methods with their titles and meanings."""
    return [msgspec.structs.replace(one, title=known(one.title), meaning=known(one.meaning)) for one in methods]


def family_ref(family: Family) -> Family:
    """A family of generators with its title, meaning and equation."""
    said = {name: known(getattr(family, name)) for name in ("title", "meaning", "equation")}
    return msgspec.structs.replace(family, **said)


def depth_words() -> list[str]:
    """What the depths are called at which a decoder may average."""
    return [known(words) for words in DEPTH_WORDS]


def group_ref(group: Group, dataset: EncodedDataset, models: Iterable[Model]) -> props.GroupRef:
    """A group of a dataset with its mean picture, and its moments in models of that dataset."""
    moments = {}
    for model in models:
        mean, std = statistics(group, model.latents)
        moments[model.slug] = props.Moments(mean=mean.tolist(), std=std.tolist())
    picture = mean_picture(group, dataset.thumbs)
    return props.GroupRef(name=group.name, picture=base64.b64encode(picture.tobytes()).decode(), moments=moments)


def recipe_props(recipe: Recipe) -> props.RecipeProps:
    """A recipe as its JSON says it."""
    return msgspec.convert(recipe.to_json(), props.RecipeProps)
