"""The control pilot state machine of IEC 61851-1.

The car picks the letter, by the resistor it puts on the pilot. We pick the
digit: 1 is a steady pilot (not now), 2 is pulses (here is your current). So
the state is a lookup, and what we offer in a state is another. The rules that
need time are the countdowns below, and there are no others.

It knows no volts, no limits and no reasons: `ready` is whether we may offer
current, `diode` whether the car's diode has been seen on these pulses.
"""
from micropython import const

A = const(0)   # nobody there
B1 = const(1)  # plugged in, not now
B2 = const(2)  # plugged in, current offered
C1 = const(3)  # wants power, not now
C2 = const(4)  # charging
D1 = const(5)  # as C, asks for ventilation
D2 = const(6)
E = const(7)   # pilot shorted, or no power
F = const(8)   # we are not available

NAME = ("A", "B1", "B2", "C1", "C2", "D1", "D2", "E", "F")

# the car's letter -> state when we are (not ready, ready). Without ventilation nobody is ready for a D.
STATE = ((A, A), (B1, B2), (C1, C2), (D1, D2), (E, E), (F, F))

STEADY = const(0)
PWM = const(1)
MINUS = const(2)

# state -> pilot, power, lock
OFFER = (
    (STEADY, 0, 0),  # A
    (STEADY, 0, 1),  # B1
    (PWM, 0, 1),     # B2
    (STEADY, 1, 1),  # C1: power that is on may stay for C1_MS, it never comes on here
    (PWM, 1, 1),     # C2: power comes on when the request is steady and the diode was seen
    (STEADY, 1, 1),  # D1: as C1
    (PWM, 1, 1),     # D2: as C2
    (STEADY, 0, 0),  # E
    (STEADY, 0, 1),  # F: shown by us after a fault, or read though we did not show it. The plug is let go after UNLOCK_MS
)

C1_MS = const(6000)     # table A.6 sequence 10.2: open under load when the car has not stopped after 6 s
ASK_MS = const(500)     # a request must stand this long: cars bounce (BMW iX3 shows 6 V for 250 ms)
REST_MS = const(2000)   # between opening and closing again; with ASK_MS inside the 3 s of sequence 4
FAULT_MS = const(300)   # table A.5: how long state F is shown after a fault while charging
UNLOCK_MS = const(5000)  # how long the plug is held in F


class Iec61851:
    def __init__(self) -> None:
        self.state = A
        self.pilot = STEADY
        self.power = 0
        self.lock = 0
        self.c1_ms = 0      # left of the time in which the car shall stop
        self._ask_ms = self._f_ms = 0       # how long the car has asked, and F has lasted: up to ASK_MS, UNLOCK_MS
        self._rest_ms = self._fault_ms = 0  # left of a rest, and of an F that we show

    def drop(self) -> None:
        """Power is gone, without asking the car."""
        if self.power:
            self._rest_ms = REST_MS
        self.power = 0
        self.c1_ms = 0

    def fault(self) -> None:
        """As drop(); a car that had power is also shown state F for a moment."""
        if self.power:
            self._fault_ms = FAULT_MS
        self.drop()

    def step(self, dt_ms: int, letter: int, ready: int, diode: int) -> int:
        """One tick. letter is pilot.A..F, ready and diode 0 or 1. Returns the state."""
        was = self.state
        if self._fault_ms > 0:
            self._fault_ms -= dt_ms
            self.state = F
            self.pilot = MINUS  # the plug stays held, as it was with power
            return F
        state = STATE[letter][ready]
        self.pilot, power, self.lock = OFFER[state]
        self._rest_ms = max(0, self._rest_ms - dt_ms)
        self._ask_ms = min(self._ask_ms + dt_ms, ASK_MS) if state == C2 or state == D2 else 0
        if state == C1 or state == D1:
            self.c1_ms = C1_MS if self.power and (was == C2 or was == D2) else max(0, self.c1_ms - dt_ms)
            may = self.power and self.c1_ms
        else:
            self.c1_ms = 0
            may = self.power or self._ask_ms == ASK_MS and diode and not self._rest_ms
        if not may:
            power = 0
        if state != F:
            self._f_ms = 0
        elif self._f_ms < UNLOCK_MS:
            self._f_ms += dt_ms
        else:
            self.lock = 0
        if self.power and not power:
            self._rest_ms = REST_MS
        self.power = power
        self.state = state
        return state
