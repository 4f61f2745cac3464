"""One phase or three, for CONTACT 2 Auto: when a change is worth its price.

Each second it is reckoned what the other number of phases would have brought:
sun taken, less the import it takes to keep a car at its minimum. The sum, never
below nothing, has to outgrow what does not flow while the phases change and
change back. Down it also waits longer than the clouds of the last hours have
lasted: clear days change soon, flickering ones hardly at all. A change tires,
so that there are at most five in any hour. It knows no contactor; mA, sum of
the phases unless told otherwise.
"""
from micropython import const

AWAY_S = const(25)     # besides the pause: the car stops, the contactor rests, the car wakes
UP_PM = const(1500)    # so much of the price there and back must have been lost on one phase ...
DOWN_PM = const(400)   # ... or imported on three; less, since import costs at once
MARGIN_MA = const(500)  # one phase is no way out when the sun carries it by less
SPARE_MA = const(1500)  # above three times MIN, so that a start on three phases lasts
MEAN_S = const(600)    # the way back is paid at the sun of the last ten minutes
CLOUD_S = const(20)    # shorter is no cloud ...
OVERCAST_S = const(1500)  # ... and longer is the weather
LONGER_PM = const(1600)  # so much longer than the longest cloud
FADE_S = const(1800)   # an eighth of that is forgotten in so long
TIRES_S = const(1200)  # a change costs so much of its patience, which comes back by the second
PATIENCE_S = const(2400)


def worth_ma(sun_ma: int, least_ma: int, most_ma: int, phases: int) -> int:
    """Sun that is taken, less what is imported for the minimum. least_ma and most_ma are per phase."""
    need_ma = least_ma * phases
    if sun_ma < need_ma:
        return 2 * max(sun_ma, 0) - need_ma
    return min(sun_ma, most_ma * phases)


class PhaseChoice:
    def __init__(self) -> None:
        self.want = 3          # 1 or 3 phases
        self.gain_mas = 0      # mA s that the other number would have brought
        self.cloud_s = 0       # the longest cloud of late: sun for three, then too little, then enough again
        self._single = 0       # 1: the car was seen to draw on one of three
        self._tired_s = 0
        self._mean_ma = 0
        self._low_s = 0        # how long there has been too little for three
        self._fade_s = 0

    def off(self) -> None:
        """Nobody asks: three, as without the sun. What the day was like stays."""
        self.want = 3
        self.gain_mas = self._low_s = 0

    def may(self) -> bool:
        """A change would not be one too many."""
        return self._tired_s + TIRES_S <= PATIENCE_S

    def begin(self, sun_ma: int, least_ma: int, crowd) -> None:
        """An offer begins with this sun, sum of the phases. crowd as for second()."""
        now = crowd.contacts
        three = sun_ma >= 3 * least_ma + (SPARE_MA if now == 1 else 0)
        if three and now == 1 and crowd.asks and self.cloud_s and self._mean_ma < 3 * least_ma:
            three = False  # a gap between clouds
        if not crowd.asks:
            self.want = 3 if three else 1  # nobody is there, and it costs nothing
        elif three != (now == 3) and self.may() and not self._single:
            self.turn(3 if three else 1)
        else:
            self.want = now

    def second(self, sun_ma: int, least_ma: int, pause_s: int, crowd) -> None:
        """One second more. sun_ma: all the car could have; least_ma: per phase; crowd: energy.crowd.Crowd."""
        most_ma = max(crowd.most_ma, least_ma)
        if not crowd.asks:
            self._single = 0
        elif crowd.charging and crowd.contacts == 3 and crowd.phases == 1:
            self._single = 1
        if self._tired_s:
            self._tired_s -= 1
        sun_ma = max(0, min(sun_ma, 3 * most_ma))
        self._mean_ma = (self._mean_ma * (MEAN_S - 1) + sun_ma) // MEAN_S
        self._watch_clouds(sun_ma < 3 * least_ma)
        if crowd.charging and crowd.contacts == self.want and not self._single:
            self._weigh(sun_ma, least_ma, most_ma, pause_s)
        else:
            self.gain_mas = 0

    def turn(self, phases: int) -> None:
        """That many from now on."""
        self.want = phases
        self.gain_mas = 0
        self._tired_s += TIRES_S

    def _watch_clouds(self, low: bool) -> None:
        self._fade_s += 1
        if self._fade_s >= FADE_S:
            self._fade_s = 0
            self.cloud_s -= self.cloud_s // 8
        if low:
            self._low_s = min(self._low_s + 1, OVERCAST_S)
            return
        if CLOUD_S <= self._low_s < OVERCAST_S:
            self.cloud_s = max(self.cloud_s, self._low_s)
        self._low_s = 0

    def _weigh(self, sun_ma: int, least_ma: int, most_ma: int, pause_s: int) -> None:
        other = 4 - self.want
        better_ma = worth_ma(sun_ma, least_ma, most_ma, other) - worth_ma(sun_ma, least_ma, most_ma, self.want)
        if other == 1 and sun_ma < least_ma + MARGIN_MA:
            return  # hardly enough for one: that is for STOP
        self.gain_mas = max(0, self.gain_mas + better_ma)
        if other == 1 and self._low_s < OVERCAST_S and self._low_s * 1000 < self.cloud_s * LONGER_PM:
            return
        price_ma = sun_ma + max(self._mean_ma, 3 * least_ma)  # for each second of the way there and back
        price_mas = (pause_s + AWAY_S) * price_ma // 1000 * (UP_PM if other == 3 else DOWN_PM)
        if self.gain_mas > price_mas and better_ma > 0 and self.may():
            self.turn(other)
