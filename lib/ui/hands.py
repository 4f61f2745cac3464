"""What fingers on three buttons mean: a press, a repeat, a short tap, a long hold.

Takes the buttons as bits (0 left, 1 middle, 2 right) and the time that went
by. Two buttons at once are a chord: it counts once, and everything is ignored
until all are up. It knows no menu; whoever asks decides what a press does.
"""
from micropython import const

LEFT, MIDDLE, RIGHT = 1, 2, 4
CHORD = const(5)  # left and right together

HOLD_MS = const(2000)
REPEAT_MS = const(500)   # the first repeat; each next one comes an eighth sooner
_FASTEST_MS = const(7)

NONE, PRESS, TAP, HOLD, BOTH = range(5)


class Hands:
    def __init__(self) -> None:
        self.button = 0    # the one that is down and alone
        self.held_ms = 0
        self.repeats = 0   # repeats that are due in this step
        self._bits = 0
        self._spent = 0    # 1: nothing more until all are up
        self._wait_ms = 0
        self._gap_ms = 0

    def spend(self) -> None:
        """What is down has done its work; it must be let go first."""
        self._spent = 1
        self.button = 0
        self.repeats = 0

    def step(self, dt_ms: int, bits: int) -> int:
        """What happened: PRESS, TAP (let go before HOLD_MS), HOLD (once), BOTH, or NONE.

        `button` is whose it is. `repeats` counts the auto-repeats now due.
        """
        self.repeats = 0
        bits &= 7
        if bits != self._bits:
            was = self._bits
            self._bits = bits
            if not bits:
                tapped = 0 if self._spent else self.button
                self._spent = 0
                if tapped and self.held_ms < HOLD_MS:
                    return TAP
                self.button = 0
                return NONE
            if bits & (bits - 1):
                first = not self._spent
                self.spend()
                return BOTH if first and bits == CHORD else NONE
            if was == 0:
                self.button = bits
                self.held_ms = 0
                self._wait_ms = self._gap_ms = REPEAT_MS
                return PRESS
            return NONE
        if not bits:
            self.button = 0
            return NONE
        if self._spent:
            return NONE
        before = self.held_ms
        self.held_ms = before + dt_ms
        self._wait_ms -= dt_ms
        while self._wait_ms <= 0:
            self.repeats += 1
            self._gap_ms = max(_FASTEST_MS, self._gap_ms - (self._gap_ms >> 3))
            self._wait_ms += self._gap_ms
        return HOLD if before < HOLD_MS <= self.held_ms else NONE
