"""The home battery, worked by hand: so many amps in or out, spread over the phases.

Positive is charging, which the grid sees as load. It keeps count of what it
holds and stops at full and at empty. It does not look at the mains; a battery
that does has its own controller and is not this one.
"""
VOLT = 230
UWS_PER_WH = 3600000000


class HomeBattery:
    """`want_ma` is what was asked for, `ma` what flows, both summed over the phases."""

    def __init__(self, capacity_wh: int = 10000, soc_pm: int = 500) -> None:
        self.capacity_wh = capacity_wh
        self.stored_uws = capacity_wh * soc_pm * (UWS_PER_WH // 1000)
        self.want_ma = 0
        self.ma = 0

    def soc_pm(self) -> int:
        return self.stored_uws * 1000 // (self.capacity_wh * UWS_PER_WH)

    def step(self, dt_ms: int) -> None:
        top = self.capacity_wh * UWS_PER_WH
        ma = self.want_ma
        if ma > 0 and self.stored_uws >= top or ma < 0 and self.stored_uws <= 0:
            ma = 0
        self.ma = ma
        self.stored_uws = min(top, max(0, self.stored_uws + ma * VOLT * dt_ms))
