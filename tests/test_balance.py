"""The balance alone, second by second; what it does with a real car is told in the stories."""
import pytest

from energy.balance import MAINS, NO_LIMIT, OWN, SURPLUS, TURN, Balance
from energy.fleet import Fleet
from meters.reading import Reading
from settings import Settings


class Bench:
    """A balance, its settings, meters set by hand, and chargers whose cars follow their offers at once or not at all."""

    def __init__(self, mode, count=1, **settings):
        self.cfg = Settings()
        self.cfg.put("mode", mode)
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.fleet = Fleet(count)
        self.balance = Balance(self.fleet)
        self.balance.master = 1 if count > 1 else 0
        self.mains, self.circuit = Reading(), Reading()
        self.now = 0
        for slot in self.fleet.cars:
            slot.online = 1
            slot.max_ma = 32000

    def ask(self, *who):
        for k in who:
            self.fleet.cars[k].asks = 1
        return self

    def charge(self, k, offered_ma):
        """Charger k is closed and offers so much."""
        slot = self.fleet.cars[k]
        slot.asks = 1
        slot.charging = 1 if offered_ma else 0
        slot.offered_ma = offered_ma

    def go(self, seconds, *ma, heard=1, circuit=None):
        """Seconds with this on the mains, all phases alike or three; heard 0: the meter is silent."""
        for _ in range(seconds):
            self.now += 1000
            if heard:
                self.mains.put(self.now, list(ma) if len(ma) == 3 else [ma[0]] * 3)
            if circuit is not None:
                self.circuit.put(self.now, [circuit] * 3)
            self.balance.second(self.cfg, self.mains, self.circuit, self.now, 1000)
        return self.balance.limit_ma[MAINS]

    def look(self, ms, mains=None, circuit=None):
        """ms later: a decision with a new reading of three phases, or without. What this charger is given."""
        self.now += ms
        if mains:
            self.mains.put(self.now, mains)
        if circuit:
            self.circuit.put(self.now, circuit)
        self.balance.second(self.cfg, self.mains, self.circuit, self.now, ms)
        return self.fleet.cars[0].give_ma

    def meter(self, k, offered_ma, l1=0, l2=0, l3=0):
        """Charger k offers so much, and its EV meter says what its car draws; a meter that knows no phases says their worst as l1 below nothing."""
        self.charge(k, offered_ma)
        slot = self.fleet.cars[k]
        slot.drawn_ma = max(abs(l1), l2, l3)
        slot.l1_ma, slot.l2_ma, slot.l3_ma = l1, l2, l3
        slot.give_ma = offered_ma
        return slot

    def gives(self):
        return [slot.give_ma for slot in self.fleet.cars]


def test_normal_limits_nothing():
    bench = Bench("Normal").ask(0)
    assert bench.go(1, 90000) == NO_LIMIT and bench.gives() == [32000]


def test_smart_offers_what_the_worst_phase_leaves_less_a_trifle():
    bench = Bench("Smart").ask(0)
    assert bench.go(2, 5000, 12000, -3000) == 12850
    assert bench.balance.limit_ma[SURPLUS] == NO_LIMIT and bench.fleet.cars[0].by == MAINS


@pytest.mark.parametrize("house_ma, offer", [(18300, 6550), (18350, 6500), (18351, 0), (19000, 0), (40000, 0)])
def test_a_start_needs_half_an_ampere_more_than_min(house_ma, offer):
    assert Bench("Smart").ask(0).go(1, house_ma) == offer


def test_an_offer_that_stands_needs_no_spare_room():
    bench = Bench("Smart").ask(0)
    bench.go(1, 10000)
    bench.fleet.cars[0].offered_ma = 14850
    assert bench.go(1, 19000) == 6000
    assert bench.go(1, 19001) == 0


