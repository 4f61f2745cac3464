"""When the sun is asked, and what the balance tells it."""
from test_balance import Bench

from energy.balance import NO_LIMIT, SURPLUS


def test_normal_forgets_what_ran():
    bench = Bench("Solar", stop_min=1)
    bench.go(20, -10000)
    bench.charge(0, 6000)
    bench.go(70, 3000)
    bench.cfg.put("mode", "Normal")
    bench.go(1, 3000)
    balance = bench.balance
    assert (balance.sun.stop_s, balance.sun.dark_s, balance.stale, balance.grace_ms) == (0, 0, 0, 0)


def test_the_sum_of_the_three_phases_is_what_the_sun_leaves():
    bench = Bench("Solar").ask(0)
    bench.go(1, -9000, -7000, 3000)
    assert bench.balance.sun.sun_ma == 13000
    bench.go(1, 500, -20000, -300)
    assert bench.balance.sun.sun_ma == 19800


def test_enough_sun_starts_after_five_seconds_and_then_it_is_the_brake():
    bench = Bench("Solar").ask(0)
    bench.go(4, -8000)
    assert bench.gives() == [0] and bench.fleet.cars[0].by == SURPLUS
    bench.go(1, -8000)
    assert bench.gives() == [6000] and bench.fleet.cars[0].by == SURPLUS
    bench.meter(0, 6000, 6000, 6000, 6000)
    bench.go(20, -2000)
    assert bench.gives() == [8000] and bench.balance.sun.needs_ma == 0


def test_the_pause_after_the_sun_was_gone_runs_in_every_mode_but_normal_which_forgets_it():
    for mode, left_s in (("Solar", 50), ("Smart", 50), ("Min+PV", 50), ("Normal", 0)):
        bench = Bench(mode)
        bench.balance.sun.dark_s = 60
        bench.go(10, 1000)
        assert bench.balance.sun.dark_s == left_s


def test_in_smart_the_sun_limits_nothing_and_a_second_of_it_is_no_hurry():
    bench = Bench("Smart").ask(0)
    bench.go(3, -8000)
    assert bench.gives() == [32000] and bench.balance.sun.limit_ma == NO_LIMIT
    bench = Bench("Solar").ask(0)
    bench.go(4, -8000)
    for _ in range(50):
        bench.balance.hurry(bench.cfg, bench.mains, None, bench.now, 10)
    assert bench.gives() == [0]
    bench.go(1, -8000)
    assert bench.gives() == [6000]
