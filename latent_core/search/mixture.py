"""How far one theta goes where a class has several clouds."""

from latent_core.search._kind import SIMPLE

ORDER = 50
TITLE = "Mixture"
MEANING = "One theta on several clouds a class."
FAMILY = "mixture"
FORM = SIMPLE
FILTERED = False
