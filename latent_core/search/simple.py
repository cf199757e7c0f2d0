"""Simple, as in the paper: nothing to search but the size of one theta."""

from latent_core.search._kind import SIMPLE

ORDER = 10
TITLE = "Simple"
MEANING = "One theta for every class and dimension."
FAMILY = "diagonal"
FORM = SIMPLE
FILTERED = False
