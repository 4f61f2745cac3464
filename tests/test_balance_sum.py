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
