"""What colour lies behind what is drawn, measured on the edges of pictures."""

import numpy as np

NEAR, MOST = 12, 0.6
"""How far a value of an edge pixel (0..255) may be from the middle one to be ground, and the share that must be."""


def ground_of(x: np.ndarray) -> tuple[float, ...]:
    """The ground of pictures (n, height, width, channels) uint8, 0..1 for each channel.

    () is black, and stands for no ground as well: where edges differ, as those of photographs do, nothing is behind.
    """
    edges = np.concatenate([x[:, 0], x[:, -1], x[:, 1:-1, 0], x[:, 1:-1, -1]], axis=1).reshape(-1, x.shape[3])
    middle = np.median(edges, axis=0)
    near = (np.abs(edges - middle) <= NEAR).all(axis=1).mean()
    if near < MOST or middle.max() <= NEAR:
        return ()
    return tuple(round(float(value) / 255, 4) for value in middle)
