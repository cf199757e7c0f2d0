"""The command `strokes`."""

from collections.abc import Iterator

from latent_core.artifacts import layout
from latent_core.commands.checks import Root, Slugs, known_dataset


def strokes(names: Slugs, /, root: Root = None, models: Root = None) -> Iterator[str]:
    """Trace the pen lines of real drawings, which the collage draws anew; adds one file to each dataset's folder.

    Args:
        names: omniglot, mnist or both.
        root: folder to search for the raw files; without it they are downloaded.
        models: folder to write to instead of models/.
    """
    from latent_core.commands.progress import item
    from latent_core.training.steps import strokes

    if not names:
        raise ValueError("name at least one dataset: omniglot, mnist or both")
    for name in names:
        known_dataset(name)
        with item(f"{name}: pen lines", {"tracing": 1}) as bar:
            bar.begin("tracing")
            drawings, size = strokes.write(name, root, models, bar.at)
        yield f"{name} now has the lines of {drawings} drawings: {layout.STROKES}, {size} bytes"
