"""The rest among several chargers: who has it first, in which order, and what is not worth a new offer."""
import pytest

from energy.car import RISE
from energy.deal import Deal
from energy.fleet import Fleet
from energy.seat import Seat
from energy.share import NO_LIMIT
from settings import Settings


class Table:
    """A deal whose seats and fuses are set by hand: cars that ask, of which nothing is known, and nothing limits them."""

    def __init__(self, count, **settings):
        self.cfg = Settings()
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.deal = Deal(Fleet(count))
        self.deal.sun.off()
        self.cars = self.deal.fleet.cars
        self.seats = self.deal.seats = [Seat() for _ in range(count)]
        for k in range(count):
            self.seat(k, asks=1, turn=k + 1, want_ma=16000, may_ma=16000)

    def seat(self, k, **fields):
        for key, value in fields.items():
            setattr(self.seats[k], key, value)
        return self.seats[k]

    def charge(self, amps, *who, phases=7):
        """These have long been drawing so much, on these phases (bit 0 is L1)."""
        for k in who:
            s = self.seat(k, offered_ma=amps, mask=phases, n=(phases & 1) + (phases >> 1 & 1) + (phases >> 2))
            s.car.charging, s.car.low_ma, s.car.high_ma = 1, amps, amps
            self.cars[k].give_ma = amps
        return self

    def fuse(self, l1, l2=NO_LIMIT, l3=NO_LIMIT, room="mains"):
        """What a fuse leaves for all offers; it is passed in fact wherever that is a question."""
        r = getattr(self.deal, room)
        r.active = r.over_ma = 1
        r.budget_ma = [l1, l2, l3]
        return self

    def sum(self, ma, over_ma=1):
        """What the capacity leaves for all phases of all offers."""
        r = self.deal.total
        r.active, r.over_ma, r.budget_ma = 1, over_ma, [ma]
        return self

    def go(self, times=1, dt_ms=1000):
        """So many decisions; what each is given after the last."""
        for _ in range(times):
            for s, slot in zip(self.seats, self.cars):
                s.was_ma = slot.give_ma
            self.deal._deal(self.cfg, dt_ms)
        return [slot.give_ma for slot in self.cars]

    def brakes(self):
        return [slot.by for slot in self.cars]


def test_a_fuse_has_three_phases_and_the_capacity_is_one_sum():
    deal = Deal(Fleet())
    assert [len(room.budget_ma) for room in (deal.mains, deal.circuit, deal.total)] == [3, 3, 1]


def test_first_all_have_what_they_take_and_only_then_what_they_may_have():
    table = Table(2).charge(6000, 0, 1)
    table.seat(0, want_ma=8000)
    assert table.fuse(22000).go() == [8000, 14000]   # what the first does not take is the other's
    table = Table(2).charge(6000, 0, 1)
    table.seat(0, want_ma=8000)
    assert table.fuse(30000).go() == [14000, 16000]  # and what nobody takes stands ready


@pytest.mark.parametrize("share", ["Arrival", "Priority"])
def test_in_order_too_what_the_first_does_not_take_is_the_next_ones_before_it_stands_ready(share):
    table = Table(2, share=share).charge(6000, 0, 1)
    table.seat(0, want_ma=8000)
    assert table.fuse(22000).go() == [8000, 14000]
    table = Table(2, share=share).charge(6000, 0, 1)
    table.seat(0, want_ma=8000)
    assert table.fuse(30000).go() == [14000, 16000]


def test_by_arrival_the_number_in_the_priorities_says_nothing():
    table = Table(2, share="Arrival").charge(6000, 0, 1)
    table.seat(0, priority=5)
    assert table.fuse(22000).go() == [16000, 6000]


def test_of_two_with_the_same_priority_the_first_that_came_is_served():
    table = Table(2, share="Priority").charge(6000, 0, 1)
    table.seat(0, turn=2)
    table.seat(1, turn=1)
    assert table.fuse(22000).go() == [6000, 16000]
    table.seat(0, priority=1)
    table.seat(1, priority=2)
    assert table.fuse(22000).go() == [16000, 6000]


def test_who_does_not_want_its_offer_is_served_behind_all_others_though_it_came_first():
    table = Table(2, share="Arrival").charge(6000, 0, 1)
    table.seat(0, _idle_ms=60001)
    assert table.fuse(22000).go() == [6000, 16000]
    table = Table(2, share="Arrival").charge(6000, 0, 1)
    table.seat(1, _idle_ms=60001)
    assert table.fuse(22000).go() == [16000, 6000]


def test_who_has_no_turn_yet_is_served_last():
    table = Table(2, share="Arrival").charge(6000, 0, 1)
    table.seat(0, turn=0)
    assert table.fuse(22000).go() == [6000, 16000]


def test_less_than_three_tenths_of_an_ampere_is_not_worth_a_new_offer():
    table = Table(1).charge(10000, 0)
    assert table.fuse(10299).go() == [10000]
    assert table.fuse(10300).go() == [10300]


@pytest.mark.parametrize("mode", ["Solar", "Min+PV"])
def test_in_the_sun_a_twentieth_of_an_ampere_is(mode):
    table = Table(1, mode=mode).charge(10000, 0)
    assert table.fuse(10049).go() == [10000]
    assert table.fuse(10050).go() == [10050]


def test_while_a_car_still_answers_only_an_ampere_and_a_half_is():
    table = Table(1, mode="Smart").charge(10000, 0)
    table.seats[0].car.move = RISE
    assert table.fuse(11499).go() == [10000]
    assert table.fuse(11500).go() == [11500]


def test_the_last_bit_up_to_all_that_it_may_have_is_always_given_and_less_is_always_taken():
    table = Table(1).charge(15900, 0)
    assert table.fuse(20000).go() == [16000]
    assert table.fuse(15999).go() == [15999]
