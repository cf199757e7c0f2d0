"""How far one theta goes where a class's dimensions vary together."""

from latent_core.search._kind import SIMPLE

ORDER = 40
TITLE = "Full covariance"
MEANING = "One theta on clouds that know what goes together."
FAMILY = "full_covariance"
FORM = SIMPLE
FILTERED = False
