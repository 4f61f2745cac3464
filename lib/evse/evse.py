"""One connector: the order in which the parts of this room take their turn.

Every 10 ms what the board saw goes in and what it shall do comes out; once a
second comes what the EV meter saw. Each part has one file and one worry; here
is only the order, the filter of the letter, and the answer to "may we offer
current now, and if not, why".
"""
from micropython import const

from evse import pilot, wake, why
from evse.auth import LONG_MS, OFF, ON, PAUSE, SHORT_MS, Auth
from evse.contacts import Contacts
from evse.heat import Heat
from evse.iec61851 import B1, B2, C1, C2, D1, D2, PWM, STEADY, A, Iec61851
from evse.limits import CABLE, MAX, NO_LIMIT, OVERDRAW, RELAY, TEMPERATURE, Limits
from evse.lock import Lock
from evse.offer import RAISE_MS, SHY_MS, Offer
from evse.overdraw import Overdraw
from evse.phases import AUTO, OPENED, STILL, Phases, wanted
from evse.proximity import ampacity_ma
from evse.safety import NOT_ASKED, UNPLUGGED, Safety
from evse.switch import Switch
from evse.watch import Watch

GLITCH_MS = const(300)      # so long a drawing car may show B ...
WINDOW_MS = const(1000)     # ... within this time of a new duty (BMW PHEVs do at 550 ms)
DRAWING_MA = const(1000)    # by the EV meter
RELAY_MA = const(18000)     # 4.14 kW over the phases: below the 4.2 kW of EnWG 14a
OPEN_OHM = const(60000)     # no coding resistor at the proximity contact
HIGHEST_MS = const(1 << 28)  # counters stop here: a small integer on 32 bits


