"""Simple, as in the paper: nothing to search but the size of one theta."""

from latent_core.search._kind import SIMPLE, Kind

KIND = Kind(10, "diagonal", SIMPLE, "Simple", "One theta for every class and dimension.")
