"""What is opened when it is first asked for is opened once, however many threads ask, and shared."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from latent_core.graphs import graph
from latent_core.lazy import lazy
from latent_core.models import folder
from latent_core.models.dataset import EncodedDataset
from latent_core.models.groups import Group
from latent_core.models.model import Model

THREADS = 16


def together(ask: Callable[[], Any]) -> list[Any]:
    """What each of the threads gets that ask at once."""
    ready, got = threading.Barrier(THREADS), []

    def run() -> None:
        ready.wait()
        got.append(ask())

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


def slowly(made: list[str]) -> type[graph.Graph]:
    """A graph that takes its time to open, and notes that it was opened."""

    class Slow(graph.Graph):
        def __init__(self, content: bytes, name: str) -> None:
            made.append(name)
            time.sleep(0.02)
            super().__init__(content, name)

    return Slow


def test_threads_open_a_models_graph_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(folder, "Graph", slowly(made))
    model = Model("mnist/elbo-10")
    pictures = together(lambda: model.decode(np.zeros((1, 10))))
    assert made == ["mnist/elbo-10/decoder.onnx"]
    assert all((picture == pictures[0]).all() for picture in pictures)


def test_threads_open_a_shared_graph_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(graph, "Graph", slowly(made))
    graph._graph.cache_clear()
    opened = together(lambda: graph.open_shared("plain_average"))
    assert made == ["plain_average.onnx"] and len({id(one) for one in opened}) == 1


def test_one_lazy_attribute_may_ask_for_another_and_a_failure_is_not_kept() -> None:
    class Thing:
        tries = 0

        @lazy
        def first(self) -> int:
            """A number that is not there at once."""
            self.tries += 1
            if self.tries < 2:
                raise ValueError("not yet")
            return self.tries

        @lazy
        def second(self) -> int:
            return self.first + 1

    thing = Thing()
    with pytest.raises(ValueError, match="not yet"):
        _ = thing.second
    assert (thing.second, thing.first, thing.tries) == (3, 2, 2)
    assert Thing.first.__doc__ == "A number that is not there at once."


def test_models_share_their_dataset_and_groups_share_all_of_a_model() -> None:
    dataset = EncodedDataset("mnist")
    first, second = Model("mnist/elbo-10", dataset), Model("mnist/elbo-2", dataset)
    wider = first.with_groups([Group("mnist", 1, (1, 2))])
    assert first.dataset is second.dataset is wider.dataset is dataset
    assert wider.latents is first.latents and wider.groups and not first.groups
    assert first.with_groups([Group("fashion", 1, (1, 2))]) is first
