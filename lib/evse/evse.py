"""One connector: the order in which the parts of this room take their turn.

Every 10 ms what the board saw goes in and what it shall do comes out. Each
part has one file and one worry; here is only the order, the filter of the
letter, and the answer to "may we offer current now, and if not, why".
"""
from micropython import const

import faults
from evse import pilot, why
from evse.auth import ON, PAUSE, Auth
from evse.heat import Heat
from evse.iec61851 import B2, C1, C2, PWM, STEADY, Iec61851
from evse.limits import CABLE, MAX, NO_LIMIT, TEMPERATURE, Limits
from evse.lock import Lock
from evse.offer import Offer
from evse.phases import Phases, wanted
from evse.proximity import ampacity_ma
from evse.safety import DIODE as NO_DIODE
from evse.safety import NOT_ASKED, UNPLUGGED, Safety
from evse.wake import Wake

NO_DIODE_MS = const(1500)  # a car that asks on running pulses this long without a diode has none


class Evse:
    def __init__(self, cfg, fault_list) -> None:
        self.cfg = cfg
        self.faults = fault_list
        self.iec = Iec61851()
        self.limits = Limits()
        self.offer = Offer()
        self.phases = Phases()
        self.lock = Lock()
        self.wake = Wake()
        self.heat = Heat()
        self.auth = Auth()
        self.safety = Safety()
        self.letter = pilot.A   # filtered: two samples alike
        self.state = 0          # iec61851.A .. F
        self.offered_ma = 0     # what the duty tells the car
        self.limit_ma = 0       # the smallest limit, whether or not it is offered
        self.by = MAX           # whose it is
        self.why = why.NO_CAR
        self.temp_c = 20
        self._seen = pilot.A
        self._shown_bp = pilot.STEADY_BP
        self._no_diode_ms = 0
        self._conditions = -1

    def tick(self, dt_ms: int, inp, out) -> None:
        """Every 10 ms: what the board saw goes in, what it shall do comes out."""
        cfg = self.cfg
        self.temp_c = inp.temp_c
        self._read_letter(inp)
        limits = self.limits
        limits.ma[MAX] = cfg.max_current_a * 1000
        limits.ma[TEMPERATURE] = self.heat.limit_ma(inp.temp_c, cfg.max_temp_c, limits.ma[MAX])
        limit_ma = limits.lowest(dt_ms)
        self.limit_ma = limit_ma
        self.by = limits.by
        self._note_faults(dt_ms, inp)

        ready = self._ready(dt_ms, limit_ma)
        running = 1 if self.iec.pilot == PWM else 0
        state = self.iec.step(dt_ms, self.letter, ready, self.safety.diode)
        self.state = state
        power = self.iec.power
        waking = self.wake.step(dt_ms, 1 if state == B2 else 0, 1 if power or self.letter == pilot.A else 0)
        offer_ma = self.offer.step(dt_ms, limit_ma, running)
        shown = self.iec.pilot
        if waking:
            bp = pilot.MINUS_BP
        elif shown == PWM:
            bp = pilot.duty_bp(offer_ma)
        elif shown == STEADY:
            bp = pilot.STEADY_BP
        else:
            bp = pilot.MINUS_BP
        out.duty_bp = bp
        out.connected = 1
        out.c1 = power
        out.c2 = self.phases.step(dt_ms, power, wanted(cfg.contact2, cfg.mode))
        hold_plug = self.iec.lock if cfg.config == 0 else 0
        out.lock_drive = self.lock.step(dt_ms, hold_plug, cfg.lock, inp.locked)

        against = self.safety.gate(dt_ms, inp, out)
        if against == UNPLUGGED or against == NOT_ASKED:
            self.iec.drop()  # the car has left or let go: nothing is wrong
        elif against:
            self.iec.fault()
        if bp != self._shown_bp:
            self._shown_bp = bp
            self.offered_ma = pilot.offered_ma(bp)
        if ready:
            self.why = why.WAKING if waking else self._why_ready(state, out.c1)
        elif state == C1 and out.c1:
            self.why = why.STOPPING

    def _read_letter(self, inp) -> None:
        """Two samples alike make a letter. While we show -12 V ourselves the car cannot be read, and it stays."""
        if not inp.fresh or self._shown_bp == pilot.MINUS_BP:
            return
        seen = pilot.letter(inp.cp_high_mv, self.letter)
        if seen == self._seen and seen != self.letter:
            if self.letter == pilot.A:  # a new plug: what may its cable carry?
                fixed = self.cfg.config
                self.limits.ma[CABLE] = NO_LIMIT if fixed else ampacity_ma(inp.pp_ohm)
            elif seen == pilot.A:
                self.limits.ma[CABLE] = NO_LIMIT
            self.letter = seen
        self._seen = seen

    def _ready(self, dt_ms: int, limit_ma: int) -> int:
        """May we offer current? If not, the reason is noted here, where it is decided."""
        cfg = self.cfg
        granted = self.auth.step(dt_ms, cfg.access)
        if self.faults.stop or self.faults.ease:
            self.why = why.FAULT
        elif limit_ma < cfg.min_current_a * 1000:
            self.why = why.NO_CURRENT
        elif self.phases.hold:
            self.why = why.SWITCHING
        else:
            self.why = why.WAIT
            if granted:
                return 1
        if cfg.access != ON:
            self.why = why.PAUSED if cfg.access == PAUSE else why.OFF
        return 0

    def _why_ready(self, state: int, closed: int) -> int:
        if state == C2:
            return why.CHARGING if closed else why.CHECKING
        return why.CAR_WAITS if state == B2 else why.NO_CAR

    def _note_faults(self, dt_ms: int, inp) -> None:
        """Raises and clears what the tick can see; does nothing while nothing changes."""
        safety = self.safety
        safety.rcm_fitted = self.cfg.rcmon
        safety.hot_c = self.cfg.max_temp_c
        if safety.why == NO_DIODE or (self.state == C2 and not self.iec.power and not safety.diode):
            self._no_diode_ms += dt_ms
        elif self.letter == pilot.A or safety.diode:
            self._no_diode_ms = 0
        letter = self.letter
        now = (1 if inp.rcm and safety.rcm_fitted else 0) | (0 if inp.fresh else 2) | self.heat.too_hot << 2
        now |= self.heat.broken << 3 | (letter << 4) | (1 << 7 if self._no_diode_ms >= NO_DIODE_MS else 0)
        now |= self.lock.failed << 8
        if now == self._conditions:
            return
        self._conditions = now
        put = self.faults.put
        put(faults.RCM, now & 1)
        put(faults.STALE, now & 2)
        put(faults.TEMP, now & 4)
        put(faults.TEMP_SENSOR, now & 8)
        put(faults.PILOT, letter == pilot.E or letter == pilot.F)
        put(faults.VENTILATION, letter == pilot.D)
        put(faults.DIODE, now & 1 << 7)
        put(faults.LOCK, now & 1 << 8)

    def reset_rcm(self, inp) -> bool:
        """Takes a residual-current trip back, if the monitor is content again. True when it is reset."""
        if inp.rcm and self.cfg.rcmon:
            return False
        self.faults.reset(faults.RCM)
        return True
