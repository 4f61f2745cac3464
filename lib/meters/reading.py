"""What a meter said last, and when: whole numbers, signed, import positive.

One Reading lives for each role, is made once and refilled. Only the task that
hears the meter writes it; everybody may read it. A number that was never
heard, or so long ago that the clock may have wrapped, is NEVER old.

A single reading with a current that the fuse would not carry is doubted, not
taken: a second one in a row on the same phase is the truth. So one frame of
nonsense with a right checksum stops no charge.
"""
from micropython import const

WRAP = const(0x3FFFFFFF)    # ticks count modulo 2**30 on the chip
NEVER = const(0x1FFFFFFF)   # ms, six days: older than any limit
LOST_MS = const(3_600_000)  # after an hour the age is no longer followed: it is NEVER until the next number

MA_MAX = const(500_000)         # per phase. No house has more, and a scrambled number nearly always does
W_MAX = const(200_000)          # per phase: 500 A at 400 V
MV_MAX = const(500_000)         # per phase: more is measured between phases, or is none
WH_MAX = const(10_000_000_000)  # the counters of the meters have seven digits of kWh

# What may go wrong with a telegram, in the words of fail(); all others are counted as the last.
WORDS = ("silent", "short", "crc", "address", "function", "length", "exception", "port", "range", "doubt", "other")


def age_of(word, now: int) -> int:
    """How old word.at is at now (ticks ms), NEVER while not word.known; after LOST_MS it is not known any more."""
    if word.known:
        age = (now - word.at) & WRAP
        if age < LOST_MS:
            return age
        word.known = 0
    return NEVER


class Reading:
    def __init__(self) -> None:
        self.ma = [0, 0, 0]    # per phase, positive is import
        self.w = [0, 0, 0]     # per phase, positive is import; a meter that knows the sum only has it in the first
        self.mv = [0, 0, 0]    # per phase to neutral; 0 where nobody measures it
        self.knows_w = 0       # 1: the powers were measured; 0: w means nothing
        self.import_wh = 0
        self.export_wh = 0
        self.at = 0            # ticks ms of the last currents
        self.known = 0         # 1: there was one, not longer ago than LOST_MS
        self.trust_ma = 0      # per phase, either direction: more than this must be said twice; 0 trusts everything
        self.ok = 0            # telegrams understood
        self.errors = 0        # telegrams lost, broken or absurd
        self.last_error = ""   # one word of it
        self.counts = [0] * len(WORDS)  # of errors, by WORDS
        self._doubted = 0      # phases that the last reading put above trust_ma, a bit each

    def put(self, now: int, ma, w=None) -> bool:
        """Takes the currents (mA) and powers (W, None: not told) of three phases, all or none.

        now is ticks ms. False, and nothing changed, when they have to be said
        again before they are believed. ValueError, and nothing changed, outside MA_MAX, W_MAX.
        """
        doubt = 0
        for i in range(3):
            if not -MA_MAX <= ma[i] <= MA_MAX:
                raise ValueError("current must be %d to %d mA" % (-MA_MAX, MA_MAX))
            if self.trust_ma and abs(ma[i]) > self.trust_ma:
                doubt |= 1 << i
        if w is not None:
            self._check_w(w)
        new = doubt & ~self._doubted
        self._doubted = doubt
        if new:
            return False
        for i in range(3):
            self.ma[i] = ma[i]
        if w is not None:
            self._keep_w(w)
        self.at = now
        self.known = 1
        self.ok += 1
        return True

    def put_power(self, w) -> None:
        """Takes the powers (W) of three phases. ValueError, and nothing changed, outside W_MAX."""
        self._check_w(w)
        self._keep_w(w)
        self.ok += 1

    def forget_power(self) -> None:
        """Nobody measures the powers any more."""
        self.knows_w = 0
        for i in range(3):
            self.w[i] = 0

    def put_volts(self, mv) -> None:
        """Takes the voltages (mV) of three phases. ValueError, and nothing changed, outside 0..MV_MAX."""
        for i in range(3):
            if not 0 <= mv[i] <= MV_MAX:
                raise ValueError("voltage must be 0 to %d mV" % MV_MAX)
        for i in range(3):
            self.mv[i] = mv[i]
        self.ok += 1

    def put_energy(self, import_wh, export_wh) -> None:
        """Takes the counters (Wh); None leaves one as it is. ValueError, and nothing changed, outside 0..WH_MAX."""
        for wh in (import_wh, export_wh):
            if wh is not None and not 0 <= wh <= WH_MAX:
                raise ValueError("energy must be 0 to %d Wh" % WH_MAX)
        if import_wh is not None:
            self.import_wh = import_wh
        if export_wh is not None:
            self.export_wh = export_wh
        self.ok += 1

    def fail(self, why: str) -> None:
        """Counts a telegram that brought nothing. The numbers stay, and grow old."""
        self.errors += 1
        self.last_error = why
        self.counts[WORDS.index(why) if why in WORDS else len(WORDS) - 1] += 1

    def counted(self) -> str:
        """How often each thing went wrong, as text: "silent 3, crc 1"."""
        return ", ".join(["%s %d" % (WORDS[i], self.counts[i]) for i in range(len(WORDS)) if self.counts[i]])

    def forget(self) -> None:
        """The meter was taken away or changed: its last numbers are worth nothing."""
        self.known = self.knows_w = self._doubted = 0
        for i in range(3):
            self.ma[i] = self.w[i] = self.mv[i] = 0
        self.import_wh = self.export_wh = 0

    def power_w(self) -> int:
        """Sum of the phases, W; 0 while nobody measures it."""
        return self.w[0] + self.w[1] + self.w[2]

    def volts(self) -> str:
        """The voltages as text, in V: "230.1,231.5,0.0"."""
        return ",".join(["%d.%d" % ((mv + 50) // 1000, (mv + 50) // 100 % 10) for mv in self.mv])

    def age_ms(self, now: int) -> int:
        """How old the currents are at now (ticks ms); NEVER when there are none. Ask at least once a week."""
        return age_of(self, now)

    def _check_w(self, w) -> None:
        for i in range(3):
            if not -W_MAX <= w[i] <= W_MAX:
                raise ValueError("power must be %d to %d W" % (-W_MAX, W_MAX))

    def _keep_w(self, w) -> None:
        for i in range(3):
            self.w[i] = w[i]
        self.knows_w = 1
