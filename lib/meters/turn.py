"""When a meter on the wire is asked next, and what: the schedule of one role.

Currents come every period. After anything went wrong the next question is one
whose answer has another length: a device answers in order, so once that one
is here, no answer to an older question can come any more and pass for a new
one, however late it is. A device that does not answer is asked less and less.
Energies and the like are asked in between, when there is room.

Pure: it is handed ticks in ms, which count modulo 2**30. Knows no port.
"""
from micropython import const

from meters.modbus_meter import CURRENTS, ENERGY_IN, VOLTAGES
from meters.reading import WRAP

LOST = const(3)              # questions in a row without an answer are worth a line in the log; from here on it is asked less often
MAINS_MAX_MS = const(1000)   # the longest wait between two tries: nothing works without the mains meter
WAIT_MAX_MS = const(10_000)  # the others: a try that is not answered costs the wire a quarter of a second
HALF = (WRAP + 1) // 2


class Turn:
    def __init__(self, role: str, meter, period_ms: int, now) -> None:
        """meter is a meters.build object; its currents are asked every period_ms, the first time at now."""
        self.role = role
        self.meter = meter
        self.period_ms = period_ms
        self.due = now
        self.extra = 0        # what is to be asked beside the currents when there is room; 0 nothing
        self.extra_at = now   # since when
        self._at = now        # when currents came last
        self._owed = 1        # bit what: an answer that may still come. A meter that is new to us may be an old one
        self._last = CURRENTS
        self._silent = 0      # questions in a row that nobody answered
        self._proof = CURRENTS
        count = meter.telegram(CURRENTS)[2]
        for what in (VOLTAGES, ENERGY_IN):
            _, start, other = meter.telegram(what)
            if start >= 0 and other != count:
                self._proof = what

    def late_ms(self, now: int) -> int:
        """How long it has been due; negative for how long it has still time."""
        return ((now - self.due + HALF) & WRAP) - HALF

    def question(self) -> int:
        """What to ask now that it is due: CURRENTS, or what proves that no old answer is on its way."""
        return self._proof if self._owed & 1 and self._last == CURRENTS else CURRENTS

    def asks(self, what: int) -> bool:
        """It is asked this. Whether the answer may be believed: not while an older one of its kind is owed."""
        sound = what == CURRENTS or self._owed < 2
        self._owed |= 1 << what
        self._last = what
        return sound

    def came(self, what: int, now: int) -> None:
        """A whole answer came."""
        self._silent = 0
        if what == CURRENTS:
            self._owed = 0
            extra = self.meter.energy_due((now - self._at) & WRAP)
            if extra:
                self.extra, self.extra_at = extra, now
            self._at = now
            self.due = (self.due + self.period_ms) & WRAP
            if self.late_ms(now) > 0:
                self.due = now
        elif self._owed & 1:
            self._owed &= ~1
            self.due = now  # the proof was had: now the currents
        else:
            self._owed = 0

    def failed(self, what: int, why: str, now: int) -> None:
        """No usable answer; why is the word for it. Only silence costs the wire much, so only the silent are asked less."""
        if why == "exception" and what != CURRENTS:
            self._owed &= ~1  # it answered, so what was asked before is out of the way
            self.due = now
            return
        self._silent = self._silent + 1 if why == "silent" else 0
        if self._silent >= LOST:
            most = MAINS_MAX_MS if self.role == "mains" else WAIT_MAX_MS
            self.wait(min(self.period_ms << min(self._silent - LOST + 1, 8), most), now)
        else:
            self.wait(self.period_ms if self._silent and self.role != "mains" else 0, now)

    def wait(self, ms: int, now: int) -> None:
        """Not before another ms."""
        self.due = (now + ms) & WRAP
