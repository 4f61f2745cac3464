"""The board across the wires of `make run`: a socket for pins and display, a tty for RS485.

The world is another process, so here is no plant, only what wires carry:
12-byte input frames come in, 8-byte output frames and 130-byte display pages
go out (layouts in `read`, `write` and _Lcd.show). Nothing waits. If no input frame came for
200 ms the sample is no longer fresh, and if the socket closes the process ends
like a chip without power. Runs on CPython and on MicroPython, and makes no
garbage in a tick on the latter.
"""
import asyncio
import binascii
import os
import socket
import sys
import time

from hal.sim import checked_level, checked_page
from hal.sim_tty import Tty
from hal.store import Store

TICK_US = 10000
# Real time without an input frame after which the pilot is not known. A busy PC was seen to
# leave the world unscheduled for 50 to 150 ms many times a minute; a chip's own limit is shorter.
STALE_MS = 200
WATCHDOG_MS = 2000   # real time
REPEAT_MS = 100      # outputs are sent at least this often
IN_BYTES, OUT_BYTES, PAGE_BYTES = 12, 8, 130
_I, _O, _P = 0x49, 0x4F, 0x50
_CPYTHON = sys.implementation.name == "cpython"
_WOULD_BLOCK = (11, 35)


class _Net:
    """The PC's own network: always up."""

    def status(self) -> tuple:
        return 2, "127.0.0.1"

    def join(self, ssid: str, password: str) -> None:
        pass

    def rssi(self) -> int:
        return -40

    def dns(self) -> str:
        return ""  # what stands in a PC's files is not ours to read; its own clock is right anyway


class _Lcd:
    def __init__(self, board) -> None:
        self._board = board
        self._frame = bytearray(PAGE_BYTES)
        self._frame[0] = _P
        self._sums = [-1] * 8

    def show(self, page: int, buf) -> None:
        """Sends a page that differs from the last one shown; one that did not get through is sent with the next change."""
        checked_page(page, buf)
        total = binascii.crc32(buf) & 0x3FFFFFFF
        if total != self._sums[page]:
            self._frame[1] = page
            self._frame[2:PAGE_BYTES] = buf
            self._sums[page] = total if self._board.send(self._frame) else -1

    def backlight(self, level: int) -> None:
        self._board.level = checked_level(level)

    def restart(self) -> None:
        for page in range(8):
            self._sums[page] = -1


