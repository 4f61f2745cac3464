"""What a capacity tariff leaves now: a limit by the hour, or the peak of the quarter hours (Flanders).

A quarter hour counts by its mean power. What it has already used comes from
the meter's counter where that moves, else from the power over time; what is
left of it is spread over the rest of the quarter, with a reserve, so that the
mean never passes the highest of the month, and 2.5 kW are always free. It
knows no clock and no meter: local minutes and watts are handed in. Answers
are mA, summed over the phases, at 230 V.
"""
from micropython import const

INTERVAL, FLANDERS = 2, 3   # as settings' capacity

NO_LIMIT = const(1 << 28)
VOLT = const(230)
RESERVE_W = const(100)      # so that a quarter ends below its peak, not on it
FREE_W = const(2500)        # the Flemish tariff bills at least this much
QUARTER_MS = const(900000)
TAIL_MS = const(60000)      # what is left is never spread over less: the last seconds of a quarter allow no feast
LEAST_MA = const(1000)
MOST_W = const(138000)      # 600 A: more is not a house
DAY_MIN = const(1440)


def plan_of(text: str):
    """(minute, watts) pairs out of "00:00 11000, 17:00 4000", in order of time. ValueError names what is wrong."""
    rows = []
    for part in text.split(","):
        if not part.strip():
            continue
        words = part.split()
        clock = words[0].split(":") if words else []
        if len(words) != 2 or len(clock) != 2 or not (clock[0].isdigit() and clock[1].isdigit() and words[1].isdigit()):
            raise ValueError("capacity_plan must be times and watts, such as 00:00 11000, 17:00 4000")
        minute, watts = int(clock[0]) * 60 + int(clock[1]), int(words[1])
        if int(clock[1]) > 59 or minute >= DAY_MIN or not 0 < watts <= MOST_W:
            raise ValueError("capacity_plan must have times from 00:00 to 23:59 and 1 to %d W" % MOST_W)
        rows.append((minute, watts))
    return sorted(rows)


def by_the_hour(rows, minute: int) -> int:
    """The limit in mA at a minute of the day; before the first row the last of the day before holds. NO_LIMIT without rows."""
    if not rows:
        return NO_LIMIT
    watts = rows[-1][1]
    for at, w in rows:
        if at <= minute:
            watts = w
    return max(LEAST_MA, (watts - RESERVE_W) * 1000 // VOLT)


class Quarter:
    """The quarter hour that runs, and the highest of the month."""

    def __init__(self) -> None:
        self.peak_w = 0      # highest mean of the month; kept by whoever stores it
        self.month = 0       # ... and which month that is, any number that changes with it
        self.used_mwh = 0    # of this quarter, as far as it was seen
        self.number = -1     # which quarter that is, any number that changes with it
        self._seen_ms = 0    # of this quarter
        self._left_ms = QUARTER_MS
        self._power_w = 0    # last, for the part between two numbers
        self._wh = -1        # the counter when it was last used; -1 not yet
        self._since_mwh = 0  # by the power, since the counter last moved

    def tick(self, dt_ms: int, minute: int, second: int, month: int, power_w: int, import_wh: int) -> None:
        """dt_ms later it is this minute (whole minutes since any midnight) and second; power_w imported now.

        import_wh is the meter's counter, or -1 where there is none.
        """
        number = minute // 15
        if month != self.month:
            self.month = month
            self.peak_w = 0
        if number != self.number:
            if self.number >= 0 and self._seen_ms > QUARTER_MS * 9 // 10:
                self.peak_w = max(self.peak_w, self.used_mwh * 4 // 1000)
            known = self.number >= 0
            self.number = number
            self.used_mwh = self._seen_ms = self._since_mwh = 0
            self._wh = import_wh
            if not known:  # what was used before we looked is not known: as much as was allowed
                self.used_mwh = max(FREE_W, self.peak_w) * (minute % 15 * 60 + second) * 10 // 36
        self._seen_ms += dt_ms
        self._left_ms = QUARTER_MS - (minute % 15 * 60 + second) * 1000
        self._count(dt_ms, max(0, power_w), import_wh)

    def _count(self, dt_ms: int, power_w: int, import_wh: int) -> None:
        mwh = (power_w + self._power_w) // 2 * dt_ms // 3600
        self._power_w = power_w
        self.used_mwh += mwh
        self._since_mwh += mwh
        if import_wh < 0:
            return
        if self._wh < 0 or import_wh < self._wh:
            self._wh = import_wh  # the first number, or a meter that begins again
            self._since_mwh = 0
        elif import_wh > self._wh:
            truth = (import_wh - self._wh) * 1000
            if truth <= 4 * self._since_mwh + 1000:  # a counter that leaps was silent for a while, or is another
                self.used_mwh += truth - self._since_mwh
            self._wh = import_wh
            self._since_mwh = 0

    def limit_ma(self) -> int:
        """What the sum of the phases may be now, mA."""
        ceiling_w = max(FREE_W, self.peak_w) - RESERVE_W
        left_mwh = ceiling_w * 250 - self.used_mwh
        if left_mwh <= 0:
            return LEAST_MA
        watts = left_mwh * 36 // (max(self._left_ms, TAIL_MS) // 100)
        return max(LEAST_MA, min(watts, MOST_W) * 1000 // VOLT)
