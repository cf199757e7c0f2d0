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
from latent_core.evidence.sentences import Reading, baseline_bits, listed, not_judged, turned_into, verdict

__all__ = [
    "Judge",
    "Reading",
    "baseline_bits",
    "became",
    "leave_one_out",
    "listed",
    "look",
    "not_judged",
    "present",
    "recoverability",
    "sharpness",
    "turned_into",
    "verdict",
    "without_each",
]
