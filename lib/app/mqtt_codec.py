"""umqtt.simple as it comes, used for nothing but the bytes of MQTT 3.1.1.

Left to itself it blocks the program as soon as a broker does not answer, so
it never sees a socket. It is given a Wire, which is the socket module and the
socket in one: what umqtt writes is collected here, and what it reads is taken
from one whole packet. Where it wants to read an answer that is not there yet,
Wire leaves by an exception, and the packet it has built stays behind. Knows
no network.
"""
from micropython import const

import umqtt.simple as umqtt

SUBSCRIBE_MAX = const(122)  # bytes of a topic: umqtt 1.3.4 writes the length of a SUBSCRIBE into one byte
PID_MAX = const(65000)      # umqtt never wraps its packet numbers, which end at 65535


class ProtocolError(Exception):
    """The peer sent what no broker sends. args[0] says what."""


class _Need(Exception):
    pass


class Wire:
    def __init__(self) -> None:
        self.out = bytearray()
        self._packet = b""
        self._at = 0

    def feed(self, packet: bytes) -> None:
        self._packet = packet
        self._at = 0

    # What umqtt asks of the module socket.

    def socket(self, *_):
        return self

    def getaddrinfo(self, host, port):
        return (((host, port),),)

    # What umqtt asks of a socket.

    def connect(self, _) -> None:
        """There is nothing to connect."""

    def setblocking(self, _) -> None:
        """Nothing here can block."""

    def write(self, buf, size: int = -1) -> None:
        self.out.extend(buf if size < 0 else buf[:size])

    def read(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._packet):
            raise _Need()  # a new one each time: on a chip, one that is kept grows by its traceback with each raise
        data = self._packet[self._at:end]
        self._at = end
        return data


class Codec:
    """Requests are appended to self.wire.out, ready to be sent."""

    def __init__(self, client_id: bytes, keepalive_s: int, user: bytes, password: bytes, on_message) -> None:
        """on_message(topic, payload), both bytes, is called by message(). An empty user logs in as nobody."""
        self.wire = Wire()
        umqtt.socket = self.wire  # type: ignore[attr-defined]
        self._client = umqtt.MQTTClient(client_id, "", 1883, user or None, password, keepalive_s)
        self._client.sock = self.wire  # as connect() will leave it
        self._client.set_callback(on_message)

    def will(self, topic: bytes, payload: bytes) -> None:
        """What the broker shall publish, retained, when we are gone. Before connect()."""
        self._client.set_last_will(topic, payload, True, 0)

    def _ask(self, method, *args) -> None:
        self.wire.feed(b"")
        try:
            method(*args)
        except _Need:
            return  # the answer comes later, as a packet of its own

    def connect(self) -> None:
        self._ask(self._client.connect)

    def connected(self, packet: bytes) -> None:
        """Checks the broker's answer to connect(). ProtocolError says that it refused, or was none."""
        kept = self.wire.out
        self.wire.out = bytearray()
        self.wire.feed(packet)
        try:
            self._client.connect()  # once more, now with the answer at hand; what it writes is thrown away
        except umqtt.MQTTException as e:
            raise ProtocolError("refused %d" % e.args[0])
        except (_Need, AssertionError):
            raise ProtocolError("no MQTT")
        finally:
            self.wire.out = kept

    def publish(self, topic: bytes, payload: bytes, retain: bool) -> None:
        self._ask(self._client.publish, topic, payload, retain, 0)

    def subscribe(self, topic: bytes) -> None:
        """ValueError above SUBSCRIBE_MAX bytes."""
        if len(topic) > SUBSCRIBE_MAX:
            raise ValueError("topic must be at most %d bytes" % SUBSCRIBE_MAX)
        if self._client.pid > PID_MAX:
            self._client.pid = 0
        self._ask(self._client.subscribe, topic, 0)

    def ping(self) -> None:
        self._ask(self._client.ping)

    def disconnect(self) -> None:
        self.wire.write(b"\xe0\0")

    def message(self, packet: bytes) -> None:
        """Takes a whole PUBLISH apart and hands it to on_message. ProtocolError when it is none."""
        self.wire.feed(packet)
        try:
            self._client.wait_msg()
        except (_Need, AssertionError):
            raise ProtocolError("broken packet")
