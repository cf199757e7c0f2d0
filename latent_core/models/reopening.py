"""A recipe out of a file, taken whole or refused: a link may be repaired, but a file promises one very picture."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from latent_core import registry
from latent_core.language import known, mark, t
from latent_core.models import group_links
from latent_core.models.groups import MOST_GROUPS, Group, WithGroups, add_group
from latent_core.models.library import Library
from latent_core.recipes.limits import shown
from latent_core.recipes.recipe import Recipe, left_out, parse
from latent_core.recipes.untrusted import plain, record

SLOWER = mark(
    "This picture was made by one of the slower ways to blend. Its classes and amounts are here; its button below the "
    "mixer makes it again."
)


def all_there(values: Mapping[str, Any], there: Library, link: bool) -> None:
    """Sees that untrusted values say all of a recipe.

    Args:
        link: whether they come from a link, which says only what counts.

    Raises:
        ValueError: something that the picture depends on is left out; the page would fill that in.
    """
    card = there.model_cards.get(f"{plain(values.get('data'))}/{plain(values.get('model'))}")
    lost = left_out(values, link, linear=card is not None and card.kind == "linear")
    if lost:
        raise ValueError(
            t(
                "this recipe leaves out {fields}: give all of it, as links and files of Medley do",
                fields=", ".join(lost),
            )
        )


def strictly(values: Mapping[str, Any], there: Library) -> tuple[Recipe, tuple[Group, ...]]:
    """The recipe in untrusted values, and the groups that come with it.

    Raises:
        ValueError: anything in them that the recipe does not take.
    """
    if values.get("data") in there.datasets() and there.components(values["data"]) == 0:
        values = {key: value for key, value in values.items() if key != "k"}  # no eigen-images
    rows = values.get(group_links.KEY) or ""
    groups, unread = group_links.parse(rows if isinstance(rows, str) else shown(rows), there.rows(), there.marks())
    recipe, said = parse(values, WithGroups(there, groups))
    refusals = [*unread, *(notice.refusal for notice in said if notice.refusal)]
    if refusals:
        raise ValueError(refusals[0].rstrip("."))
    return recipe, groups


def reopened(
    text: str, there: Library, groups: Sequence[Group], used: Collection[tuple[str, int]]
) -> tuple[Recipe, tuple[Group, ...], str]:
    """The recipe in the text that a saved file holds, all groups that there are with it, and what must be said of it.

    Args:
        groups: the visitor's own, which stay: a group of the file gets another number where they have used its own.
        used: (dataset, number) of every group that there was.

    Raises:
        ValueError: the text is no recipe, or one that cannot be made here.
    """
    try:
        values = record(text)
    except ValueError as error:
        raise ValueError(t("its recipe {fault}", fault=error)) from error
    all_there(values, there, link=False)
    slower = values.get("method") in registry.names("slow")
    if slower:
        values["method"] = Recipe.method
    recipe, found = strictly(values, there)
    kept = tuple(groups)
    names: dict[str, str] = {}
    for group in found:
        kept, joined = _joined(kept, group, {number for dataset, number in used if dataset == group.dataset})
        if group.dataset == recipe.data:
            names[group.name] = joined.name
    order = list(WithGroups(there, kept).classes(recipe.data))
    w = sorted(((names.get(name, name), amount) for name, amount in recipe.w), key=lambda part: order.index(part[0]))
    return replace(recipe, w=tuple(w), where=recipe.where.renamed(names)), kept, known(SLOWER) if slower else ""


def _joined(groups: tuple[Group, ...], group: Group, used: Collection[int]) -> tuple[tuple[Group, ...], Group]:
    """The groups with one more, and what that one is called among them."""
    mine = [one for one in groups if one.dataset == group.dataset]
    same = next((one for one in mine if one.rows == group.rows), None)
    if same is not None:
        return groups, same
    if len(mine) < MOST_GROUPS and group.number not in used:
        return (*groups, group), group
    more = add_group(groups, group.dataset, group.rows, used, group.mark)
    return more, more[-1]
