"""Projections room: latents to a map; one file a method with `project(latents, y, seed) -> arrays, parameters`."""

from typing import Any

import numpy as np

from latent_core import registry

ROOM = "projections"


def project_all(latents: np.ndarray, seed: int = 0) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """The arrays of every method of the room, by array name, and the parameters each was run with.

    Args:
        latents: (n, latent) float32, the shipped rows.
        seed: of every method that uses chance.
    """
    arrays: dict[str, np.ndarray] = {}
    parameters: dict[str, Any] = {}
    for name in registry.names(ROOM):
        found, used = registry.get(ROOM, name).project(latents, seed)
        arrays |= found
        parameters[name] = used
    return arrays, parameters
