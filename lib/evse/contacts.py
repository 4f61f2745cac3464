"""The contactors' life: how often they closed, and whether they do what they are told.

Without a feedback pin only the EV meter can tell: current through open
contacts is a weld, no current at all through closed ones for long is worth a
word (a full car looks the same). The counts outlive a restart; whoever keeps
them reads and sets `closings` and `hot`.
"""
from micropython import const

WELD_MA = const(1000)    # more than any meter's noise
WELD_S = const(5)        # by then a reading, which is 3 s old at most, is one of after the opening
SILENT_S = const(120)    # a car in C that draws nothing for so long


class Contacts:
    def __init__(self) -> None:
        self.closings = 0    # of C1, ever
        self.hot = 0         # openings under load, ever
        self.welded = 0
        self.silent = 0      # closed and asked for, and no current
        self._was = self._open_s = self._silent_s = 0

    def tick(self, c1: int, drawing: int) -> None:
        """Every tick, after the gate: drawing is 1 while the EV meter sees current."""
        if c1 == self._was:
            return
        self._was = c1
        if c1:
            self.closings += 1
        elif drawing:
            self.hot += 1

    def second(self, c1: int, drawn_ma: int) -> None:
        """Once a second: drawn_ma is the worst phase by a fresh reading, or -1."""
        self._open_s = 0 if c1 else min(self._open_s + 1, WELD_S)
        if drawn_ma > WELD_MA and self._open_s == WELD_S:
            self.welded = 1
        self._silent_s = min(self._silent_s + 1, SILENT_S) if c1 and 0 <= drawn_ma <= WELD_MA else 0
        self.silent = 1 if self._silent_s == SILENT_S else 0
