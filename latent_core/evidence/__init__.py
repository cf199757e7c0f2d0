"""What a blend contains, measured: bits per class, leave-one-out, recoverability, sharpness, own ink."""

from latent_core.evidence.judge import Judge

__all__ = ["Judge"]
