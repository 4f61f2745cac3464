"""One meter on the bus: what to ask it next, and what its answer means.

Pure: it is handed the time that passed and lists of registers, and fills its
Reading. It knows no port and no frame. Currents are asked every time; when
the energies are due, one of them is asked after the currents, so that a late
answer never meets a question of the same length about something else.
"""
from meters import models
from meters.models import (AMPS_TENS, COUNT, ENERGY_COUNT, EXPORT, FC, FLIP, IMPORT, PHASES,
                           POWER_AT, START, WATTS_TENS, WH_TENS)
from proto.float32 import whole

CURRENTS, ENERGY_IN, ENERGY_OUT = 0, 1, 2

ENERGY_MS = 60_000  # each counter once a minute: they grow slowly, and SmartEVSE asks every two


class ModbusMeter:
    def __init__(self, model: int, address: int, reading) -> None:
        """model is an ID of models.TABLE that is read by modbus, address 1..247. ValueError else."""
        self.row = models.row(model)
        if self.row[models.WAY] != "modbus":
            raise ValueError("meter must be one that is read by modbus")
        if not 1 <= address <= 247:
            raise ValueError("address must be 1 to 247")
        self.model = model
        self.address = address
        self.reading = reading
        self.missed = 0          # telegrams without a usable answer since the last good one
        self._wait_ms = 0        # until an energy is due
        self._turn = ENERGY_IN

    def telegram(self, what: int) -> tuple:
        """(function code, first register, how many) that asks for CURRENTS, ENERGY_IN or ENERGY_OUT."""
        r = self.row
        if what == CURRENTS:
            return r[FC], r[START], r[COUNT]
        return r[FC], r[IMPORT if what == ENERGY_IN else EXPORT], r[ENERGY_COUNT]

    def energy_due(self, dt_ms: int) -> int:
        """ENERGY_IN or ENERGY_OUT when one is due after another dt_ms, else 0. Asks only a meter that answers."""
        self._wait_ms -= dt_ms
        if self._wait_ms > 0 or self.missed:
            return 0
        what = self._turn
        self._turn = ENERGY_IN + ENERGY_OUT - what
        self._wait_ms = ENERGY_MS // 2
        return what if self.telegram(what)[1] >= 0 else 0

    def take(self, what: int, regs, now: int) -> bool:
        """Registers that came for this question, at now (ticks ms), go into the reading, all or none.

        False, and counted there, when they are not what was asked or make no sense.
        """
        try:
            if len(regs) != self.telegram(what)[2]:
                raise ValueError("length")
            if what == CURRENTS:
                self._currents(regs, now)
            else:
                wh = whole(regs[0], regs[1], self.row[WH_TENS])
                self.reading.put_energy(wh if what == ENERGY_IN else None, wh if what == ENERGY_OUT else None)
        except ValueError:
            self.fail("range")
            return False
        self.missed = 0
        return True

    def fail(self, why: str) -> None:
        """No usable answer came; why is one word."""
        self.missed += 1
        self.reading.fail(why)

    def _currents(self, regs, now: int) -> None:
        """The current has no sign on these meters; it gets that of the power of its phase."""
        r = self.row
        ma = [0, 0, 0]
        w = [0, 0, 0]
        for i in range(r[PHASES]):
            at = 2 * i
            ma[i] = whole(regs[at], regs[at + 1], r[AMPS_TENS])
            if r[POWER_AT] >= 0:
                at += r[POWER_AT]
                # Half a watt decides the sign, so it is asked of the bits, not of the rounded number.
                some = regs[at] & 0x7FFF or regs[at + 1]
                out = some and (regs[at] >> 15) ^ r[FLIP]
                w[i] = whole(regs[at], regs[at + 1], r[WATTS_TENS])
                if r[FLIP]:
                    w[i] = -w[i]
                ma[i] = -abs(ma[i]) if out else abs(ma[i])
        self.reading.put(now, ma, w)
