"""One fuse: lowered at once, raised after a look, left alone in between; and how long it may be too much."""
import pytest

from energy.room import NO_LIMIT, Room


class Line:
    """A room of one line that is read so often."""

    def __init__(self, every_ms=1000, limit=25000):
        self.room, self.every_ms, self.limit = Room(1), every_ms, limit

    def read(self, load, low=0, high=None, offered=0, times=1, trial=0):
        high = low if high is None else high
        for _ in range(times):
            self.room.read(self.every_ms, 0, load, low, high)
            self.room.heard(self.every_ms)
            self.room.decide(0, self.limit, offered, load, trial)
            self.room.look()
        return self.room.budget_ma[0]


def test_what_the_house_leaves_may_be_offered_less_a_trifle():
    assert Line().read(5000) == 19850


def test_the_first_reading_counts_as_it_is_however_soon_it_comes():
    assert Line(200).read(-5000) == 29850, "5 A of the sun, and 25 of the fuse"


def test_an_offer_that_no_longer_fits_falls_by_what_is_too_much():
    line = Line()
    line.read(20000, 15000, offered=15000, times=5)
    assert line.read(29000, 15000, offered=15000) == 11000


def test_by_a_trifle_it_falls_a_trifle_more_so_that_it_need_not_fall_again():
    line = Line()
    line.read(25000, 15000, offered=15000, times=5)
    assert line.read(25100, 15000, offered=15000) == 14750
    assert line.read(25300, 15000, offered=15000) == 14700


def test_between_the_bounds_it_is_left_alone():
    line = Line()
    assert line.read(20000, 8000, 15000, offered=15000, times=6) == 15000
    assert line.read(20000, 8000, 15000, offered=12000) == 12850


def test_more_is_given_only_when_the_worst_of_two_readings_allows_it():
    line = Line()
    line.read(20000, 10000, offered=10000, times=6)
    assert line.read(15000, 10000, offered=10000) == 14850
    assert line.read(10000, 10000, offered=10000) == 14850
    assert line.read(10000, 10000, offered=10000) == 19850
    assert line.read(10000, 10000, offered=10000, times=3) == 24850


def test_fast_readings_are_smoothed_and_a_jump_is_not():
    line = Line(200)
    line.read(24000, 10000, offered=11000, times=20)
    assert line.read(24900, 10000, offered=11000) == 10625
    assert line.read(33000, 10000, offered=11000) == 2000
    assert line.read(24000, 10000, offered=11000) == 11000


def test_a_trial_gives_more_than_is_known_but_never_more_than_the_meter_shows():
    line = Line()
    line.read(15000, 5000, 15000, offered=15000, times=6)
    assert line.read(15000, 5000, 15000, offered=15000, trial=2000) == 16850
    line.read(24000, 5000, 15000, offered=15000, times=6)
    assert line.read(24000, 5000, 15000, offered=15000, trial=2000) == 15000


def test_ten_ampere_seconds_and_not_before_four_seconds_stop_somebody():
    for missing, seconds in ((1000, 10), (4000, 4), (20000, 4)):
        line = Line()
        line.read(25200)
        assert [line.room.short(1000, missing) for _ in range(seconds)] == [False] * (seconds - 1) + [True]
        assert not line.room.short(1000, missing)


def test_it_counts_only_while_the_limit_is_passed_in_fact():
    line = Line()
    line.read(25000)
    assert not any([line.room.short(1000, 9000) for _ in range(20)])
    line.read(26000)
    line.room.short(2000, 4000)
    line.read(24000)
    line.room.short(1000, 4000)
    line.read(26000)
    assert not line.room.short(2000, 4000)


def test_off_forgets_everything():
    line = Line()
    line.read(40000)
    line.room.short(2000, 9000)
    line.room.off()
    assert line.room.budget_ma == [NO_LIMIT] and not line.room.active and not line.room.over_ma
    assert line.read(5000) == 19850
    line.read(26000)
    assert not line.room.short(2000, 9000)


def test_a_fuse_that_nobody_named_limits_nothing():
    room = Room(3)
    assert (room.over_ma, room.active, room.slow, room.blind_ms, room.budget_ma) == (0, 0, 0, 0, [NO_LIMIT] * 3)
    room.heard(1000)
    assert room.active == 1


