"""An RS485 pair in plant time: bytes take as long as they take.

Whoever writes is heard by all others, byte by byte, ten bits each at `baud`.
A frame ends with 3.5 silent characters; then every slave is asked and the one
that answers begins 10 ms after the request's last bit. Two who talk at once
spoil the later one's bytes. Nothing here moves but by `step` (or, in a bench
with a finer clock, by that `clock`), so the same writes at the same times give the
same reads. `spoil` may lose, tear or delay what is said (wire_faults.py).

`wire.write` and `wire.read` are the first port, the charger's; more chargers
on the same pair take a `port()` each.
"""
TURNAROUND_US = 10000
BITS_PER_BYTE = 10
QUEUE_MAX = 4096   # bytes that a reader that never reads may pile up


def sound(buf: bytes) -> tuple:
    """What a good line makes of a frame: (what is heard, ms too late)."""
    return buf, 0


def no_clock() -> int:
    """Time moves by step alone."""
    return -1


class Port:
    """One station on the wire."""

    def __init__(self, wire: "Wire") -> None:
        self.wire = wire
        self.baud: int = wire.baud
        self._due: list = []    # [time the first bit starts, bytes, how many of them were read], in order
        self._kept = 0          # bytes in it

    def configure(self, baud: int, parity: int = 0) -> None:
        """A station with another speed than the wire's is heard by nobody."""
        self.baud = baud

    def write(self, buf: bytes) -> int:
        """Puts buf on the line now; how many bytes that was."""
        wire = self.wire
        wire.look()
        if self.baud == wire.baud:
            said, _ = wire.spoil(bytes(buf))
            wire.say(self, said, wire.now_us)
        return len(buf)

    def read(self, n: int) -> "bytes | None":
        """Up to n bytes that have arrived by now, None when there are none."""
        wire, due = self.wire, self._due
        wire.look()
        if not due:
            return None
        each, got = wire.byte_us(), b""
        while due and len(got) < n:
            first = due[0]
            here = max(0, min((wire.now_us - first[0]) // each, len(first[1])))
            some = first[1][first[2]:min(here, first[2] + n - len(got))]
            got += some
            first[2] += len(some)
            if first[2] < len(first[1]):
                break
            del due[0]
        self._kept -= len(got)
        return got or None

    def hear(self, start_us: int, buf: bytes) -> None:
        """buf is on its way, its first bit at start_us."""
        if self._kept + len(buf) <= QUEUE_MAX:
            self._kept += len(buf)
            self._due.append([start_us, buf, 0])


class Wire(Port):
    """The pair itself and its first port."""

    def __init__(self, baud: int = 9600) -> None:
        self.now_us = 0
        self.baud: int = baud
        self.collisions = 0
        self.slaves: list = []      # things with answer(frame) -> bytes | None
        self.spoil = sound          # what the line makes of a frame; wire_faults.py has worse
        self.clock = no_clock       # or a bench's: microseconds, which then lead, and dt_ms of a step no more
        self._talker: "Port | None" = None
        self._busy_us = 0           # when the line falls silent
        self._frame = bytearray()
        self._late: list = []       # (when, answer) of slaves that take too long
        Port.__init__(self, self)
        self.ports: list = [self]

    def configure(self, baud: int, parity: int = 0) -> None:
        """The first port sets the speed of the pair: whoever runs the plant has set the meter to suit."""
        self.baud = baud

    def port(self) -> Port:
        """One more station."""
        port = Port(self)
        self.ports.append(port)
        return port

    def byte_us(self) -> int:
        return BITS_PER_BYTE * 1000000 // self.baud

    def say(self, who: "Port | None", buf: bytes, start_us: int) -> None:
        """Puts bytes on the line, the first beginning at start_us or when this talker's last one ends."""
        if not buf:
            return
        if self._busy_us > start_us and self._talker is not who:
            self.collisions += 1
            buf = bytes([byte ^ 0x55 for byte in buf])
        if who is not None:
            self._frame += buf
        at = max(start_us, self._busy_us if self._talker is who else 0)
        for port in self.ports:
            if port is not who:
                port.hear(at, buf)
        self._talker = who
        self._busy_us = max(at + len(buf) * self.byte_us(), self._busy_us)

    def step(self, dt_ms: int) -> None:
        """Moves the line on by dt_ms, or to where the clock is."""
        now_us = self.clock()
        self._move(now_us if now_us >= 0 else self.now_us + dt_ms * 1000)

    def look(self) -> None:
        """Before each read and write: what the clock says, if there is one."""
        now_us = self.clock()
        if now_us > self.now_us:
            self._move(now_us)

    def _move(self, now_us: int) -> None:
        self.now_us = now_us
        if self._late and self._late[0][0] <= now_us:
            self.say(None, self._late.pop(0)[1], now_us)
        if self._frame and now_us >= self._busy_us + self.byte_us() * 7 // 2:
            frame = bytes(self._frame)
            self._frame = bytearray()
            for slave in self.slaves:
                reply = slave.answer(frame)
                if reply:
                    self._reply(reply)
                    break

    def _reply(self, reply: bytes) -> None:
        reply, late_ms = self.spoil(reply)
        # the silence was noticed late, the answer still begins when it would have
        at = self._busy_us + TURNAROUND_US
        if late_ms:
            self._late.append((at + late_ms * 1000, reply))
        else:
            self.say(None, reply, at)
