"""An Eastron SDM630 three-phase meter, as a slave on a Modbus RTU line.

Given a whole frame it answers with a whole frame or keeps silent, as the real
one does: foreign unit ids and bad checksums get no answer. It is told the
currents every 100 ms and shows their mean over half a second. Its currents
are magnitudes; which way the energy flows only the powers tell. It knows no
wire and no time but the steps it is given.
"""
import struct

VOLT = 230
MEAN_STEPS = 5
UWS_PER_KWH = 3600000000000
READ_INPUT = 4
READ_BYTES = 8   # a whole request for input registers
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3
MAX_WORDS = 80   # Eastron's own limit: 40 floats in one request


def crc16(data: bytes) -> int:
    """Modbus checksum; goes on the line low byte first."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 if crc & 1 else crc >> 1
    return crc


class Sdm630:
    """One meter with unit id `unit`. `silent` makes it a dead one; `spoil` makes its checksums wrong."""

    def __init__(self, unit: int = 10) -> None:
        self.unit = unit
        self.silent = False
        self.spoil = False
        self.ma = [0, 0, 0]
        self.import_uws = 0
        self.export_uws = 0
        self.asked = 0
        self._past = [[0, 0, 0] for _ in range(MEAN_STEPS)]
        self._at = 0

    def measure(self, ma: list, dt_ms: int) -> None:
        """Takes in the signed currents of the last dt_ms, mA, import positive."""
        past = self._past[self._at]
        self._at = (self._at + 1) % MEAN_STEPS
        total = 0
        for p in range(3):
            past[p] = ma[p]
            total += ma[p]
            self.ma[p] = sum(step[p] for step in self._past) // MEAN_STEPS
        if total > 0:
            self.import_uws += total * VOLT * dt_ms
        else:
            self.export_uws -= total * VOLT * dt_ms

    def value(self, register: int) -> "float | None":
        """What an input register pair holds; None where this meter has none."""
        if register in (0x00, 0x02, 0x04):
            return float(VOLT)
        if register in (0x06, 0x08, 0x0A):
            return abs(self.ma[(register - 0x06) // 2]) / 1000
        if register in (0x0C, 0x0E, 0x10):
            return self.ma[(register - 0x0C) // 2] * VOLT / 1000
        if register == 0x34:
            return sum(self.ma) * VOLT / 1000
        if register == 0x46:
            return 50.0
        if register == 0x48:
            return self.import_uws / UWS_PER_KWH
        if register == 0x4A:
            return self.export_uws / UWS_PER_KWH
        if register == 0x156:
            return (self.import_uws + self.export_uws) / UWS_PER_KWH
        return None

    def answer(self, frame: bytes) -> "bytes | None":
        """The reply to one frame off the line, or None for silence."""
        if self.silent or len(frame) < 4 or frame[0] != self.unit:
            return None
        if crc16(frame[:-2]) != frame[-2] | frame[-1] << 8:
            return None
        if frame[1] == READ_INPUT and len(frame) != READ_BYTES:
            return None   # a frame with zeros behind its checksum has a right checksum again
        self.asked += 1
        body = self._body(frame[1], frame[2:-2])
        if isinstance(body, int):
            body = bytes((frame[1] | 0x80, body))
        reply = bytes((self.unit,)) + body
        crc = crc16(reply) ^ (0x0101 if self.spoil else 0)
        return reply + bytes((crc & 0xFF, crc >> 8))

    def _body(self, function: int, rest: bytes) -> "bytes | int":
        if function != READ_INPUT:
            return ILLEGAL_FUNCTION
        start, words = struct.unpack(">HH", rest)
        if not 0 < words <= MAX_WORDS:
            return ILLEGAL_VALUE
        if start % 2 or words % 2:
            return ILLEGAL_ADDRESS
        data = bytearray((READ_INPUT, words * 2))
        for register in range(start, start + words, 2):
            value = self.value(register)
            if value is None:
                return ILLEGAL_ADDRESS
            data += struct.pack(">f", value)
        return bytes(data)
