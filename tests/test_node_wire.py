"""The ear of a node: frames out of noise, answers in time or not at all, its own meter overheard."""
import pytest

from app import clock
from app.node_regs import NodeRegs
from app.node_wire import GIVE_UP_MS, STALL_MS, NodeWire
from neighbours import Street
from proto import nodes
from test_node_regs import Teller
from tools.plant import vclock

ASK = nodes.read(2, 0, 8)


class Line:
    """A port without a wire: `says` is what comes next, `said` what the node said."""

    def __init__(self):
        self.says, self.said = b"", []

    def read(self, n):
        some, self.says = self.says[:n], self.says[n:]
        return some or None

    def write(self, buf):
        self.said.append(bytes(buf))


class Ear:
    def __init__(self, **settings):
        self.house = Street((1,), **settings)[0]
        self.node = Teller()
        self.node.place = 2
        self.allotted, self.twins = [], 0
        self.node.allotted = lambda ma, now: self.allotted.append(ma)
        self.node.twin = self._twin
        self.regs = NodeRegs(self.house, self.node)
        self.wire = NodeWire(self.house, self.node, self.regs)
        self.port = Line()
        self.now = 0

        class Rtu:
            port = self.port
            baud = 9600
        self.wire.begin(Rtu)
        self.wire.fit()
        self.now = self.wire._looked

    def _twin(self):
        self.twins += 1

    def hears(self, some, after_ms=10):
        """What it answers to bytes that are there after_ms after the last look."""
        self.now = vclock.ticks_add(self.now, after_ms)
        self.port.says += some
        return self.wire.listen(self.now)


def test_a_question_is_answered():
    reply = Ear().hears(ASK)
    assert reply == nodes.answer(2, 4, (9, 0, 0, 0, 0, 1, 1, 16))


def test_a_question_in_pieces_is_one():
    ear = Ear()
    assert ear.hears(ASK[:3]) == b"" and ear.hears(ASK[3:7]) == b""
    assert ear.hears(ASK[7:]) and ear.wire.garbled == 0


def test_what_is_for_others_is_not_answered():
    ear = Ear()
    for frame in (nodes.read(3, 0, 8), nodes.answer(3, 4, (4, 0, 0, 0, 0, 1, 0, 16)), nodes.write(3, 0, (5, 0)),
                  nodes.done(3, 0, 2), nodes.write_one(4, 6, 0), nodes.refusal(4, 4, 2), nodes.allotments((), (0, 0, 0))):
        assert ear.hears(frame) == b""
    assert ear.wire.garbled == 0 and ear.twins == 0 and ear.allotted == [0]


@pytest.mark.parametrize("noise", [b"\x00", b"\xff\xff", b"\x02\x04", b"\x09\x10\x00\x20", bytes(range(200))])
def test_noise_before_a_question_is_forgiven(noise):
    ear = Ear()
    assert ear.hears(noise + ASK) and ear.wire.garbled == len(noise)


