"""Table 4 of "Categorical generation of images via analysis of learned latent vectors": as it is printed, and as it was
found here."""

from dataclasses import dataclass

TITLE, AUTHORS = "Categorical generation of images via analysis of learned latent vectors", "Vargas Aguilar et al."
LINK = (
    "https://scholar.google.com/scholar?q=%22Categorical+generation+of+images+via+analysis+of+learned+latent+vectors%22"
)
"""Where the paper is looked for by its title; a plain link, which nothing of Medley follows."""


@dataclass(frozen=True)
class Printed:
    """A row: the model as Medley names it, the form, the cosine and the accuracy by the reconstruction classifier.

    theta and n are those of Simple; for Medium1 the paper prints a vector for dimensions that have no order, so that it
    fits no other training.
    """

    model: str
    form: str
    cosine: float
    accuracy: float
    theta: float | None = None
    n: int = 1


TABLE_4 = (
    Printed("elbo-20", "simple", 0.9200, 0.9950, 0.4, 2),
    Printed("mmd-20", "simple", 0.8870, 0.9968, 0.6, 3),
    Printed("mmd-10", "medium1", 0.8168, 0.9960),
)


@dataclass(frozen=True)
class Ours:
    """What a search here found: the cosine, and the lower end of the 95 % interval of the own classifier's accuracy.

    A mean where a model has several trainings. printed: row of TABLE_4 that it is held against; None where the paper
    prints nothing of that size and form.
    """

    model: str
    form: str
    cosine: float
    accuracy: float
    printed: int | None = None


OURS = (
    Ours("elbo-20-plain", "simple", 0.9105, 0.9956, 0),
    Ours("elbo-20-plain", "medium1", 0.8804, 0.9958),
    Ours("elbo-20-plain", "medium2", 0.8149, 0.9956),
    Ours("mmd-20-smooth", "simple", 0.8243, 0.9960, 1),
    Ours("mmd-10-smooth", "medium1", 0.7603, 0.9966, 2),
    Ours("mmd-20-smooth", "medium1", 0.7369, 0.9958),
    Ours("mmd-20-smooth", "medium2", 0.6931, 0.9972),
)
"""The paper's model first; benchmarks/results/table4.json holds how each figure was measured."""
