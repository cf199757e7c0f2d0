"""Table 4 of "Categorical generation of images via analysis of learned latent vectors" as it is printed."""

from dataclasses import dataclass


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
