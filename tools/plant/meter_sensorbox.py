"""A Sensorbox at its one address: clamps on the mains, or the P1 port of a smart meter, as a slave on a Modbus RTU line.

`version` 0 is a box 1.5, which answers to 20 registers and to nothing else; from
1 on it is a box 2 and has up to 32. `source` says what it measures with: "ct",
"p1", or "old" for a smart meter that has fallen silent. Numbers are new every
`every_ms`; who asks twice in between is told that nothing is. It knows no wire
and no firmware.
"""
import struct

from tools.plant.meter_sdm630 import ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, READ_BYTES, READ_INPUT, Sdm630

UNIT = 10
SHORT, LONG = 20, 32
WRITE = 6
GRID_AT, WIFI_AT = 0x0800, 0x0801
SOURCES = ("ct", "p1", "old")


class SensorboxSlave(Sdm630):
    def __init__(self, unit: int = UNIT, version: int = 1, source: str = "ct", every_ms: int = 200) -> None:
        """source of SOURCES; ValueError else."""
        if source not in SOURCES:
            raise ValueError("source must be one of " + ", ".join(SOURCES))
        Sdm630.__init__(self, unit)
        self.version = version
        self.source = source
        self.every_ms = every_ms
        self.wiring = 0          # 1: rotation to the left, 2: three wires
        self.wifi = 0            # 0 off, 1 on, 2 portal
        self.connected = 0
        self.ip = (192, 168, 1, 77)
        self.halves = 0          # 1: clamps of 200 A, whose currents come halved
        self.volt = 230
        self._new = 0
        self._age_ms = 0

    def measure(self, ma: list, dt_ms: int) -> None:
        """Takes in the signed currents of the last dt_ms, mA, import positive."""
        Sdm630.measure(self, ma, dt_ms)
        self._age_ms += dt_ms
        if self._age_ms >= self.every_ms:
            self._age_ms = 0
            self._new = 1

    def _body(self, function: int, rest: bytes) -> "bytes | int":
        if len(rest) != READ_BYTES - 4:
            return ILLEGAL_FUNCTION
        at, what = struct.unpack(">HH", rest)
        if function == WRITE and self.version:
            return self._write(at, what, rest)
        if function != READ_INPUT:
            return ILLEGAL_FUNCTION
        if at or not 0 < what <= LONG or not self.version and what != SHORT:
            return ILLEGAL_ADDRESS
        return bytes((READ_INPUT, 2 * what)) + self._block()[:2 * what]

    def _write(self, at: int, value: int, rest: bytes) -> "bytes | int":
        if at == GRID_AT:
            self.wiring = value & 3
        elif at == WIFI_AT:
            self.wifi = value & 3
        else:
            return ILLEGAL_ADDRESS
        return bytes((WRITE,)) + rest

    def _block(self) -> bytes:
        p1 = self.source == "p1"
        flags = (0x80 if p1 else 0x43 if self.source == "old" else 0x03) if self._new else 0
        self._new = 0
        amps = [x / 1000 for x in self.ma]
        none = [0.0, 0.0, 0.0]
        data = bytes((self.version, 0x14 | self.wiring if self.version else 0x0F, 50 if p1 and flags else 0, flags))
        data += struct.pack(">6f", *([float(self.volt)] * 3 + amps if p1 else none + none))
        data += struct.pack(">3f", *(none if p1 else [x / 2 for x in amps] if self.halves else amps))
        status = 2 * self.connected + (4 if self.wifi == 2 else 0)
        data += bytes((status, self.wifi, 12, 30, 21, 10, 126, 6)) + bytes(self.ip) + bytes((0x12, 0x34, 0x56, 0x78))
        return data + bytes(2 * LONG - len(data))
