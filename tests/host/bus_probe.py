"""Reads an SDM630 on a tty through our bus, with faults on the way, and prints what came of it.

    bus_probe.py TTY QUESTIONS FAULTS SEED [bus]

With "bus" the whole bus task asks as the charger does, for QUESTIONS tenths
of a second; without it the transport alone is asked so many questions.
Runs on CPython and on MicroPython. FAULTS is the share of answers, in percent,
that get lost, cut, scrambled, answered for another function or by another
device, or come late. Prints one line: ok, wrong, stale, errors, and the longest
gap of a 10 ms task beside it.
"""
import asyncio
import sys

from probe import Beat
from app import clock
from app.bus import Bus
from app.rtu import LATE_MS, Rtu, RtuError
from hal.sim_tty import Tty
from meters.modbus_meter import CURRENTS, ENERGY_IN, ENERGY_OUT, ModbusMeter
from meters.reading import Reading
from meters.roles import Roles
from proto.words import FLOAT32, HIGH_BYTE_FIRST, HIGH_WORD_FIRST, number
from settings import Settings
from tools.plant.meter_sdm630 import crc16

BAUD = 115200  # a pty has no speed: this only keeps the waiting short
KINDS = ("lost", "cut", "scrambled", "function", "device", "late")


def signed(body):
    crc = crc16(body)
    return body + bytes((crc & 0xFF, crc >> 8))


class Faulty:
    """A port that spoils a share of the answers on their way. Knows what the newest answer really said."""

    def __init__(self, port, share, seed):
        self.port, self.share, self.seed = port, share, seed
        self.kind = ""
        self.had = b""
        self.out = b""
        self.due = 0
        self.newest = b""
        self.done = {}

    def configure(self, baud, parity):
        self.port.configure(baud, parity)

    def dice(self, n):
        self.seed = (self.seed * 1103515245 + 12345) & 0x3FFFFFFF
        return (self.seed >> 12) % n

    def write(self, buf):
        if self.kind != "late":
            self.had = self.out = b""
        self.want = 5 + 2 * (buf[4] << 8 | buf[5])
        self.kind = KINDS[self.dice(len(KINDS))] if self.dice(100) < self.share else ""
        self.done[self.kind] = self.done.get(self.kind, 0) + 1
        self.port.write(buf)

    def read(self, n):
        some = self.port.read(256)
        if some:
            self.had += some
            if len(self.had) >= self.want:
                self.out, self.due = self.spoiled(self.had), clock.ticks_ms()
                if self.kind == "late":
                    self.due = clock.ticks_add(self.due, 150 + self.dice(LATE_MS - 200))
                self.newest, self.had = self.had, b""
        if not self.out or clock.ticks_diff(clock.ticks_ms(), self.due) < 0:
            return None
        some, self.out = self.out[:n], self.out[n:]
        return some

    def spoiled(self, frame):
        if self.kind == "lost":
            return b""
        if self.kind == "cut":
            return frame[:1 + self.dice(len(frame) - 1)]
        if self.kind == "scrambled":
            at = self.dice(len(frame))
            return frame[:at] + bytes((frame[at] ^ 1 << self.dice(8),)) + frame[at + 1:]
        if self.kind == "function":
            return signed(bytes((frame[0], 3)) + frame[2:-2])
        if self.kind == "device":
            return signed(bytes((11,)) + frame[1:-2])
        return frame


async def main(tty, questions, share, seed):
    port = Faulty(Tty(tty), share, seed)
    rtu = Rtu(port, BAUD)
    reading = Reading()
    meter = ModbusMeter(4, 10, reading)
    beat = Beat()
    asyncio.create_task(beat.run())
    ok = wrong = stale = 0
    errors = {}
    for i in range(questions):
        what = (CURRENTS, CURRENTS, ENERGY_IN, ENERGY_OUT)[i % 4]
        function, start, count = meter.telegram(what)
        try:
            regs = await rtu.read(function, 10, start, count)
        except RtuError as e:
            errors[e.args[0]] = errors.get(e.args[0], 0) + 1
            continue
        ok += 1
        if not meter.take(what, regs, clock.ticks_ms()):
            wrong += 1
        elif what == CURRENTS:
            n, ma, w = reading.ma[0], reading.ma, reading.w
            if ma[1] != -n - 1000 or ma[2] != n + 2000 or w[0] != n * 230 // 1000 or w[1] != ma[1] * 230 // 1000 or n % 1000:
                wrong += 1
        elif what == ENERGY_IN and reading.import_wh != 1000500 or what == ENERGY_OUT and reading.export_wh != 77250:
            wrong += 1
        if port.newest[3:7] != bytes((regs[0] >> 8, regs[0] & 255, regs[1] >> 8, regs[1] & 255)):
            stale += 1
    print("ok %d wrong %d stale %d errors %d gap_ms %d faults %s seen %s" % (
        ok, wrong, stale, rtu.errors, beat.longest, port.done, errors))


class Judge(Faulty):
    """Looks whether a reading is that of the newest answer about currents."""

    def read(self, n):
        was = self.newest
        some = Faulty.read(self, n)
        if self.newest is not was and self.newest[2] == 24:
            self.currents = self.newest
        return some


async def task(tty, tenths, share, seed):
    """The bus task for so long."""
    port = Judge(Tty(tty), share, seed)
    port.currents = b""
    cfg = Settings()
    cfg.put("rs485_baud", BAUD)
    cfg.put("mains_a", 200)
    roles = Roles()
    heard = [0, 0, 0]

    def hear():
        ma, w, c = roles.mains.ma, roles.mains.w, port.currents
        heard[0] += 1
        n = ma[0]
        if ma[1] != -n - 1000 or ma[2] != n + 2000 or w[0] != n * 230 // 1000 or n % 1000:
            heard[1] += 1
        if number((c[3] << 8 | c[4], c[5] << 8 | c[6]), 0, FLOAT32, HIGH_BYTE_FIRST | HIGH_WORD_FIRST, 3) != n:
            heard[2] += 1
    beat = Beat()
    beating = asyncio.create_task(beat.run())
    asking = asyncio.create_task(Bus(port, cfg, roles, [].append, hear).run())
    await asyncio.sleep(tenths / 10)
    asking.cancel()
    beating.cancel()
    reading = roles.mains
    wrong = heard[1] + (reading.import_wh not in (0, 1000500)) + (reading.export_wh not in (0, 77250))
    print("ok %d wrong %d stale %d errors %d gap_ms %d faults %s seen %s" % (
        heard[0], wrong, heard[2], reading.errors, beat.longest, port.done, reading.counted()))


asyncio.run((task if sys.argv[5:] == ["bus"] else main)(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])))
