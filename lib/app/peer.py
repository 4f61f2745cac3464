"""One node, as its master sees it: what it said last, what it was told, and since when it is silent.

It asks and writes over the wire it is handed, fills its slot of the fleet,
and reads the EV meter that this node cannot read itself. It decides nothing.
"""
from micropython import const

from app import clock
from app.rtu import RtuError
from energy.fleet import UNKNOWN
from meters import models
from meters.build import build
from meters.modbus_meter import CURRENTS, ModbusMeter
from meters.reading import Reading
from proto import nodes
from proto.nodes import B, C, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK

WANTS = (B, C, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK)  # a car is there that would charge
OFFERS = (B, C, COMM_B_OK, COMM_C, COMM_C_OK)         # ... and its pilot runs
STATUS_MS = const(1000)  # a node that is there is asked so often ...
AGAIN_MS = const(500)  # ... and sooner when it did not answer, once what it may still owe has passed
METER_MS = const(2000)  # ... and its EV meter
MISSED = const(2)   # answers in a row: from here on it cannot be told anything
LOST_MS = const(10000)  # silent so long: it is told 0 (the reference gives up after 5 cycles of 2 s)
GONE_MS = const(18000)  # ... and so long: it has heard nothing for 11 s, its car has had 6 s to stop, and its current is free
METER_OLD_MS = const(6000)  # three missed turns of its EV meter
OURS = ("mains", "circuit", "ev", "pv", "battery")


