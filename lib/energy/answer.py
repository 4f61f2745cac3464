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


class Answer:
    def __init__(self) -> None:
        self.phases = 3        # what the contactors give: 1 or 3
        self.rate = 0          # learned: its ramp down, A/s; 0 unknown
        self.mask = 0          # phases of the mains it was seen on, bit 0 is L1; 0 unknown
        self.move = STILL      # what is being watched
        self._quiet_ms = 0     # since the answer last grew
        self._seen_ma = 0      # how far it has come
        self._most_ma = 0      # the highest it may go meanwhile
        self._top_ma = self._wide_ma = 0  # the most that may be its, and the most that moved at all
        self._ref = [0, 0, 0]  # the mains when it began, and what the house has moved since

    def _house_steps(self, mains_ma, last_ma, gap_ms: int, most_ma: int) -> None:
        """What jumped faster than a car can, or on some of its phases only, was the house: it moves the reference.

        most_ma: all cars together can have moved no further.
        """
        mask = self.mask or 7
        fall = self.move == FALL
        low = -((2 * self.rate + 2 if self.rate else FALLS) * gap_ms if fall else 0) - STEP_MA // 3
        high = (0 if fall else RISES * gap_ms) + STEP_MA // 3
        a = b = c = NO_LIMIT
        for p in range(3):
            if mask >> p & 1:
                d = mains_ma[p] - last_ma[p]
                if d <= a:
                    a, b, c = d, a, b
                elif d <= b:
                    b, c = d, b
                else:
                    c = d
        alike = True
        if c < NO_LIMIT:
            alike = c - a < STEP_MA
            two, one = ((b + c) // 2, a) if c - b < b - a else ((a + b) // 2, c)
            common = b if alike else two if low <= two <= high else one if low <= one <= high else 0
            if alike and abs(b) > most_ma + STEP_MA:
                common = 0
        else:
            common = a if low <= a <= high else 0
            if b < NO_LIMIT:
                alike = b - a < STEP_MA
                common = a if abs(a) < abs(b) else b
                if alike and abs(common) > most_ma + STEP_MA or not alike and not low <= common <= high:
                    common = 0
        if self.move == START:
            high = max(high, self._most_ma)  # it may start at once, and on one phase
        ref = self._ref
        for p in range(3):
            d = mains_ma[p] - last_ma[p]
            if not self.mask and low <= d <= high:
                continue  # it may be on this phase alone
            d -= common
            if not -STEP_MA // 2 < d < STEP_MA // 2 and (not alike or not -STEP_MA < d < STEP_MA):
                ref[p] += d

    def _answer(self, mains_ma) -> int:
        """How far the mains have moved since the change, as this car would move them: alike on all its phases; signed."""
        ref = self._ref
        mask = self.mask
        a, b, c = mains_ma[0] - ref[0], mains_ma[1] - ref[1], mains_ma[2] - ref[2]
        if mask == 1 or mask == 2 or mask == 4:
            self._top_ma = self._wide_ma = a if mask == 1 else b if mask == 2 else c
            return self._top_ma
        if mask == 3 or mask == 5 or mask == 6:
            if mask == 5:
                b = c
            elif mask == 6:
                a = c
            self._top_ma = self._wide_ma = a if abs(a) < abs(b) else b
            return self._top_ma
        if a > b:
            a, b = b, a
        if b > c:
            b, c = c, b
            if a > b:
                a, b = b, a
        several = mask or 2 * b >= c > 0
        self._wide_ma = b if mask else c
        self._top_ma = b if several or c < 0 else c  # until it is known, perhaps on one phase only
        if several or c < 0 or self.move != START:
            return b if several or self.phases == 3 else c
        return c if self.phases == 1 or self._quiet_ms > QUIET_MS else max(0, min(b, c))

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
