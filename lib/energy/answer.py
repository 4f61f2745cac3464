"""What of the mains' movement is one car's answer, and what is the house.

A car moves all its phases alike and no faster than cars do; what jumps on some
of them only, or faster, is a load of the house and moves the reference that
the car is measured against. It knows no offer and decides nothing; the car
(car.py) is built on it. Milliamps per phase.
"""
from micropython import const

NO_LIMIT = const(1 << 28)
NEAR_MA = const(500)     # arrived
STEP_MA = const(1500)    # a step of the house
RISES = const(4)         # A/s a car may rise ...
FALLS = const(20)        # ... or fall, without being taken for the house
QUIET_MS = const(3000)   # no more growth for so long: the start is over
PHASE_MA = const(3000)   # a start that is seen on one phase only, by so much
NONE_MA = const(700)     # ... and no more than this on the next

STILL, START, RISE, FALL = range(4)


def _pair(a: int, b: int) -> int:
    """What two phases moved in common, a <= b: their mean when they are close, else what moved least."""
    return (a + b) // 2 if b - a < STEP_MA // 2 else a if abs(a) < abs(b) else b


class Answer:
    def __init__(self) -> None:
        self.phases = 3        # what the contactors give: 1 or 3
        self.rate = 0          # learned: its ramp down, A/s; 0 unknown
        self.mask = 0          # phases of the mains it was seen on, bit 0 is L1; 0 unknown
        self.move = STILL      # what is being watched
        self.crowd = 0         # 1: other cars were to move the same way meanwhile, not all on three phases: what fell most counts
        self._quiet_ms = 0     # since the answer last grew
        self._seen_ma = 0      # how far it has come
        self._most_ma = 0      # the highest it may go meanwhile
        self._floor_ma = 0     # the lowest a rising one may still come by before it turns
        self._low_ma = self._high_ma = 0  # the bounds of what it drew when it began
        self._top_ma = self._wide_ma = 0  # the most that may be its, and the most that moved at all
        self._ref = [0, 0, 0]  # the mains when it began, and what the house has moved since

    def _house_steps(self, mains_ma, last_ma, gap_ms: int, most_ma: int) -> None:
        """What jumped faster than a car can, or on some of its phases only, was the house: it moves the reference.

        most_ma: all cars together can have moved no further.
        """
        mask = self.mask or 7
        down = self.move == FALL or self._floor_ma < self._low_ma  # it falls, or may do so still before it rises
        up = self.move != FALL or self._most_ma > self._high_ma
        low = -((2 * self.rate + 2 if self.rate else FALLS) * gap_ms if down else 0) - STEP_MA // 3
        high = (RISES * gap_ms if up else 0) + STEP_MA // 3
        least, most = NO_LIMIT, -NO_LIMIT
        total = n = 0
        for p in range(3):
            if mask >> p & 1:
                d = mains_ma[p] - last_ma[p]
                least, most = min(least, d), max(most, d)
                total += d
                n += 1
        alike = most - least < STEP_MA
        if n == 3:
            mid = total - least - most
            two, one = (_pair(mid, most), least) if most - mid < mid - least else (_pair(least, mid), most)
            common = mid if alike else two if low <= two <= high else one
        else:
            common = least if abs(least) < abs(most) else most
        if alike and n > 1:  # more than a house does at one blow
            if abs(common) > most_ma + STEP_MA or self.move != START and common > 2 * high or self.move == RISE and common < low:
                common = 0
        elif not low <= common <= high:
            common = 0
        slack = STEP_MA if alike else STEP_MA // 2
        if self.move == START:
            high = max(high, self._most_ma)  # it may start at once, and on one phase
        ref = self._ref
        for p in range(3):
            d = mains_ma[p] - last_ma[p]
            if (not self.mask or self.crowd and down) and low <= d <= high:
                continue  # it may be on this phase alone, or another car is
            if mask >> p & 1:
                d -= common  # the others have no part in it
            if not -slack < d < slack:
                ref[p] += d

    def _answer(self, mains_ma) -> int:
        """How far the mains have moved since the change, as this car would move them: alike on all its phases; signed."""
        ref = self._ref
        mask = self.mask
        a, b, c = mains_ma[0] - ref[0], mains_ma[1] - ref[1], mains_ma[2] - ref[2]
        if self.crowd and self.move == FALL:
            self._top_ma = self._wide_ma = min(a, b, c)
            return self._top_ma
        most = max(a, b, c)
        mid = a + b + c - min(a, b, c) - most
        if mask:
            if mask != 7:  # of two the one that moved least
                mid = NO_LIMIT
                for p in range(3):
                    d = mains_ma[p] - ref[p]
                    if mask >> p & 1 and abs(d) <= abs(mid):
                        mid = d
            self._top_ma = self._wide_ma = mid
            return mid
        several = 2 * mid >= most
        self._wide_ma = most
        self._top_ma = mid if several or most < 0 else most  # until it is known, perhaps on one phase only
        if several or most < 0 or self.move != START:
            return mid if several or self.phases == 3 else most
        return most if self.phases == 1 or self._quiet_ms > QUIET_MS else max(0, mid)

    def _turned(self, moved_ma: int) -> None:
        """It went the other way by moved_ma until now: its answer counts from here."""
        ref = self._ref
        for p in range(3):
            if (self.mask or 7) >> p & 1:
                ref[p] += moved_ma
        self._low_ma += moved_ma
        self._high_ma += moved_ma
        self._quiet_ms = 0

    def _place(self, mains_ma, moved_ma: int) -> None:
        """After a clear start: which phases it is on. Kept only when the others were quiet."""
        mask = 0
        bit = 1
        for p in range(3):
            d = mains_ma[p] - self._ref[p]
            if d * 10 >= moved_ma * 6:
                mask |= bit
            elif not -NONE_MA < d < NONE_MA:
                return
            bit += bit
        self.mask = mask

    def phases_seen(self) -> int:
        """On how many phases it was seen to draw; 0 unknown."""
        return (self.mask & 1) + (self.mask >> 1 & 1) + (self.mask >> 2)

    def _grown(self, way_ma: int) -> None:
        """The answer, positive in the direction of the change: it grows, or it is quiet."""
        if way_ma > self._seen_ma + NEAR_MA:
            self._seen_ma = way_ma
            self._quiet_ms = 0
