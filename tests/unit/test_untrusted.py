"""What a browser sends is tame JSON or nothing at all."""

import pytest

from latent_core.recipes.untrusted import DEPTH, MOST_PARTS, tame


def nested(depth: int) -> object:
    """[[[...]]], that deep."""
    found: list[object] = []
    for _ in range(depth - 1):
        found = [found]
    return found


@pytest.mark.parametrize("given", [None, 5, "3:50", [], {"at": 5.5, "recipe": {"w": {"3": 50}}}, nested(DEPTH)])
def test_what_pages_send_passes_unchanged(given: object) -> None:
    assert tame(given) is given


@pytest.mark.parametrize(
    "given",
    [
        float("nan"),
        {"recipe": {"theta": float("inf")}},
        [[0, [float("-inf")]]],
        nested(9),
        nested(100_000),
        {"w": dict.fromkeys(map(str, range(MOST_PARTS)), 1)},
        [[0] * 200] * 200,
    ],
    ids=["nan", "inf", "-inf", "deeper", "deep", "wide", "many"],
)
def test_what_no_page_sends_is_nothing(given: object) -> None:
    assert tame(given) is None


def test_as_many_parts_as_may_be_are_looked_at_on_all_levels_together() -> None:
    half = MOST_PARTS // 2
    for fits in ([0] * (MOST_PARTS - 1), [[0] * (half - 1), [0] * (half - 2)]):
        assert tame(fits) is fits
    assert tame([0] * MOST_PARTS) is None and tame([[0] * (half - 1), [0] * (half - 1)]) is None
