"""The last look before the contactors. It may only take away.

It knows nothing of modes, limits, settings or networks, keeps its own short
memory and its own constants, and is right on its own even when every other
file is wrong: a contactor closes only in C, with pulses on the pilot and the
car's diode seen, and it stays closed only while nothing here speaks against
it. It does not know why somebody wants power, and it never closes anything.
"""
from micropython import const

OK = const(0)
STALE = const(1)       # the pilot was not measured
RCM = const(2)         # residual current
HOT = const(3)
UNPLUGGED = const(4)   # the pilot is at 12 V
SHORTED = const(5)     # the pilot is near 0 V or below (E, F)
DIODE = const(6)       # pulses without their lower half
NOT_ASKED = const(7)   # the car has not asked for power, or not any more
NO_PULSES = const(8)   # no pulses, longer than a car may take to stop
OPENED = const(9)      # the pilot wire is opened, or we show -12 V

NAME = ("ok", "stale", "rcm", "hot", "unplugged", "shorted", "diode", "not_asked", "no_pulses", "opened")

HOT_C = const(75)            # the highest setting of MAX TEMP
COLD_C = const(-40)          # a sensor that says less is broken
UNPLUGGED_MV = const(10250)  # between 9 V and 12 V, as low as the converter's end allows
SHORTED_MV = const(1500)     # between 3 V and 0 V
ASK_LOW_MV = const(4250)     # C with its slack: 4.25 V ...
ASK_HIGH_MV = const(7750)    # ... to 7.75 V
DIODE_MV = const(-10000)     # the lower half must be below this
DIODE_MS = const(40)         # lower halves may be missed this long (a burst does not always catch one)
ASK_D_MV = const(1750)       # D begins here, where there is ventilation
ASKED_MS = const(70)         # the car let go: open within 100 ms, filter and relay included
GLITCH_MS = const(300)       # a car that draws and shows B for a moment after a new duty (BMW PHEVs do)
PULSES_MS = const(6500)      # IEC 61851-1 table A.6 sequence 10.2 allows 6 s; the rest is tolerance


class Safety:
    def __init__(self) -> None:
        self.why = OK
        self.closed = 0         # what was let through last tick
        self.diode = 0          # seen on the pulses that run now
        self.rcm_fitted = 0     # without a monitor its pin floats high
        self.hot_c = HOT_C      # the owner may only lower it
        self.ventilated = 0     # 1: D may be powered too
        self.tolerant = 0       # 1: a meter sees the car draw, and its duty has just changed
        self._no_diode_ms = self._not_asked_ms = self._no_pulses_ms = 0

    def gate(self, dt_ms: int, inp, out) -> int:
        """Opens the contactors in out when anything speaks against them; returns why. Every tick."""
        pulses = 0 < out.duty_bp < 10000
        if pulses:
            self._no_pulses_ms = 0
            if inp.fresh and inp.cp_low_mv < DIODE_MV < inp.cp_high_mv <= UNPLUGGED_MV:  # 12 V has its lower half without a car
                self.diode = 1
                self._no_diode_ms = 0
            else:
                self._no_diode_ms = min(self._no_diode_ms + dt_ms, DIODE_MS)
                if self._no_diode_ms == DIODE_MS:
                    self.diode = 0
        elif self.closed:
            self._no_pulses_ms += dt_ms
        else:
            self.diode = 0
        why = self._against(dt_ms, inp, out, pulses) if out.c1 else OK
        if why or not out.c1:
            out.c1 = out.c2 = 0
        self.closed = out.c1
        self.why = why
        return why

    def _against(self, dt_ms: int, inp, out, pulses) -> int:
        high_mv = inp.cp_high_mv
        if not inp.fresh:
            return STALE
        if inp.rcm and self.rcm_fitted:
            return RCM
        if inp.temp_c > self.hot_c or inp.temp_c > HOT_C or inp.temp_c < COLD_C:
            return HOT
        if not out.connected or out.duty_bp <= 0:
            return OPENED
        if high_mv > UNPLUGGED_MV:
            return UNPLUGGED
        if high_mv < SHORTED_MV:
            return SHORTED
        asked = (ASK_D_MV if self.ventilated else ASK_LOW_MV) < high_mv < ASK_HIGH_MV
        if not self.closed:
            self._not_asked_ms = 0
            if not pulses:
                return NO_PULSES
            if not asked:
                return NOT_ASKED
            return OK if self.diode else DIODE
        if not pulses:
            if self._no_pulses_ms > PULSES_MS:
                return NO_PULSES
        elif not self.diode:
            return DIODE
        self._not_asked_ms = 0 if asked else self._not_asked_ms + dt_ms
        return NOT_ASKED if self._not_asked_ms >= (GLITCH_MS if self.tolerant else ASKED_MS) else OK
