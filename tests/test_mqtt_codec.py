"""The bytes of MQTT, as the codec makes them and as a broker sends them; no socket anywhere."""
import gc

import pytest
from app.mqtt_codec import PID_MAX, SUBSCRIBE_MAX, Codec, ProtocolError


def codec(heard=None, user=b""):
    return Codec(b"SmartEVSE/7", 15, user, b"pw", lambda topic, payload: heard.append((topic, payload)))


def taken(c):
    out = bytes(c.wire.out)
    c.wire.out = bytearray()
    return out


def test_subscribing_leaves_nothing_behind():
    if not hasattr(gc, "mem_alloc"):
        return
    c = codec()

    def knock():
        c.subscribe(b"t/#")
        c.wire.out = bytearray()
    knock()
    gc.collect()
    before = gc.mem_alloc()
    for _ in range(100):
        knock()
    gc.collect()
    assert gc.mem_alloc() - before < 200


def test_a_login_carries_name_keepalive_and_will():
    c = codec()
    c.will(b"t/connected", b"offline")
    c.connect()
    assert taken(c) == (b"\x10\x2d\x00\x04MQTT\x04\x26\x00\x0f\x00\x0bSmartEVSE/7"
                        b"\x00\x0bt/connected\x00\x07offline")


def test_a_login_with_user_and_password():
    c = codec(user=b"me")
    c.connect()
    out = taken(c)
    assert out[9] == 0xC2 and out.endswith(b"\x00\x02me\x00\x02pw")


def test_an_accepted_login_leaves_no_bytes_behind():
    c = codec()
    c.connect()
    before = bytes(c.wire.out)
    c.connected(b"\x20\x02\x00\x00")
    assert bytes(c.wire.out) == before


@pytest.mark.parametrize("packet, word", (
    (b"\x20\x02\x00\x05", "refused 5"), (b"\x20\x02\x00\x01", "refused 1"), (b"HTTP", "no MQTT"), (b"\x20\x02", "no MQTT"), (b"\x30\x00", "no MQTT")))
def test_a_refused_login_says_why(packet, word):
    with pytest.raises(ProtocolError) as e:
        codec().connected(packet)
    assert e.value.args[0] == word


def test_messages_pile_up_until_they_are_taken():
    c = codec()
    c.publish(b"a/b", b"12", True)
    c.publish(b"a", b"", False)
    c.ping()
    c.disconnect()
    assert taken(c) == b"\x31\x07\x00\x03a/b12" + b"\x30\x03\x00\x01a" + b"\xc0\x00" + b"\xe0\x00"


def test_a_long_message_has_a_two_byte_length():
    c = codec()
    c.publish(b"t", b"x" * 200, False)
    assert taken(c)[:3] == b"\x30\xcb\x01"


def test_subscriptions_are_numbered_and_never_run_out_of_numbers():
    c = codec()
    c.subscribe(b"t/#")
    assert taken(c) == b"\x82\x08\x00\x01\x00\x03t/#\x00"
    c._client.pid = PID_MAX + 1
    c.subscribe(b"t/#")
    assert taken(c)[2:4] == b"\x00\x01"
    c.subscribe(b"t" * SUBSCRIBE_MAX)
    with pytest.raises(ValueError):
        c.subscribe(b"t" * (SUBSCRIBE_MAX + 1))


def test_a_message_is_heard():
    heard = []
    c = codec(heard)
    c.message(b"\x30\x0f\x00\x0ap/Set/ModeOff")
    c.message(b"\x30\x03\x00\x01a")
    assert heard == [(b"p/Set/Mode", b"Off"), (b"a", b"")]


@pytest.mark.parametrize("packet", (
    b"\x30\x00", b"\x30\x01\x00", b"\x30\x05\x00\xff", b"\x30\x03\x00\x05ab", b"\x30\x80", b"\x32\x03\x00\x01a", b"\x34\x05\x00\x01a\x00\x01"))
def test_a_broken_message_is_the_end_of_the_connection(packet):
    with pytest.raises(ProtocolError):
        codec([]).message(packet)
