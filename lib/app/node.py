"""A charger that is a node: it takes its current from its master, and asks before it closes.

It does what it is told only as far as it has asked: current flows when the
master answered COMM_B and keeps allotting, a contactor may close when it
answered COMM_C a moment ago, each for its own question and for a limited
time. An allotment lives 11 seconds; a master that is gone takes the current
with it and leaves a fault that clears itself when it speaks again.

The frames are in app/node_wire.py, the registers in app/node_regs.py.
"""
from micropython import const

from app import clock
from app.node_regs import NodeRegs
from app.node_wire import NodeWire
from evse import pilot
from evse.iec61851 import B2, C1, C2, D1, D2
from evse.limits import CABLE, MAX, NODE, NO_LIMIT, OVERDRAW, OVERRIDE, PLAN, RELAY, TEMPERATURE
from evse.why import NO_CURRENT
from faults import NO_MASTER, TWINS
from proto import nodes
from proto.nodes import COMM_B, COMM_B_OK, COMM_C, COMM_C_OK

LIFE_MS = const(11000)                                            # of an allotment and of an error, the reference's time
ANSWER_MS = const(5000)                                           # the master's answer to COMM_B and COMM_C; it comes a cycle after the question, 2 s
USE_MS = const(5000)                                              # so long a granted B waits for its allotment, and a granted C for its contactor
STOPPED_MS = const(60000)                                         # no current after an error took it (the reference's charge delay)
POLL_MS = const(5)                                                # how often the wire is looked at
OWN = (CABLE, MAX, TEMPERATURE, OVERRIDE, RELAY, OVERDRAW, PLAN)  # limits that a node has without its master
TWIN_MS = const(60000)                                            # how long a second charger at our address is remembered


