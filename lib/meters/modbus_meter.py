"""One meter on the bus: what to ask it next, and what its answer means.

Pure: it is handed the time that passed and lists of registers, and fills its
Reading. It knows no port and no frame. Currents are asked every time; when
something slower is due, one of it is asked after the currents, so that a late
answer never meets a question of the same length about something else.
"""
from micropython import const

from meters import models
from meters.models import (AMPS_TENS, COUNT, ENERGY_COUNT, EXPORT, FC, IMPORT, ORDER, PHASES, POWER, POWER_AT,
                           POWER_COUNT, SCALED, SIGN, START, TYPE, VOLTS, VOLTS_COUNT, VOLTS_TENS, WATTS_TENS, WAY, WH_TENS)
from proto.words import FLOAT32, INT16, INT32, INT64, SIZE, number, sign

CURRENTS, ENERGY_IN, ENERGY_OUT, POWERS, VOLTAGES = range(5)  # what a telegram is about

ENERGY_MS = const(60_000)  # each counter once a minute: they grow slowly, and SmartEVSE asks every two; voltages as often
POWER_MS = const(2000)     # powers of meters that do not tell them beside the currents (SmartEVSE's cycle)
TURNS = (ENERGY_IN, VOLTAGES, ENERGY_OUT, 0)
NOT_THERE = const(0x8000)  # SunSpec's word for a value that a device does not have
SCALE_MAX = const(10)      # ... and the largest power of ten it allows


class ModbusMeter:
    def __init__(self, model: int, address: int, reading, row: "tuple | None" = None) -> None:
        """model is an ID of models.TABLE that is read by modbus, or row describes it; address 1..247. ValueError else."""
        if row is None:
            row = models.row(model)
            if row[WAY] != "modbus":
                raise ValueError("meter must be one that is read by modbus")
        if not 1 <= address <= 247:
            raise ValueError("address must be 1 to 247")
        self.row = row
        self.model = model
        self.address = address
        self.reading = reading
        self.missed = 0          # telegrams without a usable answer since the last good one
        self._slow_ms = 0        # until the next of TURNS
        self._power_ms = 0       # until the next powers
        self._powers = 0         # 1: the last thing due was the powers
        self._turn = 0
        self._asked = CURRENTS   # what the last telegram was about
        self._refused = 0        # what it answered with an exception, a bit each: the last time
        self._never = 0          # ... and twice in a row: it has no such registers

    def telegram(self, what: int) -> tuple:
        """(function code, first register, how many) that asks for CURRENTS, ENERGY_IN, ENERGY_OUT, POWERS or VOLTAGES."""
        r = self.row
        self._asked = what
        if what == CURRENTS:
            return r[FC], r[START], r[COUNT]
        if what == POWERS:
            return r[FC], r[POWER], r[POWER_COUNT]
        if what == VOLTAGES:
            return r[FC], r[VOLTS], r[VOLTS_COUNT]
        return r[FC], r[IMPORT if what == ENERGY_IN else EXPORT], r[ENERGY_COUNT]

    def energy_due(self, dt_ms: int) -> int:
        """What is due besides the currents after another dt_ms, or 0. Asks only a meter that answers."""
        self._slow_ms -= dt_ms
        self._power_ms -= dt_ms
        if self.missed:
            return 0
        slow = self._slow_ms <= 0
        # A meter that is seldom asked has both due each time: then they take turns.
        if self._power_ms <= 0 and self._has(POWERS) and not (slow and self._powers):
            self._power_ms = POWER_MS
            self._powers = 1
            return POWERS
        if not slow:
            return 0
        self._powers = 0
        what = TURNS[self._turn]
        self._turn = (self._turn + 1) % len(TURNS)
        self._slow_ms = ENERGY_MS // len(TURNS)
        return what if what and self._has(what) else 0

    def to_write(self) -> "tuple | None":
        """(register, value) that should be written to the device, or None. A meter is only read."""
        return None

    def take(self, what: int, regs, now: int) -> bool:
        """Registers that came for this question, at now (ticks ms), go into the reading, all or none.

        False, and counted there, when they are not what was asked, make no sense or must be said twice.
        """
        try:
            if len(regs) != self.telegram(what)[2]:
                raise ValueError("length")
            if what == CURRENTS:
                if not self._currents(regs, now):
                    self.fail("doubt")
                    return False
            elif what == POWERS:
                self.reading.put_power(self._three(regs, WATTS_TENS))
            elif what == VOLTAGES:
                self.reading.put_volts(self._three(regs, VOLTS_TENS))
            else:
                self._energy(what, regs)
        except ValueError:
            self.fail("range")
            return False
        self.missed = 0
        self._refused &= ~(1 << what)
        return True

    def fail(self, why: str) -> None:
        """No usable answer came to the last telegram; why is one word."""
        self.reading.fail(why)
        if why == "exception" and self._asked != CURRENTS:
            bit = 1 << self._asked   # it is there, and has no such registers, or not now
            self._never |= self._refused & bit
            self._refused |= bit
        else:
            self.missed += 1

    def _has(self, what: int) -> bool:
        r = self.row
        at = r[POWER] if what == POWERS else r[VOLTS] if what == VOLTAGES else r[IMPORT if what == ENERGY_IN else EXPORT]
        return at >= 0 and not self._never & 1 << what

    def _currents(self, regs, now: int) -> bool:
        r = self.row
        ma = self._three(regs, AMPS_TENS)
        if r[POWER_AT] < 0:
            return self.reading.put(now, ma)
        w = [0, 0, 0]
        for i in range(r[PHASES]):
            at = r[POWER_AT] + i * SIZE[r[TYPE]]
            w[i] = r[SIGN] * number(regs, at, r[TYPE], r[ORDER], r[WATTS_TENS])
            # Half a watt decides the sign, so it is asked of the bits, not of the rounded number.
            out = r[SIGN] * sign(regs, at, r[TYPE], r[ORDER]) < 0
            ma[i] = -abs(ma[i]) if out else abs(ma[i])
        return self.reading.put(now, ma, w)

    def _three(self, regs, tens_column: int) -> list:
        """The values that an answer begins with: one for each phase, or one alone."""
        r = self.row
        tens = r[tens_column]
        if r[SCALED]:
            scale = number(regs, len(regs) - 1, INT16, r[ORDER], 0)
            if not -SCALE_MAX <= scale <= SCALE_MAX:
                raise ValueError("scale must be -10 to 10")
            tens += scale
        three = [0, 0, 0]
        size = SIZE[r[TYPE]]
        for i in range(min(r[PHASES], len(regs) // size)):
            if not r[SCALED] or regs[i] != NOT_THERE:
                three[i] = number(regs, i * size, r[TYPE], r[ORDER], tens)
        return three

    def _energy(self, what: int, regs) -> None:
        r = self.row
        kind = INT64 if len(regs) == 4 else INT16 if len(regs) == 1 else FLOAT32 if r[TYPE] == FLOAT32 else INT32
        wh = number(regs, 0, kind, r[ORDER], r[WH_TENS])
        self.reading.put_energy(wh if what == ENERGY_IN else None, wh if what == ENERGY_OUT else None)
