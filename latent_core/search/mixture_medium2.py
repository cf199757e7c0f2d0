"""Medium2 on the mixture."""

from latent_core.search._kind import MEDIUM2

ORDER = 70
TITLE = "Mixture, Medium2"
MEANING = "Several clouds a class, one theta for each dimension of each class."
FAMILY = "mixture"
FORM = MEDIUM2
FILTERED = False
