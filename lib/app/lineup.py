"""The chargers of a group in words: what each does, what its car is offered, and what holds it back.

Made on demand for the master's page and points, out of the fleet's slots; it
decides nothing and is loaded when somebody asks. A node that has never
answered has no line.
"""
# Charger.by in a word, in the order of energy.deal; its own limits need none.
BY = ("", " mains", " circuit", " capacity", " relay", " sun", " turn")


def line(name: str, car) -> str:
    """As "Node 1 charging 9.9 A mains"; car is a slot of energy.fleet."""
    if not car.online:
        return name + " away"
    if not car.asks and not car.charging:
        return name + " asks for nothing"
    word = "charging" if car.charging else "offered" if car.offered_ma else "waits"
    tenths = car.offered_ma // 100
    return "%s %s %d.%d A%s" % (name, word, tenths // 10, tenths % 10, BY[car.by])


def text(cars, peers) -> str:
    """The Master and its nodes by number, parted by "; ". cars: the fleet's slots; peers: the nodes that have answered."""
    out = line("Master", cars[0])
    for k in range(1, len(cars)):
        for peer in peers:
            if peer.number == k:
                out += "; " + line("Node %d" % k, cars[k])
    return out
