"""Medley's core: pretrained image VAEs, encoded datasets, and blends of any number of classes; no user interface.

>>> from latent_core import list_models, open_model
>>> blend = open_model("mnist/mmd-20").blend({"3": 0.5, "8": 0.5}, theta=0.4, samples=2, seed=7)
>>> blend.picture.shape
(1, 28, 28)
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from latent_core.artifacts import BrokenFolder, models_root
from latent_core.models.library import open_library
from latent_core.models.measure import measure
from latent_core.models.model import Blend, Model
from latent_core.recipes.recipe import Recipe

if TYPE_CHECKING:
    from latent_core.notebook import BlendWidget

__all__ = ["Blend", "Model", "Recipe", "list_models", "measure", "open_model", "widget"]


def list_models() -> list[str]:
    """Names of all models that can be opened, like mnist/elbo-10."""
    return list(open_library().model_cards)


def open_model(name: str) -> Model:
    """The model of that name.

    Raises:
        latent_core.artifacts.BrokenFolder: no such model, or its folder is damaged; the sentence says what to do.
    """
    dataset, _, rest = name.partition("/") if isinstance(name, str) else ("", "", "")
    if not rest:
        slugs = list_models()
        mine = [slug for slug in slugs if slug.startswith(f"{dataset}/")]
        there = mine or slugs or f"none in {models_root()}"
        raise BrokenFolder(f"{name!r} is no model's name; there are {there}.")
    return Model(name)


def widget(model: str, w: Mapping[str, float], language: str = "en", **values: Any) -> "BlendWidget":
    """The live mixer for a Jupyter notebook; needs the package anywidget.

    >>> w = widget("animals/label-guided-48", {"Cat": 0.5, "Dog": 0.5}, theta=0.2)  # shown where a cell ends with it
    >>> w.recipe  # what the controls say, both ways: w.recipe = w.model.blend({"Cat": 1, "Panda": 2}).recipe
    >>> w.blend().picture  # the picture that it shows

    Args:
        model: its name, like mnist/elbo-10.
        w: amount of each chosen class by name, 0..100.
        language: code of the one that the mixer speaks, such as de.
        values: theta, samples, seed, method and so on, as `Model.blend` takes them.

    Raises:
        ImportError: anywidget is not installed; the sentence says what to do.
        latent_core.artifacts.BrokenFolder: as `open_model`.
        ValueError: as `Model.blend`, or there is no such language.
    """
    from latent_core.notebook import BlendWidget

    opened = open_model(model)
    return BlendWidget(opened, opened.blend(w, **values), language)
