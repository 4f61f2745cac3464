"""A SmartEVSE master on the wire, as its sources describe it: for our nodes to meet.

It works in cycles of two seconds: states of the nodes, what they ask for,
config when it changed, an EV meter, then the broadcast. What it saw of the
nodes is counted.
"""
import struct

from app import clock
from fakes.smartevse_frames import C, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK, LESS_6A, NO_COMM, Station, sealed

TIMEOUT_MS = 150
GAP_MS = 50
CYCLE_MS = 2000


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
