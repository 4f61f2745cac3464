"""The master of up to eight chargers on one wire: asks the nodes, tells them their shares.

The bus gives it turns. Each takes one short exchange: what cannot wait first
(a question of a node that has its share), then whatever has been due longest:
the state of a node that is there, its EV meter, one node that may have come.
Everybody's share is broadcast at once when one falls; every two seconds the
bus has it broadcast anyway.

What the nodes ask goes into regulate.fleet, slot k for node k, and what the
regulator gives them is read from there; who gets how much is not decided
here. A node that falls silent keeps what it was told until it has stopped by
itself. A regulator that does not reckon any more gives nobody anything.
"""
from micropython import const

from app import clock
from app.peer import Peer
from app.rtu import RtuError
from energy.fleet import Charger
from faults import METER_TWINS, TWINS
from proto import nodes
from proto.nodes import BROADCAST, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK, CURRENTS, CURRENTS_COUNT, ERROR, LESS_6A, WRITE

NODES = const(7)
PROBE_MS = const(2000)    # one node that is not there, in turn: the reference's cycle
ALIVE_MS = const(5000)    # a regulator that is silent so long gives nobody anything
TWIN_MS = const(60000)    # how long another master is remembered
GARBLED = const(6)        # answers in a row that come and are none: two chargers answer at once
TIMER_SLACK_S = const(3)  # the sun's stop timer of a node may be off by this, as the reference has it
TOGGLE = const(4)         # as settings' switch: Sma-Sol S says the mode, and no node does


