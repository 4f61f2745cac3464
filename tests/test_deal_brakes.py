"""Whose brake it is: what each of mains, circuit, capacity, relay and sun leaves, and how this charger's limits are named."""
import pytest
from test_deal import Table

from energy.deal import CAPACITY, CIRCUIT, MAINS, OWN, RELAY, SURPLUS, TURN
from energy.share import NO_LIMIT


def test_a_charge_that_is_let_in_and_needs_no_more_than_its_minimum_is_held_by_nobody():
    table = Table(1)
    table.seat(0, may_ma=6000, want_ma=6000)
    assert table.go() == [6000] and table.brakes() == [OWN]


def test_who_asks_for_nothing_is_held_by_nobody_but_its_turn():
    table = Table(2).charge(6000, 0)
    table.seat(1, asks=0)
    assert table.fuse(10000).go() == [10000, 0] and table.brakes() == [MAINS, TURN]


def test_a_meter_that_is_silent_is_the_brake_at_once_and_the_mains_before_the_circuit():
    table = Table(1).charge(10000, 0)
    assert table.go() == [16000] and table.brakes() == [OWN]
    table.deal.circuit_stale = 1
    assert table.go() == [0] and table.brakes() == [CIRCUIT]
    table.deal.stale = 1
    assert table.go() == [0] and table.brakes() == [MAINS]


def test_each_brake_of_this_charger_says_what_it_would_leave_it():
    """16 A are given; the rest of each line is on top, a sum for each phase."""
    table = Table(1).charge(16000, 0)
    table.fuse(21000, 20000, 23000).fuse(18000, room="circuit").sum(60000)
    table.deal.relay_open = 0
    table.deal.sun.limit_ma = 54000
    assert table.go() == [16000]
    assert table.deal.limit_ma == [NO_LIMIT, 20000, 18000, 20000, NO_LIMIT, 18000, NO_LIMIT]


def test_a_brake_that_is_overdrawn_but_not_the_one_that_holds_leaves_what_is_given():
    table = Table(1).charge(6000, 0).fuse(4000).fuse(5999, room="circuit")
    assert table.go() == [6000] and table.brakes() == [MAINS]
    assert table.deal.limit_ma[MAINS] == table.deal.limit_ma[CIRCUIT] == 6000
    assert table.fuse(6000, room="circuit").go() == [6000] and table.deal.limit_ma[CIRCUIT] == 6000


def test_the_limits_by_name_are_this_chargers_and_not_the_last_ones():
    table = Table(2).charge(6000, 0, phases=1).charge(6000, 1, phases=2).fuse(14000, 40000)
    table.seat(1, may_ma=8000, want_ma=8000)
    assert table.go() == [14000, 8000] and table.brakes() == [MAINS, OWN]
    assert table.deal.limit_ma[MAINS] == 14000


def test_eighteen_ampere_are_what_the_relay_leaves_whatever_the_phases():
    table = Table(1).charge(6000, 0, phases=1)
    table.seat(0, may_ma=32000, want_ma=32000)
    table.deal.relay_open = 1
    assert table.go() == [18000] and table.brakes() == [RELAY]
    table = Table(1).charge(6000, 0)
    table.deal.relay_open = 1
    assert table.go() == [6000] and table.brakes() == [RELAY]


def test_a_slow_meter_gives_the_minimum_and_is_the_brake():
    table = Table(1).charge(10000, 0).fuse(25000).fuse(25000, room="circuit")
    table.deal.circuit.slow = 1
    assert table.go() == [6000] and table.deal.limit_ma[CIRCUIT] == 6000 and table.deal.limit_ma[MAINS] == 25000
    table.deal.mains.slow = 1
    assert table.go() == [6000] and table.deal.limit_ma[MAINS] == 6000


@pytest.mark.parametrize("phases", [1, 2, 4])
def test_a_circuit_without_a_meter_is_the_masters_on_each_phase(phases):
    table = Table(2, circuit_a=20).charge(6000, 0, 1, phases=phases)
    table.deal.master = 1
    assert table.go() == [10000, 10000] and table.brakes() == [CIRCUIT, CIRCUIT]


def test_with_a_meter_the_circuit_of_a_master_leaves_the_smaller_of_what_is_measured_and_what_is_offered():
    table = Table(2, circuit_a=20).charge(6000, 0, 1, phases=1).fuse(18000, room="circuit")
    table.deal.master = 1
    assert table.go() == [9000, 9000]
    assert table.fuse(30000, room="circuit").go() == [10000, 10000]


def test_the_sun_and_the_capacity_are_shared_as_sums():
    table = Table(2).charge(6000, 0).charge(6000, 1, phases=1)
    table.deal.sun.limit_ma = 40000
    assert table.go() == [10000, 10000] and table.brakes() == [SURPLUS, SURPLUS]
    table.deal.sun.limit_ma = NO_LIMIT
    assert table.sum(36000, 0).go() == [9000, 9000] and table.brakes() == [CAPACITY, CAPACITY]
