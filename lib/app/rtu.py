"""Modbus RTU as a master, on a port that never waits.

umodbus builds the requests and takes the answers apart; it is used as it comes. Its own transport would hold the whole program for half a
second when a meter is silent, so each call runs twice: in the first pass the
hook _send_receive notes what umodbus wants to send and leaves, then we wait
for the answer the asyncio way, and in the second pass the hook hands it over.
The checks are made here (length, checksum, address, function, byte count):
umodbus has only some of them. Every failure is an RtuError
with one word. Knows no meter.

The port owes write(buf), read(n) -> bytes or None, configure(baud, parity).
"""
import asyncio

from micropython import const

from app import clock
from app.umodbus_lean import Serial

GAP_MS = const(20)           # rest before a telegram; the standard asks for 3.5 characters (4 ms at 9600), meters like more
DEADLINE_MS = const(200)     # for the first byte of an answer; SmartEVSE waits 150, the chip's clock of asyncio is 10 coarse
_BREAK_MS = const(50)        # so long without a byte within an answer, and it will not go on
DRAIN_MS = const(50)         # after a failure the line must be quiet so long: the rest of a late answer is thrown away
LATE_MS = const(500)         # the same question is not put again before to a device that owes its answer: the late one would pass
_DRAIN_MAX = const(20)       # but a line that never falls silent is not waited for more than so often
POLL_MS = const(4)           # how often the port is looked at once an answer may be there
_SENDING_MS = const(300)     # the longest frame at 9600 baud
FRAME_MAX = const(256)       # of the standard
_NOISE = const(b"\x00\xff")  # what a bus that turns round may leave before a frame; no device answers as 0 or 255
# The checksum of Modbus (polynomial A001), four bits at a time.
_CRC_HIGH = const(b"\x00\xcc\xd8\x14\xf0\x3c\x28\xe4\xa0\x6c\x78\xb4\x50\x9c\x88\x44")
_CRC_LOW = const(b"\x00\x01\x01\x00\x01\x00\x00\x01\x01\x00\x00\x01\x00\x01\x01\x00")
_ECHO = const(8)           # bytes of the answer to a write


class RtuError(Exception):
    """args[0]: silent, short, crc, address, function, length, exception or port."""


class _Pending(Exception):
    pass


