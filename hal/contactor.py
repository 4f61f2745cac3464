"""The two contactor outputs. High closes the coil's relay.

It does what it is told at once; when contactors may close is decided
elsewhere, and by evse/safety.py last. Both are low from the first moment.
"""

from machine import Pin


class Contactors:
    """c1 and c2 are pin numbers."""

    def __init__(self, c1: int, c2: int) -> None:
        self.c1 = Pin(c1, Pin.OUT, value=0)
        self.c2 = Pin(c2, Pin.OUT, value=0)

    def set(self, c1: int, c2: int) -> None:
        """1 closes. Written every tick, so a disturbed latch does not last."""
        self.c1(1 if c1 else 0)
        self.c2(1 if c2 else 0)

    def off(self) -> None:
        """Both open, now."""
        self.c1(0)
        self.c2(0)
