"""One session at a peer that plays a broker: what is heard, what is refused, and how it ends."""
import asyncio

import pytest
from app import mqtt
from app.mqtt import PAYLOAD_MAX, TOPIC_MAX, Mqtt
from app.mqtt_codec import ProtocolError

ACCEPTED = b"\x20\x02\x00\x00"


def message(topic, payload, first=0x30):
    """A PUBLISH as a broker sends it; both below 16 kB."""
    body = bytes((len(topic) >> 8, len(topic) & 255)) + topic + payload
    return bytes((first, len(body) & 0x7F | 0x80, len(body) >> 7)) + body


def session(says, then=None):
    """Logs in at a peer that accepts and then sends `says`: (session, what it heard, why it ended, what the peer got).

    The peer closes when it has been sent `then`, or at once.
    """
    heard, got = [], bytearray()
    m = Mqtt(b"me", b"", b"", lambda topic, payload: heard.append((topic, payload)))

    async def peer(reader, writer):
        got.extend(await reader.read(512))
        writer.write(ACCEPTED + says)
        await writer.drain()
        while then and then not in bytes(got):
            more = await reader.read(512)
            if not more:
                break
            got.extend(more)
        writer.close()
        await writer.wait_closed()

    async def story(port):
        server = await asyncio.start_server(peer, "127.0.0.1", port)
        try:
            await m.open("127.0.0.1", port)
            if then:
                m.publish("a/b", b"1", True)
                m.publish("last", b"", False)
                await m.flush()
            await asyncio.wait_for(m.listen(), 10)
        except (OSError, EOFError, ProtocolError) as e:
            return e
        finally:
            m.close()
            server.close()
            await server.wait_closed()
    for port in range(18830, 18990):
        try:
            asyncio.new_event_loop()
            why = asyncio.run(story(port))
        except OSError:
            continue
        if isinstance(why, OSError) and why.args and why.args[0] == 98:
            continue  # taken by somebody
        return m, heard, why, bytes(got)


def test_messages_are_heard_one_by_one():
    m, heard, why, _ = session(message(b"p/Set/Mode", b"Solar") + message(b"p/Set/Mode", b"") + b"\xd0\x00")
    assert heard == [(b"p/Set/Mode", b"Solar"), (b"p/Set/Mode", b"")] and m.dropped == 0
    assert isinstance(why, (EOFError, OSError))


def test_what_is_too_long_is_counted_and_the_next_is_heard():
    ok = message(b"t", b"end")
    long = (message(b"t" * TOPIC_MAX, b"p" * (PAYLOAD_MAX + 1)), message(b"t", b"p" * 9000), message(b"t" * 2000, b"p"),
            message(b"t", b"p" * (PAYLOAD_MAX + 1)), message(b"t" * (TOPIC_MAX + 1), b"p"))
    m, heard, _, _ = session(b"".join(long) + ok)
    assert heard == [(b"t", b"end")] and m.dropped == len(long)


def test_the_longest_that_is_allowed_is_heard():
    _, heard, _, _ = session(message(b"t" * TOPIC_MAX, b"p" * PAYLOAD_MAX))
    assert heard == [(b"t" * TOPIC_MAX, b"p" * PAYLOAD_MAX)]


def test_an_order_of_yesterday_is_not_carried_out():
    m, heard, _, _ = session(message(b"p/Set/Mode", b"Off", 0x31) + message(b"p/Set/Mode", b"Smart"))
    assert heard == [(b"p/Set/Mode", b"Smart")] and m.dropped == 1


@pytest.mark.parametrize("says, word", (
    (b"\x90\x03\x00\x01\x80", "subscription refused"), (b"\x30\xff\xff\xff\xff\xff", "broken length"), (b"\x30\x03\x00\x09a", "broken packet")))
def test_nonsense_ends_the_session(says, word):
    _, heard, why, _ = session(says)
    assert isinstance(why, ProtocolError) and why.args[0] == word and heard == []


def test_what_is_published_goes_out_in_one_piece_and_in_order():
    _, _, _, got = session(b"", b"\x00\x04last")
    assert b"\x31\x06\x00\x03a/b1\x30\x06\x00\x04last" in got


def test_a_broker_that_shows_no_life_is_given_up():
    m = Mqtt(b"me", b"", b"", None)
    for _ in range(mqtt.DEAF_S):
        m.second()
    with pytest.raises(ProtocolError):
        m.second()
    assert bytes(m.codec.wire.out) == b"\xc0\x00" * (mqtt.DEAF_S // mqtt.PING_S) and m.beats == mqtt.DEAF_S // mqtt.PING_S


def test_nothing_is_sent_without_a_connection():
    m = Mqtt(b"me", b"", b"", None)
    m.publish("t", b"", False)
    with pytest.raises(OSError):
        asyncio.run(m.flush())
    assert not m.is_full()
    m.publish("t", b"x" * mqtt.PIECE, False)
    assert m.is_full()
