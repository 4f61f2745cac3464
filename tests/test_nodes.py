"""The telegrams between chargers, byte for byte, and how they are found in what comes off a wire."""
import pytest

from fakes.smartevse_frames import checksum
from proto import nodes

# From real traffic: what it means, the bytes.
CURRENTS = "0910 0020 000b 16 00a0 0000 003c 0000 0000 0000 0000 0000 0039 0006 fff4 1ec8"
STATUS = "0204 0000 0008 f1ff"
REPLY = "0204 10 0006 0000 003c 0001 0000 0001 0000 0010 66a6"
GRANT = "0210 0000 0002 04 0007 0000 4d2a"
CONFIG = "0204 0108 0002 f1c6"
FLAG = "0206 0006 0000 69f8"
OVERLOAD = "0906 0001 0001 1882"
METER = "0b04 0006 000c 10a4"


def raw(text):
    digits = text.replace(" ", "")
    return bytes([int(digits[i:i + 2], 16) for i in range(0, len(digits), 2)])


@pytest.mark.parametrize("made, known", [
    (nodes.allotments((16000, 0, 6000), (5700, 600, -1200)), CURRENTS),
    (nodes.read(2, nodes.STATE, 8), STATUS),
    (nodes.answer(2, nodes.READ_INPUT, (nodes.COMM_C, 0, 60, 1, 0, 1, 0, 16)), REPLY),
    (nodes.write(2, nodes.STATE, (nodes.COMM_C_OK, 0)), GRANT),
    (nodes.read(2, nodes.EV_METER, 2), CONFIG),
    (nodes.write_one(2, nodes.CHANGED, 0), FLAG),
    (nodes.write_one(nodes.BROADCAST, nodes.ERROR, nodes.LESS_6A), OVERLOAD),
    (nodes.read(11, 6, 12), METER),
])
def test_every_telegram_is_the_one_that_smartevse_sends(made, known):
    assert made == raw(known)


@pytest.mark.parametrize("known, asks", [
    (CURRENTS, 1), (STATUS, 1), (REPLY, 0), (GRANT, 1), (CONFIG, 1), (FLAG, 1), (OVERLOAD, 1), (METER, 1)])
def test_every_telegram_is_known_by_its_length(known, asks):
    frame = raw(known)
    assert nodes.length(frame, 0, len(frame)) == len(frame)
    assert nodes.asks(frame, 0, len(frame)) == asks
    for end in range(len(frame)):
        assert nodes.length(frame, 0, end) == 0, end
    for i in range(len(frame)):
        broken = bytearray(frame)
        broken[i] ^= 0x10
        assert nodes.length(broken, 0, len(broken)) == 0, i


def test_answers_and_refusals_have_their_lengths():
    for frame in (nodes.done(2, 0, 4), nodes.refusal(2, nodes.READ_INPUT, 2), nodes.answer(2, 3, (1,) * 100)):
        assert nodes.length(frame, 0, len(frame)) == len(frame) and not nodes.asks(frame, 0, len(frame))
        assert frame[-2:] == checksum(frame[:-2])
    assert nodes.done(3, 0x200, 10) == raw("0310 0200 000a 4054")
    assert nodes.refusal(2, 16, nodes.ILLEGAL_VALUE) == raw("0290 03 fc01")


def test_a_frame_is_found_behind_noise_and_others_behind_it():
    noise = b"\x00\xff\x09\x10\x00\x02"
    wire = noise + raw(STATUS) + raw(REPLY) + b"\x55"
    assert nodes.find(wire, 0, len(wire)) == len(noise)
    at = len(noise) + nodes.length(wire, len(noise), len(wire))
    assert nodes.find(wire, at, len(wire)) == at and nodes.length(wire, at, len(wire)) == len(raw(REPLY))
    at += len(raw(REPLY))
    assert nodes.find(wire, at, len(wire)) == len(wire)


def test_a_write_whose_counts_differ_is_no_frame():
    body = bytes((2, 16, 0, 0, 0, 2, 6)) + bytes(6)
    frame = nodes.signed(body)
    assert nodes.length(frame, 0, len(frame)) == 0


def test_what_is_too_large_for_the_wire_is_cut_and_what_is_negative_is_nothing():
    frame = nodes.allotments((200000, -5), (5000000, -5000000, 49))
    assert nodes.register(frame, 7) == nodes.AMPS_MAX and nodes.register(frame, 9) == 0
    assert [nodes.signed_register(frame, 23 + 2 * i) for i in range(3)] == [32767, -32768, 0]


def test_numbers_below_zero_come_back_as_they_went():
    data = nodes.words((-12, 65535, 0))
    assert [nodes.signed_register(data, 2 * i) for i in range(3)] == [-12, -1, 0]


def test_a_mode_that_others_do_not_know_is_solar_to_them():
    assert [nodes.mode(setting) for setting in range(4)] == [0, 1, 2, 2]
