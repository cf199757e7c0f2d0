"""What is measured may be good enough beside other tests, or on a second try, while none runs (tests/conftest.py)."""

import fcntl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Company


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for name in ("room", "door"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def opened(place: Path) -> Iterator[Company]:
    with (place / "room").open("w") as room, (place / "door").open("w") as door:
        yield Company(room, door)


def taken(file: Path) -> bool:
    """Whether somebody else would have to wait for a file's lock."""
    with file.open("w") as other:
        try:
            fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def test_what_holds_at_once_is_asked_once_and_beside_the_others(opened: Company, place: Path) -> None:
    asked: list[bool] = []

    def holds() -> bool:
        asked.append(taken(place / "room"))
        return True

    assert opened.at_best(holds) and asked == [False] and opened.alone == 0


@pytest.mark.parametrize("second", [True, False])
def test_what_does_not_hold_is_tried_again_alone_and_not_a_third_time(
    opened: Company, place: Path, second: bool
) -> None:
    asked: list[tuple[bool, bool]] = []

    def holds() -> bool:
        asked.append((taken(place / "room"), taken(place / "door")))
        return len(asked) == 2 and second

    assert opened.at_best(holds) is second
    assert asked == [(False, False), (True, True)] and opened.alone > 0
    assert not taken(place / "room") and not taken(place / "door"), "others go on"


def test_the_second_try_waits_until_the_others_have_left(opened: Company, place: Path) -> None:
    tried = threading.Event()
    answers: list[bool] = []
    with (place / "room").open("w") as room, (place / "door").open("w") as door:
        other = Company(room, door)

        def holds() -> bool:
            answers.append(left.is_set())
            tried.set()
            return len(answers) == 2

        left = threading.Event()
        measuring = threading.Thread(target=lambda: opened.at_best(holds), daemon=True)
        measuring.start()
        assert tried.wait(60) and answers == [False]
        left.set()
        fcntl.flock(other.room, fcntl.LOCK_UN)
        measuring.join(60)
    assert answers == [False, True]
