"""The slots of chargers that share a connection."""
import pytest
from energy.fleet import Fleet


def test_a_master_has_eight_slots_and_its_own_keeps_what_it_holds():
    fleet = Fleet()
    mine = fleet.cars[0]
    fleet.resize(8)
    assert len(fleet.cars) == 8 and fleet.cars[0] is mine
    fleet.resize(1)
    assert fleet.cars == [mine]


def test_there_are_no_nine_chargers_on_a_wire():
    with pytest.raises(ValueError):
        Fleet().resize(9)


def test_an_empty_slot_is_offline_asks_nothing_and_is_given_nothing():
    slot = Fleet().cars[0]
    assert [slot.online, slot.asks, slot.charging, slot.offered_ma, slot.l1_ma, slot.l2_ma, slot.l3_ma, slot.max_ma, slot.priority, slot.give_ma, slot.by] == [0] * 11
    assert (slot.drawn_ma, slot.min_ma, slot.phases) == (-1, 6000, 3)


def test_a_fleet_is_one_to_eight():
    fleet = Fleet()
    assert len(fleet.cars) == 1
    with pytest.raises(ValueError):
        fleet.resize(0)
    assert len(fleet.cars) == 1
