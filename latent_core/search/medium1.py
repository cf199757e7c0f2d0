"""Medium1, as in the paper: dimensions may vary by different amounts."""

from latent_core.search._kind import MEDIUM1, Kind

KIND = Kind(20, "diagonal", MEDIUM1, "Medium1", "One theta for each latent dimension.")
