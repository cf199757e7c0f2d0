"""How far one theta goes where a class has several clouds."""

from latent_core.search._kind import SIMPLE, Kind

KIND = Kind(50, "mixture", SIMPLE, "Mixture", "One theta on several clouds a class.")
