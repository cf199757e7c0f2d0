"""A judge of blends: how much a picture says for or against each class, in bits."""

import numpy as np

from latent_core import checked
from latent_core.graphs.graph import Graph


class Judge:
    """A judge's graph with the names of its classes.

    A bit is a log-likelihood ratio to base 2 under even odds: 0 says nothing about a class, +1 is 2 : 1 for it, -1 is
    2 : 1 against it. Classes are judged one by one, so all of them may be seen in one picture, or none.
    """

    def __init__(self, graph: Graph, classes: list[str]) -> None:
        self.classes = classes
        self._graph = graph

    def bits(self, pictures: np.ndarray) -> np.ndarray:
        """(n, classes) float32 evidence in bits for pictures (n, channels, height, width) in 0..1.

        Raises:
            ValueError: they are no such pictures.
        """
        given = checked.pictures(pictures, ("n", "channels", "height", "width"))
        return self._graph(pictures=np.ascontiguousarray(given, np.float32))["bits"]