class Rtu(Serial):
    def __init__(self, port, baud: int = 9600, parity: int = 0) -> None:
        """parity 0 none, 1 odd, 2 even."""
        # The parent's __init__ is not called: it would make a UART and talk to it itself.
        self.port = port
        self.ok = 0
        self.errors = 0
        self.stray = None    # None, or stray(bytes) is handed what comes unasked: there may be another master
        self._lock = asyncio.Lock()
        self._buf = bytearray(FRAME_MAX)
        self._view = memoryview(self._buf)
        self._request: tuple = (b"", 0, False)  # PDU, address, whether its answer is counted in registers
        self._answer: "bytes | None" = None
        self._dirty = True   # something may still come that belongs to nobody
        self._heard_at = clock.ticks_ms()  # when the line was last used, by anybody
        self._owed: dict = {}  # _key() of answers that have not come -> when they were asked for; few, they expire
        self._set(baud, parity)

    def _set(self, baud: int, parity: int) -> None:
        self.port.configure(baud, parity)
        self.baud = baud
        self.parity = parity
        self._dirty = True

    async def configure(self, baud: int, parity: int) -> None:
        """Another speed (1200..115200) or parity from the next telegram on. ValueError, and nothing changed, else."""
        async with self._lock:
            self._set(baud, parity)

    async def read(self, function: int, address: int, start: int, count: int) -> tuple:
        """count (1..125) registers from start of the device at address, as 0..65535; function is 3 or 4.

        RtuError within DEADLINE_MS after the request and the answer have had their time on the wire.
        """
        if function == 4:
            return await self.ask(self.read_input_registers, address, start, count, False)
        if function == 3:
            return await self.ask(self.read_holding_registers, address, start, count, False)
        raise ValueError("function must be 3 or 4")

    async def ask(self, method, *args):
        """What a method of umodbus answers, for instance self.write_single_register. One at a time on the wire.

        A device that owes an answer of the same length is not asked before LATE_MS have passed since; others are meanwhile.
        """
        while True:
            async with self._lock:
                self._note(method, args)
                pdu, address, counted = self._request
                # A read is answered by 2 bytes a register, a write by an echo.
                due = 5 + 2 * (pdu[3] << 8 | pdu[4]) if counted else _ECHO
                rest_ms = self.rest_ms(address, due)
                if not rest_ms:
                    return await self._asked(method, args, pdu, address, due)
            await clock.sleep_ms(rest_ms)

    async def tell(self, method, *args) -> None:
        """Puts a question of umodbus on the wire that nobody answers: a broadcast. Returns when its time there is over."""
        async with self._lock:
            self._note(method, args)
            pdu, address, _ = self._request
            try:
                await self._send(pdu, address, False)
            except OSError:
                self.errors += 1
                raise RtuError("port")
            await clock.sleep_ms(self._wire_ms(len(pdu) + 3))

    def rest_ms(self, address: int, due: int) -> int:
        """How long a question must still wait whose answer has due bytes: 0 unless that device owes such an answer."""
        at = self._owed.get(address << 9 | due)
        if at is None:
            return 0
        rest = LATE_MS + 1 - clock.ticks_diff(clock.ticks_ms(), at)
        return rest if 0 < rest <= LATE_MS + 1 else 0  # more is a clock that has wrapped since: it was days ago

    def _note(self, method, args) -> None:
        """The first pass: what umodbus wants to send goes to _request."""
        self._answer = None
        try:
            method(*args)
        except _Pending:
            pass

    async def _asked(self, method, args, pdu, address: int, due: int):
        """The question on the wire, and the second pass over its answer."""
        try:
            self._answer = await self._exchange(pdu, address, due)
        except (RtuError, OSError) as e:
            self.errors += 1
            if isinstance(e, RtuError):
                raise
            raise RtuError("port")   # a tty on a PC can be pulled out
        self.ok += 1
        return method(*args)

    def _send_receive(self, modbus_pdu, slave_addr, count):
        """The hook of umodbus: note the question in the first pass, hand over the answer in the second."""
        if self._answer is None:
            self._request = (modbus_pdu, slave_addr, count)
            raise _Pending()  # a new one each time: on a chip, one that is kept grows by its traceback with each raise
        answer = self._answer
        self._answer = None
        return answer

    def _calculate_crc16(self, data) -> bytes:
        """As umodbus has it. Its own table lies in flash as numbers that cost 32 bytes of heap at every look."""
        crc = 0xFFFF
        for byte in data:
            crc ^= byte
            for _ in (0, 1):
                crc = crc >> 4 ^ _CRC_HIGH[crc & 15] << 8 ^ _CRC_LOW[crc & 15]
        return bytes((crc & 0xFF, crc >> 8))

    def _wire_ms(self, size: int) -> int:
        return size * (11 if self.parity else 10) * 1000 // self.baud + 1

    async def _send(self, pdu, address: int, answered: bool) -> None:
        """One frame, after the line has rested."""
        frame = bytearray(len(pdu) + 3)
        frame[0] = address
        frame[1:-2] = pdu
        frame[-2:] = self._calculate_crc16(memoryview(frame)[:-2])
        await self._quiet()
        self._dirty = answered  # until an answer was had: a cancelled exchange leaves one on the way
        self.port.write(frame)
        self._heard_at = clock.ticks_add(clock.ticks_ms(), self._wire_ms(len(frame)))

    async def _exchange(self, pdu, address: int, due: int) -> bytes:
        key = address << 9 | due
        self._forgive()
        self._owed[key] = clock.ticks_ms()
        await self._send(pdu, address, True)
        self._owed[key] = clock.ticks_ms()
        size = await self._listen(self._wire_ms(len(pdu) + 3), self._wire_ms(due))
        try:
            answer = self._checked(size, pdu[0], address, due)
        except RtuError as e:
            if e.args[0] == "exception":
                self._paid(address)
            elif self.stray:
                self.stray(bytes(self._view[:size]))
            raise
        self._dirty = False
        self._paid(address)
        return answer

    def _paid(self, address: int) -> None:
        """An answer was had. A device answers in order, so nothing older can come from it any more."""
        if len(self._owed):
            for key in list(self._owed):
                if key >> 9 == address:
                    del self._owed[key]

    def _forgive(self) -> None:
        """What is owed longer than LATE_MS will not be waited for any more."""
        now = clock.ticks_ms()
        for key in list(self._owed):
            if not 0 <= clock.ticks_diff(now, self._owed[key]) < LATE_MS:
                del self._owed[key]

    async def _quiet(self) -> None:
        """Waits until the line has rested between telegrams, and throws away what comes in it."""
        rest = DRAIN_MS if self._dirty else GAP_MS
        since = clock.ticks_diff(clock.ticks_ms(), self._heard_at)
        wait = rest - since if -_SENDING_MS < since < rest else 0
        for _ in range(_DRAIN_MAX):
            if wait:
                await clock.sleep_ms(wait)
            heard = 0
            while heard < _DRAIN_MAX:
                some = self.port.read(FRAME_MAX)
                if not some:
                    break
                heard += 1
                if self.stray:
                    self.stray(some)
            if not heard:
                return
            wait = DRAIN_MS

    async def _listen(self, ask_ms: int, answer_ms: int) -> int:
        """Fills the buffer with one frame; how long it is. Sleeps through the time that the wire needs anyway."""
        start = heard = clock.ticks_ms()
        size = 0
        await clock.sleep_ms(ask_ms + answer_ms)
        while True:
            some = self.port.read(FRAME_MAX - size)
            now = clock.ticks_ms()
            if some and not size:
                some = some.lstrip(_NOISE)
            if some:
                self._buf[size:size + len(some)] = some
                size += len(some)
                self._heard_at = heard = now
                if size >= FRAME_MAX or size > 2 and self._exit_read(self._view[:size]):
                    return size
            elif size:
                if clock.ticks_diff(now, heard) > _BREAK_MS:
                    raise RtuError("short")
            elif clock.ticks_diff(now, start) > ask_ms + DEADLINE_MS:
                raise RtuError("silent")
            await clock.sleep_ms(POLL_MS)

    def _checked(self, size: int, function: int, address: int, due: int) -> bytes:
        """The inside of a frame that is ours, whole and right."""
        b = self._buf
        if b[1] & 0x80:
            due = 5          # an exception is that long
        if size != due:
            raise RtuError("short" if size < due else "length")
        if self._calculate_crc16(self._view[:size - 2]) != bytes(self._view[size - 2:size]):
            raise RtuError("crc")
        if b[0] != address:
            raise RtuError("address")
        if b[1] & 0x7F != function:
            raise RtuError("function")
        if b[1] & 0x80:
            raise RtuError("exception")
        if due != _ECHO and b[2] != due - 5:
            raise RtuError("length")
        return bytes(self._view[2 if due == _ECHO else 3:size - 2])
