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
from latent_core.evidence.sentences import (
    Reading,
    Shown,
    answer,
    baseline_bits,
    comparison,
    listed,
    look_word,
    mixture,
    not_judged,
    removal,
    turned_into,
    verdict,
)

__all__ = [
    "Judge",
    "Reading",
    "Shown",
    "answer",
    "baseline_bits",
    "became",
    "comparison",
    "leave_one_out",
    "listed",
    "look",
    "look_word",
    "mixture",
    "not_judged",
    "present",
    "recoverability",
    "removal",
    "sharpness",
    "turned_into",
    "verdict",
    "without_each",
]
