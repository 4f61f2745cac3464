"""The home battery: worked by hand, or by its own controller, so many amps in or out, spread over the phases.

Positive is charging, which the grid sees as load. It keeps count of what it
holds and stops at full and at empty. With `auto` it does what such batteries
do, with a lag of some seconds: it takes what would be exported and gives what
would be imported, the charger's current included.
"""
VOLT = 230
UWS_PER_WH = 3600000000
LAG_MS = 4000        # of its own controller
MOST_MA = 20000      # that it takes or gives then, sum of the phases


class HomeBattery:
    """`want_ma` is what was asked for, `ma` what flows, both summed over the phases; `auto` 1 looks for itself."""

    def __init__(self, capacity_wh: int = 10000, soc_pm: int = 500) -> None:
        self.capacity_wh = capacity_wh
        self.stored_uws = capacity_wh * soc_pm * (UWS_PER_WH // 1000)
        self.auto = 0
        self.want_ma = 0
        self.ma = 0

    def soc_pm(self) -> int:
        return self.stored_uws * 1000 // (self.capacity_wh * UWS_PER_WH)

    def step(self, dt_ms: int, rest_ma: int = 0) -> None:
        """dt_ms on; rest_ma is what the mains would carry without it, sum of the phases, import positive."""
        if self.auto:
            best_ma = min(MOST_MA, max(-MOST_MA, -rest_ma))
            self.want_ma += (best_ma - self.want_ma) * dt_ms // LAG_MS
        top = self.capacity_wh * UWS_PER_WH
        ma = self.want_ma
        if ma > 0 and self.stored_uws >= top or ma < 0 and self.stored_uws <= 0:
            ma = 0
        self.ma = ma
        self.stored_uws = min(top, max(0, self.stored_uws + ma * VOLT * dt_ms))
