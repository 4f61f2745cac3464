"""One phase or three: when the second contactor goes with the first.

C2 closes a moment after C1 (which carries the neutral) and before any car
draws, and it never changes while C1 is closed: a change of mind first holds
`ready` back until the car has stopped and C1 is open, then waits.
"""
from micropython import const

NOT_PRESENT, ALWAYS_OFF, SOLAR_OFF, ALWAYS_ON = range(4)  # as settings' contact2
_SOLAR = const(2)

C2_MS = const(100)      # after C1: the neutral is there first, the car does not draw yet
PAUSE_MS = const(5000)  # after a change that had to open C1; cars need to notice


def wanted(contact2: int, mode: int) -> int:
    """1 or 3 phases, by the setting CONTACT 2 and the mode. Without a second contactor the first has all three."""
    if contact2 == ALWAYS_OFF or (contact2 == SOLAR_OFF and mode == _SOLAR):
        return 1
    return 3


class Phases:
    def __init__(self) -> None:
        self.now = 3         # what the contactors give, or would give
        self.hold = 0        # 1: `ready` has to wait for us
        self._on_ms = 0
        self._pause_ms = 0

    def step(self, dt_ms: int, power: int, want: int) -> int:
        """Every tick: power is C1's wish, want 1 or 3 phases. Returns C2."""
        if self._pause_ms > 0:
            self._pause_ms -= dt_ms
        if power:
            if self._on_ms < C2_MS:
                self._on_ms += dt_ms
            self.hold = 1 if want != self.now else 0
            return 1 if self.now == 3 and self._on_ms >= C2_MS else 0
        if want != self.now:
            if self._on_ms:
                self._pause_ms = PAUSE_MS
            self.now = want
        self._on_ms = 0
        self.hold = 1 if self._pause_ms > 0 else 0
        return 0
