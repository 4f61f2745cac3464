"""A car that draws more than it was offered: first a lower offer, then no offer.

Needs an EV meter, and counts in seconds. The tolerance and the time are those
of EVerest (10 % and 0.5 A, 7 s); slow cars take longer than 5 s to come down,
so a second in which it falls is not held against it, and the first answer is
only to ask for less.
"""
from micropython import const

TOLERANCE_PM = const(100)
NOISE_MA = const(500)
PATIENCE_S = const(7)
EASED_S = const(60)      # how long the lower offer stays
_LOWEST_MA = const(6000)


class Overdraw:
    def __init__(self) -> None:
        self.limit_ma = 0    # the lower offer; 0 is none
        self.stop = 0        # 1: lowering did not help; until the car is unplugged
        self._over_s = self._eased_s = self._was_ma = 0  # the last is what it drew a second ago

    def leave(self) -> None:
        """The car is gone, and with it what it did."""
        self.stop = self._over_s = self._eased_s = self.limit_ma = 0

    def second(self, plugged: int, offered_ma: int, drawn_ma: int) -> None:
        """Once a second: drawn_ma is the worst phase by a fresh reading, or -1."""
        if not plugged:
            self.leave()
            return
        if self._eased_s:
            self._eased_s -= 1
            if not self._eased_s:
                self.limit_ma = 0
        falls = drawn_ma < self._was_ma - NOISE_MA
        self._was_ma = drawn_ma
        allowed_ma = offered_ma + offered_ma * TOLERANCE_PM // 1000 + NOISE_MA
        if drawn_ma <= allowed_ma or not offered_ma:
            self._over_s = 0  # without an offer the contactor opens by itself, and what flows then is a weld
            return
        if falls:
            return
        self._over_s += 1
        if self._over_s < PATIENCE_S:
            return
        self._over_s = 0
        if self.limit_ma:
            self.stop = 1
        else:
            self.limit_ma = max(_LOWEST_MA, offered_ma - (drawn_ma - offered_ma))
            self._eased_s = EASED_S
