"""A meter of any make, from its register map, as a slave on a Modbus RTU line.

It averages and counts as the SDM630 does; what is its own are its registers,
which meter_maps.py tells. Between its numbers it answers zeros, as most meters
do; where nothing of it is near, it has no such register. It knows no wire and
no firmware.
"""
import struct

from tools.plant.meter_maps import AT, BYTES, FIELDS, FUNCTION, KIND, MAPS, NAME, PER, PHASES, SIGN, WHAT, WORDS
from tools.plant.meter_sdm630 import ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, ILLEGAL_VALUE, MAX_WORDS, UWS_PER_KWH, VOLT, Sdm630

NEAR = 24          # registers behind a number that still answer, with zeros
SIZE = {"i16": 1, "i32": 2, "f32": 2, "kilo": 2, "u64": 4}
READS = (3, 4)
LINE_VOLT = 400


def find(name: str) -> tuple:
    """The map of a model. ValueError for one that has none."""
    for row in MAPS:
        if row[NAME] == name:
            return row
    raise ValueError("model must be one of " + ", ".join([row[NAME] for row in MAPS]))


class TableMeter(Sdm630):
    """One meter with unit id `unit`; its map is a row of meter_maps.MAPS or one like it."""

    def __init__(self, unit: int, row: tuple) -> None:
        Sdm630.__init__(self, unit)
        self.row = row
        self.volt = VOLT

    def _body(self, function: int, rest: bytes) -> "bytes | int":
        if function != self.row[FUNCTION] or len(rest) != 4:
            return ILLEGAL_FUNCTION
        start, words = struct.unpack(">HH", rest)
        if not 0 < words <= MAX_WORDS:
            return ILLEGAL_VALUE
        held = self.registers()
        data = bytearray((function, words * 2))
        for register in range(start, start + words):
            value = held.get(register)
            if value is None:
                if not [at for at in range(register - NEAR, register) if at in held]:
                    return ILLEGAL_ADDRESS
                value = 0
            data += struct.pack(">H", value if self.row[BYTES] else value >> 8 | (value & 0xFF) << 8)
        return bytes(data)

    def registers(self) -> dict:
        """What each of its registers holds now, its bytes in the usual order."""
        held: dict = {}
        for field in self.row[FIELDS]:
            at, kind = field[AT], field[KIND]
            for thousandths in self._numbers(field[WHAT], field[PER]):
                for register in self._words(thousandths, kind, field[PER] if field[WHAT] != "scale" else 1):
                    held[at] = register
                    at += 1
        return held

    def _numbers(self, what: str, per: int) -> list:
        """The thousandths of V, A, W or kWh that belong there, phase by phase."""
        row = self.row
        flip = -1 if row[SIGN] == "below" else 1
        ma = self.ma[:row[PHASES]]
        mw = [flip * x * self.volt for x in ma]
        out = self.export_uws if flip > 0 else self.import_uws
        if what == "v":
            return [self.volt * 1000] * row[PHASES]
        if what == "lines":
            return [LINE_VOLT * 1000] * row[PHASES]
        if what == "a":
            return list(ma) if row[SIGN] == "own" else [abs(x) for x in ma]
        if what == "w":
            return mw
        if what == "sum":
            return [sum(mw)]
        if what == "scale":
            return [per * 1000]
        wh_uws = self.import_uws + self.export_uws - out if what == "in" else out
        return [wh_uws // (UWS_PER_KWH // 1000)]

    def _words(self, thousandths: int, kind: str, per: int) -> list:
        if kind == "f32" or kind == "kilo":
            raw = struct.pack(">f", thousandths * per / (1000000 if kind == "kilo" else 1000))
        else:
            size = 2 * SIZE[kind]
            number = abs(thousandths) * per // 1000
            raw = ((-number if thousandths < 0 else number) & (1 << 8 * size) - 1).to_bytes(size, "big")
        words = [raw[i] << 8 | raw[i + 1] for i in range(0, len(raw), 2)]
        return words if self.row[WORDS] else list(reversed(words))


def make(name: str, unit: int = 10) -> TableMeter:
    """A meter of a model of meter_maps.MAPS. ValueError names the models there are."""
    return TableMeter(unit, find(name))