def test_noise_alone_is_given_up_and_does_not_stand_in_the_way():
    ear = Ear()
    assert ear.hears(b"\x02\x04\x10\x00") == b""
    for _ in range(GIVE_UP_MS // 10 + 1):
        ear.hears(b"")
    assert ear.wire.garbled == 4
    assert ear.hears(ASK)


def test_a_line_that_never_falls_silent_fills_nothing():
    ear = Ear()
    for _ in range(40):
        ear.hears(b"\x02\x10\x00\x00\x00\x7f\xfe" * 9)
    for _ in range(5):
        ear.hears(b"")
    assert ear.wire.garbled == 40 * 63 and ear.hears(ASK)


def test_several_frames_at_once_are_each_taken_and_only_the_last_is_answered():
    ear = Ear()
    share = nodes.allotments((0, 12000), (0, 0, 0))
    assert ear.hears(share + ASK) and ear.allotted == [12000]
    assert ear.hears(ASK + share) == b"" and ear.allotted == [12000, 12000]


def test_a_loop_that_was_away_does_not_answer_into_the_next_telegram():
    ear = Ear()
    assert ear.hears(ASK, STALL_MS + 1) == b""
    assert ear.hears(ASK)


def test_writes_are_answered_and_refusals_too():
    ear = Ear()
    assert ear.hears(nodes.write_one(2, 6, 0)) == nodes.write_one(2, 6, 0)
    assert ear.hears(nodes.write(2, 0, (9, 0))) == nodes.done(2, 0, 2)
    assert ear.hears(nodes.write_one(2, 0x104, 1)) == nodes.refusal(2, 6, nodes.ILLEGAL_VALUE)
    assert ear.hears(nodes.read(2, 0x300, 1)) == nodes.refusal(2, 4, nodes.ILLEGAL_ADDRESS)
    assert ear.hears(nodes.read(2, 0, 0)) == nodes.refusal(2, 4, nodes.ILLEGAL_ADDRESS)


def test_what_the_master_has_read_is_remembered():
    ear = Ear()
    ear.hears(nodes.read(2, 5, 2))
    assert ear.wire.shown == -1
    ear.hears(ASK)
    assert ear.wire.shown == nodes.B1 and ear.wire.shown_at == ear.now


def test_broadcasts_bring_shares_errors_and_settings_and_nothing_else():
    ear = Ear()
    assert ear.hears(nodes.allotments((1000, 8000), (5700, 600, -1200))) == b""
    assert ear.allotted == [8000] and ear.house.meters.mains.ma == [5700, 600, -1200]
    assert ear.hears(nodes.write_one(9, 1, 1)) == b"" and ear.node.told == [("error", 1)]
    assert ear.hears(nodes.write_one(9, 0x204, 50)) == b"" and ear.house.cfg.mains_a == 50
    ear.hears(nodes.write(9, 0, (5, 0)))
    ear.hears(nodes.write_one(9, 5, 0))
    ear.hears(nodes.write(9, 0x100, (1,)))
    assert ear.node.told == [("error", 1)] and ear.house.cfg.access == 1 and ear.regs.refusals == 3


def test_allotments_that_make_no_sense_are_not_taken():
    ear = Ear()
    ear.hears(nodes.write(9, 0x20, (100,)))                       # too short for this node
    ear.hears(nodes.write(9, 0x20, (0, 801, 0, 0, 0, 0, 0, 0)))
    assert ear.allotted == [] and ear.regs.refused == "allotments that make no sense"
    ear.hears(nodes.write(9, 0x20, (0, 60, 0, 0, 0, 0, 0, 0)))    # without the mains it is as good
    assert ear.allotted == [6000] and not ear.house.meters.mains.known


def test_an_answer_in_our_place_is_another_charger():
    ear = Ear()
    ear.hears(nodes.answer(2, 4, (0,) * 8))
    assert ear.twins == 1


def test_the_answers_of_our_own_meter_are_overheard_and_no_others():
    ear = Ear(ev_meter="Eastron3P", ev_addr=21)
    amps = (0x40A0, 0, 0x4100, 0, 0, 0, 0x4300, 0, 0x4300, 0, 0, 0)   # 5 A, 8 A, 0 A
    ear.hears(nodes.answer(21, 4, amps))
    assert not ear.house.meters.ev.known                          # nobody asked
    ear.hears(nodes.read(21, 6, 12) + nodes.answer(22, 4, amps))
    assert not ear.house.meters.ev.known
    ear.hears(nodes.read(21, 6, 12) + nodes.answer(21, 4, amps))
    assert ear.house.meters.ev.ma == [5000, 8000, 0]
    ear.hears(nodes.answer(21, 4, (0x4120, 0) * 6))
    assert ear.house.meters.ev.ma == [5000, 8000, 0]              # one answer to one question
    ear.hears(nodes.read(21, 0x34, 12) + nodes.answer(21, 4, (0x4120, 0) * 6))
    assert ear.house.meters.ev.ma == [5000, 8000, 0]              # of the same length, and about something else


def test_a_changed_meter_is_told():
    ear = Ear()
    ear.hears(nodes.write_one(2, 6, 0))
    assert not ear.regs.changed
    ear.house.cfg.put("ev_meter", "Eastron3P")
    ear.wire.fit()
    assert ear.regs.changed
    ear.regs.changed = 0
    ear.wire.fit()
    assert not ear.regs.changed


def replies(between):
    """What the node says when these bytes come before it speaks, and whether it saw a twin."""
    ear = Ear()

    async def story():
        frame = ear.hears(ASK)
        ear.port.says += between
        await ear.wire.reply(frame)
    vclock.run(story())
    vclock.remove()
    return len(ear.port.said), ear.twins


def test_it_does_not_speak_while_others_do():
    assert replies(b"") == (1, 0)
    assert replies(nodes.read(10, 6, 12)) == (0, 0)
    assert replies(nodes.answer(2, 4, (0,) * 8)[:5]) == (0, 1)   # somebody answers in our place


def test_a_port_that_is_gone_is_survived():
    ear = Ear()

    def gone(buf):
        raise OSError(5)

    async def story():
        ear.port.write = gone
        await ear.wire.reply(ear.hears(ASK))
        return clock.ticks_ms()
    vclock.run(story())
    vclock.remove()
    assert ear.wire.answered == 0 and ear.wire.garbled == 1
