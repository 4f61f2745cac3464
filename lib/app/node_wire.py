"""The ear of a node: finds the frames on the wire, answers those for it, hears broadcasts and its own EV meter.

A node hears everything: the master's questions to the others, their answers,
the meters. A busy loop finds several frames at once, half a frame, or noise;
a frame is what has its function's length and a right checksum, wherever it
begins, and what is none is given up after a while. An answer that would come too
late, or into somebody else's, is not given. Nothing here raises and nothing
waits longer than the silence before an answer.

It knows frames and registers (app/node_regs.py), and no charger.
"""
from micropython import const

from app import clock
from app.node_regs import Refused
from meters import models
from meters.build import build
from meters.modbus_meter import VOLTAGES, ModbusMeter
from proto import nodes
from proto.nodes import BROADCAST, ERROR, FRAME_MAX, SYSTEM, WRITE, WRITE_ONE

STALL_MS = const(100)   # a loop that was away longer would answer into the next telegram: the reference gives up after 150
GIVE_UP_MS = const(30)  # a frame that rests so long will not go on; a chip hands bytes over 10 ms late


class NodeWire:
    def __init__(self, house, node, regs) -> None:
        """node has place (its address), and takes allotted(ma), twin(); regs is a NodeRegs. begin() gives it the wire."""
        self.house = house
        self.node = node
        self.regs = regs
        self.gap_ms = 4
        self.answered = 0
        self.garbled = 0        # bytes that belong to no frame
        self.shown = -1         # the state that the master has read last, -1 for long ago
        self.shown_at = clock.ticks_ms()
        self._meter: ModbusMeter = None  # type: ignore[assignment] # this charger's EV meter, as overheard, or None
        self._meter_is = -1     # its model and address
        self._asked: "tuple | None" = None  # what it was asked last
        self._buf = bytearray(FRAME_MAX)
        self._size = 0
        self._looked = self._byte_at = clock.ticks_ms()

    def begin(self, rtu) -> None:
        """From now on this is the wire."""
        self.port = rtu.port
        self.gap_ms = max(4, 38500 // rtu.baud + 1)  # three characters and a half end a frame
        self._looked = clock.ticks_ms()
        self._size = 0

    def listen(self, now) -> bytes:
        """Takes in what has come; the answer to give, b"" for none."""
        late = clock.ticks_diff(now, self._looked) > STALL_MS
        self._looked = now
        self._take_in(now)
        buf, end = self._buf, self._size
        if not end:
            return b""
        at = 0
        reply = b""
        while at < end:
            size = nodes.length(buf, at, end)
            if size:
                reply = self._frame(buf, at, size, now)
                at += size
                if late or at < end:
                    reply = b""          # somebody may have spoken since
                continue
            there = nodes.find(buf, at + 1, end)
            if there == end:             # nothing whole: the rest may still come, unless it should have long since
                if clock.ticks_diff(now, self._byte_at) < GIVE_UP_MS and end - at < FRAME_MAX:
                    break
            self.garbled += there - at
            at = there
        self._size = end - at
        buf[:self._size] = buf[at:end]
        return reply

    async def reply(self, frame: bytes) -> None:
        """Answers after the silence that ends a question, unless somebody else does."""
        await clock.sleep_ms(self.gap_ms)
        first = self._size
        if self._take_in(clock.ticks_ms()):
            if self._buf[first] == self.node.place:
                self.node.twin()
            return
        try:
            self.port.write(frame)
            self.answered += 1
        except OSError:
            self.garbled += 1            # a tty on a PC can be pulled out

    def _take_in(self, now) -> int:
        """What has come goes into the buffer; how much it was."""
        some = self.port.read(FRAME_MAX - self._size)
        if not some:
            return 0
        self._buf[self._size:self._size + len(some)] = some
        self._size += len(some)
        self._byte_at = now
        return len(some)

    def _frame(self, buf, at: int, size: int, now) -> bytes:
        address = buf[at]
        asks = nodes.asks(buf, at, size)
        if address == self.node.place:
            if asks:
                return self._asks(buf, at, size, now)
            self.node.twin()
        elif address == BROADCAST and asks:
            self._broadcast(buf, at, size, now)
        elif self._meter and address == self._meter.address:
            self._overhear(buf, at, asks, now)
        return b""

    def _asks(self, buf, at: int, size: int, now) -> bytes:
        """The answer to a question or an order for this node."""
        address, function = buf[at], buf[at + 1]
        start = nodes.register(buf, at + 2)
        try:
            if function == WRITE_ONE:
                self.regs.write(start, (nodes.register(buf, at + 4),), 1)
                return bytes(buf[at:at + size])
            if function == WRITE:
                return nodes.done(address, start, self.regs.write(start, self._values(buf, at, size)))
            values = self.regs.read(start, nodes.register(buf, at + 4))
            if start == nodes.STATE:
                self.shown = values[0]
                self.shown_at = now
            return nodes.answer(address, function, values)
        except Refused as e:
            return nodes.refusal(address, function, e.args[0])

    def _values(self, buf, at: int, size: int) -> list:
        return [nodes.register(buf, i) for i in range(at + 7, at + size - 2, 2)]

    def _broadcast(self, buf, at: int, size: int, now) -> None:
        """Allotments, errors and settings; a broadcast is not answered."""
        function = buf[at + 1]
        start = nodes.register(buf, at + 2)
        if function == WRITE and start == nodes.CURRENTS:
            self._currents(buf, at + 7, (size - 9) // 2, now)
        elif function == WRITE or function == WRITE_ONE:
            if start != ERROR and start < SYSTEM:
                self.regs.tell("broadcast to %04X refused" % start)
                return
            try:
                self.regs.write(start, self._values(buf, at, size) if function == WRITE else (nodes.register(buf, at + 4),), 1)
            except Refused:
                return                   # the registers have told why

    def _currents(self, buf, at: int, count: int, now) -> None:
        """The broadcast that keeps a node alive: its own share, and the mains for the eye."""
        mine = self.node.place - 1
        if count <= mine or nodes.register(buf, at + 2 * mine) > nodes.AMPS_MAX:
            self.regs.tell("allotments that make no sense")
            return
        self.node.allotted(nodes.register(buf, at + 2 * mine) * 100, now)
        if count >= nodes.CURRENTS_COUNT:
            ma = [nodes.signed_register(buf, at + 16 + 2 * i) * 100 for i in range(3)]
            try:
                self.house.meters.mains.put(now, ma, [x * 230 // 1000 for x in ma])
            except ValueError:
                self.regs.tell("mains currents that make no sense")

    def fit(self) -> None:
        """The EV meter as the settings want it; when they changed, the master shall ask."""
        cfg = self.house.cfg
        wanted = cfg.ev_meter << 8 | cfg.ev_addr
        if wanted == self._meter_is:
            return
        self._meter_is = wanted
        self.regs.changed = 1
        self._asked = None
        self._meter = None  # type: ignore[assignment]
        if models.row(cfg.ev_meter)[models.WAY] in ("modbus", "custom"):
            self.house.meters.ev.forget()
            try:
                self._meter = build(cfg.ev_meter, cfg.ev_addr, self.house.meters.ev, cfg)
            except ValueError as e:
                self.house.say("bus: %s" % e)

    def _overhear(self, buf, at: int, asks: int, now) -> None:
        """A question to our EV meter, or its answer: the master asks it for us."""
        if asks:
            self._asked = (buf[at + 1], nodes.register(buf, at + 2), nodes.register(buf, at + 4))
            return
        asked = self._asked
        self._asked = None               # one answer to one question
        if asked and buf[at + 1] == asked[0] and buf[at + 2] == 2 * asked[2]:
            for what in range(VOLTAGES + 1):
                if self._meter.telegram(what) == asked:
                    self._meter.take(what, [nodes.register(buf, at + 3 + 2 * i) for i in range(asked[2])], now)
                    return
