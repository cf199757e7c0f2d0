"""The command `search`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import tyro

from latent_core.artifacts import write_file
from latent_core.commands.checks import Root, look_into

BAR = "{desc} {percentage:3.0f}%|{bar}| {elapsed}{postfix}"


def search(
    model: str = "",
    kind: Annotated[str, tyro.conf.arg(name="family")] = "medium1",
    accuracy: float = 0.995,
    worst: float = 0.98,
    seed: int = 1,
    out: Path = Path("search.json"),
    optimiser: str = "",
    budget: int = 0,
    weight: float | None = None,
    tau: float = 0.95,
    workers: int = 1,
    models: Root = None,
) -> Iterator[str]:
    """Search a generator's theta for pictures that are as varied as can be and still right; a killed search goes on.

    Args:
        model: such as mnist/mmd-20.
        kind: simple, medium1, medium2, full-covariance, mixture, mixture-filter or mixture-medium2.
        accuracy: share of pictures that must be right, by the lower end of the 95 % interval and the own classifier.
        worst: the same of every class, as it is measured.
        seed: 0 to 4294967295; the same seed gives the same result.
        out: file to write; until it is done, OUT.state keeps how far it is.
        optimiser: cma, grid or gradient; the kind's own without it.
        budget: settings to try for each row of theta; the optimiser's own without it.
        weight: instead of an accuracy, the weight of Eq. 4: cosine + weight (1 - accuracy) is made small.
        tau: what the scorer must give a draw that the filter keeps.
        workers: processes that search classes at the same time.
        models: folder of models instead of models/ or MEDLEY_MODELS.
    """
    from tqdm import tqdm

    from latent_core.search import Order
    from latent_core.search import search as run

    look_into(models)
    if not model:
        raise ValueError("name a model to search, such as --model mnist/mmd-20")
    if out.suffix != ".json":
        raise ValueError(f"--out must end in .json; it was {out}")
    order = Order(model, kind, accuracy, worst, seed, optimiser, budget, weight, tau, workers)
    state = out.with_name(f"{out.name}.state")
    with tqdm(total=1, desc=f"{model} {kind}", bar_format=BAR, delay=0.5) as bar:

        def on_step(step: int, steps: int, best: tuple[float, float] | None) -> None:
            bar.total, bar.n = steps, step
            bar.set_postfix_str(f"cosine {best[0]:.4f}, right {100 * best[1]:.2f} %" if best else "")

        found = run(order, on_step, state)
    write_file(out, json.dumps(found).encode() + b"\n")
    state.unlink(missing_ok=True)
    scores = found["scores"]
    yield (
        f"{out}: pairs of one class are {scores['cosine']:.4f} alike; {100 * scores['own']:.2f} % are right by the own "
        f"classifier (at least {100 * scores['own_bound']:.2f} %, worst class {100 * scores['own_worst']:.1f} %), "
        f"{100 * scores['judge']:.2f} % by a classifier of real pictures; "
        f"{found['evaluations']} settings in {found['cpu_seconds']:.0f} s"
    )
