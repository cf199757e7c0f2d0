"""What the shipped models must reach on test pictures; printed on their cards beside the measured figures."""

from typing import Literal

Goal = tuple[float, Literal["lower", "higher"]]

CROSS_ENTROPY, NEIGHBOURS, CORRELATION = "cross-entropy", "k-NN (10)", "total correlation"
DIVERGENCE = "divergence from N(0, I)"
GAP, ACTIVE = "MIG", "active dimensions"
DRAWN = "classifier on drawn pictures"
SQUARED, SEEN, PERPLEXITY = "squared error", "classifier on reconstructions", "perplexity"
CONFIDENCE, ENTROPY = "classifier's confidence in drawn pictures", "entropy of drawn classes"
RIGHT = "drawn pictures of their class"
TAUGHT = "real pictures by a classifier that saw drawn ones"
BOUND, TOP, FINE = "minus evidence bound, black or white", "told by the coarse part", "told by the fine part"
NEAR_BEHIND, BEHIND = "k-NN (10) on the background's code", "R2 of the background"
SWAPPED, STAYS = "classifier on swapped classes", "R2 of the background when the class is swapped"
KEPT = "coarse parts blended, of their class"
DIGIT, ITEM, ALIKE = "digit from the item alone", "item from the digit alone", "digit and item drawn alike"
"""Of `pairs`, whose halves are called so: how often a classifier sees the class of what was not shown."""
LEAST_STD, LARGEST_STD = "least encoded std", "largest encoded std"
_APART: dict[str, Goal] = {CORRELATION: (0.124, "lower")}
"""Of mnist/elbo-16: what is meant to part the numbers of a code must leave less of it."""
_ROUND: dict[str, Goal] = {LEAST_STD: (0.7, "higher"), LARGEST_STD: (1.4, "lower")}

GOALS: dict[str, dict[str, Goal]] = {
    "mnist/elbo-20": {CROSS_ENTROPY: (80.0, "lower"), NEIGHBOURS: (0.963, "higher")},
    "mnist/mmd-20": {CROSS_ENTROPY: (66.0, "lower"), NEIGHBOURS: (0.977, "higher"), **_ROUND},
    "mnist/mmd-10": _ROUND,
    "mnist/label-guided-16": {NEIGHBOURS: (0.955, "higher")},
    "mnist/beta-16": _APART,
    "mnist/tc-16": _APART,
    "mnist/factor-16": _APART,
    "mnist/dip-16": _APART,
    "mnist/gamix-16": {CROSS_ENTROPY: (66.8, "lower"), ACTIVE: (16, "higher")},
    "mnist/cvae-16": {DRAWN: (0.97, "higher"), NEIGHBOURS: (0.3, "lower")},
    "mnist/ladder-24": {BOUND: (100.0, "lower"), TOP: (3.0, "higher"), KEPT: (0.8, "higher")},
    "mnist/gan-32": {RIGHT: (0.95, "higher"), TAUGHT: (0.89, "higher")},
    "mnist/cgan-32": {DRAWN: (0.95, "higher"), TAUGHT: (0.89, "higher")},
    "mnist/poisson-50": {ACTIVE: (21, "higher")},
    "mnist/vq-98": {
        SQUARED: (0.0037, "lower"),
        SEEN: (0.98, "higher"),
        PERPLEXITY: (256.0, "higher"),
        CONFIDENCE: (0.8, "higher"),
        ENTROPY: (2.2, "higher"),
    },
    "melodies/musicvae-16": {SEEN: (0.95, "higher")},
    "pairs/moe-16": {ITEM: (0.75, "higher"), DIGIT: (0.75, "higher")},
    "pairs/mmvm-16": {ITEM: (0.80, "higher"), DIGIT: (0.80, "higher"), ALIKE: (0.86, "higher")},
    "scenes/attribute2image-16": {
        SWAPPED: (0.9, "higher"),
        NEAR_BEHIND: (0.15, "lower"),
        BEHIND: (0.6, "higher"),
        STAYS: (0.6, "higher"),
    },
    "fashion/mmd-16": _ROUND,
    "omniglot/elbo-16": {NEIGHBOURS: (0.86, "higher")},
    "omniglot/mmd-16": _ROUND,
    "omniglot/label-guided-16": {NEIGHBOURS: (0.90, "higher")},
}
