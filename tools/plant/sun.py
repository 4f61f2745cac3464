"""What the roof yields per phase, set by hand or following a seeded day.

It does not know the house. Positive is yield, so the plant subtracts it.
The day is a parabola from six to twenty o'clock with a cloud factor that
wanders; the same seed gives the same sky on every interpreter.
"""
from tools.plant.dice import Dice

HOUR_MS = 3600000
RISE_MS, SET_MS = 6 * HOUR_MS, 20 * HOUR_MS
CLOUD_MS = 10000   # the sky is looked at this often


def clear_pm(day_ms: int) -> int:
    """Yield of a clear sky at a time of day (ms since midnight), permille of the peak."""
    if not RISE_MS < day_ms < SET_MS:
        return 0
    x = (day_ms - RISE_MS) * 1000 // (SET_MS - RISE_MS)
    return 4 * x * (1000 - x) // 1000


class Sun:
    """`ma` is the yield per phase."""

    def __init__(self) -> None:
        self.ma = [0, 0, 0]
        self.peak_ma = [0, 0, 0]
        self.cloud_pm = 1000
        self.day_ms = 12 * HOUR_MS
        self._clouds = 0
        self._dice: "Dice | None" = None
        self._wait_ms = 0

    def set_ma(self, l1: int, l2: int, l3: int) -> None:
        """Sets the yield by hand and leaves the day."""
        self._dice = None
        self.ma[0], self.ma[1], self.ma[2] = l1, l2, l3

    def follow(self, seed: int, peak_ma: tuple, day_ms: int = 8 * HOUR_MS, clouds: int = 0) -> None:
        """From now on the sky is that of the seed, beginning at day_ms; clouds 0 (clear) to 1000 (wild)."""
        self._dice = Dice(seed)
        self.peak_ma = list(peak_ma)
        self.day_ms, self._clouds = day_ms, clouds
        self.cloud_pm, self._wait_ms = 1000, 0

    def step(self, dt_ms: int) -> None:
        if self._dice is None:
            return
        self.day_ms = (self.day_ms + dt_ms) % (24 * HOUR_MS)
        self._wait_ms -= dt_ms
        if self._wait_ms > 0:
            return
        self._wait_ms += CLOUD_MS
        if self._clouds:
            swing = self._dice.below(2 * self._clouds + 1) - self._clouds
            self.cloud_pm = min(1000, max(150, self.cloud_pm + swing // 2))
        now_pm = clear_pm(self.day_ms) * self.cloud_pm // 1000
        for p in range(3):
            self.ma[p] = self.peak_ma[p] * now_pm // 1000
