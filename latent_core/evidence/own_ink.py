"""How much of each drawing's ink is its own, where drawings lie over one another."""

import numpy as np

INK = 0.3
"""A pixel above this grey value (0..1) is ink."""


def own_ink(layers: np.ndarray, ink: float = INK) -> np.ndarray:
    """(n,) share of each layer's inked pixels that no other layer inks, 0 to 1; 0 for a layer without ink.

    Tells how far lines can be followed, without a network; it does not prove that a class is recognised.

    Args:
        layers: (n, height, width) 0..1, one drawing each.
        ink: the grey value above which a pixel is ink.
    """
    inked = np.asarray(layers) > ink
    alone = inked & (inked.sum(axis=0) == 1)
    return alone.sum(axis=(1, 2)) / np.maximum(inked.sum(axis=(1, 2)), 1)
