"""An RS485 pair in plant time: bytes take as long as they take.

Whoever writes is heard by all others, byte by byte, ten bits each at `baud`.
A frame ends with 3.5 silent characters; then every slave is asked and the one
that answers begins 10 ms after the request's last bit. Two who talk at once
spoil the later one's bytes. Nothing here moves but by `step`, so the same
writes at the same times give the same reads.

`wire.write` and `wire.read` are the first port, the charger's; more chargers
on the same pair take a `port()` each.
"""
TURNAROUND_US = 10000
BITS_PER_BYTE = 10
QUEUE_MAX = 4096   # what a reader that never reads may pile up


class Port:
    """One station on the wire."""

    def __init__(self, wire: "Wire") -> None:
        self.wire = wire
        self.baud: int = wire.baud
        self._due: list = []    # (time of the last bit, byte), in order

    def configure(self, baud: int, parity: int = 0) -> None:
        """A station with another speed than the wire's is heard by nobody."""
        self.baud = baud

    def write(self, buf: bytes) -> int:
        if self.baud == self.wire.baud:
            self.wire.say(self, bytes(buf), self.wire.now_us)
        return len(buf)

    def read(self, n: int) -> "bytes | None":
        """Up to n bytes that have arrived by now, None when there are none."""
        due, now, k = self._due, self.wire.now_us, 0
        while k < n and k < len(due) and due[k][0] <= now:
            k += 1
        if not k:
            return None
        got = bytes(byte for _, byte in due[:k])
        self._due = due[k:]
        return got

    def hear(self, at_us: int, byte: int) -> None:
        if len(self._due) < QUEUE_MAX:
            self._due.append((at_us, byte))


class Wire(Port):
    """The pair itself and its first port."""

    def __init__(self, baud: int = 9600) -> None:
        self.now_us = 0
        self.baud: int = baud
        self.collisions = 0
        self.slaves: list = []      # things with answer(frame) -> bytes | None
        self._talker: "Port | None" = None
        self._busy_us = 0           # when the line falls silent
        self._frame = bytearray()
        Port.__init__(self, self)
        self.ports: list = [self]

    def configure(self, baud: int, parity: int = 0) -> None:
        """The first port sets the speed of the pair: whoever runs the plant has set the meter to suit."""
        self.baud = baud

    def port(self) -> Port:
        port = Port(self)
        self.ports.append(port)
        return port

    def byte_us(self) -> int:
        return BITS_PER_BYTE * 1000000 // self.baud

    def say(self, who: "Port | None", buf: bytes, start_us: int) -> None:
        """Puts bytes on the line, the first beginning at start_us or when this talker's last one ends."""
        if self._busy_us > start_us and self._talker is not who:
            self.collisions += 1
            buf = bytes(byte ^ 0x55 for byte in buf)
        if who is not None:
            self._frame += buf
        at = max(start_us, self._busy_us if self._talker is who else 0)
        each = self.byte_us()
        for byte in buf:
            at += each
            for port in self.ports:
                if port is not who:
                    port.hear(at, byte)
        self._talker = who
        self._busy_us = max(at, self._busy_us)

    def step(self, dt_ms: int) -> None:
        self.now_us += dt_ms * 1000
        if self._frame and self.now_us >= self._busy_us + self.byte_us() * 7 // 2:
            frame = bytes(self._frame)
            self._frame = bytearray()
            for slave in self.slaves:
                reply = slave.answer(frame)
                if reply:
                    # the silence was noticed late, the answer still begins when it would have
                    self.say(None, reply, self._busy_us + TURNAROUND_US)
                    break
