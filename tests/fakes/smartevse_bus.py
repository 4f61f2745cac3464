"""A SmartEVSE master and a SmartEVSE node on the wire, as their sources describe them: for our nodes and our master to meet.

Written from the description of the protocol alone, with a checksum and a
framing of its own, so that it shares no mistake with lib. The master works in
cycles of two seconds: states of the nodes, what they ask for, config when it
changed, an EV meter, then the broadcast. The node does what it is told, the
holes included: it takes any state. What each saw of the other is counted.
"""
import struct

from app import clock

TIMEOUT_MS = 150
GAP_MS = 50
CYCLE_MS = 2000
SILENCE_MS = 5
A, B, C, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK, B1, C1 = 0, 1, 2, 4, 5, 6, 7, 9, 10
LESS_6A, NO_COMM = 1, 2


def checksum(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            odd = crc & 1
            crc >>= 1
            if odd:
                crc ^= 0xA001
    return struct.pack("<H", crc)


def sealed(body):
    return body + checksum(body)


class Station:
    """Sends frames and hears them: what comes between two silences is one."""

    def __init__(self, port):
        self.port = port
        self.broken = 0

    async def frame(self, most_ms):
        """The next frame within most_ms, None for none; the time of its first byte is in first_at."""
        start = clock.ticks_ms()
        got = b""
        last = start
        while True:
            some = self.port.read(256)
            now = clock.ticks_ms()
            if some:
                if not got:
                    self.first_at = now
                got += some
                last = now
            elif got and clock.ticks_diff(now, last) >= SILENCE_MS:
                if len(got) > 3 and checksum(got[:-2]) == got[-2:]:
                    return got
                self.broken += 1
                return None
            elif not got and clock.ticks_diff(now, start) >= most_ms:
                return None
            await clock.sleep_ms(1)


class RefMaster(Station):
    """The master: total_a amperes for all that charge. mode 0..2. It has no car of its own."""

    def __init__(self, port, total_a=32, least_a=6):
        Station.__init__(self, port)
        self.total = total_a * 10
        self.least = least_a * 10
        self.mode = 0
        self.error = 0
        self.solar_timer = 0
        self.mains = [57, 6, -12]
        self.online = [0] * 9          # cycles left, by address
        self.state = [0] * 9
        self.errors = [0] * 9
        self.balanced = [0] * 9
        self.most = [0] * 9
        self.modes = [0] * 9
        self.changed = [1] * 9
        self.meters = [None] * 9
        self.timeouts = 0
        self.delays = []               # ms from the end of a question to the answer's first byte
        self.probe = 1
        self.running = True
        self.meter_of = 0
        self.overload = False

    async def ask(self, body, answered=True):
        await clock.sleep_ms(GAP_MS)
        while self.port.read(256):
            pass
        frame = sealed(body)
        self.port.write(frame)
        wire_ms = len(frame) * 10000 // 9600 + 1
        await clock.sleep_ms(wire_ms)
        if not answered:
            return None
        end = clock.ticks_ms()
        reply = await self.frame(TIMEOUT_MS)
        if reply is None or reply[0] != body[0] or reply[1] != body[1]:
            self.timeouts += self.online[body[0]] > 0 if body[0] < 9 else 1
            return None
        self.delays.append(clock.ticks_diff(self.first_at, end))
        return reply

    async def run(self):
        while True:
            start = clock.ticks_ms()
            if self.running:
                await self.cycle()
            await clock.sleep_ms(max(50, CYCLE_MS - clock.ticks_diff(clock.ticks_ms(), start)))

    async def cycle(self):
        self.probe = self.probe % 7 + 1
        while self.online[self.probe + 1] and min(self.online[2:9]) == 0:
            self.probe = self.probe % 7 + 1
        for address in range(2, 9):
            if self.online[address] or address == self.probe + 1:
                await self.poll(address)
        for address in range(2, 9):
            if self.online[address]:
                await self.process(address)
                if self.changed[address]:
                    await self.config(address)
        self.meter_of = self.meter_of % 7 + 1
        meter = self.meters[self.meter_of + 1]
        if meter and meter[0] == 4:
            await self.ask(struct.pack(">BBHH", meter[1], 4, 6, 12))
        self.share()
        if self.overload:
            self.overload = False
            await self.ask(struct.pack(">BBHH", 9, 6, 1, LESS_6A), False)
        if not self.error & NO_COMM:
            values = [0] + self.balanced[2:9] + [x & 0xFFFF for x in self.mains]
            await self.ask(struct.pack(">BBHHB11H", 9, 16, 0x20, 11, 22, *values), False)

    async def poll(self, address):
        reply = await self.ask(struct.pack(">BBHH", address, 4, 0, 8))
        if reply is None or len(reply) != 21:
            if self.online[address]:
                self.online[address] -= 1
                if not self.online[address]:
                    self.state[address] = self.balanced[address] = 0
            return
        values = struct.unpack(">8H", reply[3:19])
        self.online[address] = 5
        self.state[address], self.errors[address] = values[0], values[1]
        if values[3] != self.mode and self.modes[address] == self.mode:
            self.mode = values[3]      # changed at the node
        self.modes[address] = values[3]
        self.timer_of_node = values[4]
        self.changed[address] |= values[6]
        self.most[address] = values[7] * 10

    def active(self):
        return [n for n in range(2, 9) if self.state[n] == C]

    def enough(self):
        return (len(self.active()) + 1) * self.least <= self.total

    async def process(self, address):
        state, error, write = self.state[address], self.errors[address], 0
        if error & LESS_6A and self.enough():
            error, write = error & ~LESS_6A, 2
        if state == COMM_B:
            if self.enough():
                self.balanced[address] = self.least
                state, write = COMM_B_OK, 2
            else:
                self.balanced[address] = 0
                error, write = error | LESS_6A, 2
        elif state == COMM_C:
            self.balanced[address] = 0
            if self.enough():
                self.state[address] = C
                self.share()
                state, write = COMM_C_OK, 2
            else:
                error, write = error | LESS_6A, 2
        if self.modes[address] != self.mode:
            write = 4
        if write:
            values = (state, error, 0, self.mode)[:write]
            await self.ask(struct.pack(">BBHHB%dH" % write, address, 16, 0, write, 2 * write, *values))

    async def config(self, address):
        reply = await self.ask(struct.pack(">BBHH", address, 4, 0x108, 2))
        if reply and len(reply) == 9:
            self.meters[address] = struct.unpack(">2H", reply[3:7])
            if await self.ask(struct.pack(">BBHH", address, 6, 6, 0)):
                self.changed[address] = 0

    def share(self):
        left = self.total
        asking = self.active()
        for i in range(len(asking)):
            self.balanced[asking[i]] = min(self.most[asking[i]], left // (len(asking) - i))
            left -= self.balanced[asking[i]]


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
