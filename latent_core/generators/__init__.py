"""The room of generators: from a class's statistics to latents of new pictures of it; one family per file.

A family's file has TITLE, MEANING (one honest line for people), EQUATION (in its own letters), ORDER (place in the
list) and `latents(...)`, a torch function of any of these inputs by name (float32): noise (draws, classes, latent + 1),
theta (classes, latent), n (), mean and std (classes, latent), factor (classes, latent, latent), weight (classes, k),
centre (classes, k, latent), spread (classes, k, latent, latent), which (classes, all classes: 1 where a row is that
class). It gives z (draws, classes, latent). Where each model has a graph of its own, the file has no function; it says
in which file of a model's folder the graph is (OWN), with which INPUTS and for which kind of latent (LATENT).

theta is how far a draw may go from its centre in each dimension, in units of the family's own deviation. The mean of n
draws of N(mu, (theta sigma)^2) is N(mu, (theta sigma)^2 / n), so theta and n are one number, theta / sqrt(n).
"""

from latent_core.generators._catalogue import Family, every, families, family
from latent_core.generators._kit import COVARIANCES, Kit

__all__ = ["COVARIANCES", "INPUTS", "ROOM", "Family", "Kit", "every", "families", "family"]

ROOM = "generators"
INPUTS = {
    "noise": "draws classes latent+1",
    "theta": "classes latent",
    "n": "",
    "mean": "classes latent",
    "std": "classes latent",
    "factor": "classes latent latent",
    "weight": "classes k",
    "centre": "classes k latent",
    "spread": "classes k latent latent",
    "which": "classes all",
}
"""Shapes of everything that a family may ask for."""
