"""What must hold after every tick, whatever happens: a judge beside the charger, for the model check and the property tests.

Written from IEC 61851-1 and from what the box can stand, not from the code: it
has its own numbers and its own memory and sees what a fuse box would see, the
pilot, the contactors and the duty. From the core it takes only the reason, the
state and how many phases there are, because these are judged as well.
"""
from evse import iec61851, why

WINDOW_MV = (4250, 7750)      # C, with a quarter of a volt of slack
AIR_MV = (1750, 7750)         # C or D, where there is ventilation
THERE_MV = (1500, 10250)      # neither unplugged nor shorted
DIODE_MV = -10000
AWAY_MS = 100                 # table A.6 sequences 2.2, 7, 8.1
GLITCH_MS = 300               # ... except for a car that draws, in the second after a new duty
BLIND_MS = 40                 # lower halves may be missed this long
STOP_MS = 6500                # a steady pilot and a closed contactor
ASK_MS = 500
REST_MS = 2000                # so there are no more than 1800 closings in an hour, ...
C2_MS = 100
RAISE_MS = 5000
CABLE_MA = ((571, 737, 16000), (179, 269, 32000), (65, 138, 63000))
AGAINST = (why.STOPPING, why.OFF, why.PAUSED, why.FAULT, why.NO_CURRENT, why.WAIT, why.SWITCHING, why.WAKING, why.RANDOM)
OFFERING = (why.CAR_WAITS, why.CHECKING, why.CHARGING, why.WAKING)


class Broken(AssertionError):
    """A rule does not hold; its text says which."""


def offer_ma(duty_bp: int) -> int:
    """What a car reads from a duty: two slopes, 0 for a steady pilot."""
    if not 0 < duty_bp < 10000:
        return 0
    return duty_bp * 6 if duty_bp <= 8500 else (duty_bp - 6400) * 25


