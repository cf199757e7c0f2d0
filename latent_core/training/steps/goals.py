"""What the shipped models must reach on test pictures; printed on their cards beside the measured figures."""

from typing import Literal

Goal = tuple[float, Literal["lower", "higher"]]

CROSS_ENTROPY, NEIGHBOURS, CORRELATION = "cross-entropy", "k-NN (10)", "total correlation"
GAP = "MIG"
DRAWN = "classifier on drawn pictures"
LEAST_STD, LARGEST_STD = "least encoded std", "largest encoded std"
_ROUND: dict[str, Goal] = {LEAST_STD: (0.7, "higher"), LARGEST_STD: (1.4, "lower")}

GOALS: dict[str, dict[str, Goal]] = {
    "mnist/elbo-20": {CROSS_ENTROPY: (80.0, "lower"), NEIGHBOURS: (0.963, "higher")},
    "mnist/mmd-20": {CROSS_ENTROPY: (66.0, "lower"), NEIGHBOURS: (0.977, "higher"), **_ROUND},
    "mnist/mmd-10": _ROUND,
    "mnist/label-guided-16": {NEIGHBOURS: (0.955, "higher")},
    "fashion/mmd-16": _ROUND,
    "omniglot/elbo-16": {NEIGHBOURS: (0.86, "higher")},
    "omniglot/mmd-16": _ROUND,
    "omniglot/label-guided-16": {NEIGHBOURS: (0.90, "higher")},
}
