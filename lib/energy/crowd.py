"""All cars as one, for the sun: sums over the phases of what they are offered and draw. It decides nothing."""


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
        self._settled = 1

    def settled(self) -> bool:
        """Nobody is just starting."""
        return self._settled == 1

    def fill(self, seats) -> None:
        """seats: energy.seat.Seat, this charger's first."""
        first = seats[0]
        self.charging = self.asks = self.offered_ma = self.low_ma = self.high_ma = self.need_ma = 0
        self._settled = 1
        self.phases = first.n
        self.contacts = first.car.phases
        self.alone = 1 if len(seats) == 1 else 0
        self.most_ma = min(first.may_ma, first.car.cap_ma)
        for s in seats:
            car, n = s.car, s.n
            if car.charging:
                self.charging += 1
                self.need_ma += s.min_ma * n
                if not car.settled():
                    self._settled = 0
            elif s.asks and not first.asks and self.phases < n:
                self.phases = n
            self.asks += s.asks
            self.offered_ma += car.offered_ma * n
            self.low_ma += min(car.low_ma + car.trial_ma, max(car.low_ma, car.offered_ma)) * n
            self.high_ma += car.high_ma * n
