"""Medium2 on the mixture."""

from latent_core.search._kind import MEDIUM2, Kind

KIND = Kind(
    70, "mixture", MEDIUM2, "Mixture, Medium2", "Several clouds a class, one theta for each dimension of each class."
)
