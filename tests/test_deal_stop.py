"""Who has to stop when the minimum of all is too much, after how long, by whose word, and how long it rests."""
import pytest
from test_deal import Table

from energy.car import FALL
from energy.deal import CIRCUIT, MAINS, RELAY, SURPLUS
from energy.share import NO_LIMIT


def after(table, seconds):
    """How many decisions it takes until somebody stops, tried for so many."""
    for k in range(seconds):
        if 0 in table.go():
            return k + 1
    return None


def only(phase, ma):
    """Three phases of a fuse: so much on this one, plenty on the others."""
    left = [40000] * 3
    left[phase] = ma
    return left


@pytest.mark.parametrize("phase", [0, 1, 2])
@pytest.mark.parametrize("missing, seconds", [(3999, 8), (4000, 4)])
def test_while_a_car_still_falls_a_shortage_counts_half_but_one_of_four_ampere_counts_in_full(phase, missing, seconds):
    """Ten ampere seconds and 3.6 s: half of 4 A reach both in eight, 4 A in four."""
    table = Table(1).charge(6000, 0).fuse(*only(phase, 6000 - missing))
    table.seats[0].car.move = FALL
    assert after(table, 9) == seconds


def test_a_shortage_while_all_stand_still_counts_in_full():
    assert after(Table(1).charge(6000, 0).fuse(2001), 9) == 4


def test_one_that_falls_is_enough_for_all_to_wait():
    table = Table(3).charge(6000, 0, 1, 2).fuse(18000 - 3999)
    table.seats[1].car.move = FALL
    assert after(table, 9) == 8


def test_on_a_phase_that_is_too_full_only_those_stop_that_draw_on_it():
    """The last is on L2, which has just as much as it needs; L1 lacks 4 A."""
    table = Table(3).charge(6000, 0, 1, phases=1).charge(6000, 2, phases=2).fuse(8000, 6000)
    table.go(4)
    assert table.go(0) == [6000, 0, 6000] and table.brakes()[1] == MAINS


def test_a_shortage_of_the_mains_stops_nobody_for_the_circuit_the_sun_or_the_capacity():
    """They lack something too, but nothing that is measured: only who is on the phase of the mains has to go."""
    table = Table(2, sum_mains_min=9).charge(6000, 0, phases=2).charge(6000, 1, phases=1)
    table.fuse(40000, 2000).fuse(5000, 40000, room="circuit").sum(11000, 1)
    table.deal.circuit.over_ma = 0
    assert table.go(4) == [0, 6000] and table.brakes() == [MAINS, CIRCUIT]
    table = Table(2).charge(6000, 0, 1).fuse(8000)
    assert table.go(3) == [6000, 6000]
    table.deal.sun.limit_ma = 35999   # at the very moment at which one stops for the mains
    assert table.go() == [6000, 0] and table.seats[1].rest_by == MAINS


def test_a_shortage_of_the_circuit_stops_nobody_for_the_mains_or_the_capacity():
    table = Table(2, sum_mains_min=9).charge(6000, 0, phases=1).charge(6000, 1, phases=4)
    table.fuse(40000, 40000, 5000).fuse(2000, 40000, 40000, room="circuit").sum(11000, 1)
    table.deal.mains.over_ma = 0
    assert table.go(4) == [0, 6000] and table.brakes()[1] == MAINS
    assert [(s.rest_ms, s.rest_by) for s in table.seats] == [(60000, CIRCUIT), (0, 0)]


def test_who_stopped_for_a_fuse_rests_a_minute_and_knows_why():
    table = Table(1).charge(6000, 0).fuse(1000)
    assert table.go(4) == [0] and table.seats[0].rest_ms == 60000
    assert table.fuse(40000).go() == [0] and table.brakes() == [MAINS]
    table.seat(0, rest_ms=0)
    assert table.go() == [16000]


@pytest.mark.parametrize("phases", [1, 2, 4])
def test_without_a_meter_a_full_circuit_stops_as_many_as_needed_at_once(phases):
    table = Table(4, circuit_a=12).charge(6000, 0, 1, 2, 3, phases=phases)
    table.deal.master = 1
    assert table.go() == [6000, 6000, 0, 0] and table.brakes() == [CIRCUIT] * 4


def test_without_a_meter_a_full_circuit_stops_nobody_for_the_mains_or_the_capacity():
    table = Table(2, circuit_a=12, sum_mains_min=9).charge(6000, 0, 1, phases=4).fuse(40000, 40000, 11000).sum(11000)
    table.deal.master = 1
    assert table.go() == [6000, 6000]


def test_the_relay_stops_as_many_as_needed_at_once_and_a_milliampere_is_too_much():
    table = Table(3).charge(6000, 0, 1, 2)
    table.deal.relay_open = 1
    assert table.go() == [6000, 0, 0] and table.brakes() == [RELAY] * 3
    assert [s.rest_ms for s in table.seats] == [0, 60000, 60000]
    table = Table(1).charge(6000, 0)
    table.seat(0, min_ma=6001)
    table.deal.relay_open = 1
    assert table.go() == [0]


def test_the_sun_stops_as_many_as_needed_at_once_and_a_milliampere_is_too_much():
    table = Table(3).charge(6000, 0, 1, 2)
    table.deal.sun.limit_ma = 18000
    assert table.go() == [6000, 0, 0] and table.brakes() == [SURPLUS] * 3
    table = Table(1).charge(6000, 0)
    table.deal.sun.limit_ma = 17999
    assert table.go() == [0]


def test_of_two_the_one_that_stops_for_the_relay_or_the_sun_rests_too():
    for relay, sun_ma in ((1, NO_LIMIT), (0, 20000)):
        table = Table(2).charge(6000, 0, 1)
        table.deal.relay_open, table.deal.sun.limit_ma = relay, sun_ma
        assert table.go() == [6000, 0] and [s.rest_ms for s in table.seats] == [0, 60000]


def test_relay_and_sun_each_have_their_word():
    table = Table(3).charge(6000, 0, 1, 2)
    table.deal.relay_open = 1
    table.deal.sun.limit_ma = 36000
    assert table.go() == [6000, 0, 0] and table.brakes() == [RELAY] * 3
    table.deal.sun.limit_ma = 0
    assert table.go() == [0, 0, 0] and table.brakes()[0] == SURPLUS


def test_alone_nobody_rests_for_the_relay_or_the_sun_which_have_their_own_clocks_but_for_the_capacity():
    for relay, sun_ma, sum_ma, rest_ms in ((1, NO_LIMIT, NO_LIMIT, 0), (0, 0, NO_LIMIT, 0), (0, NO_LIMIT, 0, 60000)):
        table = Table(1).charge(6000, 0)
        table.seat(0, min_ma=7000)
        table.deal.relay_open, table.deal.sun.limit_ma = relay, sun_ma
        table.sum(sum_ma)
        assert table.go(4)[0] == 0 and table.seats[0].rest_ms == rest_ms
