"""What can be searched: a family of generators, and how many thetas; and the optimisers that do it."""

from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True)
class Kind:
    """family: of `latent_core.generators`. form: "simple" is one theta for all, "medium1" one a latent dimension,
    "medium2" one a dimension and class; title and meaning are for people; optimiser is its own one; filtered: draws
    that the scorer doubts are thrown away."""

    family: str
    form: str
    title: str
    meaning: str
    optimiser: str = "cma"
    filtered: bool = False


KINDS = {
    "simple": Kind("diagonal", "simple", "Simple", "One theta for every class and dimension.", "bisection"),
    "medium1": Kind("diagonal", "medium1", "Medium1", "One theta for each latent dimension."),
    "medium2": Kind("diagonal", "medium2", "Medium2", "One theta for each latent dimension of each class."),
    "full-covariance": Kind(
        "full_covariance", "simple", "Full covariance", "One theta on clouds that know what goes together.", "bisection"
    ),
    "mixture": Kind("mixture", "simple", "Mixture", "One theta on several clouds a class.", "bisection"),
    "mixture-filter": Kind(
        "mixture", "simple", "Mixture and filter", "The mixture, without draws that look doubtful.", "bisection", True
    ),
    "mixture-medium2": Kind(
        "mixture", "medium2", "Mixture, Medium2", "Several clouds a class, one theta for each dimension of each class."
    ),
}  # fmt: skip

OPTIMISERS = {
    "cma": "CMA-ES: keeps a cloud of settings, and moves it towards the best of them.",
    "grid": "Coordinate descent on the paper's grid: one theta at a time, a tenth up or down.",
    "gradient": "Gradient through the decoder, with a scorer fitted anew as it goes; needs torch.",
}


def optimisers(family: str) -> list[str]:
    """Names of the optimisers that can search a family here, its own one first; without torch there is no gradient."""
    kind = KINDS[family]
    if kind.form == "simple":
        return [kind.optimiser]
    here = [name for name in OPTIMISERS if name != "gradient" or find_spec("torch")]
    return sorted(here, key=lambda name: name != kind.optimiser)
