"""Medium1, as in the paper: dimensions may vary by different amounts."""

from latent_core.search._kind import MEDIUM1

ORDER = 20
TITLE = "Medium1"
MEANING = "One theta for each latent dimension."
FAMILY = "diagonal"
FORM = MEDIUM1
FILTERED = False
