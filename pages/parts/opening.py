"""What a bare address opens, on every page; a link that says anything means what it always meant."""

import os
from collections.abc import Mapping

from latent_core.models.library import Library

VARIABLE = "MEDLEY_FIRST"
"""Names another dataset for the bare address, such as mnist; it then rests until somebody moves it."""
USUAL = "animals"


def meant(link: Mapping[str, str], library: Library) -> Mapping[str, str]:
    """What a link says; an empty one means the first visit's dataset, if that opens."""
    wanted = os.environ.get(VARIABLE) or USUAL
    if link or wanted not in library.datasets():
        return link
    return {"data": wanted} if library.start(wanted)[0] in library.models(wanted) else link


def moves(link: Mapping[str, str], library: Library) -> bool:
    """Whether the blend moves by itself until it is touched: at a bare address, where nobody chose another dataset."""
    return not link and not os.environ.get(VARIABLE) and meant(link, library).get("data") == USUAL
