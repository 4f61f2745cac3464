"""The dealing on a street of live chargers: who stops, who waits for whom, and by which brake."""
import pytest
from test_balance import Bench, charging
from test_balance_street import live, street

from energy.balance import CAPACITY, CIRCUIT, MAINS


def group(count, amps, **settings):
    """Chargers on a circuit without a meter, each of which has been given amps and offers it."""
    bench = Bench("Normal", count, **settings)
    for k in range(count):
        bench.charge(k, amps)
        bench.fleet.cars[k].give_ma = amps
    bench.go(1, 0)
    return bench


def test_on_a_circuit_without_a_meter_the_minimum_of_all_just_fits_or_the_last_stops_at_once():
    bench = group(3, 6000, circuit_a=18)
    assert bench.gives() == [6000, 6000, 6000]
    bench.cfg.put("circuit_a", 17)
    bench.go(1, 0)
    assert bench.gives()[2] == 0 and min(bench.gives()[:2]) >= 6000 and bench.fleet.cars[2].by == CIRCUIT


def test_one_that_is_lost_is_counted_with_what_it_was_told():
    bench = group(2, 10000, circuit_a=25)
    bench.fleet.cars[1].online = 0
    bench.go(1, 0)
    assert bench.gives() == [15000, 0]


@pytest.mark.parametrize("phase", [0, 1, 2])
def test_a_shortage_on_any_one_phase_of_the_mains_stops(phase):
    bench = charging(6000, 15000)
    ma = [15000] * 3
    ma[phase] = 29000
    bench.go(3, *ma)
    assert bench.gives() == [6000]
    bench.go(1, *ma)
    assert bench.gives() == [0] and bench.fleet.cars[0].by == MAINS


@pytest.mark.parametrize("phase", [0, 1, 2])
def test_a_shortage_on_any_one_phase_of_the_circuit_stops(phase):
    bench = charging(6000, 15000, circuit_meter="Eastron3P", circuit_a=20)
    ma = [10000] * 3
    for seconds, load, give in ((20, 10000, 6000), (3, 24000, 6000), (1, 24000, 0)):
        ma[phase] = load
        for _ in range(seconds):
            bench.now += 1000
            bench.mains.put(bench.now, [15000] * 3)
            bench.circuit.put(bench.now, ma)
            bench.balance.second(bench.cfg, bench.mains, bench.circuit, bench.now, 1000)
        assert bench.gives() == [give] or load == 10000 and bench.gives()[0] >= give
    assert bench.fleet.cars[0].by == CIRCUIT


def test_less_than_a_third_of_an_ampere_is_not_worth_a_new_offer():
    bench = charging()
    assert bench.gives() == [19850]
    bench.go(5, 20701)
    assert bench.gives() == [19850]
    bench.go(5, 20700)
    assert bench.gives() == [20150]


def test_in_a_shortage_the_highest_number_stops_whoever_came_first():
    bench = street(3, 1000, share="Priority")
    for k, priority in enumerate((2, 0, 1)):
        bench.fleet.cars[k].priority = priority
    gives = live(bench, 30, 10000)
    assert gives[0] == 0 and min(gives[1:]) >= 6000


def test_by_arrival_the_first_has_all_it_takes_and_the_last_stops():
    bench = street(3, 1000, share="Arrival")
    bench.fleet.cars[0].max_ma = 10000
    gives = live(bench, 60, 1000)
    assert gives[0] == 10000 and gives[1] > gives[2] - 1 and gives[2] >= 6000
    gives = live(bench, 30, 10000)
    assert gives[2] == 0 and min(gives[:2]) >= 6000


@pytest.mark.parametrize("how", ["Equal", "Arrival"])
def test_what_one_still_draws_is_not_given_to_another_before_it_has_let_go(how):
    bench = street(2, 1000, share=how)
    live(bench, 40, 1000)
    before = bench.gives()
    bench.fleet.cars[0].max_ma = 6000
    assert live(bench, 1, 1000) == [6000, before[1]]
    after = live(bench, 40, 1000)
    assert after[0] == 6000 and after[1] > before[1] + 2000


def test_a_silent_meter_is_named_as_the_brake():
    bench = Bench("Smart").ask(0)
    bench.go(2, 5000)
    bench.go(12, 0, heard=0)
    assert bench.gives() == [0] and bench.fleet.cars[0].by == MAINS
    bench = Bench("Smart", circuit_meter="Eastron3P").ask(0)
    bench.go(2, 5000, circuit=0)
    bench.go(21, 5000)
    assert bench.gives() == [0] and bench.fleet.cars[0].by == CIRCUIT


def test_without_grace_the_capacity_is_a_fuse_like_another():
    bench = Bench("Smart", capacity="Fixed", sum_mains_a=36, sum_mains_min=0)
    bench.go(2, 4000)
    bench.charge(0, 6000)
    bench.fleet.cars[0].give_ma = 6000
    bench.go(20, 10000)
    bench.go(3, 16000)
    assert bench.gives() == [6000] and bench.balance.grace_ms == 0
    bench.go(1, 16000)
    assert bench.gives() == [0] and bench.fleet.cars[0].by == CAPACITY
