"""The balance alone, second by second; what it does with a real car is told in the stories."""
import pytest

from energy.balance import NO_LIMIT, Balance
from settings import Settings


class Bench:
    """A balance, its settings, and a mains reading set by hand."""

    def __init__(self, mode, **settings):
        self.cfg = Settings()
        self.cfg.put("mode", mode)
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.balance = Balance()

    def go(self, seconds, *ma, charging=0, offered=0, age=0, phases=3):
        for _ in range(seconds):
            self.balance.second(self.cfg, list(ma) if len(ma) == 3 else [ma[0]] * 3, age, charging, offered, phases)
        return self.balance.mains_ma, self.balance.sun.ma


def test_normal_limits_nothing():
    assert Bench("Normal").go(1, 90000, age=10**6) == (NO_LIMIT, NO_LIMIT)


def test_smart_offers_what_the_worst_phase_leaves():
    assert Bench("Smart").go(1, 5000, 12000, -3000) == (13000, NO_LIMIT)


@pytest.mark.parametrize("house_ma, offer", [(18400, 6600), (18500, 6500), (18501, 0), (19000, 0), (40000, 0)])
def test_a_start_needs_half_an_ampere_more_than_min(house_ma, offer):
    assert Bench("Smart").go(1, house_ma)[0] == offer


def test_an_offer_that_stands_needs_no_spare_room():
    bench = Bench("Smart")
    bench.go(1, 10000)
    assert bench.go(1, 19000)[0] == 6000
    assert bench.go(1, 19001)[0] == 0


def test_an_overload_lowers_by_what_is_missing_and_not_twice():
    bench = Bench("Smart", max_current_a=16)
    bench.go(20, 21000, charging=1, offered=16000)
    assert bench.go(1, 30000, charging=1, offered=16000)[0] == 11000
    assert bench.go(1, 30000, charging=1, offered=11000)[0] == 11000
    assert bench.go(1, 30000, charging=1, offered=11000)[0] == 11000


def test_a_reading_between_two_seconds_lowers_at_once_and_never_raises():
    bench = Bench("Smart", max_current_a=16)
    bench.go(20, 21000, charging=1, offered=16000)
    balance = bench.balance
    assert balance.hurry(bench.cfg, [30000, 0, 0], 1, 16000) and balance.mains_ma == 11000
    assert not balance.hurry(bench.cfg, [30000, 0, 0], 1, 16000)
    assert not balance.hurry(bench.cfg, [10000, 0, 0], 1, 11000) and balance.mains_ma == 11000
    assert not balance.hurry(bench.cfg, [90000, 0, 0], 0, 0)
    bench.cfg.put("mode", "Normal")
    assert not balance.hurry(bench.cfg, [90000, 0, 0], 1, 16000)


def test_room_raises_only_when_the_car_has_settled():
    bench = Bench("Smart", max_current_a=32)
    bench.go(1, 15000)
    for _ in range(11):
        assert bench.go(1, 20000, charging=1, offered=10000)[0] == 10000
    assert bench.go(1, 20000, charging=1, offered=10000)[0] == 15000


def test_nothing_is_raised_while_the_mains_current_climbs():
    bench = Bench("Smart", max_current_a=32)
    bench.go(20, 15000, charging=1, offered=10000)
    assert bench.go(1, 15301, charging=1, offered=12000)[0] <= 20000
    held = bench.balance.mains_ma
    assert bench.go(1, 15602, charging=1, offered=12000)[0] <= held


def test_too_little_for_min_stops_after_ten_ampere_seconds_and_not_before_three_seconds():
    for over_ma, seconds in ((1000, 10), (4000, 3), (20000, 3)):
        bench = Bench("Smart")
        bench.go(20, 15000, charging=1, offered=6000)
        for _ in range(seconds - 1):
            assert bench.go(1, 25000 + over_ma, charging=1, offered=6000)[0] == 6000, over_ma
        assert bench.go(1, 25000 + over_ma, charging=1, offered=6000)[0] == 0
        assert bench.balance.room.rest_s == 60


def test_after_such_a_stop_it_rests_a_minute():
    bench = Bench("Smart")
    bench.go(20, 15000, charging=1, offered=6000)
    bench.go(3, 45000, charging=1, offered=6000)
    assert bench.go(59, 5000)[0] == 0
    assert bench.go(1, 5000)[0] == 20000


def test_a_reading_that_grows_old_eases_and_then_stops():
    bench = Bench("Smart")
    assert bench.go(1, 5000, age=4000)[0] == 20000
    assert bench.go(1, 5000, age=4001)[0] == 6000
    assert bench.go(1, 5000, age=11000)[0] == 6000 and not bench.balance.stale
    assert bench.go(1, 5000, age=11001)[0] == 0 and bench.balance.stale


def test_solar_starts_when_the_export_has_stood_for_five_seconds():
    bench = Bench("Solar", start_a=4)
    assert bench.go(4, -1334)[1] == 0
    assert bench.go(1, -1334)[1] == 6000
    bench = Bench("Solar", start_a=4)
    assert bench.go(60, -1333)[1] == 0


def test_the_stop_timer_runs_down_without_sun_and_back_up_with_it():
    bench = Bench("Solar", stop_min=1)
    bench.go(20, -1000, charging=1, offered=6000)
    bench.go(10, 3000, charging=1, offered=6000)
    assert bench.balance.sun.stop_s == 51
    bench.go(5, -1000, charging=1, offered=6000)
    assert bench.balance.sun.stop_s == 56
    bench.go(6, -1000, charging=1, offered=6000)
    assert bench.balance.sun.stop_s == 0
    assert bench.go(60, 3000, charging=1, offered=6000)[1] == 6000
    assert bench.go(1, 3000, charging=1, offered=6000)[1] == 0 and bench.balance.sun.dark_s == 60


def test_normal_forgets_what_ran():
    bench = Bench("Solar", stop_min=1)
    bench.go(20, -1000, charging=1, offered=6000)
    bench.go(70, 3000, charging=1, offered=6000)
    bench.cfg.put("mode", "Normal")
    bench.go(1, 3000)
    balance = bench.balance
    assert (balance.sun.stop_s, balance.sun.dark_s, balance.room.rest_s, balance.stale, balance.sun.phases) == (0, 0, 0, 0, 3)
