"""The control pilot: drives the 1 kHz duty and reads its two plateaus.

A burst of about 2 ms spans two pilot periods. For each period it waits for
the edge into the shorter plateau, samples there, then samples the longer one,
and looks at the PWM pin before and after each sample: a sample with an edge
inside belongs to no plateau. Each plateau is then the median of its samples;
what only few samples say must be said twice. It knows nothing of letters or
limits, imports no machine (it is given pins, so it runs on a PC), works in
whole numbers and makes no garbage.
"""

import time
from array import array

from micropython import const

_PER_PULSE = const(5)     # samples wanted of each plateau in one period
_ROOM = const(10)         # two periods
_BURST_US = const(2200)   # two periods of 1002 us and the way to the first edge
_THIN = const(4)          # fewer agreeing samples than this must be confirmed
_NEAR_UV = const(65000)   # samples this close agree: 0.5 V at the connector
_TOP_UV = const(3120000)  # the ADC ends at 3133 mV, +12 V would be 3281 mV
_KEEP_TICKS = const(3)    # so long may a plateau be missed before it is stale
_STEADY = const(10000)
_BRIEF_BP = const(800)    # a pulse shorter than this leaves no time to linger after its edge
_NEVER = const(-1000000)


def to_pilot_mv(uv: int) -> int:
    """Microvolts at CP_IN (0..3 300 000) to millivolts at the connector.

    CP_IN hangs on the pilot by 40.2 k, on 3.3 V by 10 k and on ground by 15 k:
    V = (Vcp/40.2k + 3.3/10k) / (1/40.2k + 1/10k + 1/15k), so Vcp = 7.7 V - 13.266.
    The ADC saturates below +12 V (at 10.86 V); there it says 12000.
    """
    if uv >= _TOP_UV:
        return 12000
    return uv * 77 // 10000 - 13266


def to_u16(duty_bp: int) -> int:
    """Duty 0..10000 to 0..65535, never more than asked; 65535 is a true 100 % on this chip."""
    if duty_bp >= _STEADY:
        return 65535
    return duty_bp * 65536 // _STEADY


class Plateau:
    """One level of the pilot, judged from a few samples a tick."""

    def __init__(self) -> None:
        self.got = array("i", [0] * _ROOM)
        self.n = 0
        self.forget()

    def forget(self) -> None:
        """What was known is worth nothing now; the next good look counts."""
        self.uv = _NEVER
        self.maybe = _NEVER
        self.age = _KEEP_TICKS + 1
        self.n = 0

    def settle(self) -> int:
        """Judge the n samples in got. 1: uv may be trusted. Call once a tick."""
        got = self.got
        n = self.n
        self.n = 0
        self.age += 1
        if n:
            sort(got, n)
            mid = got[n >> 1]
            if n & 1 == 0 and abs(got[n // 2 - 1] - self.uv) < abs(mid - self.uv):
                mid = got[n // 2 - 1]  # of two in the middle the one that is more like before
            near = 0
            for i in range(n):
                if -_NEAR_UV <= got[i] - mid <= _NEAR_UV:
                    near += 1
            if near * 2 > n:
                if near >= _THIN or _near(mid, self.uv) or _near(mid, self.maybe):
                    self.uv = mid
                    self.age = 0
                    self.maybe = _NEVER
                else:
                    self.maybe = mid
        return 1 if self.age <= _KEEP_TICKS else 0


def _near(a: int, b: int) -> bool:
    return -_NEAR_UV <= a - b <= _NEAR_UV


def sort(a: array, n: int) -> None:
    """The first n of a, smallest first, in place; n is at most ten."""
    for i in range(1, n):
        v = a[i]
        j = i
        while j and a[j - 1] > v:
            a[j] = a[j - 1]
            j -= 1
        a[j] = v


class Pilot:
    """pin: the PWM pin, readable; pwm: has duty_u16(); adc: has read_uv(); off: 1 opens the wire."""

    def __init__(self, pin, pwm, adc, off) -> None:
        self.pin = pin
        self.pwm = pwm
        self.adc = adc
        self.off = off
        self.high = Plateau()
        self.low = Plateau()
        self.high_mv = 12000
        self.low_mv = 12000
        self.duty_bp = -1
        self.end = time.ticks_us()
        off(1)

    def drive(self, duty_bp: int, connected: int) -> None:
        """Duty 0..10000, wire connected or open. The PWM is touched on a change only."""
        self.off(0 if connected else 1)
        was = self.duty_bp
        if duty_bp == was:
            return
        self.duty_bp = duty_bp
        self.pwm.duty_u16(to_u16(duty_bp))
        if was <= 0 or was >= _STEADY or duty_bp <= 0 or duty_bp >= _STEADY:
            self.high.forget()  # between steady and PWM the plateaus mean something else
            self.low.forget()

    def sample(self) -> int:
        """One burst into high_mv and low_mv. 1: fresh; 0: the pilot could not be read."""
        duty = self.duty_bp
        if duty <= 0 or duty >= _STEADY:
            level = 1 if duty > 0 else 0
            one = self.high
            one.n = self._take(level, one.got, 0, _ROOM - 1)
            fresh = one.settle()
            if one.uv >= 0:
                self.high_mv = self.low_mv = to_pilot_mv(one.uv)
            return fresh
        high = self.high
        low = self.low
        self.end = time.ticks_add(time.ticks_us(), _BURST_US)
        for _ in range(2):
            if duty <= 5000:
                self._period(1, high, low, duty >= _BRIEF_BP)
            else:
                self._period(0, low, high, duty <= _STEADY - _BRIEF_BP)
        fresh = high.settle() & low.settle()
        if high.uv >= 0:
            self.high_mv = to_pilot_mv(high.uv)
        if low.uv >= 0:
            self.low_mv = to_pilot_mv(low.uv)
        return fresh

    def _period(self, level: int, short: Plateau, long: Plateau, linger: bool) -> None:
        """Sample one period from the edge into its shorter plateau, which has the pin at level."""
        pin = self.pin
        if not self._wait(1 - level) or not self._wait(level):
            return
        if linger:
            pin()  # ten microseconds for the edge to settle
        uv = self.adc.read_uv()
        # A pulse near 5 % is over before a second look at the pin. Then the
        # sample counts if it is clearly not the other plateau.
        if pin() == level or not _near(uv, long.uv):
            short.got[short.n] = uv
            short.n += 1
        short.n = self._take(level, short.got, short.n, _PER_PULSE - 1)
        if long.n < _PER_PULSE and self._wait(1 - level):
            pin()
            long.n = self._take(1 - level, long.got, long.n, _PER_PULSE)

    def _wait(self, level: int) -> int:
        """1 once the pin is at level, 0 if the burst's time is over. Never longer than the burst."""
        pin = self.pin
        while time.ticks_diff(self.end, time.ticks_us()) > 0:
            for _ in range(8):
                if pin() == level:
                    return 1
        return 0

    def _take(self, level: int, into: array, n: int, count: int) -> int:
        """Up to count samples with the pin at level before and after; returns the new n."""
        pin = self.pin
        adc = self.adc
        for _ in range(count):
            if pin() != level:
                break
            uv = adc.read_uv()
            if pin() != level:
                break
            into[n] = uv
            n += 1
        return n
