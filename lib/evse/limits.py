"""The current we may offer: the smallest of several opinions, and whose it is.

Each opinion is a slot with a name and a life. A slot that is not renewed in
time falls to zero: silence is not consent. NO_LIMIT is an opinion too, and
has to be renewed like any other when it was given for a time.
"""
from micropython import const

NO_LIMIT = const(1 << 28)  # small enough to stay a small integer on 32 bits

# The order decides between equals: the first one is named as the cause.
CABLE = const(0)        # what the cable may carry
MAX = const(1)          # the setting MAX
TEMPERATURE = const(2)  # derating of a hot box
MAINS = const(3)        # what the mains leave (regulator)
SURPLUS = const(4)      # what the sun leaves (regulator)
OVERRIDE = const(5)     # somebody's wish over REST or MQTT
RELAY = const(6)        # the grid operator's relay
OVERDRAW = const(7)     # the car takes more than it is offered
NODE = const(8)         # what the master of several chargers allots to this one
CIRCUIT = const(9)      # what the fuse of the chargers' own circuit leaves (regulator)
CAPACITY = const(10)    # what is left of the power paid for, summed over the phases (regulator)
PLAN = const(11)        # the window of the week that runs now

NAME = ("cable", "max", "temperature", "mains", "surplus", "override", "relay", "overdraw", "node",
        "circuit", "capacity", "plan")


class Limits:
    """The slots. As made: the regulator has not spoken, so there is no current."""

    def __init__(self) -> None:
        self.ma = [NO_LIMIT] * len(NAME)
        self._left_ms = [0] * len(NAME)  # 0: for ever
        self.by = MAX                    # whose slot was the smallest
        self.ma[MAINS] = self.ma[SURPLUS] = 0

    def put(self, who: int, ma: int, for_ms: int = 0) -> None:
        """An opinion in mA that lives for_ms milliseconds, or for ever with 0."""
        self._left_ms[who] = for_ms  # the life first: a tick in between must not end the new word with the old life
        self.ma[who] = ma

    def lowest(self, dt_ms: int) -> int:
        """The limit now, in mA; `by` tells whose. Called every tick."""
        best = NO_LIMIT
        by = MAX
        who = 0
        for ma in self.ma:
            left = self._left_ms[who]
            if left:
                left -= dt_ms
                if left <= 0:
                    self.ma[who] = ma = left = 0
                self._left_ms[who] = left
            if ma < best:
                best = ma
                by = who
            who += 1
        self.by = by
        return best
