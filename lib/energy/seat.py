"""One charger's place in the sharing: its car, its turn, and how long it has had or missed its current.

Filled from the fleet's slot and from what is known of the car, once for each
decision. It decides nothing.
"""
from micropython import const

from energy.car import Car

LOST_MS = const(20000)   # a charger that is not heard stops by itself after 11 s, and its car within 6 more
IDLE_MS = const(60000)   # an offer that no car has taken for so long: it is full, and gets the minimum only
HOUR_MS = const(3600000)
BRIEF_MS = const(300000)  # a charge that a shortage ended so soon was not worth a closing ...
TRIES = const(2)          # ... and the rest before the next one is twice as long: so many tries count


class Seat:
    def __init__(self) -> None:
        self.car = Car()
        self.give_ma = 0       # what it gets, as it is being reckoned
        self.by = 0
        self.open = 0
        self.mask = 7          # phases of the mains it counts on: all of them while they are not known
        self.n = 3             # ... and how many in a sum
        self.min_ma = 6000
        self.want_ma = 0       # what it will take
        self.may_ma = 0        # what it could be given
        self.asks = 0
        self.offered_ma = 0    # what its pilot says, whether or not its car draws
        self.was_ma = 0        # what it got before
        self.rest_ms = 0       # it was stopped for a shortage: no new try before
        self.rest_by = 0       # ... and of what
        self.tries = 0         # charges in a row that a shortage ended soon
        self.on_ms = 0         # since it was let in
        self.lost_ms = 0       # since it was heard
        self.turn = 0          # order of arrival; 0 is not there
        self.priority = 0
        self._idle_ms = 0

    def fill(self, dt_ms: int, slot, mains_ma) -> None:
        """From the fleet's slot: what it asks, and what its car is told."""
        car = self.car
        self.lost_ms = 0 if slot.online else min(self.lost_ms + dt_ms, LOST_MS)
        gone = self.lost_ms >= LOST_MS
        charging = 0 if gone else slot.charging
        self.offered_ma = 0 if gone else slot.offered_ma
        self.asks = 0 if gone or not slot.online else slot.asks
        car.told(dt_ms, charging, slot.offered_ma, slot.phases, mains_ma)
        car.measured(slot.drawn_ma if slot.online else -1, slot.l1_ma, slot.l2_ma, slot.l3_ma)
        if not self.asks and not charging:
            car.forget()
            self.turn = self.tries = 0
        self.min_ma = slot.min_ma
        self.may_ma = slot.max_ma
        self.priority = slot.priority
        self.was_ma = slot.give_ma
        self.mask = car.mask or 7
        self.n = slot.phases if slot.phases == 1 else car.phases_seen() or 3
        self._idle_ms = 0 if charging or not slot.offered_ma else min(self._idle_ms + dt_ms, HOUR_MS)
        self.want_ma = self.min_ma if self._idle_ms > IDLE_MS else max(self.min_ma, min(self.may_ma, car.takes_ma()))
        self.rest_ms = max(0, self.rest_ms - dt_ms)
        self.on_ms = min(self.on_ms + dt_ms, HOUR_MS * 24) if charging else 0

    def longer(self, rest_ms: int) -> int:
        """How long to rest now that a shortage ends this charge: rest_ms, or twice as long when this one and the one before were brief."""
        self.tries = min(self.tries + 1, TRIES) if self.on_ms < BRIEF_MS else 1
        return rest_ms << self.tries - 1

    def idle(self) -> bool:
        """It has an offer, and its car does not want it."""
        return self._idle_ms > IDLE_MS
