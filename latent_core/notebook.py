"""A blend in a notebook: the live mixer as a Jupyter widget, whose recipe Python and the browser keep in step.

Everything is computed in the browser, by the modules and graphs of the Blend page; they come from the kernel, so that
neither a server of Medley's nor a network is asked for anything.
"""

import json
from pathlib import Path
from typing import Any

try:
    import anywidget
    import traitlets
except ImportError as error:
    raise ImportError(
        "a widget needs anywidget: python -m pip install anywidget, then restart the kernel and reload the notebook"
    ) from error

from latent_core.artifacts import packed
from latent_core.commands.run import ask_house
from latent_core.language import check
from latent_core.models.model import Blend, Model
from latent_core.recipes.recipe import Recipe


class BlendWidget(anywidget.AnyWidget):
    """The mixer of one model.

    Attributes:
        model: makes the same pictures in Python.
        recipe: what the mixer shows. A control that is let go changes it, `observe` tells of that, and a recipe that is
            put here moves the controls.
    """

    recipe = traitlets.Instance(Recipe).tag(
        sync=True,
        to_json=lambda recipe, widget: recipe.to_json(),
        from_json=lambda values, widget: Recipe.from_json(values),
    )
    _esm = traitlets.Unicode().tag(sync=True)
    _style = traitlets.Unicode().tag(sync=True)
    _props = traitlets.Dict().tag(sync=True)
    _files = traitlets.Dict().tag(sync=True)

    def __init__(self, model: Model, blend: Blend, language: str) -> None:
        """
        Args:
            model: without groups, which a recipe does not hold.
            blend: of that model; what is shown at first.
            language: code of the one that the mixer speaks.

        Raises:
            ValueError: the blend is of a slower method, whose picture no browser makes; there is no such language.
            LookupError: the app's files are not installed beside the core.
        """
        self.model, self._made = model, blend
        shown = json.dumps(blend.recipe.to_json())
        parts: dict[str, Any] = json.loads(ask_house("pages.parts.blend.own_page", check(language), shown))
        super().__init__(
            recipe=blend.recipe,
            _esm=parts["script"],
            _style=parts["style"],
            _props=parts["props"],
            _files={name: packed(Path(path)) for name, path in parts["files"].items()},
        )

    @traitlets.validate("recipe")
    def _fits(self, proposal: dict[str, Any]) -> Recipe:
        """The recipe, once the model has made it.

        Raises:
            ValueError: it is another model's, or one that this model cannot make.
        """
        recipe: Recipe = proposal["value"]
        if recipe.slug != self.model.slug:
            raise ValueError(f"this widget shows {self.model.slug}; make another one for {recipe.slug}")
        if recipe != self._made.recipe:
            self._made = self.model.make(recipe)
        return recipe

    def blend(self) -> Blend:
        """The blend that the mixer shows, as `Model.blend` makes it."""
        return self._made
