"""The circuit and its own meter beside the mains: its limit, its age, and what is remembered of it."""
from test_balance import Bench

from energy.balance import CIRCUIT


def test_the_circuit_has_a_limit_of_its_own_with_its_meter():
    bench = Bench("Smart", mains_a=35, circuit_a=20, circuit_meter="Eastron3P").ask(0)
    bench.go(2, 10000, circuit=5000)
    assert bench.balance.limit_ma[CIRCUIT] == 14850 and bench.fleet.cars[0].by == CIRCUIT
    bench.go(21, 10000)
    assert bench.balance.circuit_stale and bench.gives() == [0]


def drawing(load, offered=10000, **settings):
    """A car whose EV meter says 10 A on three phases, and so much on a circuit of 20 A; the mains are far away."""
    bench = Bench("Smart", mains_a=60, circuit_a=20, circuit_meter="Eastron3P", **settings)
    bench.meter(0, offered, 10000, 10000, 10000)
    bench.look(1000, [load] * 3, [load] * 3)
    return bench


def budget(bench):
    return bench.balance.circuit.budget_ma


def test_what_the_house_draws_is_smoothed_by_the_time_since_the_last_reading():
    """The house goes from 10.5 A to 11.3 A: in 0.4 s half of that counts, and the offer falls to what is then left."""
    bench = drawing(20500)
    bench.look(150)
    bench.look(250, [21300] * 3, [21300] * 3)
    assert budget(bench) == [9100, 9100, 9100]
    bench.look(300)
    assert budget(bench) == [9100, 9100, 9100]  # the same reading counts once
    bench.look(101, [20900] * 3, [20900] * 3)
    assert budget(bench) == [9100, 9100, 9100]
    bench.look(400, [21700] * 3, [21700] * 3)
    assert budget(bench) == [8700, 8700, 8700]


def test_the_mains_are_smoothed_in_the_same_way():
    bench = Bench("Smart", mains_a=20)
    bench.meter(0, 10000, 10000, 10000, 10000)
    bench.look(1000, [20500] * 3)
    bench.look(150)
    bench.look(250, [21300] * 3)
    assert bench.balance.mains.budget_ma == [9100, 9100, 9100]
    bench.look(300)
    assert bench.balance.mains.budget_ma == [9100, 9100, 9100]
    bench.look(100, [21700] * 3)
    assert bench.balance.mains.budget_ma == [8700, 8700, 8700]


def test_more_is_given_on_the_circuit_when_the_worst_of_the_last_seconds_allows_it():
    """The louder house counts in the look that it was part of and in the next one, of a second and a half each."""
    bench = drawing(20000)
    bench.fleet.cars[0].give_ma = 10000
    gives = [bench.look(500, [15000] * 3, [15000] * 3) for _ in range(7)]
    assert gives == [10000] * 4 + [14850] * 3


def test_a_circuit_that_comes_back_is_seen_afresh():
    bench = Bench("Smart", circuit_a=20, circuit_meter="Eastron3P").ask(0)
    assert bench.look(1000, [5000] * 3, [19000] * 3) == 0
    for _ in range(3):
        bench.look(7000, [5000] * 3)
    assert bench.balance.circuit_stale == 1 and not bench.balance.circuit.active
    assert bench.look(500, [5000] * 3, [5000] * 3) == 14850


def test_without_its_meter_the_circuit_limits_nobody_who_is_alone():
    bench = Bench("Smart", circuit_a=16, circuit_meter="Eastron3P").ask(0)
    assert bench.look(1000, [5000] * 3, [10000] * 3) == 0
    bench.cfg.put("circuit_meter", "Disabled")
    assert bench.look(1000, [5000] * 3, [10000] * 3) == 19850
    assert bench.look(30000, [5000] * 3) == 19850 and bench.balance.circuit_stale == 0


def test_each_phase_of_the_circuit_counts():
    for phase in range(3):
        bench = Bench("Smart", mains_a=60, circuit_a=20, circuit_meter="Eastron3P").ask(0)
        ma = [5000] * 3
        ma[phase] = 9000
        assert bench.look(1000, [1000] * 3, ma) == 10850
