"""One MQTT session over one connection: dial, log in, listen, send, close.

All waiting is asyncio with deadlines in real time; the bytes are made by
mqtt_codec. It does not try again, and does not know what is published or
what a message means. After any error the session is over: close() it and
make a new one.
"""
import asyncio

from micropython import const

from app.dial import dial
from app.mqtt_codec import Codec, ProtocolError

PATIENCE_S = 5     # for a connection, a login and for each piece that is sent
_KEEPALIVE_S = const(15)   # as SmartEVSE; the broker gives us up, and sends our will, after 1.5 times that
PING_S = _KEEPALIVE_S // 2
DEAF_S = _KEEPALIVE_S + PING_S  # without a packet for so long, the connection is only half there
TOPIC_MAX = const(128)
PAYLOAD_MAX = const(256)
PACKET_MAX = const(TOPIC_MAX + PAYLOAD_MAX + 4)
_SWALLOW = const(256)      # bytes at a time of what is too long to be kept
PIECE = 1024       # bytes to collect before they are sent

CONNACK, PUBLISH, SUBACK = 0x20, 0x30, 0x90
_RETAINED = const(1)
_REFUSED = const(0x80)


class Mqtt:
    def __init__(self, client_id: bytes, user: bytes, password: bytes, on_message) -> None:
        """on_message(topic, payload): bytes within TOPIC_MAX and PAYLOAD_MAX; never a retained one."""
        self.codec = Codec(client_id, _KEEPALIVE_S, user, password, self._message)
        self._on_message = on_message
        self.dropped = 0       # messages too long, or retained
        self.beats = 0         # whole keepalives survived
        self._link = None
        self._lock = asyncio.Lock()
        self._deaf_s = 0
        self._since_ping_s = 0

    async def open(self, ip: str, port: int) -> None:
        """Connects and logs in within 2 * PATIENCE_S. OSError, EOFError, ProtocolError, asyncio.TimeoutError."""
        self._link = await asyncio.wait_for(dial(ip, port), PATIENCE_S)  # type: ignore[func-returns-value]
        self.codec.connect()
        await self.flush()
        self.codec.connected(await asyncio.wait_for(self._packet(), PATIENCE_S))

    async def listen(self) -> None:
        """Hears messages until the connection ends, which is an OSError, EOFError or ProtocolError."""
        while True:
            packet = await self._packet()
            self._deaf_s = 0
            kind = packet[0] & 0xF0
            if kind == PUBLISH:
                if packet[0] & _RETAINED:
                    self.dropped += 1  # an order of yesterday must not be carried out at each reconnection
                else:
                    self.codec.message(packet)
            elif kind == SUBACK and packet[-1] == _REFUSED:
                raise ProtocolError("subscription refused")

    def publish(self, topic: str, payload: bytes, retain: bool) -> None:
        """Puts one message among those that the next flush() sends. May be called any time; nothing waits."""
        self.codec.publish(topic.encode(), payload, retain)

    def is_full(self) -> bool:
        """Enough is waiting that flush() should be called before more is added."""
        return len(self.codec.wire.out) >= PIECE

    async def flush(self) -> None:
        """Sends what is waiting, within PATIENCE_S. OSError or asyncio.TimeoutError: the session is over."""
        async with self._lock:
            wire = self.codec.wire
            out = wire.out
            if not out:
                return
            if self._link is None:
                raise OSError("closed")
            wire.out = bytearray()
            await asyncio.wait_for(self._link.write(out), PATIENCE_S)

    def second(self) -> None:
        """To be called once a second: asks the broker for a sign of life. ProtocolError when it gives none."""
        self._deaf_s += 1
        if self._deaf_s > DEAF_S:
            raise ProtocolError("broker is silent")
        self._since_ping_s += 1
        if self._since_ping_s >= PING_S:
            self._since_ping_s = 0
            self.beats += 1
            self.codec.ping()

    def close(self) -> None:
        """At once. listen() ends with an error."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def _message(self, topic: bytes, payload: bytes) -> None:
        if len(topic) > TOPIC_MAX or len(payload) > PAYLOAD_MAX:
            self.dropped += 1
        else:
            self._on_message(topic, payload)

    async def _packet(self) -> bytes:
        """The next packet. Of one that is too long only the first byte and the length are real."""
        link = self._link
        if link is None:
            raise OSError("closed")
        head = await link.read(1)
        size = shift = 0
        while True:
            more = await link.read(1)
            head += more
            size |= (more[0] & 0x7F) << shift
            if not more[0] & 0x80:
                break
            shift += 7
            if shift > 21:
                raise ProtocolError("broken length")
        if size <= PACKET_MAX:
            return head + await link.read(size) if size else head
        self.dropped += 1
        while size:
            size -= len(await link.read(min(size, _SWALLOW)))
        return b"\0"
