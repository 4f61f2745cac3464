"""What moves at the charger: two contactors, the plug lock and three buttons.

They do what they are driven to and report what they are. The lock needs
300 ms of drive to travel; its feedback changes at the end of the way. A
contactor may be welded and a lock stuck, for the stories about that.
"""
LOCK_TRAVEL_MS = 300
BUTTONS = ("left", "middle", "right")


class Contactors:
    """c1 carries L1 and N, c2 carries L2 and L3."""

    def __init__(self) -> None:
        self.c1 = self.c2 = 0
        self.welded = 0
        self.closings = 0

    def drive(self, c1: int, c2: int) -> None:
        if c1 and not self.c1:
            self.closings += 1
        self.c1 = 1 if c1 or self.welded else 0
        self.c2 = 1 if c2 else 0


class Lock:
    """`drive` 0 rests, 1 locks, 2 unlocks; `locked` is the feedback."""

    def __init__(self) -> None:
        self.drive = 0
        self.locked = 0
        self.stuck = False
        self._moved_ms = 0

    def to(self, drive: int) -> None:
        self.drive = drive
        self._moved_ms = 0

    def step(self, dt_ms: int) -> None:
        if not self.drive or self.stuck:
            return
        self._moved_ms += dt_ms
        if self._moved_ms >= LOCK_TRAVEL_MS:
            self.locked = 1 if self.drive == 1 else 0


class Buttons:
    """`bits` has bit 0 left, 1 middle, 2 right set while pressed."""

    def __init__(self) -> None:
        self.bits = 0
        self._left_ms = [0, 0, 0]

    def press(self, which: str, ms: int) -> None:
        """Holds one of BUTTONS down for ms. ValueError names them."""
        if which not in BUTTONS:
            raise ValueError("button: one of %s" % ", ".join(BUTTONS))
        i = BUTTONS.index(which)
        self._left_ms[i] = ms
        self.bits |= 1 << i

    def step(self, dt_ms: int) -> None:
        if not self.bits:
            return
        for i in range(3):
            if self._left_ms[i] > 0:
                self._left_ms[i] -= dt_ms
                if self._left_ms[i] <= 0:
                    self.bits &= ~(1 << i)
