"""The capacity tariff's second: brings clock, counter and settings to energy/capacity.py, and its word to the regulator.

Loaded only with CAP MODE Interval or Flanders. Without a clock on the wall the
smallest word of the plan holds, and the free power of Flanders. The peak of a
month outlives a loss of power in the setting capacity_peak, as month and watts.
"""
from app import clock
from energy import capacity


class Tariff:
    def __init__(self, house) -> None:
        """house has cfg, meters, balance and plan (local_s)."""
        self.house = house
        self.quarter = capacity.Quarter()
        self._text = "-"     # capacity_plan as it was read last; this is none
        self._rows: list = []
        self._at = clock.ticks_ms()
        self._load()

    def _load(self) -> None:
        words = self.house.cfg.capacity_peak.split()
        if len(words) == 2 and words[0].isdigit() and words[1].isdigit():
            self.quarter.month, self.quarter.peak_w = int(words[0]), min(int(words[1]), capacity.MOST_W)

    def second(self) -> None:
        """Once a second; what the sum of the phases may be goes into balance.peak_ma."""
        house, cfg = self.house, self.house.cfg
        local_s = house.plan.local_s()
        if cfg.capacity == capacity.INTERVAL:
            if self._text != cfg.capacity_plan:
                self._text = cfg.capacity_plan
                try:
                    self._rows = capacity.plan_of(self._text)
                except ValueError:
                    self._rows = []  # control has refused it; a store that lies limits nothing
            if local_s:
                ma = capacity.by_the_hour(self._rows, local_s // 60 % 1440)
            else:
                ma = min([capacity.by_the_hour(self._rows, at) for at, _ in self._rows] or [capacity.NO_LIMIT])
            house.balance.peak_ma = 0 if ma >= capacity.NO_LIMIT else ma
            return
        house.balance.peak_ma = self._flanders(local_s)

    def _flanders(self, local_s: int) -> int:
        now = clock.ticks_ms()
        dt_ms = min(max(clock.ticks_diff(now, self._at), 0), 10000)
        self._at = now
        if not local_s:
            return (capacity.FREE_W - capacity.RESERVE_W) * 1000 // capacity.VOLT
        quarter, mains = self.quarter, self.house.meters.mains
        peak_w, month = quarter.peak_w, quarter.month
        power_w = mains.power_w() if mains.knows_w else (mains.ma[0] + mains.ma[1] + mains.ma[2]) * capacity.VOLT // 1000
        wh = mains.import_wh if mains.import_wh else -1
        quarter.tick(dt_ms, local_s // 60, local_s % 60, _month(local_s), power_w, wh)
        if quarter.peak_w != peak_w or quarter.month != month:
            self.house.cfg.put("capacity_peak", "%d %d" % (quarter.month, quarter.peak_w))
        return quarter.limit_ma()


def _month(local_s: int) -> int:
    """A number for the month of a local time: year times 100 plus month."""
    from energy.calendar import date_of
    year, month = date_of(local_s // 86400)[:2]
    return year * 100 + month
