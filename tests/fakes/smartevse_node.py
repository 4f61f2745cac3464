"""A SmartEVSE node on the wire, as its sources describe it: for our master to meet.

It does what it is told, the holes included: it takes any state. What it was
told without having asked is kept.
"""
import struct

from app import clock
from fakes.smartevse_frames import B1, C1, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK, LESS_6A, NO_COMM, A, B, C, Station, sealed


class RefNode(Station):
    """A node with a car: address 2..8. It believes whatever is written."""

    def __init__(self, port, address, most_a=16):
        Station.__init__(self, port)
        self.address = address
        self.most_a = most_a
        self.plugged = False
        self.state = A
        self.error = 0
        self.balanced = 0
        self.override = 0
        self.mode = 0
        self.timer = 0
        self.access = 1
        self.changed = 1
        self.meter = (0, 12)
        self.comm_s = 11
        self.delay_s = 0
        self.duty = 0                  # 1: its pilot runs
        self.since_ms = 0              # in this state
        self.duty_ms = 0               # since its pilot runs
        self.forced = []               # states that it had not asked for
        self.closed = 0
        self.settings = None
        self.silent = False

    def go(self, state):
        if state != self.state:
            self.closed += state == C
            self.state = state
            self.since_ms = 0
            if state in (A, B1, C1):
                self.duty = self.duty_ms = 0
            if state == C1:
                self.delay_s = max(self.delay_s, 15)

    def step(self, ms):
        """The connector's side: every 10 ms or so."""
        self.since_ms += ms
        self.duty_ms = self.duty_ms + ms if self.duty else 0
        if not self.plugged:
            self.error &= ~LESS_6A
            self.delay_s = 0
            self.go(A)
        elif self.state in (A, B1):
            if not self.error and not self.delay_s:
                self.go(COMM_B)
            elif self.state == A:
                self.go(B1)
        elif self.state == COMM_B_OK:
            self.go(B)
        elif self.state == B and self.duty_ms > 1500:   # the car closes S2 after a second, and it stands for half
            self.go(COMM_C)
        elif self.state == COMM_C_OK:
            self.go(C)
        elif self.state == C1 and self.since_ms > 2000:
            self.go(B1)

    def second(self):
        if self.delay_s:
            self.delay_s -= 1
        if self.comm_s:
            self.comm_s -= 1
        if not self.comm_s:
            self.error |= NO_COMM
        if self.error and self.state != A:
            self.go(C1 if self.state == C else self.state if self.state in (C1, B1) else B1)
            if self.error & LESS_6A:
                self.delay_s = 60

    async def run(self):
        last = clock.ticks_ms()
        ms = 0
        while True:
            frame = await self.frame(20)
            now = clock.ticks_ms()
            self.step(clock.ticks_diff(now, last))
            ms += clock.ticks_diff(now, last)
            last = now
            if ms >= 1000:
                ms -= 1000
                self.second()
            if frame and not self.silent:
                reply = self.take(frame)
                if reply:
                    await clock.sleep_ms(5)
                    self.port.write(sealed(reply))

    def take(self, frame):
        address, function = frame[0], frame[1]
        if address == 9 and function in (6, 16):
            start = struct.unpack(">H", frame[2:4])[0]
            values = struct.unpack(">H", frame[4:6]) if function == 6 else struct.unpack(">%dH" % (frame[6] // 2), frame[7:-2])
            if start == 0x20:
                self.allotted(values)
            elif start == 0x200:
                self.settings = values
            else:
                self.write(start, values)
        if address != self.address or function == 16 and len(frame) == 8 or function == 4 and len(frame) != 8:
            return None
        start, count = struct.unpack(">HH", frame[2:6])
        if function in (3, 4):
            values = self.read(start, count)
            return struct.pack(">BBB%dH" % count, address, function, 2 * count, *values) if values else bytes((address, function | 128, 2))
        if function == 6:
            self.write(start, (count,))
            return frame[:-2]
        if function == 16:
            self.write(start, struct.unpack(">%dH" % count, frame[7:-2]))
            return frame[:6]
        return bytes((address, function | 128, 1))

    def read(self, start, count):
        if start == 0x108 and count == 2:
            return self.meter
        status = (self.state, self.error, self.balanced, self.mode, self.timer, self.access, self.changed, self.most_a)
        return status[start:start + count] if start + count <= 8 else None

    def write(self, start, values):
        for i in range(len(values)):
            at, value = start + i, values[i]
            if at == 0 and value != self.state:
                if (self.state, value) not in ((COMM_B, COMM_B_OK), (COMM_C, COMM_C_OK)):
                    self.forced.append((self.state, value))
                self.go(value)
            elif at == 1:
                self.error = value
                if value and self.state != A:
                    self.delay_s = 60
                    self.go(C1 if self.state == C else B1)
            elif at == 2:
                self.override = value
            elif at == 3:
                self.mode = value
            elif at == 4:
                self.timer = value
            elif at == 5:
                self.access = value
            elif at == 6:
                self.changed = value

    def allotted(self, values):
        self.balanced = values[self.address - 1]
        self.comm_s = 11
        self.error &= ~NO_COMM
        if not self.balanced and self.state == C:
            self.go(C1)
        elif self.state in (B, C):
            self.duty = 1
