"""An SDM630 and the wire it hangs on: right frames, wrong frames, and how long they take."""
import struct

import pytest

from tools.plant.meter_sdm630 import Sdm630, crc16
from tools.plant.wire import Wire


def frame(*body):
    raw = bytes(body)
    crc = crc16(raw)
    return raw + bytes((crc & 0xFF, crc >> 8))


def read(unit, start, words, function=4):
    return frame(unit, function, start >> 8, start & 0xFF, words >> 8, words & 0xFF)


def meter(*ma):
    m = Sdm630(10)
    for _ in range(5):
        m.measure(list(ma or (10000, -5000, 0)), 100)
    return m


def floats(reply):
    assert crc16(reply[:-2]) == reply[-2] | reply[-1] << 8
    return struct.unpack(">%df" % (reply[2] // 4), reply[3:-2])


def test_the_checksum_is_that_of_the_modbus_specification():
    assert crc16(b"\x01\x04\x00\x00\x00\x02") == 0xCB71


def test_currents_are_magnitudes_and_the_powers_carry_the_sign():
    m = meter()
    assert floats(m.answer(read(10, 0x06, 6))) == (10.0, 5.0, 0.0)
    assert floats(m.answer(read(10, 0x0C, 6))) == (2300.0, -1150.0, 0.0)
    assert floats(m.answer(read(10, 0x34, 2))) == (1150.0,)


def test_voltage_current_and_power_come_in_one_request():
    assert floats(meter().answer(read(10, 0, 18))) == (230.0, 230.0, 230.0, 10.0, 5.0, 0.0, 2300.0, -1150.0, 0.0)


def test_a_step_of_current_is_seen_over_half_a_second():
    m = meter(0, 0, 0)
    seen = []
    for _ in range(5):
        m.measure([10000, 0, 0], 100)
        seen.append(m.value(0x06))
    assert seen == [2.0, 4.0, 6.0, 8.0, 10.0]


def test_import_and_export_are_counted_apart_and_added_up():
    m = Sdm630(10)
    for _ in range(36000):
        m.measure([10000, 0, 0], 100)
    for _ in range(18000):
        m.measure([-10000, 0, 0], 100)
    assert floats(m.answer(read(10, 0x48, 4))) == pytest.approx((2.3, 1.15), rel=1e-6)
    assert floats(m.answer(read(10, 0x156, 2))) == pytest.approx((3.45,), rel=1e-6)
    assert floats(m.answer(read(10, 0x46, 2))) == (50.0,)


@pytest.mark.parametrize("asked, code", [
    (read(10, 0x12, 2), 2), (read(10, 0x10, 4), 2), (read(10, 0x07, 2), 2), (read(10, 0x06, 1), 2), (read(10, 0xFFFE, 4), 2),
    (read(10, 0, 0), 3), (read(10, 0, 200), 3), (read(10, 0, 2, function=3), 1), (frame(10, 16, 1, 2, 3, 4), 1)])
def test_what_it_has_not_gets_an_exception(asked, code):
    reply = meter().answer(asked)
    assert reply == frame(10, asked[1] | 0x80, code)


@pytest.mark.parametrize("noise", [
    b"", b"\x0a", b"\x0a\x04\x00", read(11, 0, 2), read(10, 0, 2)[:-1] + b"\x00", read(10, 0, 2) + b"\x00", frame(10, 4, 0), bytes(256)])
def test_foreign_and_broken_frames_are_met_with_silence(noise):
    assert meter().answer(noise) is None


def test_a_silenced_meter_says_nothing_and_a_spoilt_one_nonsense():
    m = meter()
    m.silent = True
    assert m.answer(read(10, 0, 2)) is None
    m.silent, m.spoil = False, True
    reply = m.answer(read(10, 0, 2))
    assert crc16(reply[:-2]) != reply[-2] | reply[-1] << 8


# the wire

def wired():
    wire = Wire()
    wire.slaves = [meter()]
    return wire


def listen(wire, ms, each=1):
    """When which bytes came, ms after now."""
    heard, began = [], wire.now_us
    for _ in range(ms // each):
        wire.step(each)
        got = wire.read(64)
        if got:
            heard.append(((wire.now_us - began) // 1000, len(got)))
    return heard


def test_request_turnaround_and_reply_take_their_time_at_9600_baud():
    wire = wired()
    wire.write(read(10, 0x06, 6))
    heard = listen(wire, 60)
    # 8 bytes of 1.04 ms, 10 ms turnaround, then 17 bytes
    assert heard[0][0] == 20
    assert heard[-1][0] == 36 or heard[-1][0] == 37
    assert sum(n for _, n in heard) == 17


def test_at_ten_millisecond_steps_the_answer_is_the_same_only_coarser():
    wire = wired()
    wire.write(read(10, 0x06, 6))
    assert sum(n for _, n in listen(wire, 60, each=10)) == 17
    assert wire.read(1) is None


def test_a_request_in_two_writes_is_one_frame_when_there_is_no_gap():
    wire = wired()
    asked = read(10, 0x06, 2)
    wire.write(asked[:5])
    wire.write(asked[5:])
    assert sum(n for _, n in listen(wire, 60)) == 9


def test_a_gap_tears_a_frame_apart():
    wire = wired()
    asked = read(10, 0x06, 2)
    wire.write(asked[:4])
    wire.step(20)
    wire.write(asked[4:])
    assert listen(wire, 100) == []


def test_two_who_talk_at_once_spoil_each_other():
    wire = wired()
    other = wire.port()
    wire.write(read(10, 0x06, 2))
    other.write(b"hello")
    heard = listen(wire, 60)
    assert wire.collisions == 1
    assert heard and sum(n for _, n in heard) == 5   # the other's bytes, and no answer


def test_chargers_on_one_pair_hear_each_other():
    wire = Wire()
    other = wire.port()
    wire.write(b"\x09\x10data")
    wire.step(20)
    assert other.read(16) == b"\x09\x10data"
    other.configure(19200)
    other.write(b"lost")
    wire.step(20)
    assert wire.read(16) is None
