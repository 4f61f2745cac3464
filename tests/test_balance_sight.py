"""How old a reading may be, how often one comes, and what is known before the first."""
from test_balance import Bench


def test_a_reading_that_grows_old_eases_and_then_stops_and_nothing_waits_when_it_returns():
    bench = Bench("Smart").ask(0)
    bench.go(2, 5000)
    assert bench.go(4, 0, heard=0) == 19850
    assert bench.go(1, 0, heard=0) == 6000
    assert bench.go(6, 0, heard=0) == 6000 and not bench.balance.stale
    assert bench.go(1, 0, heard=0) == 0 and bench.balance.stale
    assert bench.go(1, 5000) == 19850 and not bench.balance.stale


def test_readings_that_come_every_five_seconds_are_not_old_after_four():
    bench = Bench("Smart").ask(0)
    for _ in range(4):
        bench.go(1, 5000)
        least = min([bench.go(1, 0, heard=0) for _ in range(4)])
    assert least == 19850
