"""What the sun leaves for the car: Solar's start, stop and phases.

The sum of the phases decides; what the car draws is given back to the sun in
the reckoning. It knows no fuse: the mains have their own word. Milliamps,
import positive.
"""
from micropython import const

NO_LIMIT = const(1 << 28)  # as in evse.limits

REST_S = const(60)     # between two tries on the sun
SUN_S = const(5)       # the sun must carry START this long before a try
KEEP_S = const(30)     # an offer that no car has taken yet outlives the sun by up to this
FEWER_S = const(120)   # three phases are too many for so long: one will do
MORE_S = const(180)    # one phase is too few for so long; a change costs a minute without current
SPARE_MA = const(1500)  # sum of the phases above three times MIN, so that three phases last


class Surplus:
    def __init__(self) -> None:
        self.ma = 0            # limit by the sun per phase: NO_LIMIT unless Solar
        self.stop_s = 0        # countdown: Solar stops when it reaches 0 (0 is not running)
        self.dark_s = 0        # countdown: the sun was gone, no new try before
        self.phases = 3        # what CONTACT 2 Auto should switch to
        self._sun_s = 0
        self._fewer_s = 0
        self._more_s = 0

    def off(self) -> None:
        """Solar is not the mode: nothing is limited, and what ran is forgotten but for the pause."""
        self.ma = NO_LIMIT
        self.stop_s = self._sun_s = self._fewer_s = self._more_s = 0
        self.phases = 3

    def second(self, cfg, total_ma: int, car) -> None:
        """One second more of Solar. total_ma: sum of the mains phases; car: energy.car.Car."""
        least_ma = cfg.min_current_a * 1000
        own_ma = (car.low_ma if car.charging else car.high_ma) * car.phases
        self._count_phases(cfg.import_a * 1000 + own_ma - total_ma, least_ma, car.charging)
        self._limit(cfg, total_ma, least_ma, car)

    def rest(self) -> None:
        """One second more, whatever the mode."""
        if self.dark_s:
            self.dark_s -= 1

    def _limit(self, cfg, total_ma: int, least_ma: int, car) -> None:
        if not car.charging:
            self.stop_s = 0
            enough = car.high_ma * car.phases - total_ma > cfg.start_a * 1000
            most_s = KEEP_S if self.ma else SUN_S
            self._sun_s = min(self._sun_s + 1, most_s) if enough else max(self._sun_s - 1, 0)
            need_s = 1 if self.ma else SUN_S
            self.ma = least_ma if self._sun_s >= need_s and not self.dark_s else 0
            return
        left_ma = (cfg.import_a * 1000 - total_ma) // car.phases
        if left_ma + car.high_ma < car.offered_ma:
            may_ma = left_ma + car.high_ma
        elif not car.settled():
            may_ma = car.offered_ma
        else:
            may_ma = max(car.offered_ma, left_ma + car.low_ma)
        self.ma = max(may_ma, least_ma)
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
                self.ma = 0
                self._sun_s = 0
                self.dark_s = REST_S
        elif self.stop_s:
            self.stop_s = self.stop_s + 1 if self.stop_s < whole_s else 0
