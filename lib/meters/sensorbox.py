"""A Sensorbox: current clamps, or the numbers of a smart meter's P1 port, behind one address.

A box of the first kind (1.5) answers only to a question for 20 registers; one
of the second kind tells more when it is asked for 32. Its flags say what is
new: nothing new is no error, but makes no reading younger either. Asked and
told as ModbusMeter is. Source: the registers of the box as SmartEVSE uses them.

P1 brings volts and amps, which the box has divided out of each other, so their
product is the measured power. Clamps bring amps alone: then no power is known,
and none is claimed.
"""
from micropython import const

from meters.modbus_meter import CURRENTS
from proto.words import FLOAT32, HIGH_BYTE_FIRST, HIGH_WORD_FIRST, number, scaled

MODEL, ADDRESS = 1, 10
READ, SHORT, LONG = 4, 20, 32           # function, registers of both questions
GRID_AT, WIFI_AT = 0x0800, 0x0801       # what can be written
P1_VOLTS, P1_AMPS, CLAMP_AMPS, WIFI = 2, 8, 14, 20  # where things are in an answer
FRESH_P1, FRESH_CLAMPS = 0x80, 0x03     # flags
_WIRED = const(0x10)      # from this hardware id on, the lowest bits tell grid and rotation
_BIG_A = const(100)       # above this main fuse the clamps are those of 200 A, and half of the current is seen
LOST = const(3)           # so many silent questions, and it may be another box
_WRITE_EVERY = const(20)  # readings between two tries to write the same: a box that does not listen is not pestered
ORDER = HIGH_BYTE_FIRST | HIGH_WORD_FIRST


class Sensorbox:
    def __init__(self, reading, cfg) -> None:
        """cfg as settings.Settings: mains_a, grid, sb2_rotation and sb2_wifi are looked at when they matter."""
        self.model = MODEL
        self.address = ADDRESS
        self.reading = reading
        self.cfg = cfg
        self.missed = 0
        self.version = 0        # of its software
        self.wiring = 0         # 2: three wires; 1: the phases go round to the left; as the box has it
        self.p1 = 0             # 1: the last numbers came from the smart meter
        self.wifi = -1          # what the box does: 0 off, 1 on, 2 its own network is open; -1 it does not say
        self.connected = 0      # 1: it is in the house's network
        self.ip = (0, 0)        # its address there, two words
        self._count = SHORT
        self._clamps = 0        # 1: the last numbers came from clamps of a box that knows its wiring
        self._wish = -1         # the setting for its network that it was last told, or found with
        self._rest = 0          # readings until something may be written again

    def telegram(self, what: int) -> tuple:
        """(function code, first register, how many); there is only one question."""
        return READ, 0, self._count

    def energy_due(self, dt_ms: int) -> int:
        """0: it has no counters."""
        return 0

    def take(self, what: int, regs, now: int) -> bool:
        """Registers that came, at now (ticks ms), go into the reading. False: nothing new, or no use (counted there)."""
        if what != CURRENTS or len(regs) != self._count:
            self.fail("range")
            return False
        self.version = regs[0] >> 8 & 0xFF
        self._count = LONG if self.version else SHORT
        flags = regs[1] & 0xFF
        try:
            taken = self._numbers(regs, flags, now)
        except ValueError:
            self.fail("range")
            return False
        self.missed = 0
        self._about(regs, flags)
        if self._rest:
            self._rest -= 1
        return taken

    def fail(self, why: str) -> None:
        """No usable answer came; why is one word."""
        self.missed += 1
        self.reading.fail(why)
        if self.missed >= LOST:
            self._count = SHORT

    def to_write(self) -> "tuple | None":
        """(register, value) that the box should be told, or None. To be asked after a reading; not handed out each time."""
        if self._rest or self.missed:
            return None
        cfg = self.cfg
        wiring = 2 * cfg.grid + cfg.sb2_rotation
        what = None
        if self._clamps and wiring != self.wiring:
            what = GRID_AT, wiring
        elif self.wifi >= 0 and cfg.sb2_wifi != self._wish:
            what = WIFI_AT, cfg.sb2_wifi
        if what:
            self._rest = _WRITE_EVERY
        return what

    def ip_text(self) -> str:
        """Its address in the network; "" while it has none."""
        high, low = self.ip
        if not high and not low:
            return ""
        return "%d.%d.%d.%d" % (high >> 8, high & 0xFF, low >> 8, low & 0xFF)

    def _numbers(self, regs, flags: int, now: int) -> bool:
        if not flags & (FRESH_P1 | FRESH_CLAMPS):
            return False
        reading = self.reading
        p1 = flags & FRESH_P1
        ma = [0, 0, 0]
        for i in range(3):
            ma[i] = number(regs, (P1_AMPS if p1 else CLAMP_AMPS) + 2 * i, FLOAT32, ORDER, 3)
            if not p1 and self.cfg.mains_a > _BIG_A:
                ma[i] *= 2
        w = None
        if p1:
            mv = [number(regs, P1_VOLTS + 2 * i, FLOAT32, ORDER, 3) for i in range(3)]
            reading.put_volts(mv)
            if max(mv):
                w = [scaled(ma[i] * mv[i], -6) for i in range(3)]
        if not reading.put(now, ma, w):
            reading.fail("doubt")
            return False
        if w is None:
            reading.forget_power()
        self.p1 = 1 if p1 else 0
        return True

    def _about(self, regs, flags: int) -> None:
        """What the box tells of itself."""
        identity = regs[0] & 0xFF
        self._clamps = 1 if identity >= _WIRED and flags & FRESH_CLAMPS and not flags & FRESH_P1 else 0
        self.wiring = identity & 3 if identity >= _WIRED else 0
        if len(regs) < LONG:
            self.wifi = -1
            return
        self.connected = regs[WIFI] >> 9 & 1
        self.wifi = regs[WIFI] & 0xFF
        self.ip = regs[WIFI + 4], regs[WIFI + 5]
        if self._wish < 0 or self.wifi == self.cfg.sb2_wifi:
            self._wish = self.cfg.sb2_wifi  # what it is found with stays, until the owner changes the setting
