"""A finished blend as one line of JSON and back, for the way from one process to another."""

import base64
import zlib
from dataclasses import replace
from typing import Any

import numpy as np

from latent_core.models.groups import Group
from latent_core.recipes.recipe import Recipe
from latent_core.slow import Finished


def packed(finished: Finished) -> dict[str, Any]:
    """The result as plain JSON; every float32 of the picture arrives as it is."""
    return {
        "picture": base64.b64encode(np.ascontiguousarray(finished.picture, "<f4").tobytes()).decode(),
        "shape": list(finished.picture.shape),
        "latent": finished.latent.tolist(),
        "method": finished.recipe.method,
        "what": finished.what,
        "own_ink": dict(finished.own_ink),
        "layers": base64.b64encode(zlib.compress(finished.layers.tobytes())).decode(),
        "layers_shape": list(finished.layers.shape),
        "without": base64.b64encode(zlib.compress(finished.without.tobytes())).decode(),
        "without_shape": list(finished.without.shape),
    }


def unpacked(parcel: dict[str, Any], recipe: Recipe, groups: tuple[Group, ...] = ()) -> Finished:
    """The result again.

    Args:
        recipe, groups: those that were ordered; `packed` leaves them out.

    Raises:
        KeyError, ValueError, zlib.error: this is no parcel.
    """
    picture = np.frombuffer(base64.b64decode(parcel["picture"]), "<f4").reshape(parcel["shape"])
    layers, without = (
        np.frombuffer(zlib.decompress(base64.b64decode(parcel[name])), np.uint8).reshape(parcel[f"{name}_shape"])
        for name in ("layers", "without")
    )
    latent = np.array(parcel["latent"], np.float32)
    made_by = replace(recipe, method=parcel["method"])
    return Finished(picture, latent, made_by, parcel["what"], parcel["own_ink"], layers, without, groups=groups)
