"""The capacity: the sum of the phases, what it leaves, and how long it may be passed."""
from test_balance import Bench

from energy.balance import CAPACITY


def test_the_sum_of_the_phases_may_be_passed_for_as_long_as_cap_stop_says():
    bench = Bench("Smart", capacity="Fixed", sum_mains_a=36, sum_mains_min=1).ask(0)
    bench.go(2, 4000)
    assert bench.gives() == [7950] and bench.fleet.cars[0].by == CAPACITY
    bench.charge(0, 7950)
    bench.go(10, 11950)
    bench.go(1, 16000)
    assert bench.gives() == [6000]
    bench.charge(0, 6000)
    bench.go(57, 16000)
    assert bench.gives() == [6000] and bench.balance.grace_ms > 0
    bench.go(3, 16000)
    assert bench.gives() == [0] and bench.fleet.cars[0].by == CAPACITY


def test_the_grace_is_whole_again_once_the_sum_fits():
    bench = Bench("Smart", capacity="Fixed", sum_mains_a=36, sum_mains_min=1)
    bench.go(2, 4000)
    bench.charge(0, 6000)
    bench.go(10, 10000)
    bench.go(50, 16000)
    assert 0 < bench.balance.grace_ms < 20000
    bench.go(3, 10000)
    assert bench.balance.grace_ms == 0


def passed(**settings):
    """36 A allowed; a car takes 8 A of each phase, as its EV meter says, beside a house with a different load on each."""
    bench = Bench("Smart", mains_a=60, capacity="Fixed", sum_mains_a=36, sum_mains_min=1, **settings)
    bench.meter(0, 8000, 8000, 8000, 8000)
    assert bench.look(1000, [11000, 12000, 13000]) == 8000
    return bench


def total(bench):
    return bench.balance.total


def test_a_sum_that_just_fits_stands_and_what_is_too_much_of_it_is_lowered_at_once():
    bench = passed()
    assert total(bench).budget_ma == [24000] and total(bench).over_ma == 0
    assert bench.look(1000, [11000, 12000, 16000]) == 7000   # 3 A too much are one for each of the phases
    assert total(bench).budget_ma == [21000] and total(bench).over_ma == 3000


def test_more_of_the_sum_is_given_when_the_worst_of_the_last_seconds_allows_it():
    bench = passed()
    gives = [bench.look(500, [9000, 9000, 12000]) for _ in range(7)]
    assert gives == [8000] * 4 + [9950] * 3 and total(bench).budget_ma == [29850]


def test_one_phase_of_a_car_counts_once_in_the_sum():
    bench = Bench("Smart", mains_a=60, capacity="Fixed", sum_mains_a=36)
    bench.meter(0, 8000, 8000).phases = 1
    bench.look(1000, [18000, 8000, 10000])
    assert total(bench).budget_ma == [8000] and bench.gives() == [8000]
    assert bench.look(1000, [19500, 8000, 10000]) == 6500


def test_the_peak_of_the_quarter_hour_limits_where_the_settings_ask_for_it():
    for mode, gives in (("Interval", 7950), ("Flanders", 7950), ("Disabled", 20850), ("Fixed", 15950)):
        bench = Bench("Smart", capacity=mode, sum_mains_a=60).ask(0)
        bench.balance.peak_ma = 36000
        assert bench.look(1000, [4000] * 3) == gives, mode
    bench = Bench("Smart", capacity="Interval", sum_mains_a=60).ask(0)
    assert bench.look(1000, [4000] * 3) == 20850   # there is none


def test_a_capacity_that_is_no_more_limits_nobody_and_its_grace_is_over():
    bench = passed()
    bench.charge(0, 6000)
    bench.look(1000, [30000, 30000, 30000])
    assert bench.balance.grace_ms > 0
    bench.cfg.put("capacity", "Disabled")
    bench.look(1000, [12000] * 3)
    assert bench.balance.grace_ms == 0 and not total(bench).active
    bench.look(3000, [12000] * 3)
    assert bench.look(3000, [12000] * 3) == 32000


def test_while_the_mains_are_stale_and_in_normal_there_is_no_capacity():
    bench = passed()
    bench.look(11001)
    assert bench.gives() == [0] and not total(bench).active
    bench = passed()
    bench.cfg.put("mode", "Normal")
    assert bench.look(1000, [20000] * 3) == 32000 and not total(bench).active
