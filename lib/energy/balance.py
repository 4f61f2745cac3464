"""Who gets what: Normal, Smart and Solar, once a second.

In go the mains currents and what was offered; out come two limits for the
charger, one for the mains and one for the sun. What is known of the car is
in car.py, the fuse in room.py, the sun in surplus.py; here is only who is
asked when.

It knows no pilot and no meter; milliamps per phase, import positive.
"""
from micropython import const

from energy.car import Car
from energy.room import Room
from energy.surplus import Surplus

NORMAL, SMART, SOLAR = range(3)  # as settings' mode

NO_LIMIT = const(1 << 28)

SLOW_MS = const(4000)  # a reading this old lowers the offer to MIN ...
STALE_MS = const(11000)  # ... and this old stops it (the reference's time)


class Balance:
    def __init__(self) -> None:
        self.mains_ma = 0      # limit by the mains: NO_LIMIT in Normal
        self.stale = 0         # 1: the mains meter is not to be believed any more
        self.car = Car()
        self.room = Room()
        self.sun = Surplus()

    def second(self, cfg, mains_ma, age_ms: int, charging: int, offered_ma: int, phases: int) -> None:
        """One second more. mains_ma: three phases; age_ms of that reading; charging: the contactor is closed."""
        self.car.second(charging, offered_ma, phases)
        room = self.room
        room.rest()
        self.sun.rest()
        if cfg.mode == NORMAL:
            self.mains_ma = NO_LIMIT
            self.sun.off()
            self.sun.dark_s = self.stale = 0
            room.forget()
            return
        self.stale = 1 if age_ms > STALE_MS else 0
        least_ma = cfg.min_current_a * 1000
        room.second(cfg.mains_a * 1000, max(mains_ma), least_ma, self.car, self.stale)
        if age_ms > SLOW_MS and room.ma > least_ma:
            room.ma = least_ma
        self.mains_ma = room.ma
        if cfg.mode == SOLAR:
            self.sun.second(cfg, mains_ma[0] + mains_ma[1] + mains_ma[2], self.car)
        else:
            self.sun.off()

    def hurry(self, cfg, mains_ma, charging: int, offered_ma: int) -> bool:
        """A reading between two seconds: lowers mains_ma at once when it must be. True when it did."""
        if cfg.mode == NORMAL or not charging:
            return False
        least_ma = cfg.min_current_a * 1000
        if not self.room.hurry(cfg.mains_a * 1000, max(mains_ma), least_ma, self.car, offered_ma):
            return False
        self.mains_ma = self.room.ma
        return True