def charging(amps=16000, mains=21000, **settings):
    """A car that has long been drawing what it is offered."""
    bench = Bench("Smart", **settings)
    bench.go(2, mains - amps)
    bench.charge(0, amps)
    bench.go(1, mains - amps)
    bench.go(20, mains)
    assert bench.balance.car.low_ma == bench.balance.car.high_ma == amps
    return bench


def test_an_overload_lowers_by_what_is_missing_and_not_twice():
    bench = charging()
    assert bench.go(1, 30000, 21000, 21000) == 11000
    bench.charge(0, 11000)
    assert bench.go(1, 30000, 21000, 21000) == 11000
    assert bench.go(1, 30000, 21000, 21000) == 11000
    assert bench.go(1, 28000, 19000, 19000) == 11000
    assert bench.go(1, 25000, 16000, 16000) == 11000
    assert bench.balance.car.high_ma == 11000


def test_a_second_kettle_while_the_car_still_answers_to_the_first_counts_at_once():
    bench = charging()
    bench.go(1, 30000, 21000, 21000)
    bench.charge(0, 11000)
    bench.go(1, 30000, 21000, 21000)
    assert bench.go(1, 33000, 21000, 21000) == 8000


def test_a_reading_between_two_seconds_counts_at_once():
    bench = charging()
    bench.mains.put(bench.now + 200, [30000, 21000, 21000])
    assert bench.balance.hurry(bench.cfg, bench.mains, None, bench.now + 200, 200)
    assert bench.balance.limit_ma[MAINS] == 11000 and bench.gives() == [11000]
    bench.charge(0, 11000)
    assert not bench.balance.hurry(bench.cfg, bench.mains, None, bench.now + 210, 10)


def test_what_is_offered_and_not_drawn_is_not_offered_again():
    bench = Bench("Smart")
    bench.go(2, 2000)
    bench.charge(0, 22000)
    bench.go(3, 2000)
    for ma in (5000, 8000, 12000):
        bench.go(1, ma)
    for _ in range(60):
        assert bench.go(1, 12000) <= 23000  # the car takes 10 A; another module of 16 A may join at any time
    assert bench.balance.car.cap_ma == 10000


def test_room_is_given_when_it_has_been_there_for_a_moment_and_no_single_reading_gives_it():
    bench = charging(16000, 24900)
    assert bench.go(1, 16000, 16000, 16000) <= 16100
    assert bench.go(1, 24900, 24900, 24900) <= 16100
    bench.go(2, 19900)
    assert bench.go(2, 19900) == 20950


def test_too_little_for_min_stops_after_ten_ampere_seconds_and_not_before_four_seconds():
    for over_ma, seconds in ((1000, 6), (4000, 4), (20000, 4)):  # the first: what lasts five seconds and a half is too long
        bench = charging(6000, 15000)
        for _ in range(seconds - 1):
            assert bench.go(1, 25000 + over_ma) == 6000, over_ma
        assert bench.go(1, 25000 + over_ma) == 0
        assert bench.balance.rest_s() == 60 and bench.gives() == [0]


def test_after_such_a_stop_it_rests_a_minute_and_longer_after_a_charge_that_was_brief():
    bench = charging(6000, 15000)
    for rest_s in (60, 120, 120):
        bench.go(4, 45000)
        bench.charge(0, 0)
        assert bench.go(rest_s - 1, 5000) == 0 and bench.balance.rest_s() == 1
        assert bench.go(1, 5000) == 19850
        bench.charge(0, 19850)
        bench.go(2, 24850)
        bench.charge(0, 6000)


@pytest.mark.parametrize("mode", ["Normal", "Smart"])
def test_who_has_all_that_it_may_is_not_said_to_wait_for_its_turn(mode):
    bench = Bench(mode)
    bench.fleet.cars[0].max_ma = 6000
    bench.charge(0, 6000)
    bench.go(3, 7000)
    assert bench.gives() == [6000] and bench.fleet.cars[0].by == OWN and bench.balance.limit_ma[TURN] == NO_LIMIT
