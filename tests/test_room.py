"""One fuse: lowered at once, raised after a look, left alone in between; and how long it may be too much."""
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


def test_ten_ampere_seconds_and_not_before_three_seconds_stop_somebody():
    for missing, seconds in ((1000, 10), (4000, 3), (20000, 3)):
        line = Line()
        line.read(26000)
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
