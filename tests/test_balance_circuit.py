"""The circuit and its own meter beside the mains: its limit, its age, and what is remembered of it."""
from test_balance import Bench

from energy.balance import CIRCUIT


def test_the_circuit_has_a_limit_of_its_own_with_its_meter():
    bench = Bench("Smart", mains_a=35, circuit_a=20, circuit_meter="Eastron3P").ask(0)
    bench.go(2, 10000, circuit=5000)
    assert bench.balance.limit_ma[CIRCUIT] == 14850 and bench.fleet.cars[0].by == CIRCUIT
    bench.go(21, 10000)
    assert bench.balance.circuit_stale and bench.gives() == [0]
