"""One phase or three: when the second contactor goes with the first.

C2 closes a moment after C1 (which carries the neutral) and before any car
draws, and it never changes while C1 is closed. A change goes by steps: hold
`ready` back until the car has stopped and C1 is open, open the pilot wire so
that the car believes in a new plug, wait, connect again. With nothing closed
since the plug the change is instant. It does not know why somebody wants
another number of phases, only whether it was a machine's idea: those are
counted, because every change wears the car and the contactors.
"""
from micropython import const

NOT_PRESENT, ALWAYS_OFF, SOLAR_OFF, ALWAYS_ON, AUTO = range(5)  # as settings' contact2
_SOLAR = const(2)  # Min+PV too: 3

C2_MS = const(100)  # after C1: the neutral is there first, the car does not draw yet

STILL = const(0)     # nothing to do
OPENING = const(1)   # the car shall stop and C1 open
OPENED = const(2)    # the pilot wire is open; some cars need 45 s to believe it (BMW iX3, Cupra Tavascan)


def wanted(contact2: int, mode: int, auto: int) -> int:
    """1 or 3 phases, by the setting CONTACT 2 and the mode; auto is what the regulator would have.

    Without a second contactor the first one has all three phases.
    """
    if contact2 == ALWAYS_OFF or (contact2 == SOLAR_OFF and mode >= _SOLAR):
        return 1
    if contact2 == AUTO and mode >= _SOLAR:
        return auto
    return 3


class Phases:
    def __init__(self) -> None:
        self.now = 3         # what the contactors give, or would give
        self.step_now = STILL
        self.left_ms = 0     # of the pause with the pilot wire open
        self.switches = 0    # changes since the plug that had to open C1
        self._on_ms = -1     # since C1 closed, up to C2_MS; -1 while it is open
        self._used = 0       # C1 was closed since the plug

    def step(self, dt_ms: int, power: int, want: int, pause_ms: int, most: int, plugged: int) -> int:
        """Every tick. power: C1's wish; want 1 or 3 phases; most: changes allowed for a plug. Returns C2.

        most is -1 where the change is a person's own (a setting or a mode), which is never refused.
        """
        if not plugged:
            self._used = self.switches = self.left_ms = 0
        may = most < 0 or self.switches < most
        if power:
            self._used = power
            self._on_ms = min(self._on_ms + dt_ms, C2_MS) if self._on_ms >= 0 else 0
            self.step_now = OPENING if want != self.now and may else STILL
            return 1 if self.now == 3 and self._on_ms == C2_MS else 0
        self._on_ms = -1
        self._open(dt_ms, want, pause_ms, may)
        return 0

    def _open(self, dt_ms: int, want: int, pause_ms: int, may: bool) -> None:
        """The steps while C1 is open: the pause that runs, then a change."""
        if self.step_now == OPENED:
            self.left_ms = max(0, self.left_ms - dt_ms)
            if self.left_ms:
                return
            self._used = 0
        self.step_now = STILL
        if want == self.now:
            return
        if not self._used:
            self.now = want
        elif may:
            self.now = want
            self.switches += 1
            self.left_ms = pause_ms
            self.step_now = OPENED
