"""May a car charge here now: access, a pause after a stop, and a random delay.

Access is a setting that only its owner changes: no change of mode grants it.
A pause follows every stop of ours, so that contactors and cars have their
rest. The random delay spreads the chargers of a street (UK regulation
2021/1467); the dice are handed in. All are reasons with a countdown.
"""
from micropython import const

OFF, ON, PAUSE = range(3)  # as settings' access

SHORT_MS = const(3000)   # after an offer was taken back (the reference's charge delays)
LONG_MS = const(15000)   # after a charge was stopped


class Auth:
    def __init__(self, dice=None) -> None:
        """dice(n) gives a random number 0..n-1; without it nothing is ever delayed at random."""
        self.pause_ms = 0    # left
        self.random_ms = 0   # left
        self._dice = dice

    def wait(self, ms: int) -> None:
        """No offer for ms milliseconds, unless a longer pause runs already."""
        self.pause_ms = max(self.pause_ms, ms)

    def arrive(self, random_s: int) -> None:
        """A car is there and could charge: draws its random delay, 0..random_s seconds."""
        if random_s and self._dice:
            self.random_ms = self._dice(random_s * 1000 + 1)

    def skip(self) -> None:
        """Somebody who stands there does not want to wait for the dice."""
        self.random_ms = 0

    def leave(self) -> None:
        """The car is gone, and with it all that it waited for."""
        self.pause_ms = self.random_ms = 0

    def step(self, dt_ms: int) -> int:
        """Every tick; 1 when no pause runs."""
        self.pause_ms = max(0, self.pause_ms - dt_ms)
        self.random_ms = max(0, self.random_ms - dt_ms)
        return 0 if self.pause_ms or self.random_ms else 1
