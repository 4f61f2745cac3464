"""The connector alone on a bench: a hand on each wire, no plant between, and ticks of any length.

For tests of the exact tick at which things happen. The regulator has said
that there is current enough; the dice show five seconds. Runs on every
interpreter.
"""
import faults
from evse import iec61851, why
from evse.evse import Evse
from evse.limits import MAINS, NO_LIMIT, SURPLUS
from hal.io import Inputs, Outputs
from settings import Settings


class Bench:
    """The connector alone, with a hand on each wire: ticks of any length, a car that shows what it is told to."""

    def __init__(self, **settings):
        self.cfg, self.faults, self.inp, self.out = Settings(), faults.Faults(), Inputs(), Outputs()
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.evse = Evse(self.cfg, self.faults, lambda n: 5000)
        self.evse.limits.put(MAINS, NO_LIMIT)
        self.evse.limits.put(SURPLUS, NO_LIMIT)
        self.mv = 12000
        self.inp.pp_ohm = 100

    def go(self, ms, mv=None, tick_ms=10):
        """ms go by while the car shows mv."""
        self.mv = self.mv if mv is None else mv
        for _ in range(ms // tick_ms):
            inp, out = self.inp, self.out
            pulses = 0 < out.duty_bp < 10000
            inp.cp_high_mv = self.mv if out.duty_bp else -12000
            inp.cp_low_mv = -12000 if pulses or not out.duty_bp else self.mv
            self.evse.tick(tick_ms, inp, out)
        return self

    def charge(self):
        self.go(100).go(100, 9000).go(5000, 6000)
        assert (self.state, self.why, self.out.c1) == ("C2", "charging", 1), (self.state, self.why)
        return self

    @property
    def state(self):
        return iec61851.NAME[self.evse.state]

    @property
    def why(self):
        return why.NAME[self.evse.why]
