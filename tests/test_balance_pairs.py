"""Two cars without EV meters on one mains meter: what of its movement is whose."""
from test_balance import Bench


def pair(first, second):
    """Two without an EV meter that have long drawn what they are offered on three phases, beside a house of 1 A."""
    bench = Bench("Smart", 2, mains_a=60, circuit_a=160)
    bench.go(2, 1000)
    bench.charge(0, first)
    bench.go(1, 1000)
    bench.go(20, 1000 + first)
    if second:
        bench.charge(1, second)
        bench.go(1, 1000 + first)
        bench.go(20, 1000 + first + second)
    cars = [s.car for s in bench.balance.seats]
    assert [(car.low_ma, car.high_ma) for car in cars] == [(first, first), (second, second)]
    return bench, cars


def test_of_two_that_start_one_after_the_other_each_is_seen_beside_the_other():
    bench, cars = pair(16000, 10000)
    assert [car.cap_ma for car in cars] == [1 << 28] * 2


def test_while_one_goes_down_and_another_up_neither_can_be_seen_and_time_alone_decides():
    """6 A less here are 6 A more there: the mains stand still, and that says nothing of either."""
    bench, cars = pair(16000, 10000)
    bench.charge(0, 10000)
    bench.charge(1, 16000)
    bench.go(7, 27000)
    assert [(car.low_ma, car.high_ma) for car in cars] == [(16000, 16000), (10000, 10000)]
    bench.go(2, 27000)
    assert [(car.low_ma, car.high_ma) for car in cars] == [(10000, 10000), (16000, 16000)]
    assert [car.cap_ma for car in cars] == [1 << 28] * 2   # neither has refused anything


def test_two_that_go_the_same_way_share_what_is_seen():
    bench, cars = pair(16000, 10000)
    bench.charge(0, 12000)
    bench.charge(1, 8000)
    bench.go(1, 27000)
    bench.go(1, 24000, 24000, 24000)
    assert [car.high_ma for car in cars] == [14000, 9000]   # half of the six


def test_a_car_that_starts_in_two_steps_is_seen_whole_and_is_none_of_the_others():
    bench, cars = pair(16000, 0)
    bench.charge(1, 10000)
    bench.go(2, 17000)
    bench.go(1, 22000)
    assert 0 < cars[1].high_ma <= 10000   # half of it, so far
    bench.go(1, 27000)
    assert (cars[1].low_ma, cars[1].high_ma) == (10000, 10000) and cars[0].high_ma == 16000


def test_even_a_milliampere_more_of_one_is_part_of_what_is_seen_of_both():
    bench, cars = pair(16000, 10000)
    bench.charge(0, 20000)
    bench.charge(1, 10001)
    bench.go(1, 29000)
    assert cars[0].low_ma == 16000 + 2000 * 4000 // 4001
