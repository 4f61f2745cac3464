"""The plug lock's two drive lines and its feedback. Pulses are timed elsewhere.

The driver takes both lines high as idle, W alone as lock, R alone as unlock;
both low would brake the motor as well but is only the state before the first
command. A solenoid says "locked" by a low feedback line, a motor by a high
one; which is fitted is a setting, so the core turns a motor's word round.
"""

from machine import Pin

IDLE = 0
LOCK = 1
UNLOCK = 2


class PlugLock:
    """r, w and feedback are pin numbers."""

    def __init__(self, r: int, w: int, feedback: int) -> None:
        self.r = Pin(r, Pin.OUT, value=0)
        self.w = Pin(w, Pin.OUT, value=0)
        self.feedback = Pin(feedback, Pin.IN)

    def drive(self, what: int) -> None:
        """IDLE, LOCK or UNLOCK, until told otherwise; anything else is idle.

        The line to become high goes first, so that no change passes through
        the opposite command.
        """
        if what == LOCK:
            self.w(1)
            self.r(0)
        elif what == UNLOCK:
            self.r(1)
            self.w(0)
        else:
            self.r(1)
            self.w(1)

    def is_locked(self) -> int:
        """1 when a solenoid's feedback says the plug is held; a motor's says it with 0."""
        return 1 - self.feedback()
