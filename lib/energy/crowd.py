"""All cars as one, for the sun: sums over the phases of what they are offered and draw.

Where no EV meter tells what a car draws, its answers cannot be made out on
the mains while the sun itself moves. So the offers of the last seconds are
kept: the least of them is drawn for sure, and no more than the greatest. It
decides nothing.
"""
from micropython import const

LOOK_S = const(12)
ANSWER_S = const(4)    # a car has followed a lower offer by then, and the meter has seen it ...
SETTLE_S = const(6)    # ... and a higher one
START_MS = const(12000)  # after closing: the car wakes, ramps, and only then draws what it was offered
RAMP_S = const(3)      # after the first visible answer of a car whose reaction is known


class Crowd:
    """Made once and refilled from the seats."""

    def __init__(self) -> None:
        self.charging = 0      # how many are
        self.asks = 0          # how many cars are there and lack nothing but current
        self.offered_ma = 0    # what they are told, sum of the phases
        self.low_ma = 0        # the least they may be drawing
        self.high_ma = 0       # the most
        self.need_ma = 0       # the minimum of all that charge
        self.phases = 3        # on how many phases the one draws, or would, that is or comes first
        self.contacts = 3      # how many this charger's contactors give: 1 or 3
        self.alone = 1         # 1: there is no other charger
        self.most_ma = 0       # the most this charger's car takes, per phase
        self.settled = 1       # 1: nobody is just starting
        self._offers = [0] * LOOK_S  # sums of a second each, newest first

    def fill(self, seats) -> None:
        """Once a second. seats: energy.seat.Seat, this charger's first."""
        first = seats[0]
        self.charging = self.asks = self.offered_ma = self.need_ma = 0
        self.settled = metered = 1
        self.phases = first.n
        self.contacts = first.car.phases
        self.alone = 1 if len(seats) == 1 else 0
        self.most_ma = min(first.may_ma, first.car.cap_ma) if first.car.metered else first.may_ma
        low_ma = high_ma = react_ms = 0
        for s in seats:
            car, n = s.car, s.n
            self.asks += s.asks
            low_ma += car.low_ma * n
            high_ma += car.high_ma * n
            if car.charging:
                self.charging += 1
                self.need_ma += s.min_ma * n
                self.offered_ma += car.offered_ma * n
                metered = metered and car.metered
                react_ms = max(react_ms, car.react_ms)
                if not (car.settled() if car.metered else car.closed_ms >= START_MS):
                    self.settled = 0
            elif s.asks and not first.asks:
                self.phases = max(self.phases, n)
        self._remember()
        if metered and self.charging:
            self.low_ma, self.high_ma = low_ma, high_ma
        else:
            self._bound((react_ms + 999) // 1000 + RAMP_S)

    def _remember(self) -> None:
        offers = self._offers
        for i in range(LOOK_S - 1, 0, -1):
            offers[i] = offers[i - 1]
        offers[0] = self.offered_ma

    def _bound(self, known_s: int) -> None:
        """known_s: by when the slowest has answered, as far as it was seen."""
        low_s = max(SETTLE_S, min(known_s, LOOK_S))
        high_s = max(ANSWER_S, min(known_s - 1, LOOK_S))
        low_ma = high_ma = self.offered_ma
        for i in range(low_s):  # a lower offer is followed the sooner
            low_ma = min(low_ma, self._offers[i])
            if i < high_s:
                high_ma = max(high_ma, self._offers[i])
        self.low_ma, self.high_ma = low_ma, high_ma
