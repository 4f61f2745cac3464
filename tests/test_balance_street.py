"""Several chargers on one connection, second by second: what there is goes to all, and one that waits has its turn."""
from test_balance import Bench


def street(count, house_ma, **settings):
    """Chargers whose cars ask one after the other, eight seconds apart, and follow their offers within two."""
    bench = Bench("Smart", count, circuit_a=160, **settings)
    live(bench, 3, house_ma)
    for k in range(count):
        bench.ask(k)
        live(bench, 20, house_ma)
    return bench


def live(bench, seconds, house_ma):
    """Seconds of it: the offer is what was given, the draw is the offer of two seconds ago."""
    draws = getattr(bench, "draws", None) or [[0, 0, 0] for _ in bench.fleet.cars]
    bench.draws = draws
    for _ in range(seconds):
        total = 0
        for slot, draw in zip(bench.fleet.cars, draws):
            slot.offered_ma = slot.give_ma
            slot.charging = 1 if slot.give_ma else 0
            draw.append(slot.offered_ma)
            del draw[0]
            total += draw[0] if slot.charging else 0
        bench.go(1, house_ma + total)
    return bench.gives()


def test_what_there_is_goes_to_all_alike():
    bench = street(3, 1000, mains_a=30)
    gives = live(bench, 20, 1000)
    assert max(gives) - min(gives) <= 500 and 27500 <= sum(gives) <= 29000


def test_a_shortage_stops_the_last_that_came_and_not_all():
    bench = street(3, 1000)
    assert min(live(bench, 20, 1000)) >= 6000
    assert live(bench, 20, 10000) == [7425, 7425, 0]
    assert live(bench, 40, 1000)[2] == 0   # it has its pause
    assert min(live(bench, 30, 1000)) >= 6000


def test_with_priority_the_lower_number_has_all_it_takes_before_the_next_has_more_than_its_minimum():
    bench = street(2, 1000, share="Priority")
    bench.fleet.cars[0].max_ma = 16000
    gives = live(bench, 30, 1000)
    assert gives[0] == 16000 and 7000 <= gives[1] <= 8000


def test_one_that_waits_has_its_turn_when_another_has_had_it():
    bench = street(2, 14000, rotate_min=10)
    assert live(bench, 400, 14000)[0] >= 6000 and bench.gives()[1] == 0
    first = live(bench, 260, 14000)
    assert first[0] == 0 and first[1] >= 6000
    assert live(bench, 700, 14000)[0] >= 6000 and bench.gives()[1] == 0


def test_the_relay_is_for_all_chargers_together():
    bench = Bench("Normal", 3, circuit_a=160).ask(0, 1, 2)
    bench.balance.relay_open = 1
    bench.go(1, 0)
    assert bench.gives() == [6000, 0, 0]  # 18 A over the phases is one car at the least on three of them
    for slot in bench.fleet.cars:
        slot.phases = 1
    bench.go(1, 0)
    assert bench.gives() == [6000, 6000, 6000]


def test_without_a_meter_the_circuit_is_the_sum_of_the_masters_chargers():
    bench = Bench("Normal", 3, circuit_a=20).ask(0, 1, 2)
    bench.go(2, 0)
    assert sum(bench.gives()) <= 20000 and min(bench.gives()) >= 6000
    alone = Bench("Normal", circuit_a=20).ask(0)
    alone.go(2, 0)
    assert alone.gives() == [32000]


def test_what_is_told_of_this_charger_is_the_first_ones():
    bench = Bench("Smart", 3, circuit_a=160).ask(0, 1, 2)
    bench.go(1, 5000)
    balance = bench.balance
    assert balance.car is balance.seats[0].car
    for rest_ms, rest_s in ((0, 0), (1, 1), (999, 1), (1000, 1), (1001, 2), (60000, 60)):
        balance.seats[0].rest_ms = rest_ms
        assert balance.rest_s() == rest_s


def test_a_charger_that_leaves_the_group_leaves_its_seat_and_one_that_joins_has_a_new_one():
    bench = Bench("Smart", 3, circuit_a=160).ask(0, 1, 2)
    bench.go(1, 5000)
    first = bench.balance.seats[0]
    bench.fleet.resize(1)
    bench.go(1, 5000)
    assert bench.balance.seats == [first] and bench.gives() == [19850]
    bench.fleet.resize(2)
    bench.fleet.cars[1].online, bench.fleet.cars[1].max_ma = 1, 32000
    bench.ask(1)
    bench.go(1, 5000)
    assert len(bench.balance.seats) == 2 and bench.gives() == [9925, 9925]


def test_who_asks_gets_a_number_in_the_order_of_coming_and_a_new_one_after_it_has_left():
    bench = Bench("Normal", 3, circuit_a=160).ask(2)
    bench.go(1, 0)
    bench.ask(0)
    bench.go(1, 0)
    assert [s.turn for s in bench.balance.seats] == [2, 0, 1]
    bench.fleet.cars[2].asks = 0
    bench.go(1, 0)
    bench.ask(1, 2)
    bench.go(1, 0)
    assert [s.turn for s in bench.balance.seats] == [2, 3, 4]


def trying(count):
    """Cars at 10 A of which the first is about to be tried with 2 A more; the fuse leaves 11 A for each."""
    bench = Bench("Smart", count, circuit_a=160)
    for k in range(count):
        bench.meter(k, 10000, 10000, 10000, 10000)
    bench.look(1000, [14000 + 10000 * (count - 1)] * 3)
    bench.balance.car.trial_ma = 2000
    bench.look(1000)
    return bench


def test_only_a_charger_alone_tries_whether_its_car_takes_more():
    assert trying(1).balance.mains.budget_ma == [21000] * 3       # up to the fuse, as it is measured
    assert trying(2).balance.mains.budget_ma == [20850] * 3       # two want it: the spare 0.15 A stay where they are
