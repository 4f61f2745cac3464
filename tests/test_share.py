"""Only the part for the place that PWR SHARE says is made."""
from app.master import Master
from app.node import Node
from app.share import share
from neighbours import Street


class Bus:
    master = node = None

    class rtu:
        stray = None


def placed(loadbl, bus=None):
    bus = bus or Bus()
    house = Street((0,))[0]
    house.cfg.put("loadbl", loadbl)
    share(house, bus, loadbl)
    return bus, house


def test_alone_there_is_neither_and_one_slot():
    bus, house = placed(0)
    assert bus.master is None and bus.node is None and len(house.regulate.fleet.cars) == 1


def test_a_master_has_eight_slots():
    bus, house = placed(1)
    assert isinstance(bus.master, Master) and bus.node is None and len(house.regulate.fleet.cars) == 8
    assert house.lines == ["is the master"]


def test_a_node_has_one_and_its_number():
    bus, house = placed(8)
    assert isinstance(bus.node, Node) and bus.master is None and len(house.regulate.fleet.cars) == 1
    assert bus.node.place == 8 and house.lines == ["is node 7"]


def test_what_was_there_before_is_gone():
    bus, house = placed(1)
    bus.rtu.stray = bus.master.overheard
    placed(0, bus)
    assert bus.master is None and bus.rtu.stray is None
