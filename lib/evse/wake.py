"""Wakes a car that sleeps on our offer.

When an offer has stood for WAIT_MS and the car has not asked, the pilot shows
-12 V for PULSE_MS, once until the car has charged or was unplugged
(IEC 61851-1 A.5.3). It knows no reasons why a car may not want to charge.
"""
from micropython import const

WAIT_MS = const(90000)  # some cars wake by themselves, but later than 30 s
PULSE_MS = const(4000)  # A.5.3; ISO 15118-3 T_step_EF


class Wake:
    def __init__(self) -> None:
        self._ms = 0
        self._done = 0

    def step(self, dt_ms: int, waiting: int, fresh: int) -> int:
        """Every tick. waiting: in B2; fresh: no car, or it charges, so the next wait may wake again. 1: show -12 V."""
        if fresh:
            self._done = 0
        if not waiting:
            self._ms = 0
            return 0
        if self._done:
            return 0
        self._ms += dt_ms
        if self._ms < WAIT_MS:
            return 0
        if self._ms >= WAIT_MS + PULSE_MS:
            self._done = 1
            return 0
        return 1
