"""Raises and clears the faults that the tick and the second can see.

One place, so that a fault has one writer; it decides nothing else. Every tick
the conditions are put together into one number, a bit for each fault, and only
when that number changes is anything done.
"""
from micropython import const

import faults
from evse import pilot
from evse.iec61851 import C2, D2
from evse.safety import DIODE as NO_DIODE
from faults import (DIODE, LOCK, NO_LOAD, OVERCURRENT, PILOT, RCM, RCM_IDLE, STALE, TEMP, TEMP_SENSOR, VENTILATION, WELD)

SEEN = (RCM, DIODE, PILOT, STALE, TEMP, TEMP_SENSOR, VENTILATION, LOCK, OVERCURRENT, WELD, NO_LOAD)

NO_DIODE_MS = const(1500)  # a car that asks on running pulses this long without a diode has none


class Watch:
    def __init__(self, fault_list) -> None:
        self.faults = fault_list
        self._no_diode_ms = 0
        self._air = 0       # the car has asked for ventilation that there is not
        self._now = 0       # as noted last

    def tick(self, dt_ms: int, evse, inp) -> None:
        """Every tick, after the letter and before anything is decided."""
        safety = evse.safety
        letter = evse.letter
        if safety.why == NO_DIODE or (evse.state == C2 or evse.state == D2) and not evse.iec.power and not safety.diode:
            self._no_diode_ms = min(self._no_diode_ms + dt_ms, NO_DIODE_MS)
        elif letter == pilot.A or safety.diode:
            self._no_diode_ms = 0
        if letter == pilot.A or safety.ventilated:
            self._air = 0
        elif letter == pilot.D:
            self._air = 1   # it will let go and ask again and again: until it is unplugged
        contacts = evse.contacts
        heat = evse.heat
        now = heat.too_hot << TEMP | heat.broken << TEMP_SENSOR | evse.lock.failed << LOCK | evse.overdraw.stop << OVERCURRENT
        now |= contacts.welded << WELD | contacts.silent << NO_LOAD | self._air << VENTILATION
        if self._no_diode_ms == NO_DIODE_MS:
            now |= 1 << DIODE
        if letter >= pilot.E:
            now |= 1 << PILOT
        if not inp.fresh:
            now |= 1 << STALE
        if inp.rcm and safety.rcm_fitted:
            now |= 1 << RCM
        if now != self._now:
            self._now = now
            self._note(now, safety.closed)

    def _note(self, now: int, closed: int) -> None:
        if now & 1 << RCM and not self.faults.mask & 1 << RCM and not closed:
            self.faults.put(RCM_IDLE, True)
        for which in SEEN:
            self.faults.put(which, now & 1 << which)

    def reset_rcm(self, evse, inp) -> bool:
        """Takes a residual-current trip back. False while the monitor still trips."""
        if inp.rcm and evse.safety.rcm_fitted:
            return False
        self.faults.reset(RCM)
        self.faults.put(RCM_IDLE, False)
        return True

    def reset(self, evse, inp) -> str:
        """A person has looked: takes latched faults back whose cause is gone. "" or the name of one that stands."""
        evse.lock.again()
        if evse.contacts.welded and evse.drawing:
            return faults.TABLE[WELD][faults.NAME]
        if not self.reset_rcm(evse, inp):
            return faults.TABLE[RCM][faults.NAME]
        evse.contacts.welded = 0
        self.faults.reset(WELD)
        return ""
