"""The master's turns: what it asks, whom it tells what, and what it overhears."""
from app.master import ALIVE_MS, GARBLED, NODES, PROBE_MS, Master
from app.rtu import RtuError
from neighbours import Street
from proto import nodes
from tools.plant import vclock


class Rtu:
    """Nodes as a dict of address: status; notes everything that is put on the wire."""

    stray = None

    def __init__(self):
        self.nodes, self.wire, self.broken = {}, [], ()

    def write_multiple_registers(self):
        pass

    def write_single_register(self):
        pass

    async def read(self, function, address, start, count):
        self.wire.append(("read", address, start, count))
        if address in self.broken:
            raise RtuError("crc")
        if address not in self.nodes:
            raise RtuError("silent")
        if start == nodes.PHASES:
            return (0,)
        return (0, 12) if start == nodes.EV_METER else tuple(self.nodes[address])

    async def ask(self, method, address, start, values, signed):
        self.wire.append(("write", address, start, values))
        if start == nodes.MODE and self.nodes[address][nodes.MODE] < 3:
            self.nodes[address][nodes.MODE] = values
        if start == nodes.STATE:
            self.nodes[address][0] = values[0]
        return True

    async def tell(self, method, address, start, values, signed):
        self.wire.append(("tell", address, start, tuple(values)))

    def told(self):
        return [w for w in self.wire if w[0] == "tell"]

    def written(self):
        return [w for w in self.wire if w[0] == "write" and w[2] != nodes.CHANGED]


def status(state=nodes.A, errors=0, current=0, mode=0, timer=0, changed=0, most=16):
    return [state, errors, current, mode, timer, 1, changed, most]


class Bench:
    def __init__(self, there, **settings):
        self.house = Street((0,), **settings)[0]
        self.house.regulate.fleet.resize(8)
        self.cars = self.house.regulate.fleet.cars
        self.master = Master(self.house)
        self.rtu = Rtu()
        self.rtu.nodes = there

    def run(self, story):
        try:
            return vclock.run(story(self))
        finally:
            vclock.remove()

    async def steps(self, count, ms=130):
        for i in range(count):
            await vclock.sleep_ms(ms)
            if i % 8 == 0:
                self.house.regulate.up_s += 1
            await self.master.step(self.rtu)

    async def begun(self):
        """All were looked for once, and the first broadcast is out."""
        await self.steps(40)
        self.rtu.wire = []
        return self


def test_everybody_is_looked_for_once_before_anybody_is_told_anything():
    async def story(b):
        await b.master.tell(b.rtu)
        await b.steps(NODES)
        probed = [w[1] for w in b.rtu.wire]
        await b.steps(1)
        return probed, len(b.rtu.told())
    assert Bench({}).run(story) == ([2, 3, 4, 5, 6, 7, 8], 1)


def test_the_fleet_has_room_for_those_that_have_answered():
    async def story(b):
        fleet = b.house.regulate.fleet
        fleet.resize(1)
        await b.begun()
        alone = len(fleet.cars)
        b.rtu.nodes[3] = status(state=nodes.COMM_B)
        await b.steps(130)
        return alone, len(fleet.cars), fleet.cars[2].asks, fleet.cars[1].online
    assert Bench({}).run(story) == (1, 3, 1, 0)