class WireBoard:
    """The board of the firmware process. `wires` is "host:port", `rs485` a tty, `state` the folder of its files."""

    name = "sim"

    def __init__(self, wires: str, rs485: str, state: str, speed: int = 1, serial: int = 1234) -> None:
        host, port = wires.rsplit(":", 1)
        self._sock = socket.socket()
        self._sock.connect(socket.getaddrinfo(host, int(port))[0][-1])
        self._sock.setblocking(False)
        self._into = self._sock.recv_into if _CPYTHON else self._sock.readinto
        self._buf = bytearray(20 * IN_BYTES)
        self._in = bytearray(IN_BYTES)      # the newest whole frame
        self._part = bytearray(IN_BYTES)    # the one being put together
        self._have = 0
        self._age_ms = STALE_MS * speed + 1000   # world time since the newest frame
        self._out = bytearray(OUT_BYTES)
        self._out[0] = _O
        self._last = bytearray(OUT_BYTES)
        self._silent_ms = REPEAT_MS
        self._rest = b""       # tail of a frame that the socket did not take
        self.speed = speed
        self.serial = serial
        self.ticks = self.late = self.skipped = self.crashes = 0
        self.crash: "Exception | None" = None
        self._hungry_ms = -1   # world time since the watchdog was fed; it sleeps until the first meal
        self.rgb = bytearray(3)
        self.level = 0
        self.rs485 = Tty(rs485)
        self.lcd = _Lcd(self)
        self.net = _Net()
        self.store = Store(_folder(state))
        self.longest_gap_us = 0
        self._beat_task: "asyncio.Task | None" = None

    def read(self, inp) -> None:
        """Fills inp from the newest frame that has arrived; not fresh when that is too old."""
        while True:
            n = self._receive()
            if not n:
                break
            self._take(n)
            if n < len(self._buf):
                break
        f = self._in
        flags = f[1]
        inp.rcm = flags & 1
        inp.switch = flags >> 1 & 1
        inp.locked = flags >> 2 & 1
        inp.buttons = f[2]
        inp.cp_high_mv = _signed(f[4] | f[5] << 8)
        inp.cp_low_mv = _signed(f[6] | f[7] << 8)
        inp.pp_ohm = f[8] | f[9] << 8
        inp.temp_c = _signed(f[10] | f[11] << 8)
        inp.fresh = 0 if self._age_ms > STALE_MS * self.speed else flags >> 3 & 1

    def write(self, out) -> None:
        """Sends the outputs if they or the light changed, and every 100 ms anyway."""
        o, last, rgb = self._out, self._last, self.rgb
        if self.crashes:
            o[1], o[2], o[3] = 0, 0x10, 0x27   # all off, pilot wire open, steady 10000, whatever is asked
        else:
            o[1] = out.c1 | out.c2 << 1 | out.connected << 2 | out.lock_drive << 3
            o[2], o[3] = out.duty_bp & 0xFF, out.duty_bp >> 8
        o[4], o[5] = rgb[0], rgb[1]   # in pairs: a tuple of four would be garbage
        o[6], o[7] = rgb[2], self.level
        if self._silent_ms < REPEAT_MS and o == last:
            return
        if self.send(o):
            self._silent_ms = 0
            for i in range(OUT_BYTES):
                last[i] = o[i]

    def send(self, frame) -> bool:
        """Puts one frame on the socket. False when there was no room; a frame half sent is finished before the next."""
        if self._rest:
            n = self._put(self._rest)
            self._rest = self._rest[n:]
            if self._rest:
                return False
        n = self._put(frame)
        if 0 < n < len(frame):
            self._rest = bytes(frame[n:])
        return n > 0

    def start(self, tick) -> None:
        """From now on calls tick(dt_ms) every 10 ms of world time, from a task of the running loop."""
        self._beat_task = asyncio.create_task(self._beat(tick))
        if _CPYTHON:
            self._beat_task.add_done_callback(_heard)

    async def _beat(self, tick) -> None:
        period = max(1, TICK_US // self.speed)
        last = time.ticks_us()
        due = time.ticks_add(last, period)
        carry = 0
        while True:
            await asyncio.sleep_ms(max(0, time.ticks_diff(due, time.ticks_us()) + 999) // 1000)
            now = time.ticks_us()
            gap = time.ticks_diff(now, last)
            if gap > self.longest_gap_us:
                self.longest_gap_us = gap
            last = now
            if gap * 2 > period * 3:
                self.late += 1
            carry += gap * self.speed
            dt_ms = carry // 1000
            carry -= dt_ms * 1000
            due = time.ticks_add(due, period)
            if time.ticks_diff(due, now) < 0:
                due = time.ticks_add(now, period)   # we came late: one long tick, not a burst of stale ones
                self.skipped += 1
            if dt_ms:
                self._turn(tick, dt_ms)

    def _turn(self, tick, dt_ms: int) -> None:
        # a long tick means that we slept ourselves; the frames of that time may be a moment behind us
        self._age_ms += min(dt_ms, TICK_US // 1000 * self.speed)
        self._silent_ms += dt_ms
        self.ticks += 1
        try:
            tick(dt_ms)
        except Exception as error:
            self.crashes += 1
            self.crash = error
            if self.crashes == 1:
                _say("the tick has died: " + repr(error), error)
            self.write(None)
        if self._hungry_ms >= 0:
            self._hungry_ms += dt_ms
            if self._hungry_ms > WATCHDOG_MS * self.speed:
                _say("board: the watchdog was not fed")
                self.reset()

    def longest_gap_ms(self) -> int:
        """The longest real time between two ticks since the last `forget_gap`, rounded up."""
        return (self.longest_gap_us + 999) // 1000

    def forget_gap(self) -> None:
        self.longest_gap_us = 0

    def leds(self, r: int, g: int, b: int) -> None:
        self.rgb[0], self.rgb[1], self.rgb[2] = checked_level(r), checked_level(g), checked_level(b)

    def feed(self) -> None:
        """Food for the watchdog, unless the tick has died. Two seconds without it end the process."""
        if not self.crashes:
            self._hungry_ms = 0

    def approve(self) -> int:
        """There is no update to keep here."""
        return 0

    def reset(self) -> None:
        """Ends the process, which opens the contactors; the world starts it again."""
        _say("board: reset")
        sys.exit(3)

    def _receive(self) -> int:
        try:
            n = self._into(self._buf)
        except OSError as error:
            if error.errno in _WOULD_BLOCK:
                return 0
            n = 0
        if n is None:
            return 0
        if n == 0:
            _leave()
        return n

    def _put(self, buf) -> int:
        try:
            return (self._sock.send(buf) if _CPYTHON else self._sock.write(buf)) or 0
        except OSError as error:
            if error.errno in _WOULD_BLOCK:
                return 0
            _leave()
            return 0

    def _take(self, n: int) -> None:
        """Puts n received bytes together to frames and keeps the newest; bytes before an 'I' are dropped."""
        buf, have = self._buf, self._have
        for i in range(n):
            byte = buf[i]
            if have == 0 and byte != _I:
                continue
            self._part[have] = byte
            have += 1
            if have == IN_BYTES:
                self._in, self._part = self._part, self._in
                have = 0
                self._age_ms = 0
        self._have = have


def _folder(path: str) -> str:
    """Makes the folder when it is not there yet."""
    try:
        os.mkdir(path)
    except OSError:
        pass   # it is there already; a save will say if it is not
    return path


def _say(text: str, error: "Exception | None" = None) -> None:
    """Prints, if somebody still reads: a world that was killed has taken its end of our output along."""
    try:
        print(text)
        if error is not None:
            sys.print_exception(error)
    except OSError:
        return  # nobody is left to tell


def _leave() -> None:
    _say("wires: the world is gone, the firmware ends")
    sys.exit(0)


def _heard(task) -> None:
    """The beat ends with the process; CPython need not wonder about its last exception."""
    if not task.cancelled():
        task.exception()


def _signed(word: int) -> int:
    return word - 65536 if word & 0x8000 else word
