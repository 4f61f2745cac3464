"""The chip's modules, machine, network and esp32, over one imaginary chip.

board_on(chip) imports hal's files anew with these in their place and gives
the board; afterwards sys.modules is as it was, so nothing else notices.
"""

import importlib
import sys
import types
from typing import Any

HAL = ("hal.esp32", "hal.early", "hal.cp", "hal.contactor", "hal.plug_lock", "hal.rs485",
       "hal.lcd_st7567", "hal.leds", "hal.net", "hal.store", "hal.senses", "hal.board_v30", "hal.board_v31")


def machine(chip):
    """A module `machine` whose every object belongs to chip."""

    class Pin:
        IN, OUT, PULL_UP = 1, 3, 2

        def __init__(self, n, mode=-1, pull=-1, value=None):
            self.n = n
            if value is not None:
                chip.drive(n, value)
            if mode == Pin.OUT:
                assert n < 34, "this pin can only listen"
                chip.driven.add(n)
            elif mode == Pin.IN:
                chip.driven.discard(n)
                assert pull == -1 or n < 34, "this pin has no pull-up"

        def __call__(self, value=None):
            if value is None:
                return chip.look(self.n)
            chip.drive(self.n, value)

    class PWM:
        def __init__(self, pin, freq=0, duty_u16=0):
            assert pin.n not in chip.pwm, "one PWM object for life"
            self.n, self.hz, self.changes = pin.n, freq, 0
            chip.pwm[pin.n] = duty_u16
            chip.pwm_objects.append(self)

        def duty_u16(self, u16):
            self.changes += 1
            chip.pwm[self.n] = u16

    chip.pwm_objects = []

    class ADC:
        ATTN_0DB, ATTN_2_5DB, ATTN_6DB, ATTN_11DB = 0, 1, 2, 3

        def __init__(self, pin, atten=0):
            self.n = pin.n
            assert atten == (3 if pin.n == 39 else 2)

        def read_uv(self):
            return chip.volts_uv(self.n)

    class Timer:
        ONE_SHOT, PERIODIC = 0, 1

        def __init__(self, n):
            self.n, self.due = n, None
            chip.timers.append(self)

        def init(self, mode=1, period=0, callback=None):
            self.mode, self.period_us, self.callback = mode, period * 1000, callback
            self.due = chip.now + self.period_us

        def deinit(self):
            self.due = None

        def fire(self):
            self.due = self.due + self.period_us if self.mode else None
            self.callback(self)

    class UART:
        def __init__(self, n, baud, tx=None, rx=None, txbuf=0, rxbuf=0, timeout=0, timeout_char=0):
            assert (n, tx.n) == (1, 21) and timeout == timeout_char == 0
            self.bits, self.baud, self.until, self.frames = 10, baud, 0, []
            self.de = 22
            chip.uart = self

        def init(self, baudrate=0, bits=8, parity=None, stop=1, timeout=0, timeout_char=0):
            assert bits == 8 and timeout == timeout_char == 0
            self.baud, self.parity, self.stop = baudrate, parity, stop
            self.bits = 10 if parity is None else 11

        def write(self, buf):
            start = max(chip.now, self.until)
            self.until = start + len(buf) * self.bits * 1000000 // self.baud
            (chip.wire.heard if chip.out.get(self.de) else chip.wire.muffled).extend(buf)
            self.frames.append((start, self.until))

        def txdone(self):
            chip.now += 5
            return chip.now >= self.until

        def any(self):
            return len(chip.wire.coming)

        def read(self, n):
            got = bytes(chip.wire.coming[:n])
            del chip.wire.coming[:n]
            return got or None

    class SPI:
        def __init__(self, n, baudrate=0, polarity=0, phase=0, sck=None, mosi=None, miso=0):
            assert (baudrate, polarity, phase, miso) == (10000000, 1, 1, None)
            chip.driven.add(mosi.n)

        def write(self, data):
            assert {25, 33} <= chip.driven and chip.reg[0x3FF44530 + 4 * 33] == 9, "the lines belong to the buttons"
            chip.now += len(data) * 8 // 10 + 20
            if chip.out.get(5, 1):
                chip.panel.take(data, chip.out[25])

    class WDT:
        def __init__(self, timeout):
            chip.dog_ms = timeout

        def feed(self):
            chip.fed.append(chip.now)

    class Memory:
        def __getitem__(self, at):
            return chip.peek(at)

        def __setitem__(self, at, value):
            chip.poke(at, value)

    m: Any = types.ModuleType("machine")
    for thing in (Pin, PWM, ADC, Timer, UART, SPI, WDT):
        setattr(m, thing.__name__, thing)
    m.mem32 = Memory()
    m.unique_id = lambda: bytes((1, 2, 3, 4, 5, 6))
    m.freq = lambda hz: setattr(chip, "hz", hz)
    m.reset = lambda: setattr(chip, "resets", chip.resets + 1)
    return m


def network(chip):
    class WLAN:
        PM_NONE = 0

        def __init__(self, kind):
            self.settings = {}
            chip.wlan = self

        def active(self, on):
            assert chip.hostname, "the name must be known before"

        def config(self, **settings):
            self.settings.update(settings)

        def connect(self, ssid, password):
            if chip.radio["refuse"]:
                raise OSError("Wifi Internal State Error")
            chip.radio["asked"].append((ssid, password))

        def disconnect(self):
            chip.radio["up"] = False

        def isconnected(self):
            return chip.radio["up"]

        def ifconfig(self):
            return ("192.0.2.7", "255.255.255.0", "192.0.2.1", "192.0.2.1")

        def status(self, what):
            return chip.radio[what]

    m: Any = types.ModuleType("network")
    m.WLAN, m.STA_IF = WLAN, 0
    m.hostname = lambda name: setattr(chip, "hostname", name)
    return m


def esp32(chip):
    class Partition:
        @staticmethod
        def mark_app_valid_cancel_rollback():
            chip.approved += 1

    m: Any = types.ModuleType("esp32")
    m.Partition = Partition
    return m


def load(chip):
    """hal's files for the chip, imported over it: {name: module}."""
    clock: Any = types.ModuleType("time")
    clock.ticks_us, clock.ticks_add, clock.ticks_diff = chip.ticks_us, chip.ticks_add, chip.ticks_diff
    fakes = {"machine": machine(chip), "network": network(chip), "esp32": esp32(chip), "time": clock}
    kept = {name: sys.modules.get(name) for name in tuple(fakes) + HAL}
    room = importlib.import_module("hal")
    shown = {name: vars(room).get(name.split(".")[1]) for name in HAL}
    for name in HAL:
        sys.modules.pop(name, None)
    sys.modules.update(fakes)
    try:
        return {name: importlib.import_module(name) for name in HAL}
    finally:
        for name, module in kept.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module
        for name, module in shown.items():
            if module is None:
                vars(room).pop(name.split(".")[1], None)
            else:
                setattr(room, name.split(".")[1], module)


def board_on(chip, folder="", **more):
    """A new board on chip; its store keeps its files in folder."""
    return load(chip)["hal.esp32"].Board(folder=folder, **more)
