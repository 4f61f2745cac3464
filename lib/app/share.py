"""Who this charger is on the wire: alone, the master of several, or a node of one.

Only the role that is set is loaded and made. The bus calls it when PWR SHARE
has changed; a node takes the place of the bus's own asking, a master is given
turns between the meters.
"""
from faults import METER_TWINS

DISABLED, MASTER, NODE_1 = 0, 1, 2  # as settings' loadbl


def share(house, bus, loadbl: int) -> None:
    """Makes the part for this place and hangs it on the bus; what was there before is gone."""
    bus.master = bus.node = bus.rtu.stray = None
    house.faults.put(METER_TWINS, 0)  # a master looks for them
    house.regulate.fleet.resize(1)  # a master makes room for each node that answers
    if loadbl == MASTER:
        from app.master import Master
        bus.master = Master(house)
    elif loadbl >= NODE_1:
        from app.node import Node
        bus.node = Node(house)
    house.say(("shares with nobody", "is the master", "is node %d" % (loadbl - 1))[min(loadbl, NODE_1)])
