"""How far one theta goes where a class's dimensions vary together."""

from latent_core.search._kind import SIMPLE, Kind

KIND = Kind(40, "full_covariance", SIMPLE, "Full covariance", "One theta on clouds that know what goes together.")
