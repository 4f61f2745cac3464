"""What a probe begins with, on any interpreter: where the modules are, and a task that feels it when others hold it up.

A probe is one side of a test with a real peer, in a process of its own. It
imports this first.
"""
import sys

_PATHS = ["tools/host", "lib", ".", "build/vendor", "tests"]
if sys.implementation.name == "micropython":
    sys.path[:] = [".frozen"] + _PATHS
else:
    sys.path[:0] = _PATHS
import shim  # noqa: F401,E402
import unfold  # noqa: F401,E402
from app import clock  # noqa: E402


class Beat:
    """The longest gap of a task that wants to run every 10 ms."""

    def __init__(self):
        self.longest = 0

    async def run(self):
        last = clock.ticks_ms()
        while True:
            await clock.sleep_ms(10)
            now = clock.ticks_ms()
            self.longest = max(self.longest, clock.ticks_diff(now, last))
            last = now
