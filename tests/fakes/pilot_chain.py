"""The pilot as its pins see it: a clock that each look at a pin moves on.

One object is the clock, the PWM, the PWM pin and the ADC of hal/cp.py, and
the analogue chain between them: plateaus with a settling edge, noise, and a
share of disturbed samples that read anything or come late. The costs of the
calls are those estimated for the chip at 240 MHz; nothing here was measured
on one. Runs on every interpreter; the noise is seeded.
"""

PERIOD_US = 1002     # 80 MHz / (313/256) / 65536 is 998.4 Hz
SETTLE_US = 15
PIN_US = 10
ADC_US = 45
APERTURE_US = 15     # from the call to the moment that is sampled
TICKS_US = 5


def chain_uv(cp_mv):
    """Microvolts at CP_IN for millivolts at the connector, saturated as the ADC is."""
    uv = (cp_mv + 13266) * 10000 // 77
    return max(142000, min(3133000, uv))


class Chain:
    """A pilot at high_mv and low_mv; disturbed is samples in 10 000."""

    def __init__(self, seed=1, high_mv=9000, low_mv=-12000, disturbed=0, noise_mv=8):
        self.seed = seed
        self.high_mv = high_mv
        self.low_mv = low_mv
        self.disturbed = disturbed
        self.noise_uv = noise_mv * 1000
        self.now = 0
        self.u16 = 65535
        self.writes = 0
        self.opened = 0
        self.stuck = -1       # 0 or 1: the pin no longer follows the PWM
        self.samples = 0

    def random(self, n):
        self.seed = (self.seed * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.seed >> 8) % n

    # the clock
    def ticks_us(self):
        self.now += TICKS_US
        return self.now

    def ticks_add(self, a, b):
        return a + b

    def ticks_diff(self, a, b):
        return a - b

    # the PWM and its pin
    def duty_u16(self, u16):
        self.u16 = u16
        self.writes += 1

    def level(self):
        if self.stuck >= 0:
            return self.stuck
        if self.u16 == 65535:
            return 1
        return 1 if self.now % PERIOD_US < self.u16 * PERIOD_US // 65536 else 0

    def __call__(self, value=None):
        self.now += PIN_US - 2 + self.random(5)
        return self.level()

    def switch(self, value):
        self.opened = value

    # the ADC
    def read_uv(self):
        self.samples += 1
        start = self.now
        self.now += APERTURE_US + self.random(4)
        odd = self.disturbed and self.random(10000) < self.disturbed
        if odd and self.random(2):
            self.now += 20 + self.random(200)   # an interrupt came between
            odd = 0
        uv = self.random(3133000) if odd else self.at()
        self.now += max(0, ADC_US - (self.now - start)) + self.random(4)
        return uv

    def at(self):
        """What CP_IN shows at this moment."""
        uv = chain_uv(self.high_mv if self.level() else self.low_mv)
        if 0 < self.u16 < 65535:
            on = self.u16 * PERIOD_US // 65536
            t = self.now % PERIOD_US
            since = t if t < on else t - on
            if since < SETTLE_US:
                other = chain_uv(self.low_mv if t < on else self.high_mv)
                uv = other + (uv - other) * since // SETTLE_US
        uv += self.random(2 * self.noise_uv + 1) - self.noise_uv
        return max(142000, min(3133000, uv))


class Shaped(Chain):
    """A pilot without random faults, bent as real lines bend it.

    slow: the settling takes all of SETTLE_US and the top sags. ringing: 2.5 V
    for 15 us after each edge. hum: 200 mV of 50 Hz. spikes: a charger that
    switches at 16 kHz, 3 V for 4 us. late: every ninth conversion is held up.
    """

    def __init__(self, shape, seed=1, high_mv=9000, low_mv=-12000):
        Chain.__init__(self, seed, high_mv, low_mv)
        self.shape = shape

    def read_uv(self):
        if self.shape == "late" and self.samples % 9 == 4:
            self.now += 60
        return Chain.read_uv(self)

    def at(self):
        uv = Chain.at(self)
        on_us = self.u16 * PERIOD_US // 65536
        t = self.now % PERIOD_US
        since = t if t < on_us else t - on_us
        mv = 0
        if self.shape == "slow":
            mv = -200 if t < on_us else 200
        elif self.shape == "ringing" and since < 15:
            mv = 2500 if since // 4 % 2 else -2500
        elif self.shape == "hum":
            half = self.now % 20000
            mv = (half if half < 10000 else 20000 - half) * 400 // 10000 - 200
        elif self.shape == "spikes" and self.now % 62 < 4:
            mv = 3000
        return max(142000, min(3133000, uv + mv * 10000 // 77))


def on(chain, duty_bp):
    """hal/cp.py's pilot on a chain, which is its clock as well."""
    from hal import cp
    setattr(cp, "time", chain)
    p = cp.Pilot(chain, chain, chain, chain.switch)
    p.drive(duty_bp, 1)
    return p


def count(duty_bp, ticks, disturbed, seed):
    """(wrong, stale, late) over ticks with a car that changes its mind every 500 ms.

    wrong: a fresh plateau more than 1 V from the truth and from what was true
    before the last change. late: still the former truth after a change.
    """
    chain = Chain(seed * 7919 + duty_bp, 6000, -12000, disturbed)
    p = on(chain, duty_bp)
    wrong = stale = late = 0
    was = 6000
    for k in range(ticks):
        if k % 50 == 49:
            was = chain.high_mv
            chain.high_mv = (3000, 6000, 9000, 12000)[chain.random(4)]
        chain.now += 10000 - chain.now % 10000 + chain.random(997)
        if not p.sample():
            stale += 1
        elif abs(p.low_mv + 12000) > 1000:
            wrong += 1
        elif abs(p.high_mv - chain.high_mv) > 1000:
            if abs(p.high_mv - was) <= 1000:
                late += 1
            else:
                wrong += 1
    return wrong, stale, late


if __name__ == "__main__":
    import sys
    sys.path[:0] = [".", "tools/host"]  # started from the root of the project
    import shim  # noqa: F401
    for duty in (600, 1000, 1600, 5000, 8500, 9600):
        print("duty", duty, "wrong, stale, late:", count(duty, int(sys.argv[1]), 100, 1))
