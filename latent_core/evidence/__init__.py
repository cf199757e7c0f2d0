"""What a blend contains, measured: bits per class, leave-one-out, recoverability, sharpness, own ink."""

from latent_core.evidence.judge import Judge
from latent_core.evidence.looks import look, sharpness
from latent_core.evidence.measures import (
    became,
    influence,
    least,
    leave_one_out,
    mean_bits,
    present,
    recoverability,
    set_specificity,
    share_for,
    without_each,
)
from latent_core.evidence.record import Reading, chance_level, listed

__all__ = [
    "Judge",
    "Reading",
    "became",
    "chance_level",
    "influence",
    "least",
    "leave_one_out",
    "listed",
    "look",
    "mean_bits",
    "present",
    "recoverability",
    "set_specificity",
    "share_for",
    "sharpness",
    "without_each",
]
