"""One progress bar an item: its stages, how far each is, and a clock that goes on while a stage cannot tell."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tqdm import tqdm

BAR = "{desc} {percentage:3.0f}%|{bar}| {elapsed}{postfix}"
EVERY = 1.0
"""s between two looks at the clock."""


class Item:
    """An item that is being made.

    Args:
        name: such as mnist/elbo-10.
        stages: what is done, in order, and about how much of the time each takes.
    """

    def __init__(self, name: str, stages: Mapping[str, float], bar: "tqdm[object]") -> None:
        self.name, self.bar = name, bar
        self._stages, self._total = dict(stages), sum(stages.values())
        self._before = self._share = 0.0

    def begin(self, stage: str) -> None:
        """A stage begins, so all before it are done."""
        order = list(self._stages)
        done = sum(self._stages[one] for one in order[: order.index(stage)])
        self._before, self._share = done / self._total, self._stages[stage] / self._total
        self.bar.set_description_str(f"{self.name}: {stage}", refresh=False)
        self.bar.set_postfix_str("", refresh=False)
        self.at(0, 1)

    def at(self, step: int, steps: int) -> None:
        """How far the stage is."""
        self.bar.update(max(0.0, self._before + self._share * step / max(steps, 1) - self.bar.n))

    def tell(self, text: str) -> None:
        """Something to read behind the bar."""
        self.bar.set_postfix_str(text, refresh=False)


@contextmanager
def item(name: str, stages: Mapping[str, float]) -> Iterator[Item]:
    """The bar of one item, full where nothing went wrong; what is refused at once shows none."""
    ended = threading.Event()
    with tqdm(total=1.0, desc=name, bar_format=BAR, mininterval=0.2, delay=EVERY) as bar:
        clock = threading.Thread(target=_tick, args=(bar, ended), daemon=True)
        clock.start()
        try:
            yield Item(name, stages, bar)
            bar.set_description_str(name, refresh=False)
            bar.set_postfix_str("", refresh=False)
            bar.update(1.0 - bar.n)
        finally:
            ended.set()
            clock.join()


def _tick(bar: "tqdm[object]", ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        bar.delay = 0
        bar.refresh()
