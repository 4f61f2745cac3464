"""A node as its master sees it: what it said, what it was told, and its silence in three steps."""
import pytest

from app.peer import GONE_MS, LOST_MS, METER_MS, METER_OLD_MS, STATUS_MS, Peer
from app.rtu import RtuError
from energy.fleet import UNKNOWN
from neighbours import Street
from proto import nodes
from tools.plant import vclock


class Rtu:
    """Answers with what it is given, in turn; an RtuError is one."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def write_multiple_registers(self):
        pass

    write_single_register = write_multiple_registers

    async def _next(self, *asked):
        self.asked.append(asked)
        answer = self.answers.pop(0)
        if isinstance(answer, RtuError):
            raise answer
        return answer

    async def read(self, *asked):
        return await self._next(*asked)

    async def ask(self, method, *asked):
        return await self._next(*asked)


def status(state, most=16, current=0, errors=0, mode=0, timer=0, changed=0):
    return (state, errors, current, mode, timer, 1, changed, most)


def late(peer):
    """How late its meter would be a minute after it was asked."""
    return peer.meter_late_ms(vclock.ticks_add(peer.meter_at, 60000))


class Bench:
    def __init__(self, **settings):
        self.house = Street((0,), **settings)[0]
        self.house.regulate.fleet.resize(8)
        self.house.regulate.up_s = 10
        self.car = self.house.regulate.fleet.cars[2]
        self.peer = Peer(2, self.house, self.car)
        self.now = 1000

    def hears(self, *args, **kw):
        self.peer.heard(status(*args, **kw), self.now)
        return self

    def later(self, ms):
        self.now += ms
        self.peer.age(self.now)
        return self

    def second(self, give_ma):
        self.house.regulate.up_s += 1
        self.car.give_ma = give_ma
        return self

    def tells(self):
        ma = self.peer.share_ma(1)
        self.peer.was_told(ma)
        return ma


def done(coro):
    try:
        return vclock.run(coro)
    finally:
        vclock.remove()


@pytest.mark.parametrize("state, asks, charging", [
    (nodes.A, 0, 0), (nodes.B, 1, 0), (nodes.C, 1, 1), (nodes.COMM_B, 1, 0), (nodes.COMM_B_OK, 1, 0), (nodes.COMM_C, 1, 0),
    (nodes.COMM_C_OK, 1, 0), (nodes.ACTIVATE, 0, 0), (nodes.B1, 0, 0), (nodes.C1, 0, 0)])
def test_its_state_fills_its_slot(state, asks, charging):
    car = Bench().hears(state, most=20).car
    assert (car.online, car.asks, car.charging, car.max_ma, car.min_ma) == (1, asks, charging, 20000, 6000)


def test_it_is_told_what_the_regulator_gives_within_what_it_can_use():
    b = Bench().hears(nodes.COMM_B, most=16).second(32000)
    assert b.tells() == 16000
    assert b.second(10000).tells() == 10000 and b.second(5999).tells() == 0
    assert b.hears(nodes.B1).second(10000).tells() == 0          # who does not ask is given nothing
    assert b.hears(nodes.C).second(10000).peer.share_ma(0) == 0  # nor is anybody by a dead regulator


def test_what_its_car_is_offered_is_what_it_was_told_while_its_pilot_runs():
    b = Bench().hears(nodes.COMM_B).second(10000)
    b.tells()
    assert b.hears(nodes.COMM_B).car.offered_ma == 0
    assert b.hears(nodes.C).car.offered_ma == 10000
    assert b.hears(nodes.C1).car.offered_ma == 0


def test_silence_has_three_steps():
    b = Bench().hears(nodes.C).second(10000).hears(nodes.C)
    b.tells()
    b.hears(nodes.C)
    b.peer._failed("silent")
    assert b.peer.online == 1
    b.peer._failed("silent")
    assert b.car.online == 0 and b.second(0).tells() == 10000     # what it had, whatever the regulator says
    assert b.later(LOST_MS - 1).tells() == 10000
    assert b.later(1).tells() == 0 and b.car.offered_ma == 10000  # told to stop, and reckoned with
    assert b.later(GONE_MS - LOST_MS - 1).car.offered_ma == 10000
    b.later(1)
    assert (b.car.offered_ma, b.car.asks, b.car.charging, b.peer.seen) == (0, 0, 0, 0)


def test_one_that_comes_back_keeps_what_it_had_until_the_regulator_has_seen_it():
    b = Bench().hears(nodes.C).second(10000)
    b.tells()
    b.peer._failed("silent")
    b.peer._failed("silent")
    b.second(0).hears(nodes.C)
    assert b.tells() == 10000
    assert b.second(8000).tells() == 8000


def test_one_that_charged_under_a_master_before_us_keeps_its_current():
    b = Bench().hears(nodes.C, current=120)
    assert b.tells() == 12000 and b.car.offered_ma == 12000
    assert b.second(16000).tells() == 16000
    assert Bench().hears(nodes.C, current=500, most=16).tells() == 16000


def test_an_exception_is_an_answer():
    b = Bench().hears(nodes.A)
    for _ in range(3):
        assert done(b.peer.read(Rtu(RtuError("exception")), 0, 8)) is None
    assert b.peer.online and not b.peer.missed


def test_garbled_answers_are_counted_apart():
    b = Bench()
    for why in ("crc", "length", "short"):
        done(b.peer.read(Rtu(RtuError(why)), 0, 8))
    assert b.peer.garbled == 3
    done(b.peer.read(Rtu(RtuError("silent")), 0, 8))
    assert b.peer.garbled == 0


def test_its_meter_is_asked_for_once_and_then_it_is_told():
    b = Bench().hears(nodes.A, changed=1)
    rtu = Rtu((4, 21), (1,), True)
    done(b.peer.ask_config(rtu))
    assert b.peer.changed == 3 and b.peer.meter.address == 21
    done(b.peer.ask_config(rtu))
    assert b.peer.changed == 2 and b.car.phases == 1
    done(b.peer.ask_config(rtu))
    assert b.peer.changed == 0 and rtu.asked == [(4, 3, 0x108, 2), (4, 3, 8, 1), (3, 6, 0, False)]
    meter = b.peer.meter
    assert b.hears(nodes.A, changed=1).peer.changed == 1
    done(b.peer.ask_config(Rtu((4, 21))))
    assert b.peer.meter is meter


def test_a_node_that_has_no_such_registers_is_not_asked_for_ever():
    b = Bench().hears(nodes.A)
    done(b.peer.ask_config(Rtu(RtuError("exception"))))
    done(b.peer.ask_config(Rtu(RtuError("exception"))))
    done(b.peer.ask_config(Rtu(True)))
    assert b.peer.changed == 0 and b.peer.meter is None and b.car.phases == 3


@pytest.mark.parametrize("answer, phases", [((1,), 1), ((0,), 3), ((3,), 3), (RtuError("exception"), 3)])
def test_a_node_that_does_not_say_one_phase_counts_for_three(answer, phases):
    b = Bench().hears(nodes.B1)
    b.car.phases = 4 - phases
    b.peer.changed = 3
    done(b.peer.ask_config(Rtu(RtuError("silent"))))
    assert (b.peer.changed, b.car.phases) == (3, 4 - phases)   # it is asked again
    b.hears(nodes.B1)
    done(b.peer.ask_config(Rtu(answer)))
    assert (b.peer.changed, b.car.phases) == (2, phases)
    b.later(GONE_MS)
    assert b.car.phases == 3


@pytest.mark.parametrize("regs", [(0, 12), (1, 10), (9, 12), (18, 12), (255, 12), (4, 0), (4, 248)])
def test_a_meter_that_cannot_be_is_none(regs):
    b = Bench(ev_meter="Eastron3P", ev_addr=12).hears(nodes.A)
    done(b.peer.ask_config(Rtu(regs)))
    assert b.peer.meter is None and b.peer.changed == 3


@pytest.mark.parametrize("address, role", [(10, "mains"), (12, "ev"), (13, "circuit"), (14, "pv"), (15, "battery")])
def test_a_meter_at_the_address_of_one_of_ours_is_not_read(address, role):
    b = Bench(ev_meter="Eastron3P", ev_addr=12, circuit_meter="Eastron3P", pv_meter="Eastron3P", battery_meter="Eastron3P").hears(nodes.C)
    done(b.peer.ask_config(Rtu((4, address))))
    assert late(b.peer) == -METER_MS
    assert b.house.lines[-1] == "nodes: EV meter of node 2: address %d is the %s meter here" % (address, role)
    b.house.cfg.put(role + "_host", "10.0.0.9")   # ours is not on the wire
    assert b.peer.share_wire(()) == 0
    assert late(b.peer) > 0
    b.house.cfg.put(role + "_host", "")
    assert b.peer.share_wire(()) == 1
    b.house.cfg.put(role + "_meter", "API" if role in ("mains", "ev", "circuit") else "Disabled")
    assert b.peer.share_wire(()) == 0


def test_of_two_nodes_with_one_address_for_their_meters_the_first_keeps_it():
    b = Bench().hears(nodes.C)
    first, last = Peer(1, b.house, b.house.regulate.fleet.cars[1]), b.peer
    first.heard(status(nodes.C), b.now)
    for peer in (first, last):
        done(peer.ask_config(Rtu((4, 21))))
    last.car.drawn_ma = 8000
    assert [peer.share_wire([last, first]) for peer in (first, last)] == [0, 1]
    assert last.car.drawn_ma == UNKNOWN and b.house.lines[-1] == "nodes: EV meter of node 2: address 21 is that of node 1"
    said = len(b.house.lines)
    assert last.share_wire([last, first]) == 1 and len(b.house.lines) == said
    assert late(last) < 0 < late(first)
    first.age(b.now + GONE_MS)
    assert last.share_wire([last, first]) == 0 and late(last) > 0


def test_its_meter_is_read_for_it_and_grows_old():
    b = Bench().hears(nodes.C)
    done(b.peer.ask_config(Rtu((4, 21))))
    b.peer.meter.energy_due = lambda dt_ms: 0
    done(b.peer.ask_meter(Rtu((0x40A0, 0, 0x4100, 0, 0, 0, 0x4300, 0, 0x4300, 0, 0, 0)), b.now))
    car = b.car
    assert (car.drawn_ma, car.l1_ma, car.l2_ma, car.l3_ma) == (8000, 5000, 8000, 0)
    done(b.peer.ask_meter(Rtu(RtuError("silent")), b.now))
    assert car.drawn_ma == 8000 and b.peer.online
    b.peer.age(vclock.ticks_add(b.peer.meter.reading.at, METER_OLD_MS + 1))
    assert car.drawn_ma == UNKNOWN


def test_what_is_due_longest_comes_first():
    b = Bench().hears(nodes.C)
    b.peer.asked_at = b.peer.meter_at = b.now
    assert b.peer.late_ms(b.now + STATUS_MS + 5) == 5
    done(b.peer.ask_config(Rtu((4, 21))))
    b.peer.asked_at = b.now + METER_MS
    assert b.peer.late_ms(b.now + METER_MS + 7) == b.peer.meter_late_ms(b.now + METER_MS + 7) == 7
