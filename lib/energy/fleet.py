"""The chargers that share one connection, as the regulator sees them: what each asks, and what each is given.

Slot 0 is this charger; the others are filled by whoever talks to the nodes.
Everything but `give_ma` and `by` is written by them, those two by the
regulator; `priority` comes from the settings. Milliamps are per phase. It knows no pilot, no bus and no clock.
"""
UNKNOWN = -1  # drawn_ma of a charger whose EV meter is missing or old
MOST = 8      # chargers on one wire


def order(text: str) -> list:
    """The places of "2,0,1" as [2, 0, 1]: 0 is the Master, 1..7 the nodes; "" is []. ValueError for anything else."""
    places: list = []
    for word in text.split(",") if text.strip() else ():
        word = word.strip()
        if len(word) != 1 or word not in "01234567":
            raise ValueError("priorities must be places like 2,0,1: 0 is the Master, 1 to 7 are the nodes")
        if int(word) in places:
            raise ValueError("priorities must name each place once: %s is there twice" % word)
        places.append(int(word))
    return places


class Charger:
    """One slot, made once and refilled."""

    def __init__(self) -> None:
        self.online = 0        # 1: it can be told; 0: it counts as drawing what it was last told
        self.asks = 0          # 1: a car is there, may charge, and lacks nothing but current
        self.charging = 0      # 1: its contactor is closed and current is offered
        self.offered_ma = 0    # what its car is told now
        self.drawn_ma = UNKNOWN  # worst phase by its own EV meter
        self.l1_ma = self.l2_ma = self.l3_ma = 0  # by that meter, worth something while drawn_ma is known
        self.min_ma = 6000     # the least its car works with
        self.max_ma = 0        # the smallest of its own limits: cable, MAX, temperature, override
        self.phases = 3        # what its contactors give: 1 or 3
        self.priority = 0      # 0 is served first
        self.give_ma = 0       # the regulator's word: 0 is stop, or wait
        self.by = 0            # whose brake that is, as a code of energy.balance


class Fleet:
    """Slot 0 alone, or up to eight."""

    def __init__(self, count: int = 1) -> None:
        self.cars = [Charger() for _ in range(count)]

    def resize(self, count: int) -> None:
        """As many slots as chargers may be there, 1..8; those that stay keep what they hold. ValueError else."""
        if not 1 <= count <= MOST:
            raise ValueError("chargers must be 1 to 8")
        while len(self.cars) > count:
            self.cars.pop()
        while len(self.cars) < count:
            self.cars.append(Charger())

    def rank(self, text: str) -> None:
        """Fills every priority: those that are named first, in their order, then the others by place. ValueError as order()."""
        places = order(text)
        for k in range(len(self.cars)):
            self.cars[k].priority = places.index(k) if k in places else MOST + k