class Master:
    def __init__(self, house) -> None:
        """house has cfg, control, faults, meters, regulate (fleet, up_s, stop_timer_s) and say."""
        self.house = house
        self.peers: list = []    # a Peer for each node that has ever answered
        self.told = 0            # broadcasts so far
        self._probe_at = self._up_at = clock.ticks_ms()
        self._up_s = -1          # regulate.up_s as seen last, and when it changed
        self._alive = 0          # 1: the regulator reckons
        self._looked = 0         # how many were looked for, up to NODES
        self._probe = 0          # the number of the node that was looked for last
        self._stamp = -1         # of all that says which meters are on the wire
        self._sooner = 0         # 1: what was broadcast last is not right any more
        self._twin_at = clock.ticks_ms()
        self._words = [0] * CURRENTS_COUNT
        self._nobody = Charger()  # the slot of one that has not answered: the fleet is as long as it has to be

    async def step(self, rtu) -> None:
        """One exchange at most. What goes wrong is counted with the node; nothing is raised."""
        rtu.stray = self.overheard
        now = clock.ticks_ms()
        self._age(now)
        if self._sooner and self._looked >= NODES:
            await self.tell(rtu)
            return
        for peer in self.peers:
            if peer.online and await self._order(rtu, peer):
                return
        # The first round is a quick one: nobody is told anything before all who may be there were asked.
        best, most = None, max(-1, clock.ticks_diff(now, self._probe_at) - (PROBE_MS if self._looked >= NODES else 0))
        for peer in self.peers:
            if peer.seen and peer.late_ms(now) > most:
                best, most = peer, peer.late_ms(now)
        if best and best.meter_late_ms(now) == most:
            await best.ask_meter(rtu, now)
        elif best:
            await self._status(rtu, best)
        elif most >= 0:
            self._probe_at = now
            if self._looked < NODES:
                self._looked += 1
                self._sooner = 1         # at the end of the round
            await self._look(rtu)

    async def tell(self, rtu) -> None:
        """The broadcast: everybody's share, and the currents of the mains. Not before all nodes were looked for."""
        if self._looked < NODES:
            return
        words = self._words
        for i in range(8):
            words[i] = 0
        words[0] = min(self.house.regulate.fleet.cars[0].offered_ma // 100, nodes.AMPS_MAX)
        for peer in self.peers:
            words[peer.number] = peer.share_ma(self._alive) // 100
        mains = self.house.meters.mains.ma
        for i in range(3):
            words[8 + i] = min(max((mains[i] + 50) // 100, -32768), 32767) & 0xFFFF
        try:
            await rtu.tell(rtu.write_multiple_registers, BROADCAST, CURRENTS, words, False)
        except RtuError:
            return                    # the wire is gone: the bus counts it, the nodes stop by themselves
        self._sooner = 0
        self.told += 1
        for peer in self.peers:
            peer.was_told(words[peer.number] * 100)

    def overheard(self, some) -> None:
        """Bytes that belong to nothing we asked: is there another master?"""
        at, end = 0, len(some)
        while at < end:
            size = nodes.length(some, at, end)
            if size and some[at] == BROADCAST and some[at + 1] in (nodes.WRITE_ONE, WRITE):
                if not self.house.faults.mask & 1 << TWINS:
                    self.house.say("nodes: another master is on the wire")
                self.twin()
            at += size or 1

    def twin(self) -> None:
        """Two chargers with the same place on the wire have been heard."""
        self._twin_at = clock.ticks_ms()
        self.house.faults.put(TWINS, 1)

    def _age(self, now) -> None:
        """What has grown old meanwhile."""
        house = self.house
        if house.regulate.up_s != self._up_s:
            self._up_s = house.regulate.up_s
            self._up_at = now
            self._addresses()
        if house.faults.mask & 1 << TWINS and clock.ticks_diff(now, self._twin_at) >= TWIN_MS:
            house.faults.put(TWINS, 0)
        self._alive = 1 if clock.ticks_diff(now, self._up_at) < ALIVE_MS else 0
        if not self._alive:
            self._up_at = clock.ticks_add(now, -ALIVE_MS)  # so that the clock never wraps
        for peer in self.peers:
            peer.age(now)
            if peer.share_ma(self._alive) // 100 < peer.word_ma // 100:
                self._sooner = 1

    def _addresses(self) -> None:
        """Whether two meters on the wire have one address: looked at when a setting, a node or its meter has changed."""
        stamp = self.house.cfg.serial << 3
        for peer in self.peers:
            if peer.seen:
                stamp += (peer.meter_is + 2) * 5 + peer.number
        if stamp != self._stamp:
            self._stamp = stamp
            twins = 0
            for peer in self.peers:
                twins |= peer.share_wire(self.peers)
            self.house.faults.put(METER_TWINS, twins)

    async def _look(self, rtu) -> None:
        """Asks for the next node that is not there, in turn."""
        for _ in range(NODES):
            self._probe = self._probe % NODES + 1
            peer = None
            for known in self.peers:
                if known.number == self._probe:
                    peer = known
            if not peer:
                peer = Peer(self._probe, self.house, self._nobody)
            if not peer.seen:
                await self._status(rtu, peer)
                return

    async def _status(self, rtu, peer) -> None:
        was = peer.seen
        regs = await peer.read(rtu, nodes.STATE, nodes.MOST + 1)
        if regs is None:
            if peer.garbled >= GARBLED:
                peer.garbled = 0
                self.house.say("nodes: answers of node %d are broken; are there two of it?" % peer.number)
                self.twin()
            return
        if peer not in self.peers:
            fleet = self.house.regulate.fleet
            if len(fleet.cars) <= peer.number:
                fleet.resize(peer.number + 1)
            peer.car = fleet.cars[peer.number]
            self.peers.append(peer)
        if not was:
            self.house.say("nodes: node %d is here" % peer.number)
        peer.heard(regs, clock.ticks_ms())
        self._modes(peer)

    def _modes(self, peer) -> None:
        """A mode that was changed at a node is taken over; any other that differs will be overwritten."""
        cfg = self.house.cfg
        mine = nodes.mode(cfg.mode)
        if peer.mode != mine and peer.agreed == mine and cfg.switch != TOGGLE:
            try:
                self.house.control.put("mode", peer.mode)
                mine = peer.mode
            except ValueError as e:
                if peer.mode != peer.refused:
                    self.house.say("nodes: mode of node %d: %s" % (peer.number, e))
                peer.refused = peer.mode
        if peer.mode == mine:
            peer.agreed = mine

    async def _order(self, rtu, peer) -> bool:
        """Writes what this node waits for, if anything. True when the wire was used."""
        ready = peer.share_ma(1) >= peer.car.min_ma
        clear = peer.errors & ~LESS_6A  # a master alone may take that back
        if peer.state == COMM_B and ready:
            if await peer.write(rtu, nodes.STATE, (COMM_B_OK, clear)):
                peer.state = COMM_B_OK
                self._sooner = 1     # it waits for its allotment
            return True
        if peer.state == COMM_C and ready:
            if peer.told_ma < peer.car.min_ma:
                await self.tell(rtu)
            elif await peer.write(rtu, nodes.STATE, (COMM_C_OK, clear)):
                peer.state = COMM_C_OK
            return True
        if peer.errors != clear:
            if await peer.write_one(rtu, ERROR, clear):
                peer.errors = clear
            return True
        mine = nodes.mode(self.house.cfg.mode)
        if peer.mode >= 0 and peer.mode != mine:
            peer.mode = -1           # until it has said it again
            await peer.write_one(rtu, nodes.MODE, mine)
            return True
        if peer.changed:
            await peer.ask_config(rtu)
            return True
        timer_s = self.house.regulate.stop_timer_s()
        if peer.state == nodes.C and abs(timer_s - peer.timer_s) > TIMER_SLACK_S:
            if await peer.write_one(rtu, nodes.TIMER, timer_s):
                peer.timer_s = timer_s
            return True
        return False