def looked(*steps):
    """What may be offered after (load, ms) by which the window moves on."""
    room = Room(1)
    for load, ms in steps:
        room.read(0, 0, load, 0, 0)
        room.heard(ms)
        room.look()
    room.decide(0, 25000, 0, load, 0)
    return room.budget_ma[0]


def test_the_worst_is_remembered_for_one_and_a_half_seconds_and_as_long_again():
    assert looked((20000, 1499), (5000, 1), (5000, 1500)) == 19850
    assert looked((20000, 1499), (5000, 1499), (5000, 1499)) == 4850
    assert looked((20000, 1500), (5000, 1499)) == 4850
    assert looked((20000, 1500), (5000, 1499), (5000, 1)) == 19850


@pytest.mark.parametrize("since_ms, load, left", [
    (800, 10900, 14100), (799, 10900, 14102), (200, 11000, 14750), (200, 11001, 13999), (200, 9000, 15250), (200, 8999, 16001)])
def test_readings_are_smoothed_over_most_of_a_second_unless_one_jumps_by_more_than_an_ampere(since_ms, load, left):
    room = Room(1)
    room.read(0, 0, 10000, 0, 0)
    room.heard(0)
    room.read(since_ms, 0, load, 0, 0)
    room.decide(0, 25000, 20000, load, 0)
    assert room.budget_ma == [left]


def test_a_trial_never_asks_for_more_than_the_meter_shows_free():
    room = Room(1)
    room.read(0, 0, 20000, 10000, 10000)
    room.heard(0)
    room.decide(0, 25000, 11000, 20000, 5000)
    assert room.budget_ma == [16000]


def overloaded(state):
    """A line 1 mA over its limit: new, after an overload that went by, or after one that stopped somebody."""
    line = Line()
    if state:
        line.read(26000)
        line.room.short(2600, 4000)
        if state == "gone":
            line.read(25000)
            assert not line.room.short(1000, 4000)
        else:
            assert line.room.short(1000, 4000)
    line.read(25001)
    return line.room


def test_of_readings_three_seconds_apart_the_worst_of_three_counts_twice_over():
    """A hob that comes and goes between them is seen by some of them only."""
    line = Line(3000)
    line.read(5000, times=9)
    assert line.read(15000) == 10000 - 150
    raised = [line.read(5000) for _ in range(6)]
    assert raised == [9850] * 5 + [19850]
    line = Line(2999)
    line.read(5000, times=9)
    assert line.read(15000) == 9850
    assert [line.read(5000) for _ in range(3)] == [9850, 19850, 19850]


def test_more_than_a_faint_overload_lasts_no_longer_than_users_know_of_smartevse():
    for over_ma, ends in ((200, 20000), (201, 5500)):
        line = Line()
        line.read(25000 + over_ma)
        assert not line.room.short(ends - 2, 500)
        assert line.room.short(2, 500)
        assert not line.room.short(ends - 1, 500), "and the next one is counted anew"
    line.read(25000)
    assert not line.room.short(1000, 500)
    line.read(25201)
    assert not line.room.short(5499, 1) and line.room.short(1, 1)


def test_while_a_car_falls_half_is_counted_but_not_of_what_lasts():
    line = Line()
    line.read(26000)
    assert not line.room.short(5499, 4000, 1) and line.room.short(1, 1, 1), "it lasts"
    assert not line.room.short(3000, 20000, 1)
    assert not line.room.short(2099, 20000) and line.room.short(1, 20000), "3.6 seconds"


@pytest.mark.parametrize("state", ["", "gone", "stopped"])
def test_the_edges_of_a_shortage_are_the_same_each_time(state):
    assert not overloaded(state).short(3599, 20000)
    assert overloaded(state).short(3600, 20000)
    assert not overloaded(state).short(9999, 1000)
    assert overloaded(state).short(10000, 1000)
    room = overloaded(state)
    assert not room.short(5000, 1000) and room.short(5000, 1000)


def test_nothing_is_counted_while_nothing_is_missing_or_nothing_is_over():
    room = overloaded("")
    assert not room.short(2000, 0) and not room.short(1000, 20000)
    room = overloaded("")
    assert not room.short(2000, 1) and room.short(1600, 20000)
    line = Line()
    line.read(25000)
    assert not line.room.short(10000, 1000)
