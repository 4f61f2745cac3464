"""What one fuse, or one sum of phases, leaves for the offers of all chargers behind it.

What the house draws lies between what is measured less the most the cars may
be drawing, and less the least. An offer is lowered at once when it does not
fit beside the smaller figure, and may be raised to what fits beside the
larger one, the worst of the last second or two. What lies between is left
alone: so nothing is corrected twice, and what was offered but is not drawn
stays reserved. It knows no car and no sharing; mA, for each of its lines.
"""
from micropython import const

NO_LIMIT = const(1 << 28)

LOOK_MS = const(1500)    # half of the time over which the worst counts before anything is raised; two readings at least
SELDOM_MS = const(3000)  # readings this far apart miss what comes and goes: the worst of three counts, twice
CALM_MS = const(800)     # readings are smoothed over so long ...
JUMP_MA = const(1000)    # ... unless they jump: then the new one counts at once
SPARE_MA = const(150)    # what is raised, or lowered by a trifle, stays so far below the limit, so that it need not be changed again at once
SHORT_MAS = const(10000)  # mA times s of overload with everybody at MIN, before somebody has to stop:
SHORT_MS = const(3600)   # ... a motor's start of three seconds, as a meter shows it, but no more; and no sooner than this
FAINT_MA = const(200)    # an overload this small may stay; one that is larger ...
LASTS_MS = const(5500)   # ... lasts no longer than this, the time that users know of SmartEVSE


class Room:
    def __init__(self, lines: int) -> None:
        """lines: 3 phases, or 1 for their sum."""
        self.budget_ma = [NO_LIMIT] * lines  # what all offers together may be
        self.over_ma = 0           # by how much the limit is passed now, worst line
        self.active = 0            # 1: there is such a limit
        self.slow = 0              # 1: its meter has grown so old that nobody gets more than the minimum
        self.blind_ms = 0          # how long a line has been over its limit on which no car is thought to be
        self._most = [0] * lines   # what the house draws at most: worst of this look, and of the one before
        self._was = [0] * lines
        self._calm = [0] * lines   # ... and at least, smoothed
        self._look_ms = 0
        self._seldom_ms = 0
        self._heard = 0            # 1: there was a reading since it was made active
        self._short_ms = 0
        self._short_mas = 0
        self._lasts_ms = 0

    def off(self) -> None:
        """There is no such limit, and nothing is remembered."""
        if self.active:
            self.active = self.over_ma = self._heard = self._short_ms = self._short_mas = self._lasts_ms = 0
            for p in range(len(self.budget_ma)):
                self.budget_ma[p] = NO_LIMIT

    def read(self, since_ms: int, line: int, load_ma: int, low_ma: int, high_ma: int) -> None:
        """A new reading of a line, since_ms after the last; low_ma and high_ma: the bounds of what the cars draw of it."""
        most, least = load_ma - low_ma, load_ma - high_ma
        if not self._heard:
            self._most[line] = self._was[line] = most
            self._calm[line] = least
            return
        if most > self._most[line]:
            self._most[line] = most
        calm = self._calm[line]
        if since_ms >= CALM_MS or least - calm > JUMP_MA or calm - least > JUMP_MA:
            self._calm[line] = least
        else:
            self._calm[line] = calm + (least - calm) * since_ms // CALM_MS

    def heard(self, since_ms: int) -> None:
        """All lines of a reading have been read."""
        self.active = 1
        self._heard = 1
        self._look_ms += since_ms
        self._seldom_ms = 3 * since_ms if since_ms >= SELDOM_MS else 0

    def look(self) -> None:
        """After the decision on a reading: the window moves on."""
        if self._look_ms >= max(LOOK_MS, self._seldom_ms):
            self._look_ms = 0
            most, was = self._most, self._was
            for p in range(len(most)):
                was[p] = most[p]
                most[p] = -NO_LIMIT

    def decide(self, line: int, limit_ma: int, offered_ma: int, load_ma: int, trial_ma: int) -> None:
        """What may be offered on a line of which offered_ma is offered now. trial_ma: so much more, to learn something."""
        lower = limit_ma - self._calm[line]
        if lower < offered_ma < lower + 2 * SPARE_MA:
            lower -= SPARE_MA
        higher = limit_ma - SPARE_MA - max(self._most[line], self._was[line])
        if trial_ma:
            higher = min(higher + trial_ma, max(higher, limit_ma - load_ma + offered_ma))
        self.budget_ma[line] = max(min(offered_ma, lower), higher)
        over = load_ma - limit_ma
        self.over_ma = over if not line else max(self.over_ma, over)

    def short(self, dt_ms: int, missing_ma: int, falls: int = 0) -> bool:
        """missing_ma: what is too little for everybody's MIN. True when somebody has to stop for it now.

        falls 1: a car is still on its way down, and the meter shows more than there will be in a moment.
        """
        if self.over_ma <= 0:
            self._short_ms = self._short_mas = self._lasts_ms = 0  # only when the overload is over in fact, not in the reckoning
        if self.over_ma <= 0 or missing_ma <= 0:
            return False
        if self.over_ma > FAINT_MA:
            self._lasts_ms += dt_ms
        if falls:
            dt_ms //= 2
        self._short_ms += dt_ms
        self._short_mas += missing_ma * dt_ms // 1000
        if (self._short_ms < SHORT_MS or self._short_mas < SHORT_MAS) and self._lasts_ms < LASTS_MS:
            return False
        self._short_ms = self._short_mas = self._lasts_ms = 0
        return True
