"""How bright the display is lit: two minutes after the last reason, then a slow fade.

A reason is a finger, a change of state or mode, charging, or a fault.
"""
from micropython import const

STAY_MS = const(120000)
_FADE_MS = const(1000)     # the last of them fade
_FULL = const(255)
_DOWN = const(3)           # level per 10 ms while fading


class Backlight:
    def __init__(self) -> None:
        self.level = _FULL
        self._left_ms = STAY_MS

    def stay(self, ms: int = STAY_MS) -> None:
        """There is a reason to be lit, for ms from now."""
        self._left_ms = ms

    def left_s(self) -> int:
        """Seconds until it is dark, counting the one begun."""
        return (self._left_ms + 999) // 1000

    def step(self, dt_ms: int) -> int:
        """The level now, 0 to 255."""
        self._left_ms = max(0, self._left_ms - dt_ms)
        if self._left_ms >= _FADE_MS:
            self.level = _FULL
        elif self._left_ms == 0:
            self.level = 0
        else:
            straight = max(0, _FULL - (_FADE_MS - self._left_ms) * _DOWN // 10)
            self.level = straight * straight // _FULL  # the eye sees a square as even
        return self.level
