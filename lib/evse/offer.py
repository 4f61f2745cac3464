"""How fast the offer may move: down at once, up at most every five seconds.

IEC 61851-1 gives a car five seconds to follow a change; one that is raised
faster than that is corrected twice before it has answered. It knows nothing
of why a limit moved.

A car that lets go of the power at a new duty (BMW plug-in hybrids do, and
without an EV meter nobody can tell that from a wish) costs an opening under
load each time: such a shy one is raised every ten minutes only.
"""
from micropython import const

RAISE_MS = const(5000)
SHY_MS = const(600000)


class Offer:
    def __init__(self) -> None:
        self.ma = 0         # what stands now
        self.raise_ms = RAISE_MS  # how long after a move it may rise
        self._since_ms = 0  # how long since it last moved

    def step(self, dt_ms: int, limit_ma: int, running: int) -> int:
        """The offer in mA under a limit. running is 0 while nothing is offered: the next offer is free, and a move."""
        self._since_ms = min(self._since_ms + dt_ms, SHY_MS)
        if not running:
            self.ma = limit_ma
            self._since_ms = 0
        elif limit_ma < self.ma or (limit_ma > self.ma and self._since_ms >= self.raise_ms):
            self.ma = limit_ma
            self._since_ms = 0
        return self.ma
