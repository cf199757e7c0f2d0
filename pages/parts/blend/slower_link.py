"""A slower blend that was ordered, as a link's parameter and back; a link is anybody's input."""

from urllib.parse import quote

from latent_core import slow
from latent_core.language import mark
from latent_core.recipes.limits import short
from latent_core.recipes.recipe import Catalogue, Recipe, parse

MOST_TEXT = 10_000
GONE = mark(
    "The picture by “{title}” is not there any more: the server has started again since, or had to "
    "make room. Its button makes it again."
)


def to_text(method: str, recipe: Recipe) -> str:
    """Method, model, seed and amounts: all that a slower blend depends on beside the groups of the link."""
    amounts = ",".join(f"{quote(name, safe='')}:{short(amount)}" for name, amount in recipe.w)
    return "~".join((method, recipe.slug, str(recipe.seed), amounts))


def read(text: str, catalogue: Catalogue) -> tuple[str, Recipe] | None:
    """The method and the recipe in an untrusted text; None where it is not whole, or of something that is not here."""
    parts = text[:MOST_TEXT].split("~", 3)
    if len(parts) < 4 or parts[0] not in slow.names() or "/" not in parts[1]:
        return None
    data, model = parts[1].split("/", 1)
    recipe, said = parse({"data": data, "model": model, "seed": parts[2], "w": parts[3]}, catalogue)
    return None if any(said) and "share equally" not in said[0] else (parts[0], recipe)
