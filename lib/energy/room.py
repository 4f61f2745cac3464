"""What a fuse leaves for the car: the mains, worst phase first.

Lowers at once, by what is missing and not twice; raises when the car has
answered and the house is quiet. When not even MIN fits, it waits out a motor's
start and then stops. It knows no sun and no sharing; mA per phase.
"""
from micropython import const

SHORT_MAS = const(10000)  # mA times s that the mains may be overloaded with the car at MIN, before the charge stops:
SHORT_S = const(3)     # ... a kettle's or a motor's start, but no more; and no sooner than this
REST_S = const(60)     # after such a stop
ROOM_MA = const(500)   # room above MIN that a start needs, so that it does not stop again at once
MOVE_MA = const(300)   # the mains current still moves when it changed by more than this in a second


class Room:
    def __init__(self) -> None:
        self.ma = 0            # limit in mA per phase
        self.rest_s = 0        # countdown: there was too little, no new try before
        self._short_s = 0
        self._short_mas = 0
        self._was_ma = 0       # worst phase a second ago
        self._last_ma = 0      # worst phase of the last reading

    def forget(self) -> None:
        """Nobody asks any more: no pause and no shortage is left."""
        self.rest_s = self._short_s = 0

    def rest(self) -> None:
        """One second more, whatever the mode."""
        if self.rest_s:
            self.rest_s -= 1

    def second(self, limit_ma: int, worst_ma: int, least_ma: int, car, stale: int) -> None:
        """One second more. worst_ma is what the worst phase carries, the car's own current included."""
        climbs = worst_ma > self._was_ma + MOVE_MA
        falls = worst_ma < self._was_ma - MOVE_MA
        self._was_ma = worst_ma
        if stale:
            self.ma = 0
        else:
            self._decide(limit_ma - worst_ma, least_ma, car, climbs, falls)

    def hurry(self, limit_ma: int, worst_ma: int, least_ma: int, car, offered_ma: int) -> bool:
        """A reading between two seconds: lowers at once when it must be. True when it did."""
        falls = worst_ma < self._last_ma - MOVE_MA
        self._last_ma = worst_ma
        may_ma = max(limit_ma - worst_ma + max(car.high_ma, offered_ma), least_ma)
        if falls or may_ma >= offered_ma or may_ma >= self.ma:
            return False
        self.ma = may_ma
        return True

    def _decide(self, room_ma: int, least_ma: int, car, climbs: bool, falls: bool) -> None:
        may_ma = room_ma + car.high_ma  # a car that has just stopped is still in the reading
        if not car.charging:
            self._short_s = self._short_mas = 0
            if self.rest_s or may_ma < least_ma + (ROOM_MA if not self.ma else 0):
                may_ma = 0
            self.ma = may_ma if may_ma >= least_ma else 0
            return
        if may_ma < car.offered_ma:
            if falls and room_ma + car.slow_ma >= least_ma:
                self.ma = max(car.offered_ma, least_ma)  # the car is on its way down: look again when it has arrived
                return
        elif not car.settled() or climbs:
            may_ma = min(max(self.ma, car.offered_ma), may_ma)  # no more than was there before
        else:
            may_ma = max(car.offered_ma, room_ma + car.low_ma)
        if may_ma >= least_ma:
            if room_ma >= 0:
                self._short_s = self._short_mas = 0  # only when the overload is over in fact, not in the reckoning
            self.ma = may_ma
            return
        self._short_s += 1
        self._short_mas += least_ma - may_ma
        self.ma = least_ma
        if self._short_s >= SHORT_S and self._short_mas >= SHORT_MAS:
            self.ma = 0
            self._short_s = 0
            self.rest_s = REST_S
