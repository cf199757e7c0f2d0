"""Arranges drawings on one sheet so that each keeps much ink to itself: coordinate descent over poses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.slow._pen import SIZE, Pose, inked, placed

TURN, SHIFT, LEAST, MOST = np.deg2rad(10), 6, 0.88, 1.15
"""Limits of a pose: radians and whole pixels (5.4 %) either way, and scale."""
POSES, TRIES, ROUNDS = 4, 48, 8
"""Turns and scales of every drawing, tries each time that a class is moved, and how often every class is moved."""
LOWEST = 5
"""The classes with the least ink of their own that an arrangement is judged by."""
MARGIN = 2
"""Pixels at the edge that stay free."""


@dataclass(frozen=True)
class Card:
    """A drawing in one pose without a shift: its ink, pixels as y * SIZE + x, and how far (x, y) it may be shifted."""

    pose: Pose
    ink: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def at(self, shift: np.ndarray) -> np.ndarray:
        """Its ink where it is shifted to."""
        return self.ink + np.int32(shift[1] * SIZE + shift[0])


Place = tuple[int, np.ndarray]
"""Number of a card, and its shift (2,)."""


def arrange(
    drawings: Sequence[Sequence[np.ndarray]], seed: int, on_step: Callable[[int, int], None] = lambda step, steps: None
) -> list[Pose]:
    """A pose for each class: which of its drawings, and how it lies.

    Every step moves one class to the best of some tries, the present place among them, so that
    (mean of the 5 lowest shares of own ink) + 0.3 (mean of all) never falls.

    Args:
        drawings: of each class, points (points, 2) in -1/2..1/2.
        seed: of the tries.
        on_step: told (step, steps).
    """
    rng = np.random.default_rng(seed)
    cards = [_cards(of_class, rng) for of_class in drawings]
    chosen: list[Place] = [(0, np.zeros(2, np.int64)) for _ in cards]  # card 0 is the first drawing as it is
    sheet = _Sheet([of_class[0].ink for of_class in cards])
    steps = ROUNDS * len(cards) if len(cards) > 1 else 0
    for step in range(steps):
        if step % len(cards) == 0:
            order = rng.permutation(len(cards))
        k = int(order[step % len(cards)])
        tries = [chosen[k], *_tries(cards[k], chosen[k], rng, 1 - step / steps)]
        ink = [cards[k][card].at(shift) for card, shift in tries]
        sheet.take_up(k)
        best = sheet.best(ink)
        chosen[k] = tries[best]
        sheet.put_down(k, ink[best])
        on_step(step + 1, steps)
    found = [(of_class[card].pose, shift) for of_class, (card, shift) in zip(cards, chosen, strict=True)]
    return [Pose(pose.drawing, pose.turn, pose.scale, (int(shift[0]), int(shift[1]))) for pose, shift in found]


def _cards(drawings: Sequence[np.ndarray], rng: np.random.Generator) -> list[Card]:
    """The drawings as they are, and each in POSES - 1 more poses."""
    poses = [Pose(number, 0.0, 1.0) for number in range(len(drawings))]
    for number in range(len(drawings)):
        turns, scales = rng.uniform(-TURN, TURN, POSES - 1), rng.uniform(LEAST, MOST, POSES - 1)
        poses += [Pose(number, float(turn), float(scale)) for turn, scale in zip(turns, scales, strict=True)]
    cards = []
    for pose in poses:
        at = placed(drawings[pose.drawing], pose)
        free = np.stack([MARGIN - np.floor(at.min(0)), SIZE - 1 - MARGIN - np.ceil(at.max(0))]).astype(np.int64)
        cards.append(Card(pose, inked(at), *np.clip(free, -SHIFT, SHIFT)))
    return cards


def _tries(cards: list[Card], now: Place, rng: np.random.Generator, heat: float) -> list[Place]:
    """Other places of a class: anywhere at first, nearer and nearer to where it is as heat goes from 1 to 0."""
    anywhere = rng.random(TRIES) < heat
    other = anywhere | (rng.random(TRIES) < 0.3)
    card = np.where(other, rng.integers(0, len(cards), TRIES), now[0])
    near = now[1] + rng.integers(-2, 3, (TRIES, 2))
    shift = np.where(anywhere[:, None], rng.integers(-SHIFT, SHIFT + 1, (TRIES, 2)), near)
    low, high = (np.stack([getattr(one, side) for one in cards])[card] for side in ("low", "high"))
    return list(zip(card.tolist(), np.clip(shift, low, high), strict=True))


class _Sheet:
    """Which classes ink each pixel of the sheet: count (pixels,) of classes, total (pixels,) of their numbers."""

    def __init__(self, ink: list[np.ndarray]) -> None:
        self.ink = list(ink)
        self.count, self.total = (np.zeros(SIZE * SIZE, np.int32) for _ in range(2))
        for number in range(len(ink)):
            self.put_down(number, ink[number])

    def take_up(self, k: int) -> None:
        """Removes class k."""
        self.count[self.ink[k]] -= 1
        self.total[self.ink[k]] -= k
        self.ink[k] = self.ink[k][:0]

    def put_down(self, k: int, ink: np.ndarray) -> None:
        """Draws class k."""
        self.ink[k] = ink
        self.count[ink] += 1
        self.total[ink] += k

    def best(self, tries: list[np.ndarray]) -> int:
        """Which of the tries (pixels of the class that was taken up) serves all classes best.

        Each pixel belongs to one class, to nobody, or to several, which none of them can lose any more: so one count a
        try tells both the class's own ink and what it takes from each of the others.
        """
        classes = len(self.ink)
        several, nobody = classes, classes + 1
        owner = np.where(self.count == 1, self.total, np.where(self.count == 0, nobody, several))
        alone = np.bincount(owner, minlength=nobody + 1)[:classes]
        sizes = np.array([len(ink) for ink in tries])
        place = owner[np.concatenate(tries)] + np.repeat(np.arange(len(tries)) * (nobody + 1), sizes)
        counts = np.bincount(place, minlength=len(tries) * (nobody + 1)).reshape(len(tries), -1)
        theirs = [k for k in range(classes) if len(self.ink[k])]
        kept = (alone - counts[:, :classes])[:, theirs] / np.array([len(self.ink[k]) for k in theirs])
        shares = np.column_stack([kept, counts[:, nobody] / sizes])
        shares.partition(min(LOWEST, shares.shape[1] - 1), axis=1)
        return int((shares[:, :LOWEST].mean(1) + 0.3 * shares.mean(1)).argmax())
