"""The command `export-html`: a blend as one HTML file that needs no server."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from latent_core.commands.checks import Root
from latent_core.commands.run import ask_house
from latent_core.language import ENGLISH, check


def export_html(recipe: str, out: Path = Path("blend.html"), models: Root = None, lang: str = ENGLISH) -> Iterator[str]:
    """Write a page that holds the mixer, the model and the recipe in one file, and works without a server.

    Args:
        recipe: JSON, a link, or the path of a PNG, NPZ or recipe that Medley saved.
        out: file to write, .html.
        models: folder of models instead of models/ or MEDLEY_MODELS.
        lang: code of the language that the page speaks, such as de.
    """
    if out.suffix not in (".html", ".htm"):
        raise ValueError(f"--out must end in .html; it was {out}")
    code, given = check(lang), recipe
    with contextlib.suppress(OSError, ValueError):  # too long for a path, or with a NUL
        given = str(Path(recipe).resolve()) if Path(recipe).is_file() else recipe
    yield ask_house("pages.parts.blend.own_page", code, given, str(out.resolve()), models=models)
