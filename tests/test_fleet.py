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
