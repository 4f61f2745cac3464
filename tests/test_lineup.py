"""The chargers of a group in words."""
import pytest
from app import lineup
from energy import deal
from energy.fleet import Fleet


class Peer:
    def __init__(self, number):
        self.number = number


def slot(**fields):
    car = Fleet().cars[0]
    for name, value in fields.items():
        setattr(car, name, value)
    return car


@pytest.mark.parametrize("fields, words", [
    ({}, "X away"),
    ({"asks": 1, "charging": 1, "offered_ma": 9000}, "X away"),   # nobody knows what it does now
    ({"online": 1}, "X asks for nothing"),
    ({"online": 1, "asks": 1, "by": deal.TURN}, "X waits 0.0 A turn"),
    ({"online": 1, "asks": 1, "by": deal.SURPLUS}, "X waits 0.0 A sun"),
    ({"online": 1, "asks": 1, "offered_ma": 6050, "by": deal.RELAY}, "X offered 6.0 A relay"),
    ({"online": 1, "asks": 1, "charging": 1, "offered_ma": 15996, "by": deal.OWN}, "X charging 15.9 A"),
    ({"online": 1, "charging": 1, "offered_ma": 10000, "by": deal.MAINS}, "X charging 10.0 A mains"),
    ({"online": 1, "asks": 1, "charging": 1, "offered_ma": 10000, "by": deal.CAPACITY}, "X charging 10.0 A capacity"),
    ({"online": 1, "asks": 1, "charging": 1, "offered_ma": 10000, "by": deal.CIRCUIT}, "X charging 10.0 A circuit"),
])
def test_each_says_what_it_does_what_it_is_offered_and_what_holds_it_back(fields, words):
    assert lineup.line("X", slot(**fields)) == words


def test_they_stand_by_number_and_who_has_never_answered_has_no_line():
    fleet = Fleet(4)
    fleet.cars[0].online = fleet.cars[3].online = 1
    assert lineup.text(fleet.cars, [Peer(3), Peer(1)]) == "Master asks for nothing; Node 1 away; Node 3 asks for nothing"
    assert lineup.text(fleet.cars[:1], []) == "Master asks for nothing"