def own_limit_ma(cfg, inp, relay_open: int, phases: int) -> int:
    """What box, cable and grid relay allow now, mA."""
    most = cfg.max_current_a * 1000
    over = inp.temp_c - (cfg.max_temp_c - 10)
    limit = most - (most - 6000) * over // 10 if over > 0 and most > 6000 else most
    if not cfg.config:
        limit = min([limit] + ([ma for low, high, ma in CABLE_MA if low <= inp.pp_ohm <= high] or [13000]))
    if relay_open:
        limit = min(limit, 4200 * 1000 // 230 // phases)
    return limit


class Rules:
    def __init__(self) -> None:
        self.c1 = self.c2 = self.diode = 0
        self.duty_bp = 10000
        self.closings = self.odd = 0
        self.phases = 3
        self.closed_ms = 0           # since C1 closed
        self.open_ms = REST_MS       # since it opened
        self.still_ms = 0            # since the pulses ended
        self.blind_ms = 0            # since the diode was seen, on pulses
        self.away_ms = 0             # since the car last asked
        self.asked_ms = 0            # how long it has asked, on pulses
        self.duty_ms = 0             # since the duty changed
        self.moved_ms = RAISE_MS     # since the offer moved while it stood

    def look(self, dt: int, inp, out, evse, given_ma: int) -> None:
        """After a tick of dt ms. given_ma: the least of the limits that others have given and that still live."""
        cfg = evse.cfg
        pulses = 0 < out.duty_bp < 10000
        low, high = AIR_MV if cfg.ventilation else WINDOW_MV
        asks = inp.fresh and low < inp.cp_high_mv < high
        self.still_ms = 0 if pulses else self.still_ms + dt
        if pulses:
            seen = inp.fresh and inp.cp_low_mv < DIODE_MV < inp.cp_high_mv <= THERE_MV[1]   # 12 V has a lower half without any car
            self.blind_ms = 0 if seen else self.blind_ms + dt
            self.diode = 1 if seen else self.diode
        elif not self.c1:
            self.diode = 0
        self.odd = 0 if asks or dt > AWAY_MS else self.odd + 1
        if pulses and (not self.odd or self.asked_ms and self.odd == 1):
            self.asked_ms += dt      # one odd sample is noise; what was in a late tick nobody knows
        else:
            self.asked_ms = 0
        self.away_ms = 0 if asks else self.away_ms + dt
        self.duty_ms = min(self.duty_ms + dt, 2000)
        self.moved_ms = min(self.moved_ms + dt, RAISE_MS)
        self.open_ms = min(self.open_ms + dt, REST_MS)
        self.closed_ms += dt
        if out.c1:
            self._closed(inp, out, evse, pulses, asks)
        self._second_contactor(dt, out)
        self._offer(out, evse, given_ma, inp)
        self._reason(out, evse)
        if out.c1 and out.lock_drive == 2:
            raise Broken("the plug is let go under power")
        if self.c1 != out.c1:
            self.closings += out.c1
            self.closed_ms = self.open_ms = 0
        if out.duty_bp != self.duty_bp:
            self.duty_ms = 0
        self.c1, self.c2, self.duty_bp = out.c1, out.c2, out.duty_bp

    def _closed(self, inp, out, evse, pulses, asks) -> None:
        cfg = evse.cfg
        if not inp.fresh:
            raise Broken("closed on a sample that is not fresh")
        if inp.rcm and cfg.rcmon:
            raise Broken("closed with residual current")
        if not -40 <= inp.temp_c <= min(75, cfg.max_temp_c):
            raise Broken("closed at %d C" % inp.temp_c)
        if not out.connected or not out.duty_bp:
            raise Broken("closed with the pilot wire open or at -12 V")
        if not THERE_MV[0] <= inp.cp_high_mv <= THERE_MV[1]:
            raise Broken("closed at %d mV" % inp.cp_high_mv)
        glitch = evse.drawing and self.duty_ms - self.away_ms < 1000
        if self.away_ms >= (GLITCH_MS if glitch else AWAY_MS):
            raise Broken("closed %d ms after the car let go" % self.away_ms)
        if pulses and (not self.diode or self.blind_ms >= BLIND_MS):
            raise Broken("closed without the diode")
        if not pulses and self.still_ms > STOP_MS:
            raise Broken("closed for %d ms on a steady pilot" % self.still_ms)
        if self.c1:
            return
        if not pulses or not asks:
            raise Broken("closes without pulses in C")
        if self.asked_ms < ASK_MS:
            raise Broken("closes %d ms after the car began to ask" % self.asked_ms)
        if self.open_ms < REST_MS:
            raise Broken("closes %d ms after opening" % self.open_ms)

    def _second_contactor(self, dt: int, out) -> None:
        if out.c2 and not out.c1:
            raise Broken("C2 without C1")
        if out.c2 == self.c2 or not self.c1 and not out.c2 or not out.c1:
            return
        if not out.c2:
            raise Broken("C2 opens under a closed C1")
        if not self.c1 or not C2_MS <= self.closed_ms < C2_MS + dt:
            raise Broken("C2 closes %d ms after C1" % (self.closed_ms if self.c1 else 0))

    def _offer(self, out, evse, given_ma: int, inp) -> None:
        ma, was = offer_ma(out.duty_bp), offer_ma(self.duty_bp)
        if ma and not 1000 <= out.duty_bp <= 9600:
            raise Broken("a duty of %d, which is no current" % out.duty_bp)
        own_ma = own_limit_ma(evse.cfg, inp, evse.switch.relay_open, self.phases)
        self.phases = evse.phases.now   # a change with nothing closed counts from the next tick on
        if ma and ma > min(given_ma, own_ma):
            raise Broken("offers %d mA under limits of %d and %d" % (ma, given_ma, own_ma))
        if ma and was and ma != was:
            if ma > was and self.moved_ms < RAISE_MS:
                raise Broken("raised %d ms after the last change" % self.moved_ms)
            self.moved_ms = 0
        elif not ma:
            self.moved_ms = RAISE_MS
        if ma != evse.offered_ma:
            raise Broken("says %d mA, offers %d" % (evse.offered_ma, ma))

    def _reason(self, out, evse) -> None:
        reason, ma = evse.why, offer_ma(out.duty_bp)
        cfg = evse.cfg
        if ma and reason not in OFFERING or not ma and evse.state != iec61851.A and reason not in AGAINST:
            raise Broken("%d mA for the reason %s" % (ma, why.NAME[reason]))
        if (reason == why.CHARGING) != bool(out.c1 and ma) or (reason == why.STOPPING) != bool(out.c1 and not ma):
            raise Broken("contactor %d, %d mA and the reason %s" % (out.c1, ma, why.NAME[reason]))
        bases = {why.OFF: cfg.access == 0, why.PAUSED: cfg.access == 2, why.FAULT: evse.faults.stop or evse.faults.ease,
                 why.NO_CURRENT: evse.limit_ma < cfg.min_current_a * 1000, why.WAIT: evse.auth.pause_ms > 0 or evse.state == iec61851.F,
                 why.RANDOM: evse.auth.random_ms > 0, why.NO_CAR: evse.state == iec61851.A}
        if not bases.get(reason, True):
            raise Broken("the reason %s without its cause" % why.NAME[reason])
