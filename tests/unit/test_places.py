"""Places are shared by turns: nobody holds one while others wait."""

from latent_core.jobs.places import Places


class Worker:
    """A job that notes what it is told."""

    def __init__(self, name: str, owner: str = "", begun: bool = True) -> None:
        self.name, self.owner, self.begun = name, owner, begun
        self.told: list[str] = []

    def go(self) -> None:
        """Has a place."""
        self.told.append("go")

    def rest(self) -> bool:
        """Makes room, if it can."""
        if self.begun:
            self.told.append("rest")
        return self.begun


def test_two_who_work_for_ever_let_a_third_in_after_a_turn_and_go_on_after_another() -> None:
    now = [0.0]
    places = Places(at_once=2, turn=20, most=6, clock=lambda: now[0])
    one, two, three = workers = [Worker(name) for name in ("one", "two", "three")]
    assert all(places.join(worker) for worker in workers)
    assert places.waits(three) and three.told == []
    now[0] = 19.0
    places.look()
    assert places.waits(three)
    worked = dict.fromkeys(workers, 0)
    for second in range(20, 620):
        now[0] = float(second)
        places.look()
        assert len(places.working) == 2
        for worker in places.working:
            worked[worker] += 1
    assert max(worked.values()) - min(worked.values()) <= 40, "each had its third"
    places.leave(one)
    assert not places.waits(two) and not places.waits(three)


def test_one_owner_with_many_jobs_holds_no_more_than_others() -> None:
    places = Places(at_once=2, turn=20, most=6, clock=lambda: 0.0)
    many = [Worker(f"many {i}", "10.0.0.1") for i in range(4)]
    for worker in many:
        places.join(worker)
    other = Worker("other", "10.0.0.2")
    places.join(other)
    places.leave(many[0])
    assert other.told == ["go"] and many[2].told == []


def test_there_is_an_end_to_the_line_and_who_cannot_rest_stays() -> None:
    now = [0.0]
    places = Places(at_once=1, turn=5, most=2, clock=lambda: now[0])
    stubborn, second = Worker("stubborn", begun=False), Worker("second")
    assert places.join(stubborn) and places.join(second) and not places.join(Worker("third"))
    now[0] = 9.0
    places.look()
    assert places.waits(second)
    places.leave(stubborn)
    assert second.told == ["go"]
