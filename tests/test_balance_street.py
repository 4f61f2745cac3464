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
