"""Who gets what, for one charger: Normal, Smart and Solar, once a second.

In go the mains currents and what was offered; out come two limits for the
charger, one for the mains and one for the sun. The regulator knows that a car
is slow: a current that was offered may not be drawn yet, and one that was
taken back may still be. So it reckons with the largest of the last offers
when it lowers and with the smallest when it raises, and it corrects nothing
twice.

It knows no pilot and no meter; milliamps per phase, import positive.
"""
from micropython import const

NORMAL, SMART, SOLAR = range(3)  # as settings' mode

NO_LIMIT = const(1 << 28)

ANSWER_S = const(4)    # a car has followed a lower offer by then, and the meter has seen it (1.5 s is usual, 5 s allowed)
SETTLE_S = const(6)    # ... and a higher one
LOOK_S = const(9)       # the slowest have followed a lower one by then
START_S = const(12)    # after closing: the car wakes, ramps, and only then is its draw what it was offered
SHORT_MAS = const(10000)  # mA times s that the mains may be overloaded with the car at MIN, before the charge stops:
SHORT_S = const(3)     # ... a kettle's or a motor's start, but no more; and no sooner than this
REST_S = const(60)     # after such a stop, and between two tries on the sun
ROOM_MA = const(500)   # room above MIN that a start needs, so that it does not stop again at once
MOVE_MA = const(300)   # the mains current still moves when it changed by more than this in a second
SLOW_MS = const(4000)  # a reading this old lowers the offer to MIN ...
STALE_MS = const(11000)  # ... and this old stops it (the reference's time)
SUN_S = const(5)       # the sun must carry START this long before a try
KEEP_S = const(30)     # an offer that no car has taken yet outlives the sun by up to this
FEWER_S = const(120)   # three phases are too many for so long: one will do
MORE_S = const(180)    # one phase is too few for so long; a change costs a minute without current
SPARE_MA = const(1500)  # sum of the phases above three times MIN, so that three phases last


