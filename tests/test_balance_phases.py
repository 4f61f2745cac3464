"""On which phases a car counts: one that is known to be on L1, one of which it is not known, and an overload beside it."""
from test_balance import Bench


def test_cars_on_different_phases_are_each_beside_their_own_house():
    bench = Bench("Smart", 2, circuit_a=160)
    bench.meter(0, 10000, 10000)
    bench.meter(1, 9000, 0, 9000)
    for slot in bench.fleet.cars:
        slot.phases = 1
    bench.look(1000, [18000, 21000, 1000])
    assert bench.balance.mains.budget_ma == [25000 - 150 - 8000, 25000 - 150 - 12000, 25000 - 150 - 1000]
    assert bench.gives() == [16850, 12850]


def test_what_is_offered_on_one_phase_stands_on_that_phase_only():
    """The house was at 20 A a moment ago: nothing is raised yet, and what stands may stay."""
    bench = Bench("Smart", 2, circuit_a=160)
    bench.meter(0, 5000, 5000)
    bench.meter(1, 4000, 0, 4000)
    bench.look(1000, [25000, 24000, 20000])
    bench.look(500, [9000, 8000, 4000])
    assert bench.balance.mains.budget_ma == [5000, 4850, 4850]


def test_a_car_of_which_only_the_worst_phase_is_known_may_be_on_any_but_is_on_one():
    """20 A everywhere, 10 A of which are its on one phase: nothing may be raised on the others, and its own is not known."""
    bench = Bench("Smart")
    bench.meter(0, 10000, -10000).phases = 1
    bench.look(1000, [20000] * 3)
    assert bench.balance.mains.budget_ma == [10000] * 3 and bench.gives() == [10000]
    bench.meter(0, 10000, 10000)
    bench.go(4, 20000)
    assert bench.gives() == [14850]


def test_a_car_on_all_three_phases_is_on_each_of_them():
    bench = Bench("Smart")
    bench.meter(0, 10000, 10000, 10000, 10000)
    assert bench.look(1000, [20000] * 3) == 14850
    bench = Bench("Smart")
    bench.meter(0, 10000, -10000)   # three contactors, and a meter that knows no phases
    assert bench.look(1000, [20000] * 3) == 14850


def on_l1():
    """A car that was seen to start on L1 alone, with three contactors closed."""
    bench = Bench("Smart")
    bench.go(2, 2000)
    bench.charge(0, 16000)
    bench.go(1, 2000)
    bench.go(20, 18000, 2000, 2000)
    bench.fleet.cars[0].give_ma = 16000
    assert bench.balance.car.mask == 1 and bench.balance.mains.blind_ms == 0
    return bench


def test_an_overload_where_no_car_is_thought_to_be_puts_that_in_doubt_after_half_a_second():
    bench = on_l1()
    bench.look(500, [18000, 25001, 2000])
    assert bench.balance.car.mask == 1 and bench.balance.mains.blind_ms == 500
    bench.look(1)
    assert bench.balance.car.mask == 7 and bench.balance.mains.blind_ms == 0
    bench.look(500)
    assert bench.balance.mains.blind_ms == 0   # now there is one


def test_a_phase_that_is_just_full_or_over_for_a_moment_puts_nothing_in_doubt():
    bench = on_l1()
    bench.look(5000, [18000, 25000, 25000])
    assert bench.balance.car.mask == 1 and bench.balance.mains.blind_ms == 0
    for _ in range(3):
        bench.look(400, [18000, 25000, 25001])
        assert bench.balance.mains.blind_ms == 400
        bench.look(100, [18000, 25000, 25000])
        assert bench.balance.mains.blind_ms == 0
    assert bench.balance.car.mask == 1


def test_an_overload_where_the_car_is_thought_to_be_is_its_own():
    bench = on_l1()
    bench.look(600, [26000, 2000, 2000])
    assert bench.balance.car.mask == 1 and bench.balance.mains.blind_ms == 0


def test_only_a_car_that_charges_is_put_in_doubt():
    bench = on_l1()
    bench.fleet.cars[0].charging = 0
    bench.look(501, [2000, 26000, 2000])
    bench.look(501, [2000, 26000, 2000])
    assert bench.balance.car.mask == 1
