"""The SmartEVSE v3 board on its chip: the two verbs of the tick and its timer.

Which of the two boards it is, is read from the chip's package number. The
parts are in their own files; here they are put together once, and asked and
told every 10 ms. A tick that raises ends with everything off, is counted, and
starves the watchdog, so the chip starts again. It knows nothing of states.
"""

import time

import machine
from machine import ADC, PWM, WDT, Pin, Timer, mem32
from micropython import const

from hal import cp, early, senses
from hal.contactor import Contactors
from hal.lcd_st7567 import Lcd
from hal.leds import Leds
from hal.net import Net
from hal.plug_lock import PlugLock
from hal.rs485 import Rs485
from hal.store import Store

TICK_MS = const(10)
WATCHDOG_MS = const(2000)
_STALE_US = const(5000)   # called again so soon: left over from a stall
_LATE_US = const(15000)
_SLOW_TICKS = const(10)

# Words of the efuses, ESP32 technical reference manual, chapter eFuse controller.
_PACKAGE = const(0x3FF5A00C)
_OWN_ID = const(0x3FF5A080)


def facts_of_chip():
    """The board file: v3.1 has the chip with its flash inside (package 4)."""
    if mem32[_PACKAGE] >> 9 & 7 == 4:
        from hal import board_v31 as facts
    else:
        from hal import board_v30 as facts  # type: ignore[no-redef]
    return facts


def serial_of_chip() -> int:
    """The number burnt at the factory, or the end of the chip's address."""
    own = mem32[_OWN_ID] >> 8 & 0xFFFFFF
    if own:
        return own
    chip = machine.unique_id()
    return chip[-2] << 8 | chip[-1]


def _adc(pin: int, db: int) -> ADC:
    return ADC(Pin(pin), atten=ADC.ATTN_11DB if db == 11 else ADC.ATTN_6DB)


class Board:
    """Made once. facts and serial are found out when not given; folder is where the store lives."""

    def __init__(self, facts=None, serial: int = 0, folder: str = "") -> None:
        f = facts or facts_of_chip()
        self.contactors = Contactors(f.C1, f.C2)
        off = Pin(f.CP_OFF, Pin.OUT, value=1)
        pin = Pin(f.CP_OUT, Pin.OUT, value=1)
        # The first PWM of all gets a channel that changes its duty between two periods.
        pwm = PWM(pin, freq=1000, duty_u16=65535)
        self.pilot = cp.Pilot(pin, pwm, _adc(f.CP_IN, f.ADC_PILOT_DB), off)
        self.name = f.NAME
        self.serial = serial or serial_of_chip()
        self.lock = PlugLock(f.LOCK_R, f.LOCK_W, f.LOCK_IN)
        self.rcm = Pin(f.RCM, Pin.IN, Pin.PULL_UP) if f.RCM_PULL else Pin(f.RCM, Pin.IN)
        self.switch = Pin(f.SWITCH, Pin.IN)
        if f.BUZZER >= 0:
            Pin(f.BUZZER, Pin.OUT, value=0)
        self.proximity = senses.Slow(_adc(f.PP_IN, f.ADC_SLOW_DB), 25, 3300)
        self.warmth = senses.Slow(_adc(f.TEMP, f.ADC_SLOW_DB), 20, 700)
        self.leds = Leds(f.LED_R, f.LED_G, f.LED_B)
        self.lcd = Lcd(f)
        self.rs485 = Rs485(f.RS485_TX, f.RS485_RX, f.RS485_DE)
        self.store = Store(folder, stalls=1)
        self.net = Net(self.serial)
        self.pp_ohm = senses.OPEN
        self.temp_c = 20
        self.turn = 0
        self.ticks = self.late = self.skipped = self.crashes = 0
        self.worst_us = 0  # longest tick, with its read and write
        self.crash: "Exception | None" = None
        self.dog: "WDT | None" = None
        self.tick = self._nobody
        self.timer = Timer(0)
        self.last = time.ticks_us()
        self.rest_us = 0

    def read(self, inp) -> None:
        """Look at everything; about 2.5 ms with the pilot's burst in it."""
        rcm = self.rcm()
        inp.fresh = self.pilot.sample()
        inp.cp_high_mv = self.pilot.high_mv
        inp.cp_low_mv = self.pilot.low_mv
        self.turn += 1
        if self.turn == _SLOW_TICKS // 2:
            self.temp_c = senses.celsius(self.warmth.ask())
        elif self.turn == _SLOW_TICKS:
            self.turn = 0
            self.pp_ohm = senses.ohm(self.proximity.ask())
        inp.pp_ohm = self.pp_ohm
        inp.temp_c = self.temp_c
        inp.switch = 1 - self.switch()
        inp.locked = self.lock.is_locked()
        inp.buttons = self.lcd.buttons()
        self.rs485.tend()
        # A second look, about a millisecond after the first, keeps spikes out.
        inp.rcm = rcm & self.rcm()

    def write(self, out) -> None:
        """Obey. After a crash the contactors stay open whatever is asked."""
        if self.crashes:
            self.safe()
            return
        self.contactors.set(out.c1, out.c2)
        self.pilot.drive(out.duty_bp, out.connected)
        self.lock.drive(out.lock_drive)

    def safe(self) -> None:
        """Contactors open, pilot steady and its wire open, lock idle."""
        self.contactors.off()
        self.pilot.drive(10000, 0)
        self.lock.drive(0)

    def start(self, tick) -> None:
        """tick(dt_ms) every 10 ms from now on, between two bytecodes of whatever runs."""
        self.tick = tick
        self.dog = WDT(timeout=WATCHDOG_MS)
        self.last = time.ticks_us()
        self.timer.init(mode=Timer.PERIODIC, period=TICK_MS, callback=self._on_timer)

    def _nobody(self, dt_ms: int) -> None:
        """The tick of a board that was not started."""

    def _on_timer(self, _timer) -> None:
        now = time.ticks_us()
        gap = time.ticks_diff(now, self.last)
        if gap < _STALE_US:
            self.skipped += 1
            return
        self.last = now
        if gap > _LATE_US:
            self.late += 1
        gap += self.rest_us
        dt_ms = gap // 1000
        self.rest_us = gap - dt_ms * 1000
        self.ticks += 1
        try:
            self.tick(dt_ms)
        except Exception as e:
            self.safe()
            self.crashes += 1
            self.crash = e
            if self.crashes == 1:
                print("the tick has died:", repr(e))
        took = time.ticks_diff(time.ticks_us(), now)
        if took > self.worst_us:
            self.worst_us = took

    def feed(self) -> None:
        """Food for the watchdog, unless the tick has died."""
        if self.dog is not None and not self.crashes:
            self.dog.feed()

    def approve(self) -> int:
        """This firmware has proved itself: an update stays. Writes flash; not while charging."""
        return early.approve()

    def reset(self) -> None:
        """All off, then start the chip again."""
        self.timer.deinit()
        self.safe()
        machine.reset()
