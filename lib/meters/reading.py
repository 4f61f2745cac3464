"""What a meter said last, and when: whole numbers, signed, import positive.

One Reading lives for each role, is made once and refilled. Only the task that
hears the meter writes it; everybody may read it. A number that was never
heard, or so long ago that the clock may have wrapped, is NEVER old.
"""
WRAP = 0x3FFFFFFF     # ticks count modulo 2**30 on the chip
NEVER = 0x1FFFFFFF    # ms, six days: older than any limit
LOST_MS = 3_600_000    # after an hour the age is no longer followed: it is NEVER until the next number

MA_MAX = 500_000      # per phase. No house has more, and a scrambled float32 nearly always does
W_MAX = 200_000       # per phase: 500 A at 400 V
WH_MAX = 10_000_000_000  # the counters of the meters have seven digits of kWh


class Reading:
    def __init__(self) -> None:
        self.ma = [0, 0, 0]    # per phase, positive is import
        self.w = [0, 0, 0]     # per phase, positive is import
        self.import_wh = 0
        self.export_wh = 0
        self.at = 0            # ticks ms of the last currents
        self.known = 0         # 1: there was one, not longer ago than LOST_MS
        self.ok = 0            # telegrams understood
        self.errors = 0        # telegrams lost, broken or absurd
        self.last_error = ""   # one word of it

    def put(self, now: int, ma, w) -> None:
        """Takes the currents (mA) and powers (W) of three phases, all or none.

        now is ticks ms. ValueError, and nothing changed, outside MA_MAX, W_MAX.
        """
        for i in range(3):
            if not -MA_MAX <= ma[i] <= MA_MAX:
                raise ValueError("current must be %d to %d mA" % (-MA_MAX, MA_MAX))
            if not -W_MAX <= w[i] <= W_MAX:
                raise ValueError("power must be %d to %d W" % (-W_MAX, W_MAX))
        for i in range(3):
            self.ma[i] = ma[i]
            self.w[i] = w[i]
        self.at = now
        self.known = 1
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

    def forget(self) -> None:
        """The meter was taken away or changed: its last numbers are worth nothing."""
        self.known = 0
        for i in range(3):
            self.ma[i] = self.w[i] = 0
        self.import_wh = self.export_wh = 0

    def power_w(self) -> int:
        """Sum of the phases, W."""
        return self.w[0] + self.w[1] + self.w[2]

    def age_ms(self, now: int) -> int:
        """How old the currents are at now (ticks ms); NEVER when there are none. Ask at least once a week."""
        if self.known:
            age = (now - self.at) & WRAP
            if age < LOST_MS:
                return age
            self.known = 0
        return NEVER
