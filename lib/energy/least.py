"""The least offer at which a car was seen to charge, by its own meter: some draw nothing at 6 A, though IEC 61851-1 says they should.

Learned when a car that drew before draws nothing for half a minute at a low
offer; taken back when it draws at less after all, or nothing at 10 A either:
then it is full, or rests, and no offer is to blame. It is told to the owner,
who may raise MIN; it moves no offer. Milliamps per phase; 0: nothing is known.
"""
from micropython import const

DRAWS_MA = const(1000)   # more than the standby of any car
DRY_MS = const(30000)    # no car takes so long to answer
MOST_MA = const(10000)   # a car that wants more than this to begin is not known


class Least:
    def __init__(self) -> None:
        self.ma = 0            # the least offer that is thought to be enough
        self._drew = 0         # 1: it has drawn since it was plugged in
        self._dry_ms = 0       # how long it has drawn nothing

    def forget(self) -> None:
        """Another car comes."""
        self.ma = self._drew = self._dry_ms = 0

    def second(self, dt_ms: int, charging: int, offered_ma: int, drawn_ma: int) -> None:
        """Each look: what a car behind a closed contactor is offered, and what its meter says; drawn_ma -1: there is none."""
        if not charging or drawn_ma < 0:
            self._dry_ms = 0
        elif drawn_ma >= DRAWS_MA:
            self._drew = 1
            self._dry_ms = 0
            if offered_ma < self.ma:
                self.ma = 0
        elif self._drew:
            self._dry_ms += dt_ms
            if self._dry_ms >= DRY_MS:
                self._dry_ms = 0
                self.ma = offered_ma // 1000 * 1000 + 1000 if offered_ma < MOST_MA else 0
