"""The board's terminals and the meters of the regulation bench, one set for each charger.

The bench owns house, sun and cars; here its car becomes volts on the pilot,
and its meters become slaves on the simulated RS485 pair. It knows neither the
firmware nor a scenario: bench_site.py puts the two together.
"""
import struct

from tools.plant.meter_sdm630 import Sdm630, crc16

LEVEL_MV = {"A": 12000, "B": 9000, "C": 6000}
CABLE_OHM = 220
OPEN_OHM = 65535
P1_FRESH = 0x80


class Meter(Sdm630):
    """A bench's meter behind SDM630 registers: it is asked when the wire asks. `read()` gives three amps, or None for silence."""

    def __init__(self, read, unit: int = 10) -> None:
        Sdm630.__init__(self, unit)
        self._read = read

    def answer(self, frame: bytes) -> "bytes | None":
        if not frame or frame[0] != self.unit:
            return None
        amps = self._read()
        if amps is None:
            return None
        self.ma = [int(round(a * 1000)) for a in amps]
        return Sdm630.answer(self, frame)


class Sensorbox:
    """A Sensorbox 2 with a P1 cable, at address 10: signed amps, and each answer says that they are new."""

    UNIT = 10

    def __init__(self, read) -> None:
        self._read = read

    def answer(self, frame: bytes) -> "bytes | None":
        if len(frame) != 8 or frame[0] != self.UNIT or frame[1] != 4 or crc16(frame[:-2]) != frame[-2] | frame[-1] << 8:
            return None
        start, count = struct.unpack(">HH", frame[2:6])
        amps = self._read()
        if amps is None or start or count not in (20, 32):
            return None
        body = struct.pack(">BBBB", 0, 0x14, 50, P1_FRESH) + struct.pack(">3f", 230, 230, 230) + struct.pack(">3f", *amps)
        data = bytes((self.UNIT, 4, 2 * count)) + body + bytes(2 * count - len(body))
        crc = crc16(data)
        return data + bytes((crc & 0xFF, crc >> 8))


class Terminals:
    """What hal.sim needs of a plant, over one of the bench's cars."""

    def __init__(self, port) -> None:
        self.cp_high_mv = self.cp_low_mv = 12000
        self.pp_ohm = OPEN_OHM
        self.rcm = self.switch = self.locked = self.buttons = 0
        self.temp_c = 25
        self.wire = port
        self.car = "A"
        self.duty_bp, self.connected = 10000, 1
        self.out = (True, 1.0, 0, 0)

    def step(self, dt_ms: int) -> None:
        """Nothing moves here by itself."""

    def see(self, letter: str) -> None:
        """The car's letter, as volts."""
        if letter != self.car:
            self.car = letter
            self._pilot()

    def _pilot(self) -> None:
        self.pp_ohm = OPEN_OHM if self.car == "A" else CABLE_OHM
        high = LEVEL_MV[self.car]
        self.cp_high_mv = high if self.connected and self.duty_bp > 0 else 0 if not self.connected else -12000
        self.cp_low_mv = self.cp_high_mv if self.duty_bp >= 10000 or not self.connected else -12000

    def drive(self, duty_bp: int, connected: int, c1: int, c2: int, lock_drive: int) -> None:
        """What the board puts out."""
        was = self.out
        if duty_bp == self.duty_bp and connected == self.connected and c1 == was[2] and c2 == was[3]:
            return
        self.duty_bp, self.connected = duty_bp, connected
        self.out = (bool(connected), duty_bp / 10000, c1, c2)
        self._pilot()

    def light(self, r: int, g: int, b: int) -> None:
        """Nobody looks."""

    def lcd(self, page: int, buf) -> None:
        """Nobody looks."""

    def backlight(self, level: int) -> None:
        """Nobody looks."""
