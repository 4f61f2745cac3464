"""The 10 ms tick: read the board, step the connector, write the board.

A timer calls it, on the chip between any two bytecodes of whatever runs. It
waits for nothing and makes no garbage. When the core fails, the contactors
open here and now; the fault is counted and the watchdog is no longer fed.
"""
from micropython import const

WINDOW = const(1000)  # ticks, ten seconds


class Tick:
    def __init__(self, board, evse, inp, out) -> None:
        self.board = board
        self.evse = evse
        self.inp = inp
        self.out = out
        self.count = 0        # ticks done
        self.failed = 0       # ticks that fell
        self.longest_ms = 0   # longest gap between two of them in the last WINDOW ticks or two, process time
        self._window_ms = 0   # ... in the window that runs

    def run(self, dt_ms: int) -> None:
        """One tick, dt_ms after the last one."""
        out = self.out
        if dt_ms > self._window_ms:
            self._window_ms = dt_ms
            if dt_ms > self.longest_ms:
                self.longest_ms = dt_ms
        if not self.count % WINDOW:
            self.longest_ms = self._window_ms
            self._window_ms = 0
        try:
            self.board.read(self.inp)
            self.evse.tick(dt_ms, self.inp, out)
            self.count += 1
        except Exception:
            self.failed += 1
            out.c1 = out.c2 = 0
            out.duty_bp = 10000
            self.board.write(out)
            raise
        self.board.write(out)
