"""What we know of one car: what it was offered and may be drawing.

A car is slow: a current that was offered may not be drawn yet, and one that
was taken back may still be. So two numbers are kept beside the offer, the
most and the least it may be drawing. It knows no meter, no fuse and no sun.
"""
from micropython import const

ANSWER_S = const(4)    # a car has followed a lower offer by then, and the meter has seen it (1.5 s is usual, 5 s allowed)
SETTLE_S = const(6)    # ... and a higher one
LOOK_S = const(9)      # the slowest have followed a lower one by then
START_S = const(12)    # after closing: the car wakes, ramps, and only then is its draw what it was offered


class Car:
    def __init__(self) -> None:
        self.charging = 0      # 1: the contactor is closed and current is offered
        self.offered_ma = 0    # mA per phase it is told now
        self.phases = 3        # 1 or 3
        self.closed_s = 0      # how long it has been charging
        self.low_ma = 0        # the least it may be drawing, mA per phase: what to give back when raising
        self.high_ma = 0       # the most it may be drawing
        self.slow_ma = 0       # the most a slow one may be drawing
        self._offers = [0] * LOOK_S  # mA it was offered while charging, newest last

    def second(self, charging: int, offered_ma: int, phases: int) -> None:
        """One second more."""
        offers = self._offers
        for i in range(LOOK_S - 1):
            offers[i] = offers[i + 1]
        offers[LOOK_S - 1] = offered_ma if charging else 0
        self.charging = charging
        self.offered_ma = offered_ma
        self.phases = phases
        self.closed_s = self.closed_s + 1 if charging else 0
        self.low_ma = min(offers[LOOK_S - SETTLE_S:])
        self.high_ma = max(offers[LOOK_S - ANSWER_S:])
        self.slow_ma = max(offers)

    def settled(self) -> bool:
        """It has been charging for so long that it draws what it was offered, or what it wants."""
        return self.closed_s >= START_S
