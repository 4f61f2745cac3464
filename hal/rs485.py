"""RS485 on UART 1, with the direction line. Knows bytes and time, no protocol.

The chip's driver has no RS485 mode here, so the line is raised before a frame
and lowered after it by a one-shot timer at the frame's computed end, which
then looks at the UART for at most a millisecond. A slave answers after 3.5
characters at the earliest, 3.6 ms at 9600 baud. Should the timer's call get
lost (the scheduler holds eight and drops the rest), the tick lowers the line.
"""

import time

from machine import UART, Pin, Timer
from micropython import const

_ROOM = const(256)      # of the driver's ring: a frame up to this is taken at once
_SPIN_US = const(1000)


class Rs485:
    """tx, rx and de are pin numbers; starts at 9600 8N1."""

    def __init__(self, tx: int, rx: int, de: int) -> None:
        self.de = Pin(de, Pin.OUT, value=0)
        self.uart = UART(1, 9600, tx=Pin(tx), rx=Pin(rx), txbuf=_ROOM, rxbuf=_ROOM,
                         timeout=0, timeout_char=0)
        self.timer = Timer(1)
        self.done = self._done  # bound once
        self.char_us = 0
        self.until = time.ticks_us()
        self.sending = 0
        self.lost = 0           # timer calls that never came
        self.configure(9600, 0)

    def configure(self, baud: int, parity: int) -> None:
        """baud 1200..115200; parity 0 none, 1 odd, 2 even; always 8 data bits and 1 stop bit."""
        if not 1200 <= baud <= 115200:
            raise ValueError("baud must be 1200..115200")
        if not 0 <= parity <= 2:
            raise ValueError("parity must be 0..2")
        bits = 10 if parity == 0 else 11
        self.char_us = (bits * 1000000 + baud - 1) // baud
        self.uart.init(baudrate=baud, bits=8, parity=(None, 1, 0)[parity], stop=1,
                       timeout=0, timeout_char=0)

    def write(self, buf: bytes) -> None:
        """Send 1..256 bytes; returns at once. A second frame joins the first."""
        n = len(buf)
        if not 1 <= n <= _ROOM:
            raise ValueError("buf must be 1..256 bytes")
        self.de(1)
        now = time.ticks_us()
        if not self.sending or time.ticks_diff(self.until, now) < 0:
            self.until = now  # a time of long ago says nothing: the clock wraps
        self.sending = 1
        self.until = time.ticks_add(self.until, n * self.char_us)
        self.uart.write(buf)
        left_ms = time.ticks_diff(self.until, now) // 1000
        self.timer.init(mode=Timer.ONE_SHOT, period=left_ms or 1, callback=self.done)

    def read(self, n: int) -> "bytes | None":
        """Up to n bytes that have come, or None."""
        if not self.uart.any():
            return None
        return self.uart.read(n)

    def tend(self) -> None:
        """Called by the tick: lower a line that nobody lowered. No garbage, no waiting."""
        if self.sending and time.ticks_diff(time.ticks_us(), self.until) > 3000:
            if self.uart.txdone():
                self.lost += 1
                self._listen()

    def _listen(self) -> None:
        self.de(0)
        self.sending = 0

    def _done(self, _timer: object) -> None:
        end = time.ticks_add(time.ticks_us(), _SPIN_US)
        while self.sending:
            if time.ticks_diff(self.until, time.ticks_us()) <= 0 and self.uart.txdone():
                self._listen()
            elif time.ticks_diff(end, time.ticks_us()) <= 0:
                return
