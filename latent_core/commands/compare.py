"""The command `compare`."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from latent_core.commands.checks import Root, look_into


def compare(recipe: str, out: Path | None = None, json: bool = False, models: Root = None) -> Iterator[str]:
    """Blend one recipe by every model of its dataset and say what is in each, as the page Compare does.

    Args:
        recipe: JSON, a link, or the path of a PNG, NPZ or recipe that Medley saved; its model is one among all.
        out: .csv or .json file to write as well.
        json: answer with one JSON object instead of a table.
        models: folder of models instead of models/ or MEDLEY_MODELS.
    """
    from latent_core.artifacts import write_file
    from latent_core.commands import making, telling
    from latent_core.models.comparing import table

    look_into(models)
    if out and out.suffix not in (".csv", ".json"):
        raise ValueError(f"--out must end in .csv or .json; it was {out}")
    found = making.compared(recipe)
    if out:
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows(table(found))
        text = lines.getvalue() if out.suffix == ".csv" else telling.standings_as_json(found)
        write_file(out, text.encode())
    if json:
        yield telling.standings_as_json(found)
        return
    rows = table(found)
    *columns, _ = zip(*rows, strict=True)
    widths = [max(map(len, column)) for column in columns]
    for row in rows:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
    yield from [f"{out} written"] if out else []