class Node:
    def __init__(self, house) -> None:
        """house has cfg, evse, out, control, faults, meters, serial and say."""
        self.house = house
        self.evse = house.evse
        self.place = house.cfg.loadbl     # the number of the node plus one, and its address
        self.regs = NodeRegs(house, self)
        self.wire = NodeWire(house, self, self.regs)
        self.error_bits = 0               # what the master says is wrong
        self.allot_ma = 0                 # as broadcast last
        self.heard_at = clock.ticks_ms()  # ... and when
        self.known = 0                    # 1: there was one, not longer ago than LIFE_MS
        self._error_at = self._twin_at = clock.ticks_ms()
        self._b = self._c = 0             # what the master has granted, 0 or 1
        self._b_at = self._c_at = clock.ticks_ms()
        self._used = 0                    # 1: the granted B was offered to the car
        self._one = 0                     # register 8 as the master was called for it last

    async def run(self, rtu) -> None:
        """Until PWR SHARE or the speed of the wire are set otherwise. Only a cancellation comes out of it.

        rtu.port is the wire, at rtu.baud.
        """
        cfg = self.house.cfg
        speed = cfg.rs485_baud, cfg.rs485_parity
        wire = self.wire
        wire.begin(rtu)
        self._take_back()
        self.heard_at = clock.ticks_ms()
        try:
            while cfg.loadbl == self.place and (cfg.rs485_baud, cfg.rs485_parity) == speed:
                now = clock.ticks_ms()
                wire.fit()
                reply = wire.listen(now)
                self.watch(now)
                if reply:
                    await wire.reply(reply)
                else:
                    await clock.sleep_ms(POLL_MS)
        finally:
            self._leave()

    def _leave(self) -> None:
        """Alone again there is no master to wait for; without a word from the wire a node has no current."""
        alone = self.house.cfg.loadbl < 2
        self.house.faults.put(NO_MASTER, 0)
        self.house.faults.put(TWINS, 0)
        self._take_back()
        if alone:
            self.evse.may_close = 1
            self.evse.limits.put(NODE, NO_LIMIT)

    def state(self) -> int:
        """Register 0: what this charger does, as SmartEVSE counts it."""
        evse = self.evse
        state = evse.state
        if evse.letter == pilot.A:
            return nodes.A
        if self.house.out.c1:
            return nodes.C1 if state == C1 or state == D1 else nodes.C
        if state == B2:
            return nodes.B
        if state == C2 or state == D2:
            return nodes.B if not evse.safety.diode else COMM_C_OK if self._c else COMM_C
        if self._asking():
            return COMM_B_OK if self._b else COMM_B
        return nodes.B1

    def most_a(self) -> int:
        """Register 7: the most that this charger could use, A: the smallest of its own limits."""
        return self._own_ma() // 1000

    def _own_ma(self) -> int:
        most_ma = NO_LIMIT
        for who in OWN:
            most_ma = min(most_ma, self.evse.limits.ma[who])
        return most_ma

    def allotted(self, ma: int, now) -> None:
        """The master's broadcast: this charger's share. It counts only while a B is granted."""
        self.allot_ma = ma
        self.heard_at = now
        self.known = 1
        self.error_bits &= ~nodes.NO_COMM
        self._give(now)

    def granted(self, state: int) -> None:
        """The master wrote a state: taken when it answers the question that it has just read and that still stands."""
        if self.error_bits:
            return
        now = clock.ticks_ms()
        shown = self.wire.shown
        asks = self.state()
        if state == COMM_B_OK and shown == asks == COMM_B:
            self._b, self._used = 1, 0
            self._b_at = now
            self._give(now)
        elif state == COMM_C_OK and shown == asks == COMM_C:
            self._c = 1
            self._c_at = now
            self.evse.may_close = 1
        else:
            return
        self.wire.shown = -1

    def error(self, bits: int) -> None:
        """The master says that something is wrong, 0 that nothing is. It can only stop, and not for ever."""
        bits &= ~self.regs.own_errors()  # SmartEVSE's master writes back what it has read
        if bits:
            if self._offering():
                self.evse.auth.wait(STOPPED_MS)
            self._error_at = clock.ticks_ms()
            self._take_back()
        self.error_bits = bits

    def twin(self) -> None:
        """Somebody answers in our place."""
        if not self.house.faults.mask & 1 << TWINS:
            self.house.say("bus: another charger answers at address %d" % self.place)
        self._twin_at = clock.ticks_ms()
        self.house.faults.put(TWINS, 1)

    def watch(self, now) -> None:
        """Each poll: grants that were used up, words that have grown old."""
        fault_list = self.house.faults
        if clock.ticks_diff(now, self.heard_at) >= LIFE_MS:
            self.known = 0
            self.heard_at = clock.ticks_add(now, -LIFE_MS)  # so that the clock never wraps
            self._take_back()
            fault_list.put(NO_MASTER, 1)
        elif self.known:
            fault_list.put(NO_MASTER, 0)
        wire = self.wire
        if wire.shown >= 0 and clock.ticks_diff(now, wire.shown_at) > ANSWER_MS:
            wire.shown = -1
        if self.error_bits and clock.ticks_diff(now, self._error_at) >= LIFE_MS:
            self.error_bits = 0
        if fault_list.mask & 1 << TWINS and clock.ticks_diff(now, self._twin_at) >= TWIN_MS:
            fault_list.put(TWINS, 0)
        one = self.regs.one_phase()
        if one != self._one:              # a master of ours reads it then; any other asks for the EV meter once more
            self._one = one
            self.regs.changed = 1
        if self._c and (self.house.out.c1 or clock.ticks_diff(now, self._c_at) >= USE_MS or self.state() != COMM_C_OK):
            self._c = 0          # for one closing, and only for the car that asked
            self.evse.may_close = 0
        if self._b:
            if self._offering():
                self._used = 1
            elif self._used or not self._asking() or clock.ticks_diff(now, self._b_at) >= USE_MS:
                self._take_back()

    def _asking(self) -> int:
        """1: a car is there that lacks nothing but the master's current."""
        evse = self.evse
        auth = evse.auth
        if evse.letter == pilot.A or evse.why != NO_CURRENT or evse.by != NODE or auth.pause_ms or auth.random_ms:
            return 0
        return 1 if self._own_ma() >= self.house.cfg.min_current_a * 1000 else 0

    def _offering(self) -> int:
        state = self.evse.state
        return 1 if state == B2 or state == C2 or state == D2 else 0

    def _give(self, now) -> None:
        """The allotment counts from when it was heard."""
        left_ms = LIFE_MS - clock.ticks_diff(now, self.heard_at)
        if self._b and self.known and left_ms > 0:
            self.evse.limits.put(NODE, self.allot_ma, left_ms)

    def _take_back(self) -> None:
        self._b = self._c = 0
        self.evse.may_close = 0
        self.evse.limits.put(NODE, 0)