class Balance:
    def __init__(self) -> None:
        self.mains_ma = 0      # limit by the mains: NO_LIMIT in Normal
        self.surplus_ma = 0    # limit by the sun: NO_LIMIT unless Solar
        self.stop_s = 0        # countdown: Solar stops when it reaches 0 (0 is not running)
        self.rest_s = 0        # countdown: the mains were short, no new try before
        self.dark_s = 0        # countdown: the sun was gone, no new try before
        self.phases = 3        # what CONTACT 2 Auto should switch to
        self.stale = 0         # 1: the mains meter is not to be believed any more
        self._offers = [0] * LOOK_S  # mA the car was offered while charging, newest last
        self._closed_s = 0
        self._short_s = 0
        self._short_mas = 0
        self._last_ma = 0      # worst phase of the last reading
        self._sun_s = 0
        self._fewer_s = 0
        self._more_s = 0
        self._was_ma = 0       # worst phase a second ago

    def second(self, cfg, mains_ma, age_ms: int, charging: int, offered_ma: int, phases: int) -> None:
        """One second more. mains_ma: three phases; age_ms of that reading; charging: the contactor is closed."""
        offers = self._offers
        for i in range(LOOK_S - 1):
            offers[i] = offers[i + 1]
        offers[LOOK_S - 1] = offered_ma if charging else 0
        self._closed_s = self._closed_s + 1 if charging else 0
        if self.rest_s:
            self.rest_s -= 1
        if self.dark_s:
            self.dark_s -= 1
        if cfg.mode == NORMAL:
            self.mains_ma = self.surplus_ma = NO_LIMIT
            self.stop_s = self.rest_s = self.dark_s = self._short_s = self._sun_s = self.stale = 0
            self.phases = 3
            return
        self.stale = 1 if age_ms > STALE_MS else 0
        worst_ma = max(mains_ma)
        climbs = worst_ma > self._was_ma + MOVE_MA
        falls = worst_ma < self._was_ma - MOVE_MA
        self._was_ma = worst_ma
        low_ma = min(offers[LOOK_S - SETTLE_S:])
        high_ma = max(offers[LOOK_S - ANSWER_S:])
        least_ma = cfg.min_current_a * 1000
        if self.stale:
            self.mains_ma = 0
        else:
            self._mains(cfg.mains_a * 1000 - worst_ma, least_ma, charging, offered_ma, low_ma, high_ma, climbs, falls)
            if age_ms > SLOW_MS and self.mains_ma > least_ma:
                self.mains_ma = least_ma
        if cfg.mode == SOLAR:
            total_ma = mains_ma[0] + mains_ma[1] + mains_ma[2]
            own_ma = (low_ma if charging else high_ma) * phases
            self._count_phases(cfg.import_a * 1000 + own_ma - total_ma, least_ma, charging)
            self._sun(cfg, total_ma, least_ma, charging, offered_ma, phases, low_ma, high_ma)
        else:
            self.surplus_ma = NO_LIMIT
            self.stop_s = self._sun_s = self._fewer_s = self._more_s = 0
            self.phases = 3

    def hurry(self, cfg, mains_ma, charging: int, offered_ma: int) -> bool:
        """A reading between two seconds: lowers mains_ma at once when it must be. True when it did."""
        if cfg.mode == NORMAL or not charging:
            return False
        worst_ma = max(mains_ma)
        falls = worst_ma < self._last_ma - MOVE_MA
        self._last_ma = worst_ma
        may_ma = cfg.mains_a * 1000 - worst_ma + max(max(self._offers[LOOK_S - ANSWER_S:]), offered_ma)
        may_ma = max(may_ma, cfg.min_current_a * 1000)
        if falls or may_ma >= offered_ma or may_ma >= self.mains_ma:
            return False
        self.mains_ma = may_ma
        return True

    def _mains(self, room_ma, least_ma, charging, offered_ma, low_ma, high_ma, climbs, falls) -> None:
        """Room is what the worst phase has left, the car's own current included in what it carries."""
        if not charging:
            self._short_s = self._short_mas = 0
            may_ma = room_ma + high_ma  # a car that has just stopped is still in the reading
            if self.rest_s or may_ma < least_ma + (ROOM_MA if not self.mains_ma else 0):
                may_ma = 0
            self.mains_ma = may_ma if may_ma >= least_ma else 0
            return
        may_ma = room_ma + high_ma
        if may_ma < offered_ma:
            if falls and room_ma + max(self._offers) >= least_ma:
                self.mains_ma = max(offered_ma, least_ma)  # the car is on its way down: look again when it has arrived
                return
        elif self._closed_s < START_S or climbs:
            may_ma = min(max(self.mains_ma, offered_ma), may_ma)  # no more than was there before
        else:
            may_ma = max(offered_ma, room_ma + low_ma)
        if may_ma >= least_ma:
            if room_ma >= 0:
                self._short_s = self._short_mas = 0  # only when the overload is over in fact, not in the reckoning
            self.mains_ma = may_ma
            return
        self._short_s += 1
        self._short_mas += least_ma - may_ma
        self.mains_ma = least_ma
        if self._short_s >= SHORT_S and self._short_mas >= SHORT_MAS:
            self.mains_ma = 0
            self._short_s = 0
            self.rest_s = REST_S

    def _sun(self, cfg, total_ma, least_ma, charging, offered_ma, phases, low_ma, high_ma) -> None:
        """The sum of the phases decides; what the car draws is given back to the sun in the reckoning."""
        if not charging:
            self.stop_s = 0
            enough = high_ma * phases - total_ma > cfg.start_a * 1000
            most_s = KEEP_S if self.surplus_ma else SUN_S
            self._sun_s = min(self._sun_s + 1, most_s) if enough else max(self._sun_s - 1, 0)
            need_s = 1 if self.surplus_ma else SUN_S
            self.surplus_ma = least_ma if self._sun_s >= need_s and not self.dark_s else 0
            return
        left_ma = (cfg.import_a * 1000 - total_ma) // phases
        if left_ma + high_ma < offered_ma:
            may_ma = left_ma + high_ma
        elif self._closed_s < START_S:
            may_ma = offered_ma
        else:
            may_ma = max(offered_ma, left_ma + low_ma)
        self.surplus_ma = max(may_ma, least_ma)
        short = may_ma < least_ma and total_ma > max(cfg.import_a, cfg.min_current_a - cfg.start_a) * 1000
        self._stop_timer(cfg.stop_min * 60, short)

    def _count_phases(self, sun_ma: int, least_ma: int, charging: int) -> None:
        """For CONTACT 2 Auto: sun_ma is all the car could have, sum of the phases."""
        three_ma = 3 * least_ma + SPARE_MA
        if not charging:
            self._fewer_s = self._more_s = 0
            self.phases = 3 if sun_ma >= three_ma else 1
            return
        few = self.phases == 3 and least_ma <= sun_ma < 3 * least_ma
        many = self.phases == 1 and sun_ma >= three_ma
        self._fewer_s = self._fewer_s + 1 if few else max(0, self._fewer_s - 1)
        self._more_s = self._more_s + 1 if many else max(0, self._more_s - 1)
        if self._fewer_s >= FEWER_S:
            self.phases = 1
            self._fewer_s = 0
        elif self._more_s >= MORE_S:
            self.phases = 3
            self._more_s = 0

    def _stop_timer(self, whole_s: int, short: bool) -> None:
        """Runs down while there is not enough sun, back up while there is; never with STOP 0."""
        if not whole_s:
            self.stop_s = 0
        elif short:
            self.stop_s = (self.stop_s or whole_s + 1) - 1
            if not self.stop_s:
                self.surplus_ma = 0
                self._sun_s = 0
                self.dark_s = REST_S
        elif self.stop_s:
            self.stop_s = self.stop_s + 1 if self.stop_s < whole_s else 0
