"""Any model of meters.models as a slave on a simulated wire: volts and currents in, registers out, by the model's own row.

It answers its function code and registers, and anything else with an
exception, or not at all when it is `shy`, as some devices do. It counts what
anybody tried to write to it.
"""
import struct

from meters import models
from meters.models import (AMPS_TENS, FC, ORDER, PHASES, POWER, POWER_AT, POWER_COUNT, SIGN, SCALED, START, TYPE, VOLTS, VOLTS_COUNT,
                           VOLTS_TENS, WATTS_TENS)
from proto.words import FLOAT32, HIGH_WORD_FIRST, INT16, SIZE
from tools.plant.meter_sdm630 import crc16


class TableMeter:
    def __init__(self, model, unit, ma=(1000, 2000, 3000), mv=(230000, 231000, 229000), shy=False):
        self.row = models.row(model)
        self.unit = unit
        self.ma = list(ma)
        self.mv = list(mv)
        self.shy = shy
        self.asked = 0
        self.written = 0

    def _put(self, regs, at, value, tens):
        """value in the unit of the firmware (mA, W, mV) at a register, in the meter's own."""
        r = self.row
        own = value / 10 ** tens
        if r[TYPE] == INT16:
            regs[at] = round(own) & 0xFFFF
            return
        data = struct.pack(">f", own) if r[TYPE] == FLOAT32 else struct.pack(">i", round(own))
        high, low = struct.unpack(">HH", data)
        if not r[ORDER] & HIGH_WORD_FIRST:
            high, low = low, high
        regs[at], regs[at + 1] = high, low

    def registers(self):
        r = self.row
        size = SIZE[r[TYPE]]
        regs: dict = {}
        for at, count in ((r[START], models.row(r[0])[models.COUNT]), (r[VOLTS], r[VOLTS_COUNT]), (r[POWER], r[POWER_COUNT])):
            for i in range(count if at >= 0 else 0):
                regs[at + i] = 0
        watts = [self.mv[i] * self.ma[i] // 1000000 for i in range(3)]
        for i in range(r[PHASES]):
            amps = abs(self.ma[i]) if r[SIGN] else self.ma[i]
            self._put(regs, r[START] + i * size, amps, r[AMPS_TENS] - (2 if r[SCALED] else 0))
            self._put(regs, r[VOLTS] + i * size, self.mv[i], r[VOLTS_TENS] - (2 if r[SCALED] else 0))
            if r[POWER_AT] >= 0:
                self._put(regs, r[START] + r[POWER_AT] + i * size, r[SIGN] * watts[i], r[WATTS_TENS])
            elif r[POWER] >= 0 and r[POWER_COUNT] == 3:
                self._put(regs, r[POWER] + i, watts[i], r[WATTS_TENS])
        if r[POWER_AT] < 0 and r[POWER] >= 0 and r[POWER_COUNT] == size:
            self._put(regs, r[POWER], sum(watts), r[WATTS_TENS])
        if r[SCALED]:   # two places, for all three groups
            regs[r[START] + 3] = regs[r[VOLTS] + r[VOLTS_COUNT] - 1] = (-2) & 0xFFFF
            regs[r[POWER]] = sum(watts) & 0xFFFF
        return regs

    def answer(self, frame):
        if len(frame) < 4 or frame[0] != self.unit or crc16(frame[:-2]) != frame[-2] | frame[-1] << 8:
            return None
        self.asked += 1
        if frame[1] not in (3, 4):
            self.written += 1
        body = self._body(frame)
        if body is None:
            return None
        reply = bytes((self.unit,)) + body
        crc = crc16(reply)
        return reply + bytes((crc & 0xFF, crc >> 8))

    def _body(self, frame):
        no = None if self.shy else bytes((frame[1] | 0x80, 1 if frame[1] != self.row[FC] else 2))
        if frame[1] != self.row[FC] or len(frame) != 8:
            return no
        start, count = struct.unpack(">HH", frame[2:6])
        regs = self.registers()
        out = bytes((frame[1], 2 * count))
        for at in range(start, start + count):
            if at not in regs:
                return no
            out += struct.pack(">H", regs[at])
        return out
