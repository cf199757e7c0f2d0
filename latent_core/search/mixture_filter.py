"""How far one theta goes where doubtful draws are thrown away."""

from latent_core.search._kind import SIMPLE

ORDER = 60
TITLE = "Mixture and filter"
MEANING = "The mixture, without draws that look doubtful."
FAMILY = "mixture"
FORM = SIMPLE
FILTERED = True
