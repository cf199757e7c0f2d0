"""Gradient descent on all thetas at once, through the decoder; the descent itself needs torch."""

from collections.abc import Callable, Iterator, Sequence

from latent_core.search._crew import Done, Task
from latent_core.search._world import World

ORDER = 30
TITLE = "Gradient through the decoder, with a scorer fitted anew as it goes"
MEANING = "Gradient through the decoder, with a scorer fitted anew as it goes; needs torch."
BUDGET = 225
NEEDS = "torch"


def crew(world: World) -> Callable[[Sequence[Task]], Iterator[Done]]:
    """Something that does all tasks of a round at once and yields what came of each.

    Raises:
        ValueError: torch is not installed, or the decoder is not of dense layers.
    """
    try:
        from latent_core.search.optimisers import _descent
    except ImportError as error:
        raise ValueError("A search by gradient needs torch (pip install -r requirements.txt).") from error
    return _descent.crew(world)
