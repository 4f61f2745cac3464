"""Wakes a car that sleeps on our offer, by a ladder of stronger and stronger hints.

The ladder is climbed once for a plug and once after each pause of ours. A car
that has charged and then let go by its own will is full: it is left alone
until it asks by itself. It does not know which cars need which rung.
"""
from micropython import const

NOTHING, OPEN, MINUS = range(3)  # what the pilot shall show: as always, wire open, -12 V

# what, for how many ms. Some VW wake by themselves, but later than 30 s: so first a long wait. An opened wire is a new
# plug to the car (ISO 15118-3 T_step_X1 3 s; some cars need 30 s of it, the Ioniq 5 one at all); -12 V is the
# standard's own hint (IEC 61851-1 A.5.3, 4 s) and comes last, because some cars end the session on it.
LADDER = ((NOTHING, 90000), (OPEN, 4000), (NOTHING, 30000), (OPEN, 30000), (NOTHING, 30000), (MINUS, 4000))
_TOP = const(6)


class Wake:
    def __init__(self) -> None:
        self._ms = 0
        self._rung = 0
        self._charged = 0  # had power in this stretch of our offer
        self.full = 0      # ... and let go by itself

    def step(self, dt_ms: int, waiting: int, paused: int, gone: int, power: int) -> int:
        """Every tick: what to show. waiting: in B2. paused: a car is there and we do not offer. gone: no car."""
        if gone or paused:
            self._rung = self._ms = self._charged = 0
            if gone:
                self.full = 0
            return NOTHING
        if power:
            self._charged = 1
            self.full = 0
        elif waiting and self._charged:
            self.full = 1
        if not waiting or self.full or self._rung == _TOP:
            self._ms = 0
            return NOTHING
        what, ms = LADDER[self._rung]
        self._ms += dt_ms
        if self._ms >= ms:
            self._ms = 0
            self._rung += 1
        return what

    def left_ms(self) -> int:
        """To the end of the rung; 0 when the ladder is not climbed."""
        return LADDER[self._rung][1] - self._ms if self._ms else 0
