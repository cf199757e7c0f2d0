"""The commands `blend` and `graphs`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tyro

from latent_core.commands.checks import Root, look_into


def blend(
    name: tyro.conf.Positional[str] = "",
    /,
    model: str = "",
    w: str = "",
    classes: str = "",
    theta: float = 0.0,
    n: int = 1,
    seed: int = 1,
    method: str = "decoded_mean",
    depth: int = 4,
    k: int | None = None,
    where: str = "",
    recipe: str = "",
    out: Path = Path("blend.png"),
    scale: int = 8,
    even_out: bool = False,
    measure: bool = False,
    json: bool = False,
    models: Root = None,
) -> Iterator[str]:
    """Blend classes to one picture: the same recipe gives the same picture as on the page and in Python.

    Args:
        name: model, such as mnist/mmd-20; --model says the same.
        model: model, such as mnist/mmd-20.
        w: amounts of the classes, such as 3:50,8:50; only their proportions count.
        classes: instead of --w, classes in equal parts: all, or names such as 3,8.
        theta: 0 to 1, how far from the average each class may go.
        n: draws that are averaged.
        seed: of the noise, 0 to 4294967295.
        method: blending method; a wrong one makes the command list them.
        depth: 0 latent to 4 pixels, for averaging_depth.
        k: components kept, for eigen-images.
        where: paint, such as a link of Medley has it: in which fields of the picture a class counts more.
        recipe: a whole recipe instead: JSON, a link, or the path of a PNG, NPZ or recipe that Medley saved.
        out: file to write: .png with the recipe inside, or .npz with latent and weights.
        scale: of the PNG, 1 to 16.
        even_out: first look for amounts that show the weakest class better.
        measure: say which classes are really in the picture, and in the usual answers with the same amounts.
        json: answer with one JSON object instead of sentences.
        models: folder of models instead of models/ or MEDLEY_MODELS.
    """
    from latent_core.commands import making, telling

    look_into(models)

    slug = model or name
    if bool(recipe) == bool(slug) or (slug and bool(w) == bool(classes)) or (model and name):
        raise ValueError("give either a model and --w (or --classes), such as mnist/mmd-20 --w 3:50,8:50, or --recipe")
    if out.suffix not in (".png", ".npz"):
        raise ValueError(f"--out must end in .png or .npz; it was {out}")
    if recipe:
        opened, made = making.from_text(recipe)
    else:
        w = w or making.equal_parts(slug, classes)
        flags: dict[str, Any] = {"theta": theta, "n": n, "seed": seed, "method": method, "depth": depth, "k": k}
        opened, made = making.from_flags(slug, w=w, **flags, where=where)
    found = readings = None
    if even_out:
        made, found = making.evened(opened, made)
    if measure:
        readings = making.readings(opened, made)
    written = making.save(made, out, scale)
    if json:
        yield telling.as_json(made, making.sha256(made), out, found, readings)
        return
    yield from [found.sentence()] if found else []
    yield written
    yield from telling.sentences(made, *readings) if readings else []


def graphs(folder: Path | None = None) -> Iterator[str]:
    """Write the blending methods and the generators as ONNX graphs for browser and server.

    Args:
        folder: where to instead of latent_core/graphs/shared.
    """
    from latent_core.blends import _exporting as blends
    from latent_core.generators import _exporting as generators
    from latent_core.graphs.graph import SHARED

    written = [*blends.export_graphs(folder or SHARED), *generators.export_graphs(folder or SHARED)]
    yield f"{written[0].parent} now has {len(written)} files: " + ", ".join(path.name for path in written)
