"""Below the mixer: the gallery of presets, the tour, and what a presentation needs."""