class Evse:
    def __init__(self, cfg, fault_list, dice=None) -> None:
        """dice(n) gives a random number 0..n-1, for the random delay."""
        self.cfg = cfg
        self.faults = fault_list
        self.iec = Iec61851()
        self.limits = Limits()
        self.offer = Offer()
        self.phases = Phases()
        self.lock = Lock()
        self.wake = wake.Wake()
        self.heat = Heat()
        self.auth = Auth(dice)
        self.switch = Switch()
        self.overdraw = Overdraw()
        self.contacts = Contacts()
        self.safety = Safety()
        self.watch = Watch(fault_list)
        self.letter = pilot.A   # filtered: two samples alike
        self.state = A          # iec61851.A .. F
        self.offered_ma = 0     # what the duty tells the car
        self.limit_ma = 0       # the smallest limit, whether or not it is offered
        self.by = MAX           # whose it is
        self.why = why.NO_CAR
        self.why_ms = 0         # since when
        self.temp_c = 20
        self.hold = 0           # the plan's reason not to charge now: why.TIMER or DONE, 0 none
        self.auto_phases = 3    # what the regulator would have, for CONTACT 2 Auto
        self.drawing = 0        # 1: the EV meter sees the car draw
        self.may_close = 1      # 0: a node whose master has not said that its contactor may close
        self._seen = pilot.A
        self._seen_ms = self._duty_ms = 0  # since the pilot shows what it shows, and since the duty changed
        self._coded = 0         # 1: the cable that is in the socket has a coding resistor
        self._blind = 0         # 1: the car could not be read; it may have been changed for another
        self._shown_bp = pilot.STEADY_BP
        self._connected = 1

    def tick(self, dt_ms: int, inp, out) -> None:
        """Every 10 ms: what the board saw goes in, what it shall do comes out."""
        cfg = self.cfg
        safety = self.safety
        safety.rcm_fitted = cfg.rcmon
        safety.hot_c = cfg.max_temp_c
        safety.ventilated = cfg.ventilation
        pulses = pilot.MINUS_BP < self._shown_bp < pilot.STEADY_BP  # a car that was asked to stop means its B
        safety.tolerant = 1 if self.drawing and pulses and self._duty_ms < WINDOW_MS else 0
        self._duty_ms = min(self._duty_ms + dt_ms, WINDOW_MS)
        self.temp_c = inp.temp_c
        self._read_letter(dt_ms, inp)
        self.switch.step(dt_ms, inp.switch, cfg.switch)
        limit_ma = self._lowest(dt_ms, inp.temp_c)
        self.watch.tick(dt_ms, self, inp)

        reason = self._against(dt_ms, limit_ma)
        was = self.state
        had_power = self.iec.power
        running = self.iec.pilot == PWM
        state = self.iec.step(dt_ms, self.letter, 0 if reason else 1, safety.diode & self.may_close)
        self.state = state
        power = self.iec.power
        stops = state == B1 or state == C1 or state == D1
        if stops and (was == B2 or was == C2 or was == D2):
            self.auth.wait(LONG_MS if had_power else SHORT_MS)
        hint = self.wake.step(dt_ms, state == B2, stops, state == A, power)
        offer_ma = self.offer.step(dt_ms, limit_ma, running)
        shown = self.iec.pilot
        if hint == wake.MINUS:
            bp = pilot.MINUS_BP
        elif shown == PWM:
            bp = pilot.duty_bp(offer_ma)
        elif shown == STEADY:
            bp = pilot.STEADY_BP
        else:
            bp = pilot.MINUS_BP
        out.duty_bp = bp
        out.c1 = power
        plugged = state != A
        most = cfg.phase_switches if cfg.contact2 == AUTO else -1
        want = wanted(cfg.contact2, cfg.mode, self.auto_phases)
        out.c2 = self.phases.step(dt_ms, power, want, cfg.phase_pause_s * 1000, most, plugged)
        out.connected = 0 if hint == wake.OPEN or self.phases.step_now == OPENED else 1
        out.lock_drive = self.lock.step(dt_ms, self._hold(), cfg.lock, inp.locked)

        against = safety.gate(dt_ms, inp, out)
        if against == UNPLUGGED or against == NOT_ASKED:
            self.iec.drop()  # the car has left or let go: nothing is wrong
        elif against:
            self.iec.fault()
            self.auth.wait(LONG_MS)
        self.contacts.tick(out.c1, self.drawing)
        self._connected = out.connected
        if bp != self._shown_bp:
            self._shown_bp = bp
            self._duty_ms = 0
            self.offered_ma = pilot.offered_ma(bp)
        if not reason:
            reason = why.WAKING if hint else self._doing(state, out.c1)
        elif out.c1:
            reason = why.STOPPING
        if reason != self.why:
            self.why = reason
            self.why_ms = 0
        else:
            self.why_ms = min(self.why_ms + dt_ms, HIGHEST_MS)

    def second(self, drawn_ma: int, offered_ma: int) -> None:
        """Once a second: the car's worst phase by a fresh EV reading, mA, or -1; and what it was offered at that time."""
        plugged = self.letter != pilot.A
        self.drawing = 1 if drawn_ma > DRAWING_MA else 0
        self.overdraw.second(plugged, offered_ma, drawn_ma)
        self.limits.put(OVERDRAW, self.overdraw.limit_ma or NO_LIMIT)
        self.contacts.second(self.safety.closed, drawn_ma)

    def countdown_ms(self) -> int:
        """Until the end of what the reason waits for, as far as this room knows; 0 when nothing runs here."""
        reason = self.why
        if reason == why.WAIT:
            return self.auth.pause_ms
        if reason == why.RANDOM:
            return self.auth.random_ms
        if reason == why.STOPPING:
            return self.iec.c1_ms
        if reason == why.SWITCHING:
            return self.phases.left_ms
        if reason == why.WAKING:
            return self.wake.left_ms()
        return 0

    def _read_letter(self, dt_ms: int, inp) -> None:
        """Two samples alike make a letter. While we show -12 V or open the wire the car cannot be read, and it stays."""
        if not inp.fresh or self._shown_bp == pilot.MINUS_BP or not self._connected:
            self._blind = 1
            if self._coded and inp.fresh and inp.pp_ohm >= OPEN_OHM:
                self._gone()  # the pilot cannot tell, but the cable's resistor has left its socket
            return
        was = self.letter
        if self._blind:
            self._blind = 0
            if was != pilot.A and not self.cfg.config:  # perhaps another cable now: never more than either carries
                self.limits.put(CABLE, min(self.limits.ma[CABLE], ampacity_ma(inp.pp_ohm)))
        seen = pilot.letter(inp.cp_high_mv, was)
        self._seen_ms = self._seen_ms + dt_ms if seen == self._seen else 0
        if seen != was and seen == self._seen:
            if seen == pilot.B and was >= pilot.C and self.safety.tolerant and self._seen_ms < GLITCH_MS:
                return
            if was == pilot.A:  # a new plug: what may its cable carry?
                self._coded = not self.cfg.config and inp.pp_ohm < OPEN_OHM
                self.limits.put(CABLE, NO_LIMIT if self.cfg.config else ampacity_ma(inp.pp_ohm))
                self.auth.arrive(self.cfg.random_delay_s)
            elif seen == pilot.A:
                self._gone()
            elif seen == pilot.B and self.iec.power and self.iec.pilot == PWM and self._duty_ms < WINDOW_MS:
                self.offer.raise_ms = SHY_MS
            self.letter = seen
        self._seen = seen

    def _gone(self) -> None:
        """The car has left, and all that was about it is forgotten."""
        self.letter = self._seen = pilot.A
        self.limits.put(CABLE, NO_LIMIT)
        self.auth.leave()
        self.overdraw.leave()
        self.offer.raise_ms = RAISE_MS

    def _lowest(self, dt_ms: int, temp_c: int) -> int:
        """The smallest of all limits, the ones of this room renewed."""
        limits = self.limits
        most_ma = self.cfg.max_current_a * 1000
        limits.ma[MAX] = most_ma
        limits.ma[TEMPERATURE] = self.heat.limit_ma(temp_c, self.cfg.max_temp_c, most_ma)
        limits.ma[RELAY] = RELAY_MA // self.phases.now if self.switch.relay_open else NO_LIMIT
        self.limit_ma = limits.lowest(dt_ms)
        self.by = limits.by
        return self.limit_ma

    def _against(self, dt_ms: int, limit_ma: int) -> int:
        """What speaks against an offer now, as a reason; 0 (no car) when nothing does."""
        rested = self.auth.step(dt_ms)
        access = self.cfg.access
        if access != ON:
            return why.PAUSED if access == PAUSE else why.OFF
        if self.hold:
            return self.hold
        if self.faults.stop or self.faults.ease:
            return why.FAULT
        if self.phases.step_now != STILL:
            return why.SWITCHING
        if limit_ma < self.cfg.min_current_a * 1000:
            return why.NO_CURRENT
        if not rested:
            return why.RANDOM if self.auth.random_ms > self.auth.pause_ms else why.WAIT
        return 0

    def _doing(self, state: int, closed: int) -> int:
        """The reason while nothing speaks against an offer."""
        if state == C2 or state == D2:
            return why.CHARGING if closed else why.CHECKING
        if state == B2:
            return why.CAR_WAITS
        return why.NO_CAR if state == A else why.WAIT  # F is still shown after a fault that is over

    def _hold(self) -> int:
        """Shall the plug be held? Power always holds it."""
        cfg = self.cfg
        if self.iec.power:
            return 1
        if cfg.unlock_off and cfg.access == OFF:
            return 0
        return 1 if self.iec.lock or cfg.cable_lock else 0
