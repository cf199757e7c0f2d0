"""What a blend contains, measured: bits per class, leave-one-out, recoverability, sharpness, own ink."""

from latent_core.evidence.judge import Judge
from latent_core.evidence.looks import look, sharpness

__all__ = ["Judge", "look", "sharpness"]
