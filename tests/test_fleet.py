"""The slots of chargers that share a connection."""
import pytest
from energy.fleet import Fleet, order


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


@pytest.mark.parametrize("text, places", [("", []), (" ", []), ("2,0,1", [2, 0, 1]), (" 7 , 0", [7, 0]), ("0,1,2,3,4,5,6,7", [0, 1, 2, 3, 4, 5, 6, 7])])
def test_an_order_of_service_is_places(text, places):
    assert order(text) == places


@pytest.mark.parametrize("text", ["8", "-1", "2,", ",", "2;1", "1 2", "10", "Node 1", "2,,1"])
def test_what_is_no_place_is_refused_by_name(text):
    with pytest.raises(ValueError) as e:
        order(text)
    assert str(e.value) == "priorities must be places like 2,0,1: 0 is the Master, 1 to 7 are the nodes"


def test_no_place_is_served_twice():
    with pytest.raises(ValueError) as e:
        order("2,0,2")
    assert str(e.value) == "priorities must name each place once: 2 is there twice"


@pytest.mark.parametrize("text, served", [("", [0, 1, 2, 3]), ("2,0", [2, 0, 1, 3]), ("3", [3, 0, 1, 2]), ("7,3,2,1,0", [3, 2, 1, 0])])
def test_who_is_named_comes_first_and_the_others_by_number(text, served):
    fleet = Fleet(4)
    fleet.rank(text)
    assert sorted(range(4), key=lambda k: fleet.cars[k].priority) == served
