"""How far one theta goes where doubtful draws are thrown away."""

from latent_core.search._kind import SIMPLE, Kind

KIND = Kind(
    60, "mixture", SIMPLE, "Mixture and filter", "The mixture, without draws that look doubtful.", filtered=True
)
