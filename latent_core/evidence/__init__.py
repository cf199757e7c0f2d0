"""What a blend contains, measured: bits per class, leave-one-out, recoverability, sharpness, own ink."""

from latent_core.evidence.judge import Judge
from latent_core.evidence.looks import look, sharpness
from latent_core.evidence.measures import (
    became,
    leave_one_out,
    present,
    recoverability,
    without_each,
)
from latent_core.evidence.record import Reading, chance_level, listed

__all__ = [
    "Judge",
    "Reading",
    "became",
    "chance_level",
    "leave_one_out",
    "listed",
    "look",
    "present",
    "recoverability",
    "sharpness",
    "without_each",
]
