"""May a car charge here at all: access, and a pause that somebody has ordered.

Access is a setting that only its owner changes: no change of mode grants it.
A pause (after a stop, for instance) counts down here and is a reason like any
other.
"""
from micropython import const

OFF, ON, PAUSE = range(3)  # as settings' access
NO_PAUSE = const(0)


class Auth:
    def __init__(self) -> None:
        self.pause_ms = NO_PAUSE  # left

    def wait(self, ms: int) -> None:
        """No offer for ms milliseconds, unless a longer pause runs already."""
        if ms > self.pause_ms:
            self.pause_ms = ms

    def step(self, dt_ms: int, access: int) -> int:
        """Every tick; 1 when nothing here stands against an offer."""
        if self.pause_ms > 0:
            self.pause_ms -= dt_ms
            if self.pause_ms < 0:
                self.pause_ms = 0
        return 1 if access == ON and not self.pause_ms else 0
