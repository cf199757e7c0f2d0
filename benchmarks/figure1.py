"""The paper's Figure 1, accuracy against cosine, for every family: `python -m benchmarks.figure1`, `make figure1`.

The lines are those of each model's curves.json (python -m latent_core generators measures them, on fresh noise); beside
them stand the paper's printed points, real test pictures and reconstructions, and what searches have found.
"""

import itertools
import json
from typing import Any

from benchmarks.chart import Chart, Curve, Dot
from benchmarks.report import RESULTS, row, save
from latent_core import open_model
from latent_core.artifacts import Curves
from latent_core.generators import Kit
from latent_core.search import TABLE_4

MODELS = {"elbo-20-plain": True, "mmd-20-smooth": False}
"""Which of them is drawn dashed."""
COLOURS = {
    ("diagonal", None): ("#0072b2", "diagonal (the paper)"),
    ("full_covariance", None): ("#e69f00", "full covariance"),
    ("mixture", None): ("#009e73", "mixture"),
    ("mixture", 0.95): ("#cc79a7", "mixture, filtered"),
}
LOW, HIGH = (0.5, 0.86), (1.0, 1.004)


def curves_of(name: str) -> Curves:
    """The measured curves of a shipped model.

    Raises:
        SystemExit: it has none.
    """
    model = open_model(f"mnist/{name}")
    found = Kit(model.card, model.folder).curves
    if found is None:
        raise SystemExit(f"mnist/{name} has no curves: python -m latent_core generators mnist/{name}")
    return found


def drawn(measure: str, models: dict[str, Curves]) -> Chart:
    """The chart with accuracy by "own" or by "judge"."""
    who = "own classifier" if measure == "own" else "classifier of real pictures"
    chart = Chart(LOW, HIGH, ("cosine of pairs of one class: varied on the left, alike on the right", f"right ({who})"))
    lines = []
    for name, curves in models.items():
        for one in curves.families:
            colour, title = COLOURS[(one.family, one.tau)]
            points = list(zip(one.cosine, getattr(one, measure), strict=True))
            lines.append(Curve(f"{name} {title}", colour, points, MODELS[name]))
    for curve in lines:
        chart.line(curve)
    references = next(iter(models.values())).references[:1] + [c.references[1] for c in models.values()]
    names = ["real pictures", *(f"rebuilt, {name}" for name in models)]
    for i, (name, reference) in enumerate(zip(names, references, strict=True)):
        chart.dot(Dot(name, "#555555", (reference.cosine, getattr(reference, measure)), "square", (-12, 14, 14)[i]))
    if measure == "own":
        for i, printed in enumerate(TABLE_4):
            chart.dot(Dot(f"paper, {printed.model}", "#d55e00", (printed.cosine, printed.accuracy), down=14 + 18 * i))
    chart.legend(lines)
    return chart


def facts(models: dict[str, Curves]) -> dict[str, Any]:
    """Everything that is drawn, as plain JSON."""
    found: dict[str, Any] = {"paper": [vars(printed) for printed in TABLE_4]}
    for name, curves in models.items():
        families = [
            {key: getattr(one, key) for key in one.__struct_fields__} for one in curves.families
        ]  # fmt: skip
        references = [{key: getattr(one, key) for key in one.__struct_fields__} for one in curves.references]
        found[name] = {"draws": curves.draws * curves.seeds, "families": families, "references": references}
    return found


def at(one: Any, cosine: float) -> float:
    """A curve's own accuracy at a cosine, between its points."""
    pairs = sorted(zip(one.cosine, one.reconstruction, strict=True))
    for (low, left), (high, right) in itertools.pairwise(pairs):
        if low <= cosine <= high:
            return left + (right - left) * (cosine - low) / (high - low)
    return float("nan")


def main() -> None:
    """Draws both charts and writes benchmarks/results/figure1.json."""
    models = {name: curves_of(name) for name in MODELS}
    rows = []
    for name, curves in models.items():
        line = curves.families[0]
        for cosine, said in ((0.9, "near 100 %"), (0.75, "over 95 %")):
            what = f"{name}, the paper's generator: right at cosine {cosine:g} (the paper: {said})"
            rows.append(row(what, [round(at(line, cosine), 4)], "share", None, better="higher"))
    path = save("figure1", rows, "not used")
    path.write_text(json.dumps(json.loads(path.read_text()) | facts(models), indent=1) + "\n")
    for measure in ("own", "judge"):
        picture = RESULTS / f"figure1_{measure}.png"
        drawn(measure, models).save(picture)
        print(picture)


if __name__ == "__main__":
    main()
