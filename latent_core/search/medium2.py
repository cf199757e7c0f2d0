"""Medium2, as in the paper: so may the classes."""

from latent_core.search._kind import MEDIUM2, Kind

KIND = Kind(30, "diagonal", MEDIUM2, "Medium2", "One theta for each latent dimension of each class.")
