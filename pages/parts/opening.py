"""What the bare address opens on the Blend page; a link that says anything means what it always meant."""

import os
from collections.abc import Mapping

from latent_core.models.library import Library

HOME = ""
"""The Blend page's path."""
VARIABLE = "MEDLEY_FIRST"
"""Names another dataset for the bare address, such as mnist; it then rests until somebody moves it."""
USUAL = "animals"


def meant(link: Mapping[str, str], page: str | None, library: Library) -> Mapping[str, str]:
    """What a link says on a page; on the Blend page an empty one means the first visit's dataset, if that opens."""
    wanted = os.environ.get(VARIABLE) or USUAL
    if link or page != HOME or wanted not in library.datasets():
        return link
    return {"data": wanted} if library.start(wanted)[0] in library.models(wanted) else link


def moves(link: Mapping[str, str], page: str | None, library: Library) -> bool:
    """Whether the picture moves by itself until it is touched: at the bare address, where nobody chose another one."""
    return not link and not os.environ.get(VARIABLE) and meant(link, page, library).get("data") == USUAL
