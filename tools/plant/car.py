"""A car at the end of a pilot wire: resistors, a diode, S2, a charger, a battery.

It knows the pilot and the mains at its plug and nothing of what drives them.
Two steps: `pilot_step` every 10 ms for the letter, `power_step` every 100 ms
for the current. Whole numbers throughout, so that a trace is the same on
every interpreter: mA, ms, mV, and micro-watt-seconds for energy. What only
some cars do is in quirks.py.
"""
from tools.plant import profiles, quirks

VOLT = 230
UWS_PER_WH = 3600000000
LEVEL_MV = {"A": 12000, "B": 9000, "C": 6000, "D": 3000, "E": 0}


def offer_ma(duty_bp: int) -> int:
    """What a pilot duty (1/10000) allows a car to take, in mA per phase; 0 is no valid offer. IEC 61851-1 table A.8."""
    if duty_bp < 800 or duty_bp > 9700:
        return 0
    if duty_bp < 1000:
        return 6000
    if duty_bp <= 8500:
        return duty_bp * 6
    if duty_bp <= 9600:
        return (duty_bp - 6400) * 25
    return 80000


class Car:
    """One car. Set `plugged`, `wants`, `diode`, `phases`, `max_ma`, … at any time; read `letter`, `amps_ma`."""

    phases = max_ma = min_ma = wake_ms = react_ms = start_ms = cable_ohm = 0
    up_ma_s = down_ma_s = stop_ma_s = stop_detect_ms = 0
    battery_wh = soc_pm = taper_pm = efficiency_pm = 0
    glitch_at_ms = glitch_ms = bounce_ms = asleep = sleep_ms = sulk_ms = fussy = open_ms = minus_ms = 0
    fragile = clings = late_ms = late_ma = join_ms = 0
    odd: tuple = ()

    def __init__(self, profile: str = "default") -> None:
        self.plugged = False
        self.wants = True         # its owner wants it charged: S2 may close
        self.diode = True
        self.ventilated = False   # it asks for ventilation: D instead of C
        self.greedy_ma = 0        # it takes so much more than it is offered
        self.shorted = False      # pilot and earth touch in its inlet: E
        self.s2 = False
        self.letter = "A"
        self.offer = 0
        self.ma = 0
        self.amps_ma = [0, 0, 0]
        self.energy_uws = 0
        self.hot_opens = 0        # the contactor opened on more than 1 A
        self.hot_joins = 0        # L2 and L3 came while it drew more than 1 A
        self.harmed = 0           # a fragile one got L2 and L3 after L1 alone
        self.wired = self.minus = 0   # the pilot wire is closed; it is at -12 V
        self.valid_ms = 0         # how long an offer has stood before S2
        self.sleeping = self.lines = self.greeted = 0  # for quirks.py, as the next two lines
        self.opened_ms = self.minused_ms = self.idle_ms = self.sulks_ms = 0
        self.glitches_ms = self.joins_ms = 0
        self._lost_ms = self._live_ms = self._c2 = 0
        self._seen = [0]
        self._at = 0
        self.become(profile)

    def become(self, profile: str) -> None:
        """Takes over the properties of a row of the profiles, battery level included."""
        row = profiles.take(profile)
        for name, value in zip(profiles.FIELDS, row):
            setattr(self, name, value)
        for name in profiles.QUIRKS:
            setattr(self, name, self.odd[self.odd.index(name) + 1] if name in self.odd else 0)
        quirks.arrive(self)
        self.stored_uws = self.battery_wh * self.soc_pm * (UWS_PER_WH // 1000)

    def hear(self, duty_bp: int, connected: int) -> None:
        """The pilot has changed. An opened pilot wire lets S2 drop at once."""
        was = self.offer
        self.offer = offer_ma(duty_bp) if connected else 0
        self.wired, self.minus = connected, duty_bp <= 0
        if not connected:
            self._let_go()
        elif self.s2 and was and self.offer and self.offer != was:
            quirks.changed(self)

    def cut(self) -> None:
        """The mains went away from its plug."""
        if self.ma > 1000:
            self.hot_opens += 1
            quirks.cut(self)
        self._still()

    def full(self) -> bool:
        return self.stored_uws >= self.battery_wh * UWS_PER_WH

    def taper_ma(self) -> int:
        """What the battery still accepts per phase: all up to `taper_pm`, then falling to 0.5 A, full: 0."""
        room = self.battery_wh * UWS_PER_WH - self.stored_uws
        if room <= 0:
            return 0
        last = self.battery_wh * (1000 - self.taper_pm) * (UWS_PER_WH // 1000)
        if room >= last:
            return self.max_ma
        return max(500, self.max_ma * room // last)

    def pilot_step(self, dt_ms: int) -> None:
        """Moves S2 and the letter on by dt_ms."""
        if not self.plugged:
            if self.letter != "A":
                self._let_go()
                self._still()
                quirks.arrive(self)
                self.letter = "A"
            return
        if self.odd:
            quirks.step(self, dt_ms)
        if self.s2:
            self._lost_ms = 0 if self.offer else self._lost_ms + dt_ms
            stopped = self._lost_ms > self.stop_detect_ms and self.ma <= 1000
            done = self.ma <= 500 and not self.clings and self.full()
            if not self.wants or stopped or done or self.odd and quirks.refuses(self):
                self._let_go()
        elif self.offer:
            self.valid_ms += dt_ms
            if self.valid_ms >= self.wake_ms and self.wants and not self.full() and not quirks.refuses(self):
                self.s2 = True
                self._lost_ms = self._live_ms = 0
        else:
            self.valid_ms = 0
        self.letter = "E" if self.shorted else "B" if not self.s2 else "D" if self.ventilated else "C"
        if self.odd:
            self.letter = quirks.letter(self)

    def power_step(self, dt_ms: int, c1: int, c2: int) -> None:
        """Moves the current on by dt_ms with the mains on L1 (c1) and on L2, L3 (c1 and c2)."""
        seen = self._delayed(dt_ms)
        target, rate = 0, self.stop_ma_s
        if c2 and not self._c2 and self.ma > 1000:
            self.hot_joins += 1
        self._c2 = c2
        if c1 and self.s2:
            if self.odd and self._live_ms < self.start_ms <= self._live_ms + dt_ms:
                quirks.lines(self, c2)
            self._live_ms += dt_ms
            if self._lost_ms > self.stop_detect_ms:
                pass
            elif self._live_ms < self.start_ms:
                rate = self.down_ma_s
            elif not seen:
                target = self.ma
            else:
                most = quirks.most_ma(self, dt_ms) if self.odd else self.max_ma
                target = min(seen + self.greedy_ma, most, self.taper_ma()) if seen >= self.min_ma else 0
                rate = self.up_ma_s if target > self.ma else self.down_ma_s
        elif not c1:
            self._still()
        by = rate * dt_ms // 1000
        self.ma = min(target, self.ma + by) if target > self.ma else max(target, self.ma - by)
        used = (self.phases if c2 and self._live_ms >= self.join_ms else 1) if c1 else 0
        total = 0
        for p in range(3):
            self.amps_ma[p] = self.ma if p < used else 0
            total += self.amps_ma[p]
        uws = total * VOLT * dt_ms
        self.energy_uws += uws
        self.stored_uws = min(self.battery_wh * UWS_PER_WH, self.stored_uws + uws * self.efficiency_pm // 1000)

    def _delayed(self, dt_ms: int) -> int:
        """The offer as the on-board charger sees it, react_ms old."""
        n = self.react_ms // dt_ms + 1
        if n != len(self._seen):
            self._seen = [self._seen[self._at]] * n
            self._at = 0
        self._seen[self._at] = self.offer if self.plugged else 0
        self._at = (self._at + 1) % n
        return self._seen[self._at]

    def _let_go(self) -> None:
        self.s2 = False
        self.valid_ms = 0

    def _still(self) -> None:
        self.ma = self._live_ms = 0
        for p in range(3):
            self.amps_ma[p] = 0