def test_later_one_is_looked_for_in_each_cycle():
    async def story(b):
        await b.begun()
        await b.steps(80)
        reads = [w[1] for w in b.rtu.wire if w[0] == "read" and w[1] != 4]
        return len(reads), set(reads)
    count, whom = Bench({4: status()}).run(story)
    assert count in (80 * 130 // PROBE_MS, 80 * 130 // PROBE_MS + 1) and 4 not in whom


def test_a_node_that_asks_is_granted_what_it_was_given_and_told_at_once():
    async def story(b):
        await b.begun()
        b.rtu.nodes[3][0] = nodes.COMM_B
        await b.steps(10)
        waits = b.rtu.written(), b.cars[2].asks
        b.rtu.wire = []
        b.cars[2].give_ma = 12000
        await b.steps(2)
        return waits, b.rtu.wire[:2]
    waits, wire = Bench({3: status()}).run(story)
    assert waits == ([], 1)
    assert wire[0] == ("write", 3, 0, (nodes.COMM_B_OK, 0))
    assert wire[1][:3] == ("tell", 9, 0x20) and wire[1][3][2] == 120


def test_nobody_may_close_before_it_was_told_enough():
    async def story(b):
        await b.begun()
        b.rtu.nodes[3][0] = nodes.COMM_C
        await b.steps(9)
        nothing = b.rtu.written()
        b.cars[2].give_ma = 6000
        b.rtu.wire = []
        await b.steps(3)
        return nothing, b.rtu.wire[:2]
    nothing, wire = Bench({3: status()}).run(story)
    assert nothing == []
    assert wire[0][0] == "tell" and wire[0][3][2] == 60
    assert wire[1] == ("write", 3, 0, (nodes.COMM_C_OK, 0))


def test_a_share_that_falls_is_told_at_once_and_one_that_rises_in_its_turn():
    async def story(b):
        await b.begun()
        b.cars[2].give_ma = 12000
        await b.steps(8)
        b.house.regulate.up_s += 1
        await b.master.tell(b.rtu)
        b.rtu.wire = []
        b.cars[2].give_ma = 15000
        await b.steps(4)
        rises = len(b.rtu.told())
        b.cars[2].give_ma = 8000
        await b.steps(1)
        return rises, b.rtu.told()[-1][3][2]
    assert Bench({3: status(nodes.C)}).run(story) == (0, 80)


def test_a_regulator_that_is_dead_gives_nobody_anything():
    async def story(b):
        await b.begun()
        b.cars[2].give_ma = 12000
        await b.steps(8)
        await b.master.tell(b.rtu)
        for _ in range(ALIVE_MS // 100 + 2):
            await vclock.sleep_ms(100)
            await b.master.step(b.rtu)
        return [w[3][2] for w in b.rtu.told()]
    assert Bench({3: status(nodes.C)}).run(story) == [120, 0]


def test_the_broadcast_carries_our_own_offer_and_the_mains():
    async def story(b):
        b.cars[0].offered_ma = 15996
        b.house.meters.mains.put(0, [5700, 649, -1251], [0, 0, 0])
        await b.steps(NODES + 1)
        return b.rtu.told()[0][3]
    words = Bench({}).run(story)
    assert words[0] == 159 and words[8:] == (57, 6, 65536 - 13)


def test_only_the_masters_own_word_is_taken_back_from_an_error():
    async def story(b):
        await b.begun()
        b.rtu.nodes[3][nodes.ERROR] = 5
        await b.steps(9)
        return b.rtu.written()[0]
    assert Bench({3: status(nodes.B1)}).run(story) == ("write", 3, nodes.ERROR, 4)


def test_a_mode_that_was_changed_at_a_node_is_taken_over():
    async def story(b):
        await b.begun()
        b.rtu.nodes[3][nodes.MODE] = 1
        await b.steps(20)
        return b.house.cfg.mode, b.rtu.nodes[4][nodes.MODE], [w for w in b.rtu.written() if w[1] == 3]
    assert Bench({3: status(), 4: status()}).run(story) == (1, 1, [])


def test_one_that_cannot_be_is_written_over():
    async def story(b):
        await b.begun()
        b.rtu.nodes[3][nodes.MODE] = 2
        await b.steps(20)
        return b.house.cfg.mode, b.rtu.nodes[3][nodes.MODE], b.house.lines[-1]
    mode, node, line = Bench({3: status()}, mains_meter="Disabled").run(story)
    assert (mode, node) == (0, 0) and line == "nodes: mode of node 2: mode Smart and Solar need a mains meter: set mains_meter first"


def test_a_node_that_comes_with_another_mode_is_given_ours():
    async def story(b):
        await b.begun()
        return b.house.cfg.mode, b.rtu.nodes[3][nodes.MODE]
    assert Bench({3: status(mode=2)}).run(story) == (0, 0)


def test_a_mode_that_nobody_knows_changes_nothing():
    async def story(b):
        await b.begun()
        b.rtu.nodes[3][nodes.MODE] = 77
        await b.steps(20)
        return b.house.cfg.mode, len(b.rtu.written()) <= 4, len(b.house.lines)
    assert Bench({3: status()}).run(story) == (0, True, 2)


def test_the_suns_timer_is_shown_at_a_node_that_charges():
    async def story(b):
        await b.begun()
        b.house.regulate.stop_s = 300
        await b.steps(9)
        return b.rtu.written()[0]
    assert Bench({3: status(nodes.C)}).run(story) == ("write", 3, nodes.TIMER, 300)


def test_another_masters_broadcast_is_heard_told_and_forgotten():
    async def story(b):
        await b.begun()
        b.rtu.stray(b"\x00" + nodes.read(10, 6, 12) + nodes.answer(10, 4, (0,) * 12))
        quiet = b.house.faults.names()
        b.rtu.stray(b"\x00" + nodes.allotments((0,), (0, 0, 0)))
        b.rtu.stray(nodes.write_one(9, 1, 1))
        told = b.house.faults.names()
        await b.steps(600)
        return quiet, told, b.house.faults.names(), [line for line in b.house.lines if "master" in line]
    quiet, told, after, lines = Bench({}).run(story)
    assert (quiet, told, after) == ("", "twins", "") and lines == ["nodes: another master is on the wire"]


def test_answers_that_come_and_are_none_are_two_at_once():
    async def story(b):
        await b.begun()
        b.rtu.broken = (3,)
        await b.steps(8 * GARBLED)
        return b.house.faults.names(), b.house.lines[-1]
    assert Bench({3: status()}).run(story) == ("twins", "nodes: answers of node 2 are broken; are there two of it?")


def test_a_wire_that_is_gone_stops_nothing():
    async def story(b):
        async def gone(*asked):
            raise RtuError("port")
        b.rtu.tell = b.rtu.read = b.rtu.ask = gone
        await b.steps(60)
        return b.master.told
    assert Bench({3: status()}).run(story) == 0