class Peer:
    def __init__(self, number: int, house, car) -> None:
        """number 1..7; car is its slot of the fleet."""
        self.number = number
        self.address = number + 1
        self.house = house
        self.car = car
        self.seen = 0        # 1: it has answered, not longer ago than GONE_MS
        self.online = 0      # 1: it answers
        self.lost = 0        # 1: silent for LOST_MS
        self.missed = 0      # answers in a row that did not come
        self.garbled = 0     # ... or came and were none
        self.state = nodes.A
        self.errors = self.timer_s = 0
        self.mode = -1
        self.agreed = -1     # the mode that it had in common with its master last
        self.refused = -1    # the last of its modes that could not be taken over
        self.changed = 1     # 1: its EV meter is not known; 3: nor its phases; 2: known, and it shall know that
        self.told_ma = 0     # the last it can have heard
        self.word_ma = 0     # as broadcast last
        self.meter: ModbusMeter = None  # type: ignore[assignment] # its EV meter, or None
        self.meter_is = -1
        self.twin = ""       # whose meter has the address of its own, in words; "": nobody's
        self.asked_at = self.meter_at = self.heard_at = clock.ticks_ms()
        self.hold = -1       # it is back and keeps what it had until the regulator's second is another than this; -1 none

    # ---- over the wire; a failure is counted and answered by None or False

    async def read(self, rtu, start: int, count: int):
        """Registers of this node, None when no answer came."""
        self.asked_at = clock.ticks_ms()
        try:
            return await rtu.read(nodes.READ_INPUT, self.address, start, count)
        except RtuError as e:
            self._failed(e.args[0])
            return None

    async def write(self, rtu, start: int, values) -> bool:
        """Several registers; whether it was confirmed. The state is asked again at once."""
        self.asked_at = clock.ticks_add(clock.ticks_ms(), -STATUS_MS)
        return await self._written(rtu, rtu.write_multiple_registers, start, values)

    async def write_one(self, rtu, register: int, value: int) -> bool:
        """One register; whether it was confirmed."""
        return await self._written(rtu, rtu.write_single_register, register, value)

    async def _written(self, rtu, method, start: int, value) -> bool:
        try:
            await rtu.ask(method, self.address, start, value, False)
            return True
        except RtuError as e:
            self._failed(e.args[0])
            return e.args[0] == "exception"  # it said no, and would say so again

    def _failed(self, why: str) -> None:
        if why == "exception":
            return               # it is there, and will not
        self.missed += 1
        self.garbled = 0 if why == "silent" else self.garbled + 1
        if self.missed >= MISSED:
            self.online = self.car.online = 0

    async def ask_config(self, rtu) -> None:
        """Its EV meter, at the next call its phases, and then the word that we know them."""
        if self.changed == 3:
            regs = await self.read(rtu, nodes.PHASES, 1)
            if regs or not self.missed:
                self.car.phases = 1 if regs and regs[0] == 1 else 3
                self.changed = 2
            return
        if self.changed == 2:
            if await self.write_one(rtu, nodes.CHANGED, 0):
                self.changed = 0
            return
        regs = await self.read(rtu, nodes.EV_METER, 2)
        if regs:
            self._fit(regs[0], regs[1])
        if regs or not self.missed:  # it may have said that it has no such registers
            self.changed = 3

    def _fit(self, model: int, address: int) -> None:
        if model << 8 | address == self.meter_is:
            return
        self.meter_is = model << 8 | address
        self.meter = None  # type: ignore[assignment]
        self.car.drawn_ma = UNKNOWN
        self.twin = ""
        try:
            if models.row(model)[models.WAY] in ("modbus", "custom"):
                self.meter = build(model, address, Reading(), self.house.cfg)
        except ValueError as e:
            self.house.say("nodes: EV meter of node %d: %s" % (self.number, e))
        self.share_wire(())

    def share_wire(self, others) -> int:
        """1: its EV meter has the address of one of ours or of a node among others, and is not read; a line says whose."""
        meter = self.meter
        whose = ""
        if meter and self.seen:
            cfg = self.house.cfg
            for role in OURS:
                if getattr(cfg, role + "_addr") == meter.address and not getattr(cfg, role + "_host") \
                        and models.by_registers(getattr(cfg, role + "_meter")):
                    whose = "the %s meter here" % role
            for peer in others:
                if peer.number < self.number and peer.seen and peer.meter and peer.meter.address == meter.address:
                    whose = "that of node %d" % peer.number
        if whose != self.twin:
            self.twin = whose
            if whose:
                self.house.say("nodes: EV meter of node %d: address %d is %s" % (self.number, meter.address, whose))
                self.car.drawn_ma = UNKNOWN
        return 1 if whose else 0

    async def ask_meter(self, rtu, now) -> None:
        """Its EV meter, for both of us: the node overhears the answer. Energies now and then instead of currents."""
        meter = self.meter
        dt_ms = clock.ticks_diff(now, self.meter_at)
        self.meter_at = now
        what = meter.energy_due(dt_ms) or CURRENTS
        function, start, count = meter.telegram(what)
        try:
            regs = await rtu.read(function, meter.address, start, count)
        except RtuError as e:
            meter.fail(e.args[0])
            return
        heard_at: int = clock.ticks_ms()  # type: ignore[assignment]
        if meter.take(what, regs, heard_at) and what == CURRENTS:
            car, ma = self.car, meter.reading.ma
            car.l1_ma, car.l2_ma, car.l3_ma = ma[0], ma[1], ma[2]
            car.drawn_ma = max(0, max(ma))

    # ---- what is known

    def heard(self, regs, now) -> None:
        """The eight registers of its state."""
        car = self.car
        self.state = regs[nodes.STATE]
        self.errors = regs[nodes.ERROR] & 0xFF
        self.mode = regs[nodes.MODE]
        self.timer_s = regs[nodes.TIMER]
        if not self.changed and regs[nodes.CHANGED] or not self.seen:
            self.changed = 1
        if not self.seen and self.state in OFFERS:
            self.told_ma = self.word_ma = min(regs[nodes.CURRENT], regs[nodes.MOST] * 10) * 100  # by a master before us
        if not self.online and self.state in OFFERS and self.told_ma:
            self.hold = self.house.regulate.up_s
        self.seen = self.online = 1
        self.lost = self.missed = self.garbled = 0
        self.heard_at = now
        car.max_ma = min(regs[nodes.MOST], 80) * 1000
        car.min_ma = self.house.cfg.min_current_a * 1000
        car.asks = 1 if self.state in WANTS else 0
        car.charging = 1 if self.state == C else 0
        car.offered_ma = self.told_ma if self.state in OFFERS else 0
        car.online = 1

    def age(self, now) -> None:
        """Silence, in three steps: not told more, told nothing, gone."""
        car = self.car
        if self.meter and car.drawn_ma != UNKNOWN and self.meter.reading.age_ms(now) > METER_OLD_MS:
            car.drawn_ma = UNKNOWN
        if not self.seen:
            return
        silent_ms = clock.ticks_diff(now, self.heard_at)
        if silent_ms >= LOST_MS and not self.lost:
            self.lost = 1
            self.house.say("nodes: node %d is silent" % self.number)
        if silent_ms >= GONE_MS:
            self.seen = self.online = car.online = car.asks = car.charging = car.offered_ma = 0
            self.state, self.mode, self.agreed, self.told_ma, self.hold = nodes.A, -1, -1, 0, -1
            car.drawn_ma = UNKNOWN
            car.phases = 3

    def share_ma(self, alive: int) -> int:
        """What it shall be told: the regulator's word while both are there, no more than before while it is silent."""
        if not alive or not self.seen or self.lost or self.state not in WANTS:
            return 0
        car = self.car
        if self.hold >= 0 and self.hold != self.house.regulate.up_s:
            self.hold = -1
        if self.hold >= 0 or not self.online:
            return self.told_ma
        give_ma = min(car.give_ma, car.max_ma)
        return give_ma if give_ma >= car.min_ma else 0

    def was_told(self, ma: int) -> None:
        """The broadcast has gone out."""
        self.word_ma = ma
        if self.seen and not self.lost:
            self.told_ma = ma
            if self.state in OFFERS:
                self.car.offered_ma = ma

    def late_ms(self, now) -> int:
        """How long its state or its EV meter has been due; negative while neither is."""
        rest_ms = AGAIN_MS if self.missed else STATUS_MS
        return max(clock.ticks_diff(now, self.asked_at) - rest_ms, self.meter_late_ms(now))

    def meter_late_ms(self, now) -> int:
        """How long its EV meter has been due."""
        return clock.ticks_diff(now, self.meter_at) - METER_MS if self.meter and self.online and not self.twin else -METER_MS
