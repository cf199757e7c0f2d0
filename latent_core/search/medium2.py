"""Medium2, as in the paper: so may the classes."""

from latent_core.search._kind import MEDIUM2

ORDER = 30
TITLE = "Medium2"
MEANING = "One theta for each latent dimension of each class."
FAMILY = "diagonal"
FORM = MEDIUM2
FILTERED = False
