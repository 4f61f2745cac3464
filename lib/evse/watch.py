"""Raises and clears the faults that the tick and the second can see.

One place, so that a fault has one writer; it decides nothing else. Every tick
the conditions are put together into one number, and only when that number
changes is anything done.
"""
from micropython import const

import faults
from evse import pilot
from evse.iec61851 import C2, D2
from evse.safety import DIODE as NO_DIODE

NO_DIODE_MS = const(1500)  # a car that asks on running pulses this long without a diode has none


class Watch:
    def __init__(self, fault_list) -> None:
        self.faults = fault_list
        self._no_diode_ms = 0
        self._air = 0       # the car has asked for ventilation that there is not
        self._now = -1

    def tick(self, dt_ms: int, evse, inp) -> None:
        """Every tick, after the letter and before anything is decided."""
        safety = evse.safety
        letter = evse.letter
        if safety.why == NO_DIODE or (evse.state == C2 or evse.state == D2) and not evse.iec.power and not safety.diode:
            self._no_diode_ms += dt_ms
        elif letter == pilot.A or safety.diode:
            self._no_diode_ms = 0
        if letter == pilot.A or safety.ventilated:
            self._air = 0
        elif letter == pilot.D:
            self._air = 1   # it will let go and ask again and again: until it is unplugged
        contacts = evse.contacts
        heat = evse.heat
        now = letter | (8 if self._no_diode_ms >= NO_DIODE_MS else 0) | (0 if inp.fresh else 16)
        if inp.rcm and safety.rcm_fitted:
            now |= 32
        now |= heat.too_hot << 6 | heat.broken << 7 | evse.lock.failed << 8 | evse.overdraw.stop << 9
        now |= contacts.welded << 10 | contacts.silent << 11 | self._air << 12
        if now != self._now:
            self._now = now
            self._note(now, letter, safety)

    def _note(self, now: int, letter: int, safety) -> None:
        put = self.faults.put
        if now & 32 and not self.faults.mask & 1 << faults.RCM and not safety.closed:
            put(faults.RCM_IDLE, 1)
        put(faults.RCM, now & 32)
        put(faults.DIODE, now & 8)
        put(faults.STALE, now & 16)
        put(faults.TEMP, now & 64)
        put(faults.TEMP_SENSOR, now & 128)
        put(faults.PILOT, letter == pilot.E or letter == pilot.F)
        put(faults.VENTILATION, now & 4096)
        put(faults.LOCK, now & 256)
        put(faults.OVERCURRENT, now & 512)
        put(faults.WELD, now & 1024)
        put(faults.NO_LOAD, now & 2048)

    def reset_rcm(self, evse, inp) -> bool:
        """Takes a residual-current trip back. False while the monitor still trips."""
        if inp.rcm and evse.safety.rcm_fitted:
            return False
        self.faults.reset(faults.RCM)
        self.faults.put(faults.RCM_IDLE, 0)
        return True

    def reset(self, evse, inp) -> str:
        """A person has looked: takes latched faults back whose cause is gone. "" or the name of one that stands."""
        evse.lock.again()
        if not self.reset_rcm(evse, inp):
            return faults.TABLE[faults.RCM][faults.NAME]
        if evse.contacts.welded and evse.drawing:
            return faults.TABLE[faults.WELD][faults.NAME]
        evse.contacts.welded = 0
        self.faults.reset(faults.WELD)
        return ""
