"""The lock that holds the plug: pulses to the actuator, and a look whether it obeyed.

It is given the wish and drives the two wires; a plug that is not held as
wished gets another pulse after RETRY_MS, TRIES times, and then counts as
failed. It does not know why the plug shall be held.
"""
from micropython import const

DISABLED, SOLENOID, MOTOR = range(3)  # as settings' lock

IDLE = const(0)
LOCK = const(1)
UNLOCK = const(2)

PULSE_MS = const(600)   # the actuator's reservoir allows no longer one
LOOK_MS = const(800)    # feedback is settled by then
RETRY_MS = const(5000)  # the reservoir is full again
TRIES = const(5)
FILL_MS = const(1000)   # the reservoir is empty when the power comes


class Lock:
    def __init__(self) -> None:
        self.wish = 0        # 1: hold the plug
        self.held = 0        # what the feedback says
        self.failed = 0      # 1: TRIES pulses did not help
        self._ms = RETRY_MS - FILL_MS  # since the last pulse began
        self._left = TRIES   # pulses that may still be tried

    def again(self) -> None:
        """A person has looked after the plug: the pulses may be tried anew."""
        self._left = TRIES

    def step(self, dt_ms: int, wish: int, kind: int, feedback: int) -> int:
        """Every tick; feedback is the solenoid's contact (1 held), a motor's is the other way round. Returns the drive."""
        if kind == DISABLED:
            self.wish = self.held = self.failed = 0
            self._left = TRIES
            return IDLE
        self.held = feedback if kind == SOLENOID else 1 - feedback
        if wish != self.wish:
            self.wish = wish
            self.failed = 0
            self._left = TRIES
            self._ms = RETRY_MS
        self._ms = min(self._ms + dt_ms, RETRY_MS)
        if self._ms >= LOOK_MS and self.held == self.wish:
            self._left = TRIES
            self.failed = 0
        elif self._ms >= RETRY_MS:
            if self._left:
                self._left -= 1
                self._ms = 0
            else:
                self.failed = 1
        if self._ms < PULSE_MS:
            return LOCK if self.wish else UNLOCK
        return IDLE
