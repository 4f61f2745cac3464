"""Faults on the RS485 pair: how many, which, and that the same seed gives the same ones."""
import pytest

from tools.plant.meter_sdm630 import Sdm630, crc16
from tools.plant.wire import Wire, sound as unhurt
from tools.plant.wire_faults import KINDS, Faults


def answers(faults, rounds=400):
    """What a meter's answers were heard as, over many rounds."""
    wire = Wire()
    wire.slaves = [Sdm630(10)]
    ask = b"\x0a\x04\x00\x06\x00\x02\x90\xb1"
    heard = []
    for _ in range(rounds):
        wire.spoil = unhurt      # the question arrives, the answer may not
        wire.write(ask)
        wire.spoil = faults.spoil
        for _ in range(60):
            wire.step(10)
        heard.append(wire.read(64) or b"")
    return heard


def sound(frame):
    return len(frame) == 9 and crc16(frame[:-2]) == frame[-2] | frame[-1] << 8


def test_without_faults_every_answer_is_sound():
    assert all(sound(frame) for frame in answers(Faults()))


def test_four_in_ten_are_hurt_in_every_way_and_none_of_those_is_sound():
    faults = Faults(7, loss=100, cut=100, crc=100, noise=100)
    heard = answers(faults)
    hurt = sum(not sound(frame) for frame in heard)
    assert hurt == sum(faults.counts.values()) and 120 < hurt < 200
    assert all(faults.counts[kind] for kind in ("loss", "cut", "crc", "noise"))


def test_the_same_seed_hurts_the_same_frames():
    assert answers(Faults(3, loss=200, crc=200), 60) == answers(Faults(3, loss=200, crc=200), 60)
    assert answers(Faults(3, loss=200, crc=200), 60) != answers(Faults(4, loss=200, crc=200), 60)


def test_a_late_answer_comes_whole_but_later():
    wire = Wire()
    wire.slaves = [Sdm630(10)]
    wire.write(b"\x0a\x04\x00\x06\x00\x02\x90\xb1")
    wire.spoil = Faults(late_ms=300, late=1000).spoil
    for _ in range(30):
        wire.step(10)
    assert wire.read(64) is None
    for _ in range(10):
        wire.step(10)
    assert sound(wire.read(64))


@pytest.mark.parametrize("name, pm", [("loss", -1), ("loss", 1001), ("crc", 901), ("gremlin", 1)])
def test_a_rate_that_cannot_be_is_refused(name, pm):
    faults = Faults(late=100)
    with pytest.raises(ValueError):
        faults.put(name, pm)
    assert faults.rates["late"] == 100 and sum(faults.rates.values()) == 100
    assert set(faults.rates) == set(KINDS)


def test_with_a_finer_clock_bytes_arrive_between_two_steps():
    wire = Wire()
    other = wire.port()
    now = [0]
    wire.clock = lambda: now[0]
    now[0] = 3000
    wire.write(b"hello")
    now[0] = 3000 + 2 * wire.byte_us()
    assert other.read(9) == b"he"
    wire.step(10)   # a step knows no better than the clock
    assert wire.now_us == now[0]
    now[0] = 3000 + 5 * wire.byte_us()
    assert other.read(9) == b"llo" and other.read(9) is None


def test_a_port_that_nobody_reads_keeps_no_more_than_it_may():
    wire = Wire(115200)
    other = wire.port()
    for _ in range(60):
        wire.write(bytes(100))
        wire.step(100)
    assert len(other.read(9999)) == 4000
