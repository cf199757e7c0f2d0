"""Measures of what a blend contains, on plain arrays: bits of the chosen classes, leave-one-out, recoverability.

Bits are log-likelihood ratios to base 2 under even odds (`Judge`): 0 says nothing, above 0 is for a class, below
against it. None of these figures is a share or a percentage of presence, and none should be shown as one.
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np


class Scorer(Protocol):
    """Whatever gives bits: a `Judge`, or a stand-in of a test."""

    def bits(self, pictures: np.ndarray) -> np.ndarray:
        """(n, classes) bits for pictures (n, channels, height, width) in 0..1."""


def recoverability(bits: np.ndarray, chosen: np.ndarray) -> float:
    """AUC of bits of chosen against not chosen classes, from 0 to 1: could a reader tell which classes went in?

    AUC = P(bits_i > bits_j) + P(bits_i = bits_j) / 2 for a chosen i and a not chosen j; 0.5 is chance. The statistic
    of Mann and Whitney 1947, as the area under the curve: Hanley and McNeil 1982.

    Args:
        bits: (classes,) of one blend.
        chosen: (classes,) bool, at least one True and one False.

    Raises:
        ValueError: no class is chosen, or all are, so that there is nothing to tell apart.
    """
    inside, outside = bits[chosen], bits[~chosen]
    if not len(inside):
        raise ValueError("no class was chosen")
    if not len(outside):
        raise ValueError("every class was chosen, so there is none to tell them from; use leave-one-out instead")
    gap = inside[:, None] - outside[None, :]
    return float((gap > 0).mean() + (gap == 0).mean() / 2)


def without_each(weights: np.ndarray) -> np.ndarray:
    """(present, classes): the weights with one class taken out a row, the proportions of the others kept; sum 1.

    Args:
        weights: (classes,) not negative; row i leaves out the i-th class that has weight.

    Raises:
        ValueError: fewer than two classes have weight.
    """
    present = np.flatnonzero(weights > 0)
    if len(present) < 2:
        raise ValueError("a blend of one class has nothing left when that class is taken out; choose at least two")
    rows = np.repeat(np.asarray(weights, np.float64)[None], len(present), axis=0)
    rows[np.arange(len(present)), present] = 0
    return rows / rows.sum(axis=1, keepdims=True)


def leave_one_out(make: Callable[[np.ndarray], np.ndarray], weights: np.ndarray, judge: Scorer) -> np.ndarray:
    """(classes,) bits_k(blend) - bits_k(blend without k), in bits: what class k itself brings to its own evidence.

    The only honest figure of presence when every class is chosen. It is 0 for a class without weight, as taking that
    one out changes nothing, and 0 for a class that leaves no trace.

    Args:
        make: the picture (channels, height, width) of weights (classes,) that sum to 1.
        weights: (classes,) not negative, in the order of the judge's classes.

    Raises:
        ValueError: fewer than two classes have weight.
    """
    weights = np.asarray(weights, np.float64)
    rows = without_each(weights)
    present = np.flatnonzero(weights > 0)
    bits = judge.bits(np.stack([make(row) for row in (weights / weights.sum(), *rows)]))
    lost = np.zeros(len(weights))
    lost[present] = bits[0, present] - bits[1 + np.arange(len(present)), present]
    return lost


def present(bits: np.ndarray, chosen: np.ndarray, without: np.ndarray | None = None) -> np.ndarray:
    """(classes,) bool: chosen, bits above 0 and, where leave-one-out is given, that above 0 as well.

    Args:
        bits: (classes,) of one blend.
        chosen: (classes,) bool.
        without: (classes,) leave-one-out in bits; needed when every class is chosen, as bits alone can then be had by
            a picture that says "a little of anything".
    """
    seen = chosen & (bits > 0)
    return seen if without is None else seen & (without > 0)


def became(bits: np.ndarray, chosen: np.ndarray) -> int | None:
    """Index of the class that the blend turned into: not chosen, bits above 0 and above those of every chosen class.

    Args: as in `present`; None where there is no such class.
    """
    outside = np.flatnonzero(~chosen)
    if not len(outside):
        return None
    best = outside[bits[outside].argmax()]
    return int(best) if bits[best] > max(0.0, bits[chosen].max(initial=0.0)) else None
