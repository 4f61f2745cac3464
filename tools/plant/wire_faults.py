"""What goes wrong on a long RS485 pair: frames lost, torn, spoiled, late, and bytes that nobody sent.

Each rate is in permille of the frames that are said, thrown with a seeded
dice, so that a run can be had again. `counts` says what was done to how many.
It knows bytes and no protocol; a late answer comes `late_ms` after its time.
"""
from tools.plant.dice import Dice

KINDS = ("loss", "cut", "crc", "noise", "late")


class Faults:
    """Rates by name; ValueError for a rate outside 0..1000 or when they add up to more."""

    def __init__(self, seed: int = 1, late_ms: int = 300, **rates: int) -> None:
        self.late_ms = late_ms
        self.rates = dict.fromkeys(KINDS, 0)
        self.counts = dict.fromkeys(KINDS, 0)
        self._dice = Dice(seed)
        for name, pm in rates.items():
            self.put(name, pm)

    def put(self, name: str, pm: int) -> None:
        """Sets one rate. ValueError names what may be given, and changes nothing."""
        if name not in KINDS:
            raise ValueError("fault must be one of " + ", ".join(KINDS))
        others = sum([self.rates[kind] for kind in KINDS if kind != name])
        if not 0 <= pm <= 1000 - others:
            raise ValueError("%s must be 0 to %d permille beside the others" % (name, 1000 - others))
        self.rates[name] = pm

    def spoil(self, buf: bytes) -> tuple:
        """(what is heard of buf, how many ms too late)."""
        if not buf:
            return buf, 0
        throw, below = self._dice.below(1000), 0
        for kind in KINDS:
            below += self.rates[kind]
            if throw < below:
                self.counts[kind] += 1
                return self._spoiled(kind, buf)
        return buf, 0

    def _spoiled(self, kind: str, buf: bytes) -> tuple:
        at = self._dice.below(len(buf))
        if kind == "loss":
            return b"", 0
        if kind == "cut":
            return buf[:at], 0
        if kind == "crc":
            return buf[:at] + bytes([buf[at] ^ 1 << self._dice.below(8)]) + buf[at + 1:], 0
        if kind == "noise":
            return bytes([self._dice.below(256) for _ in range(1 + at % 4)]) + buf, 0
        return buf, self.late_ms
